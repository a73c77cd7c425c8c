"""What sub-items say of an invariant, and what stands for the whole record."""

from __future__ import annotations

from datetime import date

import pytest

from adr_lsp.record import Invariant
from adr_lsp.rules.unknown_field import FIELDS
from record.texts import below, record


def with_line(line: str) -> Invariant:
    (invariant,) = below("Invariants", f"- **INV-1**: A holds.\n  - {line}").invariants
    assert invariant.statement == "A holds."
    return invariant


def verifiers(line: str) -> list[tuple[str, str | None, str | None]]:
    return [(v.path, v.name, v.operator) for v in with_line(line).verified_by]


@pytest.mark.parametrize(
    ("named", "path", "name", "operator"),
    [
        ("`tests/test_a.py`", "tests/test_a.py", None, None),
        ("tests/test_a.py", "tests/test_a.py", None, None),
        ("test_a.py", "test_a.py", None, None),
        ("tests/ledger", "tests/ledger", None, None),
        ("ledger/checks/", "ledger/checks/", None, None),
        ("../checks/ledger", "../checks/ledger", None, None),
        ("a/b::test_c", "a/b", "test_c", None),
        ("`tests/test_a.py::test_b`", "tests/test_a.py", "test_b", None),
        ("tests/test_a.py::TestA::test_b", "tests/test_a.py", "TestA::test_b", None),
        ("`tests/a.test.ts::adds and subtracts`", "tests/a.test.ts", "adds and subtracts", None),
        ("`tests/test_a.py#test_b`", "tests/test_a.py", "test_b", None),
        ("`tests/test_a.py#L10`", "tests/test_a.py", None, None),
        ("`formal/A.tla!Sum`", "formal/A.tla", None, "Sum"),
        ("[`test_b`](../tests/test_a.py)", "../tests/test_a.py", "test_b", None),
        ("[test_b](../tests/test_a.py)", "../tests/test_a.py", "test_b", None),
        ("[test_b](../tests/test_a.py#L10-L20)", "../tests/test_a.py", "test_b", None),
        ("[here](../tests/test_a.py#test_b)", "../tests/test_a.py", "test_b", None),
        ("[`TestA::test_b`](../tests/test_a.py)", "../tests/test_a.py", "TestA::test_b", None),
        ("[`test_a.py::test_b`](../tests/test_a.py)", "../tests/test_a.py", "test_b", None),
        ("[tests/test_a.py](../tests/test_a.py)", "../tests/test_a.py", None, None),
        ("[test_a.py](../tests/test_a.py)", "../tests/test_a.py", None, None),
        ("[the ledger tests](../tests/test_a.py)", "../tests/test_a.py", None, None),
        ("[adds and subtracts](../a.test.ts)", "../a.test.ts", "adds and subtracts", None),
        ("[`A!Sum`](../formal/A.tla)", "../formal/A.tla", None, "Sum"),
        ("[a b](<../my tests/test_a.py>)", "../my tests/test_a.py", None, None),
        ("[x](../my%20tests/test_a.py)", "../my tests/test_a.py", "x", None),
    ],
)
def test_a_verifier(named: str, path: str, name: str | None, operator: str | None) -> None:
    assert verifiers(f"Verified by: {named}") == [(path, name, operator)]


def test_several_verifiers() -> None:
    found = verifiers("Verified by: [`a`](x.py), `y.py::b`; z.py and review by two people.")
    assert found == [("x.py", "a", None), ("y.py", "b", None), ("z.py", None, None)]


@pytest.mark.parametrize(
    "line",
    [
        "Enforced by: `x.py`",
        "Tested by: `x.py`",
        "Checked by: `x.py`",
        "Proved by: `x.py`",
        "**Verified by:** `x.py`",
        "*Verified by*: `x.py`",
        "verified by `x.py`",
        "Verified by [x.py](x.py)",
    ],
)
def test_other_words_for_it(line: str) -> None:
    assert verifiers(line) == [("x.py", None, None)]


@pytest.mark.parametrize(
    "line",
    [
        *("Verified by: code review", "Verified by: https://ci.example.org/1", "Verified by:"),
        *("Verified by: n/a", "Verified by: N/A.", "Verified by: none", "Verified by: -"),
        *("Verified by: `none`", "Verified by: `n/a`", "Verified by: TBD", "Verified by: `TBD`"),
        *("Verified by: unit/integration tests", "Verified by: CI/CD"),
    ],
)
def test_who_is_no_test_verifies_nothing(line: str) -> None:
    assert verifiers(line) == []


@pytest.mark.parametrize(
    ("line", "targets"),
    [
        ("Target: `ledger.capture:capture`", ["ledger.capture:capture"]),
        ("Target: ledger.capture:capture", ["ledger.capture:capture"]),
        ("Targets: `a:b`, `c:d`", ["a:b", "c:d"]),
        ("**Target**: `a:b` (the core)", ["a:b"]),
    ],
)
def test_targets(line: str, targets: list[str]) -> None:
    assert [target.text for target in with_line(line).targets] == targets


