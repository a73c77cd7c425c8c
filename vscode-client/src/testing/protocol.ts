/** What the server tells beside LSP of records, invariants and tests; lines count from 0. */

export const TREE = "adr-lsp/tests";
export const COVERAGE = "adr-lsp/coverage";
export const DEBUG = "adr-lsp/debug";
export const CHANGED = "adr-lsp/testsChanged";

export interface Place {
  readonly uri: string;
  readonly line: number;
}

export interface TestNode extends Place {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** What the last run says; null: nothing. */
  readonly state: "passed" | "failed" | "errored" | "skipped" | null;
  /** Which run says so. */
  readonly run: string | null;
  /** Which tool ran it, and when. */
  readonly told: string;
  readonly seconds: number;
  /** What changed since that run. */
  readonly stale: readonly string[];
  readonly failures: readonly (Place & { readonly message: string })[];
}

export interface InvariantNode extends Place {
  readonly key: string;
  readonly label: string;
  readonly description: string;
  readonly tests: readonly TestNode[];
}

export interface RecordNode extends Place {
  readonly root: string;
  readonly key: string;
  readonly label: string;
  readonly invariants: readonly InvariantNode[];
}

/** The lines of one file that ran under one test of one invariant. */
export interface CoveredNode {
  readonly key: string;
  readonly test: string;
  readonly uri: string;
  readonly lines: readonly number[];
  /** How many lines of the file tests can run. */
  readonly total: number;
}

/** Why some tests were not run. */
export interface WrongPart {
  readonly reason: string;
  readonly tests: readonly string[];
}

/** A program that runs tests, for a debugger to start. */
export interface LaunchNode {
  readonly tool: string;
  readonly tests: readonly string[];
  /** What kind of program it is; `node` for JavaScript. */
  readonly debugger: "python" | "node" | "native";
  readonly program: string;
  readonly arguments: readonly string[];
  readonly cwd: string;
  /** Added to that of the editor. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Tests that no debugger can start, and why. */
export interface NoLaunchNode {
  readonly tool: string;
  readonly tests: readonly string[];
  readonly reason: string;
}
