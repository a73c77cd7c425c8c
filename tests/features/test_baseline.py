"""The baseline: what it accepts, what it survives, what it never hides, and how it is written."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from adr_lsp.config import Config
from adr_lsp.features import baseline
from adr_lsp.features.baseline_file import counted, pruned, renamed, written
from adr_lsp.features.diagnostics import diagnostics, findings
from adr_lsp.features.finding_key import FindingKey
from adr_lsp.snapshot import Snapshot
from features.made_tree import records, root
from rules.case import cases, snapshot_of

NONE = Config(baseline="")
FILE = Config().baseline
KEPT = {"a/adr/0001-use-queues.md": b"# 1. Use queues\n\nSee [there](gone.md).\n"}
FAILING = """
## Failing

````python tests/test_queue.py
# Verifies: ADR-0001/INV-1
def test_one():
    assert drain() == [1]
````
````adr
# 1. Use queues

## Invariants

- **INV-1**: A queue never drops an item.
  - Waived until 2001-01-01: no time
- **INV-2**: A queue is usually short.
````
````run
tests/test_queue.py::test_one: failed, n=0
````
"""


def accepting(files: dict[str, bytes]) -> str:
    """The baseline of all that is found."""
    whole = root(files, NONE)
    return written(counted(whole, findings(whole).told))


def with_file(whole: Snapshot, content: str | bytes) -> Snapshot:
    raw = content if isinstance(content, bytes) else content.encode()
    whole.tree.files[FILE] = raw  # type: ignore[attr-defined]
    return replace(whole, memo={})


@settings(deadline=None, max_examples=60)
@given(records())
def test_what_is_accepted_is_not_told(files: dict[str, bytes]) -> None:
    """Verifies: ADR-0013/INV-2"""
    found = findings(root(files, baseline=accepting(files)))
    assert (found.told, found.held_back, found.dead) == ((), (), ())
    suppressed = findings(root(files, NONE)).silenced
    accepted = [each.finding for each in found.silenced if each.by == "baseline"]
    assert accepted == list(findings(root(files, NONE)).told)
    assert len(found.silenced) == len(accepted) + len(suppressed)


@settings(deadline=None, max_examples=60)
@given(records(), records())
def test_only_what_is_new_is_told_and_pruning_twice_is_pruning_once(
    before: dict[str, bytes], after: dict[str, bytes]
) -> None:
    """Verifies: ADR-0013/INV-3"""
    known = accepting(before)
    whole = root(after, baseline=known)
    found = findings(whole)
    had = counted(root(before, NONE), findings(root(before, NONE)).told)
    has = counted(root(after, NONE), findings(root(after, NONE)).told)
    assert counted(whole, found.told) == has - had
    assert dict(found.dead) == dict(had - has)
    read = baseline.read(known.encode())
    left = pruned(read.counts, dict(found.dead))
    again = findings(root(after, baseline=written(left)))
    assert (again.told, again.dead) == (found.told, ())


@settings(deadline=None, max_examples=60)
@given(records(), records())
def test_one_file_hears_what_all_hear(before: dict[str, bytes], after: dict[str, bytes]) -> None:
    """Also where records of several logs share a stem, and so their entries."""
    whole = root(after, baseline=accepting(before))
    everything = diagnostics(whole)
    for path in after:
        found = findings(whole, (path,))
        assert list(found.told) == [d for d in everything if d.path == path]
        assert found.dead == ()


@settings(deadline=None, max_examples=60)
@given(records(), st.text("\n", min_size=1, max_size=3))
def test_moves_of_lines_white_space_and_folders_change_nothing(
    files: dict[str, bytes], gap: str
) -> None:
    assume(not any(raw.startswith(b"---") for raw in files.values()))
    moved = {
        f"deep/{path}": re.sub(rb"\n\n", b"\n\n" + gap.encode(), raw).replace(b" is ", b"  is  ")
        for path, raw in files.items()
    }
    assert diagnostics(root(moved, baseline=accepting(files))) == []


@settings(deadline=None)
@given(
    st.dictionaries(
        st.builds(FindingKey, *[st.text(st.characters(exclude_categories=["Cs"]))] * 4),
        st.integers(1, 9),
    )
)
def test_what_is_written_is_read(counts: dict[FindingKey, int]) -> None:
    content = written(counts)
    assert baseline.read(content.encode()) == baseline.Baseline(counts)
    assert written(baseline.read(content.encode()).counts) == content
    assert len(content.splitlines()) >= len(counts)


def test_the_file_is_an_entry_a_line_in_order() -> None:
    assert accepting(KEPT) == (
        '{\n"version": 1,\n"findings": [\n'
        '{"rule": "ADL101", "place": "0001-use-queues", "invariant": "", '
        '"text": "use queues", "count": 1},\n'
        '{"rule": "ADL206", "place": "0001-use-queues", "invariant": "", '
        '"text": "gone.md", "count": 1}\n'
        "]\n}\n"
    )


def test_a_broken_promise_is_never_accepted() -> None:
    (case,) = cases(FAILING)
    whole = snapshot_of(case)
    before = {each.code for each in diagnostics(whole)}
    assert {"ADL401", "ADL103"} <= before
    after = with_file(whole, written(counted(whole, diagnostics(whole))))
    assert {each.code for each in diagnostics(after)} == before & baseline.NEVER
    forged = {FindingKey("ADL401", "0001-use-queues", "INV-1", "inv-1"): 9}
    found = findings(with_file(whole, written(forged)))
    assert {each.code for each in found.told} == before
    assert dict(found.dead) == forged


def test_evidence_that_is_required_is_never_accepted() -> None:
    page = "## x\n````adr\n# 1. A\n\n- **INV-1**: It holds 3.\n````\n"
    (lenient,) = cases(page)
    (required,) = cases(f"{page}````given\nrequire-evidence\n````\n")
    whole, strict = snapshot_of(lenient), snapshot_of(required)
    errors = [each.code for each in diagnostics(strict) if each.severity == "error"]
    assert errors
    accepted = with_file(strict, written(counted(strict, diagnostics(strict))))
    assert [each.code for each in diagnostics(accepted)] == errors
    assert diagnostics(with_file(whole, written(counted(whole, diagnostics(whole))))) == []


def test_entries_of_rules_that_do_not_speak_are_not_dead() -> None:
    known = accepting(KEPT)
    quiet = findings(root({"a/adr/0002-b.md": b"# 2. B\n"}, Config(ignore=("ADL1",)), known))
    assert [key.rule for key, _ in quiet.dead] == ["ADL206"]


def test_of_entries_that_a_merge_doubles_the_larger_counts() -> None:
    known = accepting(KEPT)
    entry = next(line for line in known.splitlines() if "ADL101" in line)
    doubled = known.replace(entry, entry + "\n" + entry.replace('"count": 1', '"count": 2'))
    counts = baseline.read(doubled.encode()).counts
    assert sorted(counts.values()) == [1, 2]


def test_the_first_test_of_a_log_uncovers_nothing_that_was_accepted() -> None:
    """Until then a record's invariants are told as one."""
    path, test = "docs/adr/0001-a.md", "tests/test_a.py"
    files = {path: b"# 1. A\n\n## Invariants\n\n- **INV-1**: A is one.\n- **INV-2**: B is two.\n"}
    accepted = accepting(files)
    tested = {**files, test: b"# Verifies: ADR-0001/INV-1\ndef test_a():\n    assert one() == 1\n"}
    found = findings(root(tested, baseline=accepted))
    assert found.told == ()
    assert [key.invariant for key, _ in found.dead] == ["INV-1"]
    assert findings(root(files, baseline=accepting(tested))).told[0].invariant == "ADR-0001/INV-1"
    more = {path: files[path] + b"- **INV-3**: C is three.\n- **INV-4**: D is four.\n"}
    new = findings(root(more, baseline=accepted))
    assert [(f.invariant, f.message) for f in new.told] == [
        ("ADR-0001/INV-3", "2 invariants here have no test")
    ]
    assert [s.finding.message for s in new.silenced] == ["2 invariants here have no test"]


