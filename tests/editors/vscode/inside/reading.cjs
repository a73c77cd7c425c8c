// What an author is told while reading: findings, verdicts, and what leads where.

const vscode = require("vscode");
const { RECORD, TEST, ask, findings, hints, lenses, person, pictured, place, show, showAt, until } = require("./host.cjs");

const target = (found) => vscode.workspace.asRelativePath(found.targetUri ?? found.uri);

async function definitions(name, text) {
  const document = await show(name);
  const places = await until(async () => {
    const found = await ask("DefinitionProvider", document.uri, place(document, text));
    return found.length && found;
  });
  return places.map(target);
}

async function hover(name, text) {
  const document = await show(name);
  const [found] = await ask("HoverProvider", document.uri, place(document, text));
  return found.contents.map((content) => content.value ?? content).join("\n");
}

module.exports = {
  async extension() {
    const extension = vscode.extensions.getExtension("adr-lsp.adr-lsp");
    await show(RECORD);
    await until(() => extension.isActive);
    return { version: vscode.version, folder: extension.extensionPath };
  },
  async findings() {
    const document = await show(RECORD);
    return until(() => findings(document).length && findings(document));
  },
  async lenses() {
    const document = await show(RECORD);
    return until(async () => (await lenses(document)).length && (await lenses(document)));
  },
  async hints() {
    const document = await show(RECORD);
    return until(async () => (await hints(document)).length && (await hints(document)));
  },
  hover: () => hover(RECORD, "INV-1"),
  hoverInTest: () => hover(TEST, "test_a_transfer_balances"),
  lensInTest: async () => lenses(await show(TEST)),
  async symbols() {
    const document = await show(RECORD);
    const names = (symbols) => symbols.flatMap((symbol) => [symbol.name, ...names(symbol.children ?? [])]);
    return names(await ask("DocumentSymbolProvider", document.uri));
  },
  toTest: () => definitions(RECORD, "INV-1"),
  toRecord: () => definitions(TEST, "ADR-0001/INV-1"),
  async shown() {
    await showAt(RECORD, "INV-1");
    const saw = await person("seesTheRecord");
    await pictured("vscode-record");
    return saw;
  },
};
