"""Renaming as properties over made logs: what is renamed and renamed back is what it was, and a
check says the same in between."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.features.diagnostics import diagnostics
from adr_lsp.features.rename import files_renamed
from adr_lsp.features.renaming.model import Renaming
from adr_lsp.features.renaming.rename_id import rename_id
from adr_lsp.features.renaming.renumber import renumber
from adr_lsp.record.discovery import log_of
from adr_lsp.snapshot import Snapshot, tests_of
from adr_lsp.text import Change, Move, apply_edits, decode
from rules.case import MemoryTree, snapshot

Files = dict[str, bytes]
FREE = 7
LINES = [
    "See [the first](0001-a.md), [0002](./0002-b.md#context) and [3. C](0003-c%20c.md).",
    "ADR-0001/INV-1, INV-2 and adr-2#INV-1; 0001-a/INV-1; INV-1/INV-2.",
    "ADR 1, ADR 12, ADRs 0001, 0002 and 3; ADR-1/2; `ADR-0002`; **ADR-0001**: 😀 ADR-3.",
    "Supersedes: ADR-0002",
    "Superseded by 1",
    "![p](img/ADR-0001.png) <a href='0001-a.md'>1. A</a> [x][one] [ADR-0001][one]",
    "[one]: 0001-a.md 'One'",
    "| 1 | [A](0001-a.md) |\n| --- | --- |\n| 0002 | [B](0002-b.md) |",
    "```text\nADR-0001/INV-1 [a](0001-a.md)\n```",
    "> ~~~\n> ADR-0001\n> ~~~\n> ADR-0002",
    "1. item\n\n   ```\n   ADR-0001\n   ```\n\n   ADR-0001",
    "<!-- ADR-0001/INV-1 -->",
    "```inline``` ADR-0001",
    r"[4. A](<0004-[d](e).md>) [d](0004-\[d\]\(e\).md) `0004-[d](e).md`",
    "[0004](0004-%5Bd%5D%28e%29.md) and [4](<0004-[d](e).md> 'title')",
    "https://example.org/adr/0001-a.md and other/0001-a.md, an ADR 2 weeks old",
]
INVARIANTS = ["- **INV-1**: It is so.", "- **INV-2**: INV-1 as well.", "- **INV-1a**: And so."]
NAMES = {1: "0001-a", 2: "0002-b", 3: "0003-c c", 4: "0004-[d](e)", 12: "0012-d"}
CODE = [
    "# Verifies: ADR-0001/INV-1, INV-2\ndef test_{0}():\n    assert 2 > 1\n",
    '@pytest.mark.invariant("ADR-2/INV-1", "INV-2")\ndef test_{0}():\n    assert 2 > 1\n',
    'def test_{0}():\n    """Verifies: ADR-0001#INV-1"""\n    assert "ADR-0001/INV-1"  # ADR 1\n',
    '# docs/adr/0001-a.md\nPATH_{0} = "docs/adr/0001-a.md"\n',
]


@st.composite
def roots(draw: st.DrawFn, folders: tuple[str, ...] = ("docs/adr",)) -> Files:
    """One log or two of records that name one another in all ways, with tests beside them."""
    files: dict[str, str] = {}
    for folder in folders:
        for number, stem in NAMES.items():
            title = draw(st.sampled_from(["{0}. A", "ADR-{0:04}: A of {0}", "{0:04} A"]))
            lines = draw(st.lists(st.sampled_from(LINES), max_size=6, unique=True))
            body = "\n\n".join([f"# {title.format(number)}", *lines, "## Invariants"])
            files[f"{folder}/{stem}.md"] = "\n".join([body, "", *INVARIANTS, ""])
    code = draw(st.lists(st.sampled_from(CODE), max_size=4, unique=True))
    tests = "import pytest\n\n\n" + "\n\n".join(t.format(n) for n, t in enumerate(code))
    files["tests/test_a.py"] = tests
    files["mkdocs.yml"] = "nav:\n  - One: adr/0001-a.md\n  - ADR-0002: adr/0002-b.md\n"
    end, mark = draw(st.sampled_from(["\n", "\r\n"])), draw(st.sampled_from(["", "\ufeff"]))
    return {path: (mark + text.replace("\n", end)).encode() for path, text in files.items()}


def root(files: Files) -> Snapshot:
    records = {path for path in files if re.search(r"adr/.*\d{4}-[^/]*\.md$", path)}
    made = snapshot(MemoryTree(dict(files)), records)
    logs = {path: replace(record, log=log_of(path)) for path, record in made.log.records.items()}
    return replace(made, log=made.log.replace(logs))


