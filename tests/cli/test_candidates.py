"""`adr-lsp candidates`."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.command import adr_lsp

RECORD = """# 1. Pay

## Context

We might do it. Every key is unique.

## Decision

- Each `key` is captured **at most once**.
- The clerk's team should review it.

## Considered Options

Every capture is always atomic.
"""
OTHER = "# 2. Sum\n\n## Decision\n\nThe sum of all postings is always zero.\n"
RETIRED = OTHER.replace("## Decision", "Status: superseded by ADR-0002\n\n## Decision")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs/adr").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs/adr/0001-pay.md").write_text(RECORD)
    (tmp_path / "docs/adr/0002-sum.md").write_text(OTHER)
    (tmp_path / "docs/adr/0003-old.md").write_text(RETIRED.replace("# 2", "# 3"))
    return tmp_path


def test_they_are_listed_with_place_score_and_pattern(root: Path) -> None:
    done = adr_lsp(root, "candidates")
    assert done.code == 0, done.err
    lines = done.out.splitlines()
    assert "docs/adr/0001-pay.md:9:3: strong 0." in done.out
    assert "Each `key` is captured **at most once**." in done.out
    assert "    at-most-once; a count" in done.out
    assert "team" not in done.out and "atomic" not in done.out and "0003" not in done.out
    assert lines[-1] == "2 of 2 sentences that read like invariants"


def test_json_has_the_same_and_more_with_a_lower_score(root: Path) -> None:
    done = adr_lsp(root, "candidates", "-f", "json", "--min-score", "0")
    found = {each["sentence"]: each for each in done.json}
    first = found["Each `key` is captured **at most once**."]
    assert first["record"] == "ADR-0001" and first["section"] == "Decision"
    assert first["range"]["start"] == {"line": 9, "column": 3}
    assert first["pattern"] == "at-most-once"
    scores = [each["score"] for each in done.json]
    assert scores == sorted(scores, reverse=True)
    assert "Every key is unique." in found
    assert "Every capture is always atomic." not in found


def test_paths_and_a_number_narrow_them(root: Path) -> None:
    one = adr_lsp(root, "candidates", "docs/adr/0002-sum.md", "-f", "json")
    assert {each["record"] for each in one.json} == {"ADR-0002"}
    assert len(adr_lsp(root, "candidates", "-n", "1", "-f", "json").json) == 1
    assert len(adr_lsp(root, "candidates", "docs", "-f", "json").json) == 2


def test_a_wrong_question_is_refused(root: Path) -> None:
    (root / "empty").mkdir()
    assert adr_lsp(root, "candidates", "empty").code == 2
    assert adr_lsp(root, "candidates", "nowhere.md").code == 2
    for score in ("4", "nan", "much"):
        asked = adr_lsp(root, "candidates", "--min-score", score)
        assert (asked.code, "is no number from 0 to 1" in asked.err) == (2, True)


def test_a_path_of_another_root_is_read_there(root: Path) -> None:
    (root / "other/docs/adr").mkdir(parents=True)
    (root / "other/adr-lsp.toml").touch()
    there = "other/docs/adr/0009-x.md"
    (root / there).write_text("# 9. X\n\n## Decision\n\nEach key must be captured at most once.\n")
    one = adr_lsp(root, "candidates", there, "-f", "json")
    assert [each["record"] for each in one.json] == ["ADR-0009"]


def test_they_are_no_findings(root: Path) -> None:
    done = adr_lsp(root, "check", "-f", "json")
    assert "at most once" not in done.out
