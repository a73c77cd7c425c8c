// A test that is missing is written.

const fs = require("node:fs");
const vscode = require("vscode");
const { RECORD, command, file, findings, hints, person, pictured, place, show, showAt, until } = require("./host.cjs");

const naming = (text) =>
  vscode.workspace.textDocuments
    .filter((document) => document.languageId === "python" && document.getText().includes(text))
    .map((document) => ({ path: vscode.workspace.asRelativePath(document.uri), text: document.getText() }));

module.exports = {
  async scaffold() {
    await showAt(RECORD, "INV-2");
    const offered = await person("usesTheLightbulb");
    const found = await until(() => naming("ADR-0001/INV-2").length && naming("ADR-0001/INV-2"));
    for (const changed of vscode.workspace.textDocuments) if (changed.isDirty) await changed.save();
    const tests = found.map((test) => ({ ...test, saved: fs.readFileSync(file(test.path).fsPath, "utf8") }));
    return { offered, tests };
  },
  async afterScaffold() {
    const document = await show(RECORD);
    await until(() => findings(document).some((finding) => finding.code === "ADL408"));
    return { findings: findings(document), hints: await hints(document), text: document.getText() };
  },
  async scaffoldShown() {
    const written = /\]\(\.\.\/\.\.\/(tests\/test_transfers_balance\.py)\)/.exec((await show(RECORD)).getText());
    await command("workbench.action.closeSidebar");
    const record = await showAt(RECORD, "INV-2");
    const first = record.lineAt(place(record, "## Considered").line).range;
    vscode.window.activeTextEditor.revealRange(first, vscode.TextEditorRevealType.AtTop);
    await showAt(written[1], "@given", { viewColumn: vscode.ViewColumn.Two });
    const saw = await person("seesTheScaffold");
    await pictured("vscode-scaffold");
    await command("workbench.action.closeEditorsInGroup");
    return saw;
  },
};
