"""Which files are records, told by their paths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.record.discovery import counts_as_record, is_record, log_of, records_among
from adr_lsp.record.shape import shape_of
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
        ("docs/architecture_decision_records/0001-x.md", "docs/architecture_decision_records"),
        ("docs/adr/2024-01-x.md", "docs/adr"),
        ("docs/adr/003-release/index.md", "docs/adr"),
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
        "docs/adr/0001-adr-template.md",
        "docs/adr/0000-modele-adr.md",
        "docs/adr/storage/index.md",
        "versioned_docs/version-1/adr/0001-x.md",
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


DECISION = "# Use x\n\n## Status\n\nAccepted\n\n## Context\n\n## Decision\n"
PROPOSAL = "# Use x\n\n## Motivation\n\n## Alternatives\n"
PAGE = "# How to install\n\n## Steps\n"
TEMPLATE = "# {short title}\n\n## Status\n\n## Context\n\n## Decision\n"


def among(files: dict[str, str]) -> dict[str, str]:
    """The records among files whose contents may be asked for."""
    return records_among(files, (), (), lambda path: shape_of(path, files[path].encode()))


@pytest.mark.parametrize(
    ("path", "content", "log"),
    [
        ("docs/adr/use-x.md", DECISION, "docs/adr"),
        ("docs/adr/use-x.md", PAGE, None),
        ("docs/adr/use-x.md", TEMPLATE, None),
        ("docs/adr/0001-x/details.md", DECISION, None),
        (".tool/commands/adr/write.md", DECISION, None),
        ("adr-001-use-x.md", DECISION, ""),
        ("adr-001-use-x.md", PAGE, None),
        ("notes/ADR 7 use x.md", DECISION, "notes"),
        ("notes/adr-0048-0138-gaps.md", DECISION, None),
        ("src/use-x.adr.md", DECISION, "src"),
        ("docs/network/adr012-x/README.md", "---\ntitle: ADR 012 X\n---\n", "docs/network"),
        ("docs/network/adr012-x/TEST.md", DECISION, None),
        ("docs/proposals/use-x.md", PROPOSAL, "docs/proposals"),
        ("docs/proposals/20240102-x.md", PROPOSAL, "docs/proposals"),
        ("docs/proposals/use-x.md", PAGE, None),
        ("rfcs/0001-x/README.md", PROPOSAL, "rfcs"),
        ("docs/platform-adrs/0001-x.md", DECISION, "docs/platform-adrs"),
        ("docs/guide/use-x.md", DECISION, None),
        ("docs/guide/0001-x.md", DECISION, None),
    ],
)
def test_contents_tell_where_the_path_does_not(path: str, content: str, log: str | None) -> None:
    assert among({path: content}) == ({} if log is None else {path: log})
    if path != "rfcs/0001-x/README.md":
        assert records_among([path], ()) == {}


def test_a_folder_of_proposals_counts_where_most_of_it_looks_like_them() -> None:
    proposals = {f"text/000{n}-x.md": PROPOSAL for n in (1, 2)}
    odd = {"text/0003-x.md": PAGE, "text/README.md": PAGE}
    assert among(proposals | odd) == dict.fromkeys([*proposals, "text/0003-x.md"], "text")
    pages = {f"text/{n}.md": PAGE for n in ("a", "b", "c")}
    assert among(proposals | pages) == {}


def test_tools_for_records_name_their_folders() -> None:
    files = {
        ".adr-dir": "documentation/choices\n",
        "documentation/choices/0001-x.md": PAGE,
        "documentation/other/0001-x.md": PAGE,
        "sub/.log4brains.yml": (
            "project:\n  name: x\n  adrFolder: ./notes\n"
            "  packages:\n    - name: p\n      path: p\n      adrFolder: p/log\n"
        ),
        "sub/notes/20240102-x.md": PAGE,
        "sub/p/log/20240103-x.md": PAGE,
    }
    assert among(files) == {
        "documentation/choices/0001-x.md": "documentation/choices",
        "sub/notes/20240102-x.md": "sub/notes",
        "sub/p/log/20240103-x.md": "sub/p/log",
    }


@pytest.mark.parametrize("content", ["../up", "/etc", ".", "", "\0", "a\0b", "x: [", "project: 1"])
def test_settings_of_tools_never_lead_out_of_the_root(content: str) -> None:
    """Verifies: ADR-0011/INV-2"""
    named = "project:\n  adrFolder: " + content
    for name, raw in ((".adr-dir", content), (".log4brains.yml", named)):
        folders = shape_of(name, raw.encode()).folders
        assert not any(folder.startswith(("..", "/")) or folder == "." for folder in folders)


@given(st.binary())
def test_any_bytes_have_a_shape(raw: bytes) -> None:
    """Verifies: ADR-0011/INV-1"""
    for name in ("a.md", ".adr-dir", ".log4brains.yml"):
        shape_of(name, raw)


@pytest.mark.parametrize(
    ("content", "is_one"),
    [
        ("# {short title}\n\n## Status\n\n{proposed | accepted}\n", False),
        ("# [title]\n", False),
        ("# {short title}\n\n## Status\n\nAccepted\n", True),
        ("# Use [x](x.md)\n", True),
    ],
)
def test_a_template_whose_name_does_not_tell(content: str, is_one: bool) -> None:
    assert is_record(record(content), discovered=True) == is_one


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