@pytest.mark.parametrize(
    ("line", "until", "reason"),
    [
        ("Waived until 2027-03-31: no sandbox yet", date(2027, 3, 31), "no sandbox yet"),
        ("**Waived until 2027-03-31**: no [#1](u)", date(2027, 3, 31), "no #1"),
        ("Waived until 2027-03-31", date(2027, 3, 31), ""),
        ("Waived until 2027-03-31:", date(2027, 3, 31), ""),
        ("Waived until 2027-02-30: no day", None, "no day"),
        ("Waived until next year: soon", None, "soon"),
        ("Waived until: soon", None, "soon"),
        ("Waived: soon", None, "soon"),
    ],
)
def test_waivers(line: str, until: date | None, reason: str) -> None:
    waiver = with_line(line).waiver
    assert waiver is not None
    assert (waiver.until, waiver.reason) == (until, reason)


def test_an_argument() -> None:
    argument = with_line("By construction: the type has\n    one constructor").argument
    assert argument is not None
    assert argument.reason == "the type has one constructor"


@pytest.mark.parametrize(
    ("written", "globs"),
    [
        ("`src/**/*.py`, `lib/*`", ["src/**/*.py", "lib/*"]),
        ("src/**/*.py, lib/*/x/*.{c,h}", ["src/**/*.py", "lib/*/x/*.{c,h}"]),
        ("all teams and src/ledger.", ["src/ledger"]),
    ],
)
def test_what_it_applies_to(written: str, globs: list[str]) -> None:
    assert [g.text for g in with_line(f"Applies to: {written}").applies_to] == globs


@pytest.mark.parametrize(
    "content",
    [
        "# 12. X\n\nApplies to: src/*/x/*.py\n",
        "# 12. X\n\n- Status: accepted\n- **Applies to:** `src/*/x/*.py`\n",
        "---\napplies-to: src/*/x/*.py\n---\n# 12. X\n",
        "---\nappliesTo:\n  - 'src/*/x/*.py'\n---\n# 12. X\n",
    ],
)
def test_what_the_whole_record_applies_to(content: str) -> None:
    found = record(content)
    assert [glob.text for glob in found.applies_to] == ["src/*/x/*.py"]
    assert found.text.between(found.applies_to[0].range).strip("`") == "src/*/x/*.py"


def test_a_paragraph_of_the_item_extends_it_as_well() -> None:
    body = "- **INV-1**: A holds.\n\n  Verified by: `x.py`\n"
    (invariant,) = below("Invariants", body).invariants
    assert (invariant.statement, [v.path for v in invariant.verified_by]) == ("A holds.", ["x.py"])


@pytest.mark.parametrize(
    "content",
    [
        "---\nverified-by: tests/test_a.py\n---\n\n# X\n",
        "# X\n\n- Verified by: `tests/test_a.py`\n",
        "# X\n\n**Verified by:** [all](tests/test_a.py)\n",
        "# X\n\n## Invariants\n\nVerified by: `tests/test_a.py`\n\n- INV-1: A\n",
        "# X\n\n## Invariants\n\n- Verified by: `tests/test_a.py`\n- INV-1: A\n",
    ],
)
def test_who_verifies_the_whole_record(content: str) -> None:
    found = record(content)
    assert [verifier.path for verifier in found.verified_by] == ["tests/test_a.py"]
    assert [invariant.verified_by for invariant in found.invariants] in ([], [()])


@pytest.mark.parametrize(
    ("line", "key", "id"),
    [
        ("Superseded by: ADR-0031/INV-1", "ADR-0031", "INV-1"),
        ("Superseded by: ADR-0031", "ADR-0031", None),
        ("**Superseded by**: [31](0031-x.md)", "31", None),
        ("Superseded by ADR-0031/INV-1", "ADR-0031", "INV-1"),
        ("Replaced by: 31", "31", None),
    ],
)
def test_what_took_the_place_of_one_invariant(line: str, key: str, id: str | None) -> None:
    (one,) = with_line(line).superseded_by
    assert (one.key, one.invariant) == (key, id)


def test_what_is_replaced_in_the_statement_retires_nothing() -> None:
    (invariant,) = below("Invariants", "- **INV-1**: Replaced by a copy, A is kept.\n").invariants
    assert (invariant.superseded_by, invariant.statement) == ((), "Replaced by a copy, A is kept.")


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_that_is_offered_for_a_misspelt_one_is_read(field: str) -> None:
    """The reader and the rule that corrects slips know the same names."""
    values = {"Waived until": " 2099-01-01: later", "Superseded by": ": ADR-0002/INV-1"}
    values["Replaced by"] = values["Superseded by"]
    found = with_line(f"{field}{values.get(field, ': `src/a.py`')}")
    kept = (found.verified_by, found.targets, found.waiver, found.argument)
    assert any((*kept, found.applies_to, found.superseded_by)), field
