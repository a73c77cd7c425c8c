/** How the server is: one item in the status bar's language menu, and nothing that pops up. */

import * as vscode from "vscode";

export type Health =
  | { readonly is: "starting" }
  | { readonly is: "running"; readonly version: string; readonly trusted: boolean; readonly trouble: string }
  | { readonly is: "stopped" }
  | { readonly is: "failed"; readonly why: string };

export function createStatus(documents: vscode.DocumentSelector): vscode.LanguageStatusItem {
  const item = vscode.languages.createLanguageStatusItem("adr-lsp.health", documents);
  item.name = "adr-lsp";
  return item;
}

export function showHealth(item: vscode.LanguageStatusItem, health: Health): void {
  item.busy = health.is === "starting";
  item.severity = severity(health);
  item.text = title(health);
  item.detail = detail(health);
  item.command =
    health.is === "stopped"
      ? { command: "adr-lsp.restart", title: "Restart" }
      : { command: "adr-lsp.showLog", title: "Show Log" };
}

function severity(health: Health): vscode.LanguageStatusSeverity {
  if (health.is === "failed") {
    return vscode.LanguageStatusSeverity.Error;
  }
  const troubled = health.is === "running" && health.trouble;
  return troubled ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
}

function title(health: Health): string {
  switch (health.is) {
    case "starting":
      return "adr-lsp starts";
    case "running":
      return `adr-lsp ${health.version}`.trim();
    case "stopped":
      return "adr-lsp is stopped";
    case "failed":
      return "adr-lsp: server failed";
  }
}

function detail(health: Health): string {
  if (health.is === "failed") {
    return health.why;
  }
  if (health.is !== "running") {
    return "";
  }
  return health.trouble || (health.trusted ? "" : "runs no tests: this workspace is not trusted");
}
