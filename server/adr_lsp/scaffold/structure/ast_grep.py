"""A rule of ast-grep against a call, and the test of the rule."""

from __future__ import annotations

import json
import posixpath
import re

from adr_lsp.scaffold.model import Refusal
from adr_lsp.scaffold.structure.edits import text_at
from adr_lsp.scaffold.structure.import_linter import Written
from adr_lsp.scaffold.structure.naming import slug, title
from adr_lsp.scaffold.structure.wording import Wanted
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import START, Edit, Range

_LANGUAGES = {"python": "Python", "typescript": "TypeScript", "rust": "Rust"}
_RULES = re.compile(r"^ruleDirs:\s*(?:\[\s*|\n\s*-\s*)[\"']?([\w./-]+)", re.MULTILINE)
_TESTS = re.compile(r"^\s*-?\s*testDir:\s*[\"']?([\w./-]+)", re.MULTILINE)
_CALLABLE = re.compile(r"[A-Za-z_$][\w$]*(?:(?:\.|::)[A-Za-z_$][\w$]*)*!?")


def rule(
    snapshot: Snapshot, project: str, wanted: Wanted, statement: str, reference: str, language: str
) -> Written | Refusal:
    wrong = next((name for name in wanted.right if not _CALLABLE.fullmatch(name)), None)
    if wrong:
        return Refusal(f"`{wrong}` is no name of something that can be called")
    known, paths = _LANGUAGES[language], snapshot.tree.paths()
    if language == "typescript" and not any(p.endswith((".ts", ".mts", ".cts")) for p in paths):
        known = "JavaScript"
    settings = text_at(snapshot, posixpath.join(project, "sgconfig.yml")) or ""
    rules = _RULES.search(settings)
    name = slug(statement)
    path = posixpath.normpath(
        posixpath.join(project, rules[1] if rules else "rules", f"{name}.yml")
    )
    if path in paths or path.startswith(".."):
        return Refusal(f"`{path}` is already there")
    edits = [Edit(path, Range(START, START), _text(name, known, wanted, statement, reference))]
    tests = _TESTS.search(settings)
    folder = tests[1] if tests else "rule-tests"
    test = posixpath.normpath(posixpath.join(project, folder, f"{name}-test.yml"))
    if test not in paths and not test.startswith(".."):
        edits.append(Edit(test, Range(START, START), _test(name, wanted)))
    return Written(path, "", tuple(edits))


def _text(name: str, language: str, wanted: Wanted, statement: str, reference: str) -> str:
    patterns = [_pattern(each) for each in wanted.right]
    looked = (
        [f"  pattern: {patterns[0]}"]
        if len(patterns) == 1
        else ["  any:", *(f"    - pattern: {each}" for each in patterns)]
    )
    return "\n".join([
        f"# Verifies: {reference}",
        "# adr-lsp: scaffold (read the pattern, then delete this line)",
        f"id: {name}",
        f"language: {language}",
        "severity: error",
        f"message: {json.dumps(title(statement), ensure_ascii=False)}",
        "rule:",
        *looked,
        "",
    ])  # fmt: skip


def _pattern(name: str) -> str:
    return f"{name}($$$)"


def _test(name: str, wanted: Wanted) -> str:
    """What the rule lets through, and what it finds."""
    found = "\n".join(f"  - {each}(1)" for each in wanted.right)
    return f"id: {name}\nvalid:\n  - other(1)\ninvalid:\n{found}\n"
