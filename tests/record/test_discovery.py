"""Which files are records, told by their paths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.record.discovery import counts_as_record, log_of, records_among
from record.texts import record


@pytest.mark.parametrize(
    ("path", "log"),
    [
        ("docs/adr/0001-x.md", "docs/adr"),
        ("docs/adr/0001-x.mdx", "docs/adr"),
        ("adr/0001-x.md", "adr"),
        ("doc/ADRs/0001-x.md", "doc/ADRs"),
        ("docs/decisions/0001-x.md", "docs/decisions"),
        ("docs/architecture-decisions/0001-x.md", "docs/architecture-decisions"),
        ("docs/decision-records/0001-x.md", "docs/decision-records"),
        ("architecture-decision-record/001-x.md", "architecture-decision-record"),
        ("architecture-decision-records/001-x.md", "architecture-decision-records"),
        ("docs/architecture/decisions/0001-x.md", "docs/architecture/decisions"),
        ("docs/adr/ledger/0001-x.md", "docs/adr"),
        ("docs/decisions/adr/0001-x.md", "docs/decisions/adr"),
        ("packages/a/docs/adr/20240131-x.md", "packages/a/docs/adr"),
        ("docs/adr/2024-01-31-x/README.md", "docs/adr"),
        ("docs/adr/0001-x/README.md", "docs/adr"),
        ("docs/adr/0012-template-engine.md", "docs/adr"),
        ("docs/adr/0000-use-adrs.md", "docs/adr"),
        ("docs/adr/0007-use-a-template.md", "docs/adr"),
        ("INVARIANTS.md", ""),
        ("docs/INVARIANTS.md", "docs"),
    ],
)
def test_a_record_and_its_log(path: str, log: str) -> None:
    assert records_among([path, "README.md", "src/a.py"], ()) == {path: log}


@pytest.mark.parametrize(
    "path",
    [
        "docs/adr/README.md",
        "docs/adr/readme.mdx",
        "docs/adr/index.md",
        "docs/adr/template.md",
        "docs/adr/adr-template.md",
        "docs/adr/0000-template.md",
        "docs/adr/0000-TEMPLATE.md",
        "docs/adr/ODH-ADR-0000-template.md",
        "docs/adr/0000-index.md",
        "docs/adr/templates/0001-x.md",
        "docs/adr/notes.md",
        "docs/adr/0001-x.txt",
        "docs/0001-x.md",
        "docs/adr-notes/0001-x.md",
        "docs/architecture/0001-x.py",
        "docs/building/invariants.md",
    ],
)
def test_no_record(path: str) -> None:
    assert records_among([path], ()) == {}


def test_an_architecture_folder_counts_where_most_files_have_a_key() -> None:
    keyed = ["docs/architecture/adr-001-x.md", "docs/architecture/adr-002-y.md"]
    others = ["docs/architecture/overview.md", "docs/architecture/README.md"]
    assert records_among([*keyed, *others], ()) == dict.fromkeys(keyed, "docs/architecture")
    mixed = [keyed[0], *others, "docs/architecture/more.md"]
    assert records_among(mixed, ()) == {}
    assert records_among(["architecture/adr-001-x.md"], ()) == {}


@pytest.mark.parametrize(
    ("glob", "path", "meant"),
    [
        ("rfcs/*.md", "rfcs/use-x.md", True),
        ("rfcs/*.md", "rfcs/a/use-x.md", False),
        ("rfcs/**/*.md", "rfcs/use-x.md", True),
        ("rfcs/**/*.md", "rfcs/a/b/use-x.md", True),
        ("./rfcs/**", "rfcs/a/use-x.md", True),
        ("rfcs/0??-*.md", "rfcs/012-x.md", True),
        ("rfcs/0??-*.md", "rfcs/12-x.md", False),
        ("{rfcs,peps}/*.md", "peps/use-x.md", True),
        ("rfcs/*.md", "rfcs/README.md", False),
        ("rfcs/*.md", "rfcs/template.md", False),
        ("rfcs/*", "rfcs/use-x.py", False),
        ("rfcs/[x]+(y).md", "rfcs/[x]+(y).md", True),
        ("rfcs/*.md", "docs/adr/0001-x.md", False),
    ],
)
def test_globs_say_it_instead(glob: str, path: str, meant: bool) -> None:
    assert (path in records_among([path], (glob,))) == meant


def test_a_folder_for_each_record_belongs_to_the_log_around_it() -> None:
    assert log_of("notes/0001-x/README.md") == "notes"
    assert log_of("notes/0001-x.md") == "notes"
    assert log_of("0001-x.md") == ""


def test_a_named_file_counts_with_a_key_and_a_title() -> None:
    assert counts_as_record(record("# Use x\n", "notes/0001-use-x.md"))
    assert counts_as_record(record("# Use x\n", "notes/2024-01-31-use-x.md"))
    assert counts_as_record(record("# ADR-0001: Use x\n", "notes/use-x.md"))
    assert counts_as_record(record("# Invariants\n", "INVARIANTS.md"))
    assert not counts_as_record(record("# Use x\n", "notes/use-x.md"))
    assert not counts_as_record(record("no title\n", "notes/0001-use-x.md"))


_parts = st.sampled_from(
    ["docs", "adr", "README.md", "0001-x.md", "**", "*", "{", "}", "[", "\\", ""]
)
_paths = st.lists(_parts, max_size=4).map("/".join)


@given(st.lists(_paths, max_size=6), st.lists(_paths, max_size=2))
def test_any_paths_and_globs(paths: list[str], globs: list[str]) -> None:
    found = records_among(paths, tuple(globs))
    assert found.keys() <= set(paths)
    assert found == records_among(reversed(paths), tuple(globs))
