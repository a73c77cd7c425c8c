/** What the user chose, and what of it the server is told when it starts. */

import * as vscode from "vscode";
import { DidChangeConfigurationNotification, type LanguageClient } from "vscode-languageclient/node";

export const SECTION = "adr-lsp";

export interface Settings {
  /** The words of a command; none: look for the server. */
  readonly command: readonly string[];
  readonly importStrategy: "useBundled" | "fromEnvironment";
  /** The words of a Python; none: look for one. */
  readonly interpreter: readonly string[];
  readonly display: "quiet" | "normal" | "rich";
  readonly run: "onType" | "onSave";
  readonly diagnostics: "open" | "workspace";
}

/** VS Code itself hides what an untrusted workspace says of restricted settings. */
export function readSettings(): Settings {
  const section = vscode.workspace.getConfiguration(SECTION);
  return {
    command: section.get<string[]>("server.command", []),
    importStrategy: section.get<Settings["importStrategy"]>("importStrategy", "useBundled"),
    interpreter: section.get<string[]>("interpreter", []),
    display: section.get<Settings["display"]>("display", "normal"),
    run: section.get<Settings["run"]>("run", "onType"),
    diagnostics: section.get<Settings["diagnostics"]>("diagnostics", "open"),
  };
}

/** What is settled when a server starts: which one it is, and in which way it tells its findings. */
const FOR_START = ["server.command", "importStrategy", "interpreter", "run", "diagnostics"];

export function isForStart(change: vscode.ConfigurationChangeEvent): boolean {
  return FOR_START.some((name) => change.affectsConfiguration(`${SECTION}.${name}`));
}

/** The rest, to one that runs. */
export function tellSettings(client: LanguageClient): Promise<void> {
  const settings = { [SECTION]: { display: readSettings().display } };
  return client.sendNotification(DidChangeConfigurationNotification.type, { settings });
}

export function initializationOptions(settings: Settings): object {
  const { display, run, diagnostics } = settings;
  return { trusted: vscode.workspace.isTrusted, display, run, diagnostics };
}
