"""How findings become diagnostics: severity, suppression, narrowing, and a rule that raises."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_lsp.decision_log import DecisionLog
from adr_lsp.diagnostic import Diagnostic, Severity
from adr_lsp.features.diagnostics import diagnostics, for_document
from adr_lsp.rule import EVIDENCE, LOG, RECORD
from adr_lsp.snapshot import Snapshot
from rules.case import Case, MemoryTree, cases, snapshot, snapshot_of

RECORD_PATH = "docs/adr/0001-use-queues.md"
STALE = """
## Stale

````python tests/test_queue.py
# Verifies: ADR-0001/INV-1
def test_one():
    assert drain() == [1]
````
````adr
# 1. Use queues

Status: {status}

## Invariants

- **INV-1**: A queue never drops an item.
- **INV-2**: A queue is never full.
````
````run
tests/test_queue.py::test_one: passed
````
````python tests/test_queue.py
# Verifies: ADR-0001/INV-1
def test_one():
    assert drain() == [2]
````
````given
{given}
````
"""
MIXED = """
## Several files

````adr docs/adr/0001-a.md
# 1. Use queues

See [there](nowhere.md).

- **INV-1**: A queue is usually short.
  - Verified by: `tests/test_gone.py`
````
````adr docs/adr/0001-b.md
---
status: [
---
# 1. Use streams

<!-- adr-lsp: ignore ADL101 -->
````
````python tests/test_queue.py
# Verifies: ADR-0001/INV-1, INV-9

def test_one():
    assert drain() == [2]
````
````toml adr-lsp.toml
unknown = 1
````
"""


def only(page: str) -> Case:
    (case,) = cases(page)
    return case


def one_record(text: str | bytes) -> Snapshot:
    raw = text if isinstance(text, bytes) else text.encode()
    return snapshot(MemoryTree({RECORD_PATH: raw}), {RECORD_PATH})


def severities(found: list[Diagnostic]) -> dict[str, str]:
    return {diagnostic.code: str(diagnostic.severity) for diagnostic in found}


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("Accepted", {"ADL301": "warning", "ADL404": "warning"}),
        ("Parked", {"ADL301": "warning", "ADL404": "warning", "ADL503": "information"}),
        ("Proposed", {"ADL301": "information", "ADL404": "information"}),
        ("Superseded by ADR-0002", {"ADL305": "information"}),
    ],
)
def test_status_decides_how_grave(status: str, expected: dict[str, str]) -> None:
    case = only(STALE.format(status=status, given=""))
    assert severities(diagnostics(snapshot_of(case))) == expected


def test_required_evidence_makes_errors() -> None:
    case = only(STALE.format(status="Accepted", given="require-evidence"))
    found = severities(diagnostics(snapshot_of(case)))
    assert found == {"ADL301": "warning", "ADL404": "error"}


def test_a_proposal_without_invariants_is_information() -> None:
    found = diagnostics(one_record("# 1. Use queues\n\nStatus: Proposed\n"))
    assert severities(found) == {"ADL101": "information"}


def test_keys_are_canonical() -> None:
    found = diagnostics(one_record("# 1. Use queues\n\n- **INV-1**: A queue is fast.\n"))
    keys = {(d.record, d.invariant) for d in found if d.code == "ADL103"}
    assert keys == {("ADR-0001", "ADR-0001/INV-1")}


def test_a_finding_in_code_belongs_to_no_record() -> None:
    found = [d for d in diagnostics(snapshot_of(only(MIXED))) if d.code == "ADL202"]
    assert [(d.path, d.record) for d in found] == [("tests/test_queue.py", None)]


def test_a_rule_that_raises_harms_nothing_else() -> None:
    whole = one_record("# 1. Use queues\n\n- **INV-1**: A queue is fast.\n")
    (record,) = whole.log
    broken = replace(record, links=cast(Any, (None,)))
    found = diagnostics(replace(whole, log=DecisionLog().replace({RECORD_PATH: broken})))
    (crash,) = (d for d in found if d.code == "ADL605")
    assert crash.severity is Severity.ERROR
    assert crash.record == "ADR-0001"
    assert crash.message.startswith("ADL206 `broken-link` stopped with `AttributeError")
    assert [d for d in found if d is not crash] == diagnostics(whole)


def test_bytes_that_are_no_text() -> None:
    raw = b"# 1. Use queues\n\nA \xff queue.\n\n- **INV-1**: A queue is fast.\n"
    found = diagnostics(one_record(raw))
    (unreadable,) = (d for d in found if d.code == "ADL601")
    assert unreadable.range.start.line == 2
    assert unreadable.severity is Severity.ERROR
    assert "ADL103" in severities(found)


def test_a_record_that_is_too_large() -> None:
    found = diagnostics(one_record("# 1. Use queues\n" + "x" * (2 << 20)))
    assert "ADL602" in severities(found)


def test_a_value_that_cannot_be_used_is_an_error() -> None:
    tree = MemoryTree({"adr-lsp.toml": b'min-cases = "many"\n'})
    found = diagnostics(snapshot(tree, set()))
    assert [(d.code, d.severity, d.path, d.record) for d in found] == [
        ("ADL903", Severity.ERROR, "adr-lsp.toml", None)
    ]


def test_sorted_by_path_and_place() -> None:
    found = diagnostics(snapshot_of(only(MIXED)))
    places = [(d.path, d.range, d.code) for d in found]
    assert places == sorted(places)
    assert len({d.path for d in found}) == 4


PATHS = ["docs/adr/0001-a.md", "docs/adr/0001-b.md", "tests/test_queue.py", "adr-lsp.toml", "x"]


@settings(deadline=None)
@given(st.sets(st.sampled_from(PATHS)))
def test_narrowing_changes_no_finding(paths: set[str]) -> None:
    root = snapshot_of(only(MIXED))
    whole = diagnostics(root)
    assert diagnostics(root, paths) == [d for d in whole if d.path in paths]
    for path in paths:
        assert for_document(root, path) == [d for d in whole if d.path == path]


@settings(deadline=None)
@given(st.sets(st.sampled_from([RECORD, LOG, EVIDENCE]), min_size=1))
def test_fewer_rules_change_no_finding(reads: set[Any]) -> None:
    root = snapshot_of(only(MIXED))
    chosen = RECORD
    for each in reads:
        chosen |= each
    whole = diagnostics(root)
    some = diagnostics(root, reads=chosen)
    assert [d for d in whole if d in some] == some
