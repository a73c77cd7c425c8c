// What steps inside the extension host are made of.

const fs = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");

const wanted = JSON.parse(fs.readFileSync(process.env.ADR_LSP_WANTED, "utf8"));
const RECORD = "docs/adr/0001-transfers-balance.md";
const TEST = "tests/test_ledger.py";

async function until(see, deadline = wanted.deadline) {
  const end = Date.now() + deadline;
  for (;;) {
    const seen = await see();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`did not come: ${see}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function pictured(name) {
  const picture = path.join(wanted.pictures, `${name}.png`);
  fs.rmSync(picture, { force: true });
  console.log(`picture ${name}`);
  await until(() => fs.existsSync(picture));
}

/** What a person does in the window, and sees there. */
async function person(act) {
  const told = `${wanted.observed}.${act}`;
  console.log(`person ${act}`);
  await until(() => fs.existsSync(told), 2 * wanted.deadline); // its own deadline tells more
  const outcome = JSON.parse(fs.readFileSync(told, "utf8"));
  fs.rmSync(told);
  if (outcome.failed) throw new Error(outcome.failed);
  return outcome.saw;
}

const command = (name, ...words) => vscode.commands.executeCommand(name, ...words);
const file = (name) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, name);
const all = new vscode.Range(0, 0, 1000, 0);
const ask = (name, ...words) => command(`vscode.execute${name}`, ...words);
const label = (hint) => (typeof hint.label === "string" ? hint.label : hint.label.map((part) => part.value).join(""));

function write(name, text) {
  const { fsPath } = file(name);
  fs.mkdirSync(path.dirname(fsPath), { recursive: true });
  fs.writeFileSync(fsPath, text);
}

async function show(name, options = {}) {
  const document = await vscode.workspace.openTextDocument(file(name));
  await vscode.window.showTextDocument(document, options);
  return document;
}

function place(document, text) {
  const offset = document.getText().indexOf(text);
  if (offset < 0) throw new Error(`no ${text}`);
  return document.positionAt(offset + 1);
}

/** Shows a file with the cursor at a text in it. */
async function showAt(name, text, options = {}) {
  const document = await show(name, options);
  const at = place(document, text);
  vscode.window.activeTextEditor.selection = new vscode.Selection(at, at);
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

const recorded = () => fs.readdirSync(file(".adr-lsp/evidence").fsPath);
const runs = () => recorded().length;

/** The processes of servers that this extension host started. */
function servers() {
  const words = (pid) => fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  const children = fs.readFileSync(`/proc/self/task/${process.pid}/children`, "utf8");
  return children.trim().split(" ").filter((pid) => pid && words(pid).some((word) => word.endsWith("adr-lsp")));
}

module.exports = {
  ...{ wanted, RECORD, TEST, until, pictured, person, command, file, ask, write, show, showAt, place },
  ...{ findings, lenses, hints, recorded, runs, servers },
};
