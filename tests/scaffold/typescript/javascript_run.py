"""Runs vitest, Node's own runner and the TypeScript compiler over projects in one folder."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import provision

_SETUP = 'import fc from "fast-check";\n\nfc.configureGlobal({ seed: 20261123, numRuns: 200 });\n'
_TYPES = """\
declare module "node:test" {
  export interface TestContext {
    test(name: string, run: () => unknown): Promise<void>;
  }
  type Run = (context: TestContext) => unknown;
  export function test(name: string, options: { skip?: boolean | string }, run: Run): void;
  export function test(name: string, run: Run): void;
}
declare module "node:assert/strict" {
  const assert: {
    ok(value: unknown): asserts value;
    strictEqual(actual: unknown, expected: unknown): void;
    deepStrictEqual(actual: unknown, expected: unknown): void;
    notDeepStrictEqual(actual: unknown, expected: unknown): void;
    throws(run: () => unknown, error?: unknown): void;
    doesNotThrow(run: () => unknown): void;
    rejects(run: Promise<unknown>, error?: unknown): Promise<void>;
    doesNotReject(run: Promise<unknown>): Promise<void>;
  };
  export default assert;
}
"""
_COMPILER = {
    "strict": True,
    "noEmit": True,
    "target": "ESNext",
    "module": "ESNext",
    "lib": ["ESNext", "DOM"],
    "moduleResolution": "bundler",
    "allowImportingTsExtensions": True,
    "noUncheckedIndexedAccess": True,
    "exactOptionalPropertyTypes": True,
    "skipLibCheck": True,
    "types": [],
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """`kind` is passed, failed or skipped."""

    kind: str
    text: str


Outcomes = dict[str, dict[str, Outcome]]


def prepare(root: Path) -> None:
    """What all projects in the folder share."""
    (root / "node_modules").symlink_to(provision.JAVASCRIPT / "node_modules")
    (root / "setup.mjs").write_text(_SETUP)
    (root / "node.d.ts").write_text(_TYPES)
    (root / "package.json").write_text('{ "private": true, "type": "module" }')


def _call(root: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    env = provision.environment() | {"NO_COLOR": "1", "CI": "true"}
    for name in ("NODE_OPTIONS", "VITEST", "NODE_TEST_CONTEXT"):
        env.pop(name, None)
    words = [os.fspath(word) for word in command]
    return subprocess.run(
        words, cwd=root, env=env, capture_output=True, text=True, timeout=300, check=False
    )


def run(root: Path, files: list[str]) -> Outcomes:
    """What each file's tests did, by path and title; each tool starts once."""
    by_node = [path for path in files if _is_for_node(root / path)]
    by_vitest = [path for path in files if path not in by_node]
    found = _vitest(root, by_vitest) if by_vitest else {}
    return found | (_node(root, by_node) if by_node else {})


def _is_for_node(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    return "node:test" in text


def _vitest(root: Path, files: list[str]) -> Outcomes:
    included = json.dumps(files)
    config = f"""import {{ defineConfig }} from "vitest/config";
export default defineConfig({{
  test: {{ include: {included}, setupFiles: ["./setup.mjs"], maxWorkers: 2, isolate: false }},
}});
"""
    (root / "vitest.config.mjs").write_text(config)
    report = root / "vitest.json"
    report.unlink(missing_ok=True)
    program = root / "node_modules" / "vitest" / "vitest.mjs"
    words = ("run", "--root", root, "--reporter=json", f"--outputFile={report}")
    done = _call(root, provision.NODE, program, *words)
    assert report.exists(), done.stdout + done.stderr
    found: Outcomes = {}
    for file in json.loads(report.read_text())["testResults"]:
        path = Path(file["name"]).relative_to(root.resolve()).as_posix()
        tests = {t["fullName"]: _outcome(t) for t in file["assertionResults"]}
        found[path] = tests or {"": Outcome("error", file.get("message", ""))}
    return found


def _outcome(test: dict[str, object]) -> Outcome:
    messages = test.get("failureMessages") or []
    assert isinstance(messages, list)
    kind = str(test["status"])
    return Outcome({"pending": "skipped", "todo": "skipped"}.get(kind, kind), "\n".join(messages))


def _node(root: Path, files: list[str]) -> Outcomes:
    report = root / "node.xml"
    report.unlink(missing_ok=True)
    words = (
        "--test",
        "--test-isolation=none",
        "--test-reporter=junit",
        f"--test-reporter-destination={report}",
    )
    loaded = f"--import={(root / 'setup.mjs').as_uri()}"
    found: Outcomes = {path: {} for path in files}
    done = _call(root, provision.NODE, loaded, *words, *files)
    assert report.exists(), done.stdout + done.stderr
    for case in ElementTree.parse(report).iter():
        path = _path_of(root, case)
        if path in found:
            found[path][case.get("name") or ""] = _junit(case)
    return found


def _path_of(root: Path, case: ElementTree.Element) -> str:
    file = case.get("file")
    return Path(file).resolve().relative_to(root.resolve()).as_posix() if file else ""


def _junit(case: ElementTree.Element) -> Outcome:
    skipped = case.find("skipped")
    failed = next(case.iter("failure"), None)
    if skipped is not None:
        return Outcome("skipped", skipped.get("message") or "")
    if failed is not None:
        return Outcome("failed", f"{failed.get('message')}\n{failed.text}")
    return Outcome("passed", "")


def typecheck(root: Path, files: list[str]) -> str:
    """What the compiler says of the TypeScript among the files, strictly."""
    typed = [path for path in files if path.endswith("ts")]
    config = {"compilerOptions": _COMPILER, "files": ["node.d.ts", *typed]}
    (root / "tsconfig.json").write_text(json.dumps(config))
    program = root / "node_modules" / "typescript" / "bin" / "tsc"
    return _call(root, provision.NODE, program, "--project", root / "tsconfig.json").stdout
