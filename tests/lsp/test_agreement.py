"""The same bytes give the same findings in the editor and on the command line."""

from __future__ import annotations

import re
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from adr_lsp.rules import RULES
from adr_lsp.sources import language_of
from adr_lsp.workspace import Workspace
from cli.command import adr_lsp
from evidence.writing import END, as_bytes, cases, content, file_name, header, result
from lsp.client import Client, client
from lsp.folder import write
from lsp.test_sync import units
from rules.case import cases as cases_of

TESTS = Path(__file__).parents[1]
SAMPLE = TESTS.parent / "adrs-sample"
SEVERITIES = ("", "error", "warning", "information", "hint")
OUTCOMES = ("passed", "failed", "skipped", "error", "xfailed", "passed")
SETTINGS = ("adr-lsp.toml", "pyproject.toml")
Seen = dict[str, list[tuple[Any, ...]]]


def rule_fixtures(folder: Path) -> Path:
    """Every example of every rule, each in a folder of its own below one root."""
    pages = [rule.doc for rule in RULES]
    pages += [path.read_text(encoding="utf-8") for path in (TESTS / "rules").glob("ADL*.md")]
    for number, case in enumerate(case for page in pages for case in cases_of(page)):
        files = {fence.path: fence.text for fence in case.fences if fence.path}
        if not files.keys() & set(SETTINGS):
            write(folder / f"case-{number}", files)
    return write(folder, {"adr-lsp.toml": "bogus = 1\n"})


def sample(folder: Path) -> Path:
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns(".*"), dirs_exist_ok=True)
    return folder


def with_a_run(folder: Path) -> Path:
    """A run in which the tests that are there ended in all ways, after which one file changed."""
    workspace = Workspace(folder)
    workspace.refresh()
    sources = workspace.snapshot().sources
    named = [f"{path}::{test.name}" for path in sorted(sources) for test in sources[path].tests]
    results = [
        result(OUTCOMES[at % len(OUTCOMES)], test, cases=cases(at)) for at, test in enumerate(named)
    ]
    files = {p: sha256((folder / p).read_bytes()).hexdigest() for p in opened(folder)}
    if sources:
        files[min(sources)] = "0" * 64
    run = as_bytes(header(1), content(**files), *results, END)
    return write(folder, {file_name(1): run.decode()})


def opened(folder: Path) -> list[str]:
    """The files that an editor can open."""
    every = (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    shown = (path for path in every if not path.startswith(".adr-lsp/"))
    return sorted(p for p in shown if p.endswith((".md", ".mdx", ".toml")) or language_of(p))


def checked(folder: Path) -> Seen:
    """What `--check` finds, in the client's terms."""
    seen: Seen = {}
    for finding in adr_lsp(folder, "--check", "-f", "json").json["findings"]:
        lines = re.split(r"\r\n|\n|\r", (folder / finding["path"]).read_bytes().decode())
        place = tuple(_place(lines, finding["range"][side]) for side in ("start", "end"))
        said = (*place, finding["code"], finding["severity"], finding["message"])
        seen.setdefault(finding["path"], []).append(said)
    return {path: sorted(found) for path, found in seen.items()}


def _place(lines: list[str], at: dict[str, int]) -> tuple[int, int]:
    line = at["line"] - 1
    return line, units(lines[line][: at["column"] - 1], "utf-16")


def pushed(server: Client, folder: Path) -> Seen:
    """What was last pushed about each file."""
    last = {m["params"]["uri"]: m["params"] for m in server.sent("textDocument/publishDiagnostics")}
    named = {(folder / path).as_uri(): path for path in opened(folder)}
    found = {named[uri]: sorted(map(_said, params["diagnostics"])) for uri, params in last.items()}
    return {path: said for path, said in found.items() if said}


def _said(finding: dict[str, Any]) -> tuple[Any, ...]:
    range = finding["range"]
    start, end = ((range[s]["line"], range[s]["character"]) for s in ("start", "end"))
    return start, end, finding["code"], SEVERITIES[finding["severity"]], finding["message"]


@pytest.mark.parametrize("made", [rule_fixtures, sample])
@pytest.mark.parametrize("opening", [True, False], ids=["open", "closed"])
def test_editor_and_check_agree(tmp_path: Path, made: Any, opening: bool) -> None:
    """Verifies: ADR-0006/INV-2"""
    folder = with_a_run(made(tmp_path))
    wanted = checked(folder)
    assert wanted
    with client(cwd=folder) as server:
        server.initialize(folder, diagnostics="open" if opening else "workspace")
        for path in opened(folder) if opening else ():
            server.open(folder / path)
        server.request("textDocument/hover", **NOWHERE)
        try:
            server.until(lambda: pushed(server, folder) == wanted)
        except AssertionError:
            assert pushed(server, folder) == wanted


NOWHERE = {"textDocument": {"uri": "untitled:1"}, "position": {"line": 0, "character": 0}}