def carried_out(files: Files, change: Change) -> Files:
    """The files after a change; its edits must not overlap, and must stand in the text."""
    after = dict(files)
    for path in change.paths:
        mine = [edit for edit in change.edits if edit.path == path]
        places = sorted(edit.range for edit in mine)
        assert all(a.end <= b.start for a, b in pairwise(places)), places
        mark = b"\xef\xbb\xbf" if files[path].startswith(b"\xef\xbb\xbf") else b""
        after[path] = mark + apply_edits(decode(files[path])[0], mine).encode()
    moved = {move.path: move.new_path for move in change.moves}
    return {moved.get(path, path): raw for path, raw in after.items()}


def said(files: Files) -> Any:
    """What a check says, without names."""
    made = root(files)
    found = sorted((d.code, d.range.start.line) for d in diagnostics(made))
    links = [
        len(tests_of(made, record, invariant))
        for record in made.log
        for invariant in record.invariants
    ]
    named = [
        made.log.resolve(each.key, each.invariant, record.path).record is not None
        for record in made.log
        for each in (*record.supersedes, *record.superseded_by)
    ]
    return found, sorted(links), sorted(named)


def done(made: Renaming | Refusal) -> Change:
    assert isinstance(made, Renaming), made
    return made.change


def renumbered(old: int, new: int) -> Callable[[Snapshot], Change]:
    def change(at: Snapshot) -> Change:
        return done(renumber(at, next(r for r in at.log if r.number == old), new))

    return change


def renamed(number: int, old: str, new: str) -> Callable[[Snapshot], Change]:
    def change(at: Snapshot) -> Change:
        record = next(r for r in at.log if r.number == number)
        invariant = record.invariant(old)
        assert invariant is not None
        return done(rename_id(at, record, invariant, new))

    return change


def moved(*pairs: tuple[str, str]) -> Callable[[Snapshot], Change]:
    def change(at: Snapshot) -> Change:
        found = files_renamed(at, pairs) or Change()
        return replace(found, moves=tuple(Move(old, new) for old, new in pairs))

    return change


def there_and_back(files: Files, there: Any, back: Any) -> None:
    between = carried_out(files, there(root(files)))
    assert said(between) == said(files)
    after = carried_out(between, back(root(between)))
    assert {path: plain(raw) for path, raw in after.items()} == {
        path: plain(raw) for path, raw in files.items()
    }


def plain(raw: bytes) -> bytes:
    """A way up and back again is written without a dot."""
    return raw.replace(b"](./", b"](")


PROPERTY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@PROPERTY
@given(roots(), st.sampled_from(sorted(NAMES)))
def test_a_number_changed_there_and_back(files: Files, number: int) -> None:
    there_and_back(files, renumbered(number, FREE), renumbered(FREE, number))


@PROPERTY
@given(roots(), st.sampled_from([1, 2]), st.sampled_from(["INV-1", "INV-2", "INV-1a"]))
def test_an_id_changed_there_and_back(files: Files, number: int, id: str) -> None:
    there_and_back(files, renamed(number, id, "INV-NEW"), renamed(number, "INV-NEW", id))


@PROPERTY
@given(roots(), st.lists(st.sampled_from(sorted(NAMES)), min_size=1, unique=True))
def test_files_moved_there_and_back(files: Files, numbers: list[int]) -> None:
    paths = [f"docs/adr/{NAMES[number]}.md" for number in numbers]
    pairs = [(p, posixpath.join("docs/adr/old", posixpath.basename(p))) for p in paths]
    there_and_back(files, moved(*pairs), moved(*((new, old) for old, new in pairs)))


@PROPERTY
@given(roots())
def test_a_folder_moved_there_and_back(files: Files) -> None:
    inside = [path for path in files if path.startswith("docs/adr/")]
    pairs = [(path, path.replace("docs/adr", "doc/x/adr")) for path in inside]
    there_and_back(files, moved(*pairs), moved(*((new, old) for old, new in pairs)))


@PROPERTY
@given(roots(("a/adr", "b/adr")))
def test_what_may_mean_several_is_listed_and_stays(files: Files) -> None:
    """A test outside of both logs names neither; nothing in the other log is touched."""
    at = root(files)
    made = renumber(at, at.log.records["a/adr/0001-a.md"], FREE)
    assert isinstance(made, Renaming)
    edited = {edit.path for edit in made.change.edits}
    assert not any(path.startswith("b/") for path in edited)
    code = decode(files["tests/test_a.py"])[0]
    left = {place.range.start.line for place in made.unclear if place.path == "tests/test_a.py"}
    named = [n for n, line in enumerate(code.splitlines()) if "Verifies: ADR-0001" in line]
    assert set(named) <= left
    assert "tests/test_a.py" not in edited
