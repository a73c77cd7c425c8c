// Writes down what a run of `node --test` proves: a reporter, given on the command line beside the user's own. What
// happens in the processes of the files comes from node-test-hook.mjs. Node 22.15 and later; without coverage and cases
// also earlier.

import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { begin } from "./evidence.mjs";
import { NodeTestFile } from "./node-test-file.mjs";
import { findRoot } from "./project.mjs";

const place = process.execArgv.includes("--test") ? prepare() : null;

/** Where the processes of the files write to; they have our environment. */
function prepare() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "adr-lsp-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const below = pathToFileURL(path.join(findRoot(process.cwd()), path.sep)).href;
  const isTaken = process.env.NODE_V8_COVERAGE || process.execArgv.includes("--experimental-test-coverage");
  const coverage = process.env.ADR_LSP_COVERAGE === "1" && !isTaken;
  process.env.ADR_LSP_NODE_TEST = JSON.stringify({ folder, below, coverage, pid: process.pid });
  return folder;
}

export default async function* record(events) {
  const argv = [...process.execArgv, ...process.argv.slice(1)];
  const evidence = begin("node:test", process.versions.node, process.cwd(), { argv });
  const files = new Map();
  let isCut = false;
  for await (const event of events) {
    if (evidence === null) continue;
    if (event.type === "test:interrupted") isCut = true;
    evidence.guarded(() => take(event, evidence, files));
  }
  if (evidence === null) return;
  evidence.guarded(() => finish(evidence, files, isCut));
  if (evidence.fault !== null) evidence.close();
  const complaint = evidence.complaint();
  if (complaint !== null) process.stderr.write(complaint);
  yield "";
}

function take({ type, data }, evidence, files) {
  if (typeof data?.file !== "string") return;
  const file = path.resolve(data.file);
  if (!files.has(file)) {
    if (files.size === 0) evidence.addRecords();
    files.set(file, new NodeTestFile(evidence, file));
    evidence.addConfiguration([file]);
    evidence.addFiles([file]);
  }
  files.get(file).take(type, data);
}

/** The results of all files: what their processes noted stands in one place when all have ended. */
function finish(evidence, files, isCut) {
  const noted = new Map(notes().map((each) => [each.file, each]));
  for (const file of files.values()) file.write(noted.get(file.file) ?? null);
  if (isCut) evidence.close();
  else evidence.end([...files.values()].some((file) => file.hasFailed) ? 1 : 0);
}

function notes() {
  if (place === null) return [];
  return readdirSync(place).map((name) => JSON.parse(readFileSync(path.join(place, name), "utf8")));
}
