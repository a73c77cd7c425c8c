// The view of tests, coverage, and what each shows once it is old.

const fs = require("node:fs");
const vscode = require("vscode");
const { RECORD, TEST, wanted } = require("./host.cjs");
const { command, file, hints, lenses, person, pictured, place, runs } = require("./host.cjs");
const { servers, show, showAt, until, write } = require("./host.cjs");

const PAIR = `from ledger import decode, transfer


# Verifies: ADR-0002/INV-1
def test_first() -> None:
    assert decode("1.00") == 100


# Verifies: ADR-0002/INV-1
def test_second() -> None:
    assert decode("2.00") == 200
`;
const SLOW = `import os
import time
from pathlib import Path


# Verifies: ADR-0002/INV-1
def test_slow() -> None:
    Path("pid.part").write_text(str(os.getpid()))
    Path("pid.part").rename("pid")
    time.sleep(600)
`;

const inCode = async () => (await hints(await show("ledger.py"))).map((hint) => hint.label.trim());
const display = (value) => vscode.workspace.getConfiguration("adr-lsp").update("display", value, true);

exports.before = {
  async tree() {
    const before = runs();
    await command("workbench.view.testing.focus");
    await command("workbench.action.decreaseViewWidth");
    const saw = await person("seesTheTree");
    const opens = vscode.workspace.getConfiguration("testing");
    await opens.update("automaticallyOpenTestResults", "neverOpen", true); // for pictures
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
    await command("testing.toggleInlineCoverage");
    await pictured("vscode-coverage");
    await command("testing.toggleInlineCoverage");
    return saw;
  },
  async settings() {
    const shown = async () => (await lenses(await show(RECORD))).length;
    const usual = await until(shown);
    const before = servers();
    await display("quiet");
    await until(async () => !(await shown()));
    await display("rich");
    const rich = await until(async () => (await inCode()).length && inCode());
    await pictured("vscode-rich");
    await display(undefined);
    await until(async () => !(await inCode()).length && (await shown()) === usual);
    return { rich, before, after: servers() };
  },
  async walkthrough() {
    await command("workbench.action.openWalkthrough", "adr-lsp.adr-lsp#start");
    return person("seesTheWalkthrough");
  },
  /** The test is changed and not saved when the lens is clicked. */
  async run() {
    const before = runs();
    const code = await showAt(TEST, "assert sum");
    await vscode.window.activeTextEditor.edit((edit) => edit.insert(new vscode.Position(code.lineCount, 0), "# end\n"));
    const dirty = code.isDirty;
    await showAt(RECORD, "INV-1");
    const progress = await person("clicksTheLens");
    return { progress, before, after: await until(() => runs() > before && runs()), dirty: [dirty, code.isDirty] };
  },
  /** Both stand side by side; nothing is saved. */
  async unsaved() {
    const document = await showAt(RECORD, "INV-1");
    const code = await show("ledger.py", { viewColumn: vscode.ViewColumn.Two });
    await person("seesFresh");
    const line = code.lineAt(place(code, "return [-minor_units").line);
    await vscode.window.activeTextEditor.edit((edit) => edit.insert(line.range.end, " * 1"));
    const old = await person("seesStaleBeside");
    const [hint] = await hints(document);
    const dirty = code.isDirty;
    await pictured("vscode-stale");
    await command("undo");
    const again = await person("seesFresh");
    await command("workbench.action.files.revert");
    await command("workbench.action.closeEditorsInGroup");
    return { old, hint: hint.label, dirty, again };
  },
};

exports.after = {
  async outside() {
    const document = await show(RECORD);
    const before = await hints(document);
    fs.renameSync(wanted.instead, file("ledger.py").fsPath);
    const differs = async () => JSON.stringify(await hints(document)) !== JSON.stringify(before);
    await until(differs);
    await person("seesStaleInTheRecord");
    return hints(document);
  },
  staleTest: () => person("seesStale"),
  runFromTree: () => person("runsTheRecord"),
  async messageInRecord() {
    await showAt(RECORD, "INV-1");
    const saw = await person("seesMessage");
    await pictured("vscode-failed");
    return saw;
  },
  async messageInTest() {
    await showAt(TEST, "assert sum");
    return person("seesMessage");
  },
  async counterexample() {
    const document = await showAt(RECORD, "INV-1");
    await person("clicksTheLens");
    return until(async () => (await hints(document)).find((hint) => hint.label.includes("✗")));
  },
};

exports.last = {
  async oneTest() {
    write("tests/test_pair.py", PAIR);
    await command("workbench.view.testing.focus");
    await person("seesThePair");
    await showAt("tests/test_pair.py", "def test_second");
    await command("testing.runAtCursor");
    const saw = await person("seesOneOfThePair");
    return saw;
  },
  async cancelled() {
    const started = file("pid").fsPath;
    write("tests/test_slow.py", SLOW);
    await person("seesTheSlow");
    const before = runs();
    void command("testing.runAll");
    const pid = await until(() => fs.existsSync(started) && fs.readFileSync(started, "utf8"));
    await command("testing.cancelRun");
    await until(() => !fs.existsSync(`/proc/${pid}`));
    fs.rmSync(file("tests/test_slow.py").fsPath);
    return { started: runs() - before };
  },
};