def test_a_record_that_is_renamed_keeps_its_entries() -> None:
    content = renamed(accepting(KEPT), {"0001-use-queues": "0007-use-queues"})
    files = {"a/adr/0007-use-queues.md": KEPT["a/adr/0001-use-queues.md"].replace(b"1.", b"7.")}
    found = findings(root(files, baseline=content))
    assert (found.told, found.dead) == ((), ())
    assert renamed("{", {"a": "b"}) == "{"


GOOD = '{"rule": "ADL101", "place": "a", "invariant": "", "text": "b", "count": 1}'
CORRUPT = [
    (b"", 0, "no JSON"),
    (b"{", 0, "no JSON"),
    (b"\xff\xfe", 0, "no JSON"),
    (b"[]", 0, "no list `findings`"),
    (b'{"findings": {}}', 0, "no list `findings`"),
    (b'{"findings": []}', 0, "version is not 1"),
    (b'{"version": 2, "findings": []}', 0, "version is not 1"),
    (b"[" * 100_000, 0, "no JSON"),
    (b'{"version": ' + b"9" * 5000 + b"}", 0, "no JSON"),
    (b'{"version": 1,\n"findings": [\n1\n]}', 2, "an entry is not"),
    (f'{{"version": 1,\n"findings": [\n{GOOD},\n{GOOD[:-2]}-1}}\n]}}'.encode(), 3, "an entry"),
    (f'{{"version": 1,\n"findings": [\n{GOOD},\n\n{{}}\n]}}'.encode(), 4, "an entry is not"),
    (f'{{"version": 1,"findings": [{GOOD.replace("1}", "true}")}]}}'.encode(), 0, "an entry"),
    (f'{{"version": 1,"findings": [{GOOD.replace("1}", "1e9}")}]}}'.encode(), 0, "an entry"),
    (b'{"version": 1,\n"findings": [\n<<<<<<< ours\n', 2, "a conflict of a merge"),
    (f'{{"version": 1,\n"findings": [\n{GOOD},\n=======\n'.encode(), 3, "a conflict of a merge"),
]


@pytest.mark.parametrize(("raw", "line", "fault"), CORRUPT)
def test_a_corrupt_file_is_ignored_and_said(raw: bytes, line: int, fault: str) -> None:
    whole = with_file(root(KEPT), raw)
    found = diagnostics(whole)
    (said,) = [each for each in found if each.code == "ADL903"]
    assert (said.path, said.range.start.line) == (FILE, line)
    assert fault in said.message
    assert "adr-lsp baseline write" in said.message
    assert {each.code for each in found} == {"ADL101", "ADL206", "ADL903"}


@settings(deadline=None)
@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    found = baseline.read(raw)
    assert found.fault is not None or not found.counts
