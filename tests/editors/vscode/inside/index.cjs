// What a person would do, done inside the extension host. Each step's outcome goes to a file that the test reads.

const fs = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");

const wanted = JSON.parse(fs.readFileSync(process.env.ADR_LSP_WANTED, "utf8"));
const RECORD = "docs/adr/0001-transfers-balance.md";
const SECOND = "docs/adr/0002-amounts-as-text.md";
const SLOW = `import os
import time
from pathlib import Path


# Verifies: ADR-0002/INV-1
def test_slow() -> None:
    Path("pid.part").write_text(str(os.getpid()))
    Path("pid.part").rename("pid")
    time.sleep(600)
`;
const TEST = "tests/test_ledger.py";

async function until(see) {
  const end = Date.now() + wanted.deadline;
  for (;;) {
    const seen = await see();
    if (seen) return seen;
    if (Date.now() > end) throw new Error("did not come");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function pictured(name) {
  console.log(`picture ${name}`);
  await until(() => fs.existsSync(path.join(wanted.pictures, `${name}.png`)));
}

/** What a person does in the window, and sees there. */
async function person(act) {
  const told = `${wanted.observed}.${act}`;
  console.log(`person ${act}`);
  await until(() => fs.existsSync(told));
  const outcome = JSON.parse(fs.readFileSync(told, "utf8"));
  fs.rmSync(told);
  if (outcome.failed) throw new Error(outcome.failed);
  return outcome.saw;
}

const command = (name, ...words) => vscode.commands.executeCommand(name, ...words);
const file = (name) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, name);
const all = new vscode.Range(0, 0, 1000, 0);
const ask = (command, ...words) => vscode.commands.executeCommand(`vscode.execute${command}`, ...words);
const label = (hint) => (typeof hint.label === "string" ? hint.label : hint.label.map((part) => part.value).join(""));
const target = (place) => vscode.workspace.asRelativePath(place.targetUri ?? place.uri);

async function show(name) {
  const document = await vscode.workspace.openTextDocument(file(name));
  await vscode.window.showTextDocument(document);
  return document;
}

function place(document, text) {
  const offset = document.getText().indexOf(text);
  if (offset < 0) throw new Error(`no ${text}`);
  return document.positionAt(offset + 1);
}

async function showAt(name, text) {
  const document = await show(name);
  const at = place(document, text);
  vscode.window.activeTextEditor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenter);
  return document;
}

const findings = (document) =>
  vscode.languages.getDiagnostics(document.uri).map((finding) => ({
    code: String(finding.code?.value ?? finding.code),
    source: finding.source,
    at: document.getText(finding.range),
    line: finding.range.start.line,
    message: finding.message,
  }));

const lenses = async (document) =>
  (await ask("CodeLensProvider", document.uri, 100)).map((lens) => ({
    line: lens.range.start.line,
    title: lens.command?.title,
    command: lens.command?.command,
    words: lens.command?.arguments,
  }));

const hints = async (document) =>
  (await ask("InlayHintProvider", document.uri, all)).map((hint) => ({
    line: hint.position.line,
    character: hint.position.character,
    label: label(hint),
  }));

async function definitions(name, text) {
  const document = await show(name);
  const places = await until(async () => {
    const found = await ask("DefinitionProvider", document.uri, place(document, text));
    return found.length && found;
  });
  return places.map(target);
}

async function scaffoldAction(document) {
  const at = new vscode.Range(place(document, "INV-2"), place(document, "INV-2"));
  const actions = await ask("CodeActionProvider", document.uri, at, undefined, 20);
  return actions.find((action) => /scaffold/i.test(action.title));
}

async function apply(action) {
  if (action.edit && !(await vscode.workspace.applyEdit(action.edit))) throw new Error("the edit was refused");
  if (action.command) await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
}

async function runLens() {
  const document = await show(RECORD);
  const lens = (await lenses(document)).find((one) => one.command === "adr-lsp.run");
  await vscode.commands.executeCommand(lens.command, ...lens.words);
  return document;
}

const runs = () => fs.readdirSync(file(".adr-lsp/evidence").fsPath).length;

const naming = (text) =>
  vscode.workspace.textDocuments
    .filter((document) => document.languageId === "python" && document.getText().includes(text))
    .map((document) => ({ path: vscode.workspace.asRelativePath(document.uri), text: document.getText() }));

