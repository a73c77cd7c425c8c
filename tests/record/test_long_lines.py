"""A megabyte in one line is read in a moment: where its square were the cost, this would hang."""

from __future__ import annotations

from adr_lsp.record import Status
from record.texts import below, record


def test_white_space_in_a_status_line() -> None:
    found = record(f"# X\n\nStatus: draft{' ' * 500_000}x\n")
    assert found.status is Status.DRAFT


def test_records_that_a_status_names() -> None:
    found = record("# X\n\n## Status\n\n" + "Superseded by [ADR-0002](0002.md) " * 20_000 + "\n")
    assert len(found.superseded_by) == 1


def test_verifiers_of_one_line() -> None:
    body = "- **INV-1**: x\n  - Verified by: " + "`a.py::b`, " * 40_000 + "`c.py::d`"
    verifiers = below("Invariants", body).invariants[0].verified_by
    assert (len(verifiers), verifiers[-1].path) == (40_001, "c.py")


def test_sections_of_one_name() -> None:
    found = record("# X\n\n" + "## Invariants\n\n" * 40_000 + "- **INV-1**: x\n")
    assert [i.id for i in found.invariants] == ["INV-1"]
