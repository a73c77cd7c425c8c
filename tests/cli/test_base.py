"""`--check --base REF`: what a branch does to the decisions."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import jsonschema
import pytest

from adr_lsp.features.formats.schema import json_schema
from cli.command import Done, adr_lsp, run
from run.repository import Repository, repository

AUDITED = Path(__file__).parents[1] / "workspace" / "audited.py"
RECORD = "docs/adr/0001-a.md"
TEST = "tests/test_a.py"
TEXT = """# 1. A

## Status

Accepted

## Invariants

- **INV-1**: Every total is the sum of its lines.
- **INV-2**: No line is lost.
"""
CODE = """def total(lines):
    return sum(lines)


def test_total():
    \"\"\"Verifies: ADR-0001/INV-1\"\"\"
    assert total([1, 2]) == 3


def test_lost():
    \"\"\"Verifies: ADR-0001/INV-2\"\"\"
    assert len([1, 2]) == 2
"""


@pytest.fixture
def made(tmp_path: Path) -> Repository:
    here = repository(tmp_path / "work")
    here.write(RECORD, TEXT)
    here.write(TEST, CODE)
    here.write(".gitignore", ".adr-lsp/\n__pycache__/\n")
    here.commit()
    here.git("checkout", "-q", "-b", "topic")
    return here


def check(made: Repository, *arguments: str) -> Done:
    return adr_lsp(made.root, "--check", *arguments)


def said(made: Repository, *arguments: str) -> list[str]:
    """The lines of changes, each with single spaces."""
    lines = check(made, "--base", "main", *arguments).out.splitlines()
    return [" ".join(line.split()) for line in lines if line.startswith(("▼", "▲", "±"))]


def codes(done: Done) -> list[str]:
    return [finding["code"] for finding in done.json["findings"]]


def test_an_unchanged_branch_changes_nothing(made: Repository) -> None:
    assert "since main: no record changed; findings: 0 new, 0 gone" in (
        check(made, "--base", "main").out
    )


def test_what_the_branch_and_the_working_tree_change_is_said(made: Repository) -> None:
    made.replace(RECORD, "- **INV-2**: No line is lost.\n", "")
    made.commit()
    made.replace(RECORD, "Every total", "Each total")
    changed = [
        "reworded Every total is the sum of its lines.",
        "Each total is the sum of its lines.",
    ]
    assert said(made) == [
        "▼ ADR-0001/INV-2 invariant removed No line is lost.",
        f"± ADR-0001/INV-1 {' → '.join(changed)}",
    ]


def test_the_base_is_where_the_branch_left(made: Repository) -> None:
    made.git("checkout", "-q", "main")
    made.write("docs/adr/0002-theirs.md", "# 2. Theirs\n")
    made.commit()
    made.git("checkout", "-q", "topic")
    assert said(made) == []


def test_two_branches_take_the_same_number(made: Repository) -> None:
    made.git("checkout", "-q", "main")
    made.write("docs/adr/0002-theirs.md", "# 2. Theirs\n")
    made.commit()
    made.git("checkout", "-q", "topic")
    made.write("docs/adr/0002-mine.md", "# 2. Mine\n\n## Invariants\n\nNone: it is about people.\n")
    done = check(made, "--base", "main", "-f", "json")
    (finding,) = [f for f in done.json["findings"] if f["code"] == "ADL501"]
    assert finding["message"] == "`ADR-0002` names `0002-theirs.md` on `main`"
    assert finding["path"] == "docs/adr/0002-mine.md"
    assert "ADL501" not in codes(check(made, "-f", "json"))
    made.git("merge", "-q", "main")
    merged = check(made, "--base", "main", "-f", "json").json["findings"]
    assert [f["message"] for f in merged if f["code"] == "ADL501"] == [
        "`ADR-0002` already names `0002-mine.md`"
    ]


def test_evidence_that_the_change_makes_stale(made: Repository) -> None:
    assert adr_lsp(made.root, "run").code == 0
    assert said(made) == []
    made.replace(TEST, "return sum(lines)", "return sum(reversed(lines))")
    made.commit()
    (lost,) = said(made)
    assert lost.startswith("▼ ADR-0001/INV-1 now stale: ")
    delta = check(made, "--base", "main", "-f", "json").json["delta"]
    assert [(each["key"], each["old"], each["new"]) for each in delta["invariants"]["lost"]] == [
        ("ADR-0001/INV-1", "passed", "stale")
    ]
    assert [each["code"] for each in delta["findings"]["new"]] == ["ADL404"]


def test_only_what_is_new_counts_if_asked(made: Repository) -> None:
    made.git("checkout", "-q", "main")
    made.write("docs/adr/0002-b.md", "# 2. B\n")
    made.commit()
    made.git("checkout", "-q", "topic")
    made.git("merge", "-q", "main")
    made.replace("docs/adr/0002-b.md", "# 2. B\n", "Intro.\n\n# 2. B\n\nMore.\n")
    before = check(made, "--base", "main", "-f", "json")
    assert (before.code, codes(before)) == (1, ["ADL101"])
    new = check(made, "--base", "main", "--new-only", "-f", "json")
    assert (new.code, codes(new)) == (0, [])
    made.write("docs/adr/0003-c.md", "# 3. C\n")
    new = check(made, "--base", "main", "--new-only", "-f", "json")
    assert (new.code, codes(new)) == (1, ["ADL101"])
    assert new.json["findings"][0]["path"] == "docs/adr/0003-c.md"
    assert check(made, "--new-only").code == 2


def test_a_promise_that_is_broken_is_told_also_where_only_what_is_new_counts(
    made: Repository,
) -> None:
    """The runs at hand judge both sides: that it fails is not known to be old."""
    made.replace(TEST, "== 3", "== 4")
    made.commit()
    assert adr_lsp(made.root, "run").code == 1
    new = check(made, "--base", "main", "--new-only", "-f", "json")
    assert (new.code, codes(new)) == (1, ["ADL401"])


def test_a_rule_that_the_change_turns_on_makes_nothing_new(made: Repository) -> None:
    made.git("checkout", "-q", "main")
    made.write("docs/adr/0002-b.md", "# 2. B\n\n[gone](gone.md)\n\nTODO\n")
    made.write("adr-lsp.toml", "")
    made.commit()
    made.git("checkout", "-q", "topic")
    made.git("merge", "-q", "main")
    made.write(
        "adr-lsp.toml",
        "ignore = ['ADL206']\nrequired-sections = ['Context']\nseverity = {ADL511 = 'warning'}\n",
    )
    made.replace("docs/adr/0002-b.md", "# 2. B\n", "Intro.\n\n# 2. B\n\nMore.\n")
    done = check(made, "--base", "main", "-f", "json")
    assert codes(done) == ["ADL511", "ADL101", "ADL511"]
    assert done.json["delta"]["findings"] == {"new": [], "gone": []}


def test_a_path_narrows_the_delta_too(made: Repository) -> None:
    made.write("docs/adr/0002-b.md", "# 2. B\n")
    made.replace(RECORD, "No line", "Not a line")
    assert said(made, "docs/adr/0002-b.md") == ["▲ ADR-0002 record added B"]


def test_the_json_keeps_to_its_schema(made: Repository) -> None:
    made.replace(RECORD, "- **INV-2**: No line is lost.\n", "- **INV-3**: No line is lost.\n")
    made.replace(RECORD, "Accepted", "Deprecated")
    made.write("docs/adr/0002-b.md", "# 2. B\n")
    document = check(made, "--base", "main", "-f", "json").json
    jsonschema.validate(document, json_schema())
    delta = document["delta"]
    assert delta["base"] == "main"
    assert delta["before"]["records"] == 1
    assert delta["records"]["status"] == [
        {"key": "ADR-0001", "path": RECORD, "old": "Accepted", "new": "Deprecated"}
    ]
    assert [(r["key"], r["old_key"]) for r in delta["invariants"]["renamed"]] == [
        ("ADR-0001/INV-3", "ADR-0001/INV-2")
    ]
    assert "delta" not in check(made, "-f", "json").json


def test_a_comment_for_a_pull_request(made: Repository) -> None:
    made.replace(RECORD, "- **INV-2**: No line is lost.\n", "")
    done = check(made, "--base", "main", "-f", "markdown")
    assert done.out.startswith("<!-- adr-lsp check -->\n### ")
    assert "| ▼ | `ADR-0001/INV-2` | invariant removed `No line is lost.` |" in done.out
    assert check(made, "--base", "main", "-f", "markdown").out == done.out


@pytest.mark.parametrize(
    ("ref", "reason"),
    [
        ("nope", "--base nope: Not a valid object name nope"),
        ("HEAD:docs", "--base HEAD:docs: "),
        ("", "--base"),
    ],
)
def test_a_revision_that_is_none_is_usage(made: Repository, ref: str, reason: str) -> None:
    done = check(made, "--base", ref)
    assert done.code == 2
    assert done.err.startswith(f"adr-lsp: {reason}")
    assert done.err.count("\n") == 1


def test_a_revision_that_looks_like_an_option_is_none(made: Repository) -> None:
    done = check(made, "--base=--output=x")
    assert (done.code, done.err) == (2, "adr-lsp: --base --output=x: not a revision\n")


def test_without_a_repository_it_is_usage(tmp_path: Path) -> None:
    (tmp_path / "docs/adr").mkdir(parents=True)
    (tmp_path / RECORD).write_text(TEXT)
    done = check(Repository(tmp_path), "--base", "main")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "not a git repository" in done.err
    none = adr_lsp(tmp_path, "--check", "--base", "main", PATH="")
    assert none.err == "adr-lsp: --base main: git is not installed, or not on the PATH\n"


def test_a_check_without_a_base_starts_nothing(made: Repository, tmp_path: Path) -> None:
    """Git is asked on request only."""
    trap = tmp_path / "bin/git"
    trap.parent.mkdir()
    trap.write_text(f"#!/bin/sh\n: > {tmp_path / 'ran'}\n")
    trap.chmod(0o755)
    check_with = {"PATH": str(trap.parent)}
    adr_lsp(made.root, "--check", **check_with)
    assert not (tmp_path / "ran").exists()
    done = adr_lsp(made.root, "--check", "--base", "main", **check_with)
    assert (tmp_path / "ran").exists()
    assert (done.code, done.err.count("\n")) == (2, 1)  # what it says is no answer


def test_nothing_is_written(made: Repository) -> None:
    def files() -> dict[str, int]:
        return {str(file): file.lstat().st_mtime_ns for file in sorted(made.root.rglob("*"))}

    made.replace(RECORD, "Every", "Each")
    before = files()
    check(made, "--base", "main")
    assert files() == before


def test_git_is_all_that_is_started(made: Repository, tmp_path: Path) -> None:
    """And nothing of the workspace is imported, no address asked, no file written."""
    made.replace(TEST, "def total", "open('ran', 'w')\n\n\ndef total")
    log = tmp_path / "log"
    command = [sys.executable, str(AUDITED), str(log), str(made.root)]
    done = run([*command, "check", "--base", "main"], made.root)
    assert done.code in (0, 1), done.err
    events = [json.loads(line) for line in log.read_text().splitlines()]
    started = {Path(about).name for event, about, *_ in events if event == "subprocess.Popen"}
    assert started == {"git"}
    others = {(event, about) for event, about, *_ in events if event != "subprocess.Popen"}
    assert {about for event, about in others if not about.isdigit()} <= {os.devnull}  # or a pipe
    assert {event for event, _ in others} <= {"open"}
