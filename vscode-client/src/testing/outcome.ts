/** What a run said of a test, in VS Code's words. */

import * as vscode from "vscode";
import { type Leaf, lineOf } from "./tree";

export function report(run: vscode.TestRun, { item, test }: Leaf): void {
  const milliseconds = test.seconds * 1000;
  switch (test.state) {
    case "passed":
      run.passed(item, milliseconds);
      break;
    case "failed":
      run.failed(item, messages(test.failures), milliseconds);
      break;
    case "errored":
      run.errored(item, messages(test.failures), milliseconds);
      break;
    case "skipped":
      run.skipped(item);
      break;
    case null:
      return;
  }
  say(run, `${test.id}: ${test.state} (${test.told})`, item);
}

function messages(failures: Leaf["test"]["failures"]): vscode.TestMessage[] {
  return failures.map((failure) => {
    const message = new vscode.TestMessage(failure.message);
    message.location = new vscode.Location(vscode.Uri.parse(failure.uri), lineOf(failure));
    return message;
  });
}

/** The view of the output is a terminal. */
export function say(run: vscode.TestRun, words: string, item?: vscode.TestItem): void {
  run.appendOutput(`${words.replaceAll(/\r?\n/g, "\r\n")}\r\n`, undefined, item);
}