const steps = {
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
  async hover() {
    const document = await show(RECORD);
    const [hover] = await ask("HoverProvider", document.uri, place(document, "INV-1"));
    return hover.contents.map((content) => content.value ?? content).join("\n");
  },
  async symbols() {
    const document = await show(RECORD);
    const names = (symbols) => symbols.flatMap((symbol) => [symbol.name, ...names(symbol.children ?? [])]);
    return names(await ask("DocumentSymbolProvider", document.uri));
  },
  toTest: () => definitions(RECORD, "INV-1"),
  toRecord: () => definitions(TEST, "ADR-0001/INV-1"),
  async shown() {
    await show(RECORD);
    await pictured("vscode-record");
  },
  async tree() {
    const before = runs();
    await command("workbench.view.testing.focus");
    const saw = await person("seesTheTree");
    return { ...saw, ran: runs() - before };
  },
  async coverage() {
    await command("testing.coverageAll");
    await show("ledger.py");
    return person("seesCoverage");
  },
  async coverageOfOne() {
    void command("testing.coverageFilterToTest");
    const saw = await person("choosesTheInvariant");
    await pictured("vscode-coverage");
    return saw;
  },
  async settings() {
    const shown = async () => (await lenses(await show(RECORD))).length;
    const inCode = async () => (await hints(await show("ledger.py"))).map((hint) => hint.label.trim());
    const display = (value) => vscode.workspace.getConfiguration("adr-lsp").update("display", value, true);
    const usual = await until(shown);
    await display("quiet");
    await until(async () => !(await shown()));
    await display("rich");
    const rich = await until(async () => (await inCode()).length && inCode());
    await pictured("vscode-rich");
    await display(undefined);
    await until(async () => !(await inCode()).length && (await shown()) === usual);
    return rich;
  },
  async walkthrough() {
    await command("workbench.action.openWalkthrough", "adr-lsp.adr-lsp#start");
    return person("seesTheWalkthrough");
  },
  async run() {
    const before = runs();
    await runLens();
    return { before, after: await until(() => runs() > before && runs()) };
  },
  async outside() {
    const document = await show(RECORD);
    const before = await hints(document);
    fs.renameSync(wanted.instead, file("ledger.py").fsPath);
    const differs = async () => JSON.stringify(await hints(document)) !== JSON.stringify(before);
    await until(differs);
    return hints(document);
  },
  async staleTest() {
    return person("seesStale");
  },
  async runFromTree() {
    const saw = await person("runsTheRecord");
    return saw;
  },
  async messageInRecord() {
    await showAt(RECORD, "INV-1");
    const saw = await person("seesMessage");
    await pictured("vscode-testing");
    return saw;
  },
  async messageInTest() {
    await showAt(TEST, "assert sum");
    return person("seesMessage");
  },
  async counterexample() {
    const document = await runLens();
    return until(async () => (await hints(document)).find((hint) => hint.label.includes("✗")));
  },
  async scaffold() {
    const document = await show(RECORD);
    const action = await scaffoldAction(document);
    await apply(action);
    const found = await until(() => naming("ADR-0001/INV-2").length && naming("ADR-0001/INV-2"));
    for (const changed of vscode.workspace.textDocuments) if (changed.isDirty) await changed.save();
    const tests = found.map((test) => ({ ...test, saved: fs.readFileSync(file(test.path).fsPath, "utf8") }));
    return { title: action.title, tests };
  },
  async afterScaffold() {
    const document = await show(RECORD);
    await until(() => findings(document).some((finding) => finding.code === "ADL408"));
    return { findings: findings(document), hints: await hints(document), text: document.getText() };
  },
  async scaffoldShown() {
    await show(RECORD);
    await pictured("vscode-scaffolded");
  },
  async cancelled() {
    const document = await show(SECOND);
    const slow = file("tests/test_slow.py").fsPath;
    const started = file("pid").fsPath;
    fs.writeFileSync(slow, SLOW);
    await until(async () => (await hints(document)).some((hint) => hint.label.includes("test_slow")));
    const before = runs();
    void command("testing.runAll");
    const pid = await until(() => fs.existsSync(started) && fs.readFileSync(started, "utf8"));
    await command("testing.cancelRun");
    await until(() => !fs.existsSync(`/proc/${pid}`));
    fs.rmSync(slow);
    return { started: runs() - before };
  },
  async crash() {
    const document = await show(RECORD);
    const [before, ...others] = servers();
    process.kill(before, "SIGKILL");
    await until(() => servers().some((pid) => pid !== before));
    await until(async () => (await lenses(document)).length);
    return { others, after: servers() };
  },
};

const words = (pid) => fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");

/** The processes of servers that this extension host started. */
function servers() {
  const children = fs.readFileSync(`/proc/self/task/${process.pid}/children`, "utf8");
  return children.trim().split(" ").filter((pid) => pid && words(pid).some((word) => word.endsWith("adr-lsp")));
}

exports.run = async () => {
  const observed = {};
  let failures = 0;
  for (const [name, step] of Object.entries(steps)) {
    try {
      observed[name] = { saw: (await step()) ?? null };
    } catch (error) {
      observed[name] = { failed: String(error.stack ?? error) };
      failures += 1;
      await pictured(`vscode-failed-${name}`);
    }
    console.log(`step ${name}: ${observed[name].failed ?? "done"}`);
    if (failures === 2) break;
  }
  fs.writeFileSync(wanted.observed, JSON.stringify(observed, null, 1));
};
