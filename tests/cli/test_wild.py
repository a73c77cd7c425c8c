"""Real decision logs, adopted: accepted as they are, then only what is new is told."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from cli.command import adr_lsp
from markdown.corpus import corpus_files, corpus_root, needs_corpus

SOME = sorted({path.parts[0] for path in corpus_files()})[::7]
pytestmark = needs_corpus


@pytest.mark.parametrize("name", SOME)
def test_a_log_is_adopted_and_a_record_renumbered(name: str, tmp_path: Path) -> None:
    root = tmp_path / "repository"
    shutil.copytree(corpus_root() / name, root)
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    for command in (("init",), ("baseline", "write"), ("--check",)):
        done = adr_lsp(root, *command)
        assert done.code == 0, f"{command}: {done.out}{done.err}"
    records = adr_lsp(root, "--check", "-f", "json").json["records"]
    log = max((r["log"] for r in records), key=[r["log"] for r in records].count)
    path = adr_lsp(root, "new", "Only one writer", "--log", log).out.removeprefix("wrote ").strip()
    without_invariants(root / path)
    assert told(root) == [("ADL101", path)]
    numbered = [r for r in records if r["log"] == log and r["key"].startswith("ADR-")]
    if not numbered:
        return  # a log of days has no numbers to change
    done = adr_lsp(root, "renumber", numbered[0]["path"])
    assert done.code == 0, done.err
    assert told(root) == [("ADL101", path)]
    after = adr_lsp(root, "--check", "-f", "json").json["records"]
    assert sorted(r["title"] for r in after if r["path"] != path) == sorted(
        r["title"] for r in records
    )
    assert sum(len(r["superseded_by"]) for r in after) == sum(
        len(r["superseded_by"]) for r in records
    )


def told(root: Path) -> list[tuple[str, str]]:
    done = adr_lsp(root, "--check", "-f", "json")
    found: Any = done.json["findings"]
    assert done.code == bool(found), done.err
    return [(each["code"], each["path"]) for each in found]


def without_invariants(file: Path) -> None:
    """The new record, decided, as somebody writes it who never heard of invariants."""
    head = file.read_text().partition("## Invariants")[0]
    file.write_text(head.replace("Proposed", "Accepted").replace("proposed", "accepted"))
