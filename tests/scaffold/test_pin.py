"""A counterexample becomes an `@example`: the same failure, in every run from then on."""

from __future__ import annotations

from pathlib import Path

import pytest

from adr_lsp.evidence.model import Counterexample
from adr_lsp.scaffold import Refusal, pin
from adr_lsp.text import apply_edits
from adr_lsp.workspace import Workspace
from scaffold.cases import write
from scaffold.memory import Files, edited, snapshot
from scaffold.pytest_run import run

TEST = "tests/test_money.py"
MONEY = """\
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class Currency(Enum):
    EUR = "EUR"


@dataclass
class Money:
    minor: int
    currency: Currency = Currency.EUR
"""
PLAIN = """\
from hypothesis import given
from hypothesis import strategies as st


# Verifies: ADR-0001/INV-1
@given(n=st.integers())
def test_small(n: int) -> None:
    assert n < 3
"""


def pinned(test: str, values: dict[str, str], name: str = "test_small") -> Files | str:
    """The files after pinning, or why not."""
    files = {TEST: test, "money.py": MONEY}
    made = pin(snapshot(files), TEST, name, Counterexample("shown", values or None))
    return made.reason if isinstance(made, Refusal) else edited(files, made)


def check(test: str, values: dict[str, str], expected: str, name: str = "test_small") -> None:
    """What is pinned stands right below `@given`."""
    after = pinned(test, values, name)
    assert isinstance(after, dict), after
    compile(after[TEST], TEST, "exec")
    assert expected in after[TEST]


def test_stands_below_given_with_its_import() -> None:
    check(PLAIN, {"n": "3"}, "@given(n=st.integers())\n@example(n=3)\ndef test_small")
    check(PLAIN, {"n": "3"}, "from hypothesis import example, given\n")


@pytest.mark.parametrize(
    ("value", "written", "imported"),
    [
        ("-3", "n=-3", ""),
        ("'a\\x00\"'", "n='a\\x00\"'", ""),
        ("[(1, None), {'a': {2}}]", "n=[(1, None), {'a': {2}}]", ""),
        ("nan", "n=nan", "from math import nan\n"),
        ("-inf", "n=-inf", "from math import inf\n"),
        ("1+2j", "n=1+2j", ""),
        ("Decimal('0.1')", "n=Decimal('0.1')", "from decimal import Decimal\n"),
        ("UUID('00000000-0000-0000-0000-000000000001')", "n=UUID(", "from uuid import UUID\n"),
        ("datetime.date(2000, 1, 1)", "n=datetime.date(2000, 1, 1)", "import datetime\n"),
        ("Money(minor=0)", "n=Money(minor=0)", ""),
        (
            "Money(minor=0, currency=Currency.EUR)",
            "currency=Currency.EUR",
            "import Currency, Money",
        ),
        ("frozenset({1})", "n=frozenset({1})", ""),
    ],
)
def test_literals_and_importable_constructors(value: str, written: str, imported: str) -> None:
    test = PLAIN.replace("\n\n\n", "\n\nfrom money import Money\n\n\n", 1)
    check(test, {"n": value}, written)
    check(test, {"n": value}, imported)


@pytest.mark.parametrize(
    "value",
    ["<object at 0x7f>", "lambda: 0", "data(...)", "x.y()[0]", "Unknown()", "[x for x in y]",
     "f()()", "__import__('os')", ""],
)  # fmt: skip
def test_what_no_source_makes_is_refused(value: str) -> None:
    assert "cannot be written as source text" in str(pinned(PLAIN, {"n": value}))


def test_a_second_time_is_refused() -> None:
    after = pinned(PLAIN, {"n": "3"})
    assert isinstance(after, dict)
    assert pinned(after[TEST], {"n": "3"}) == "the counterexample is pinned already"
    check(after[TEST], {"n": "4"}, "@example(n=4)\n@example(n=3)\n")


def test_other_spellings() -> None:
    module = PLAIN.replace("from hypothesis import given\n", "import hypothesis\n")
    module = module.replace("@given", "@hypothesis.given")
    check(module, {"n": "3"}, "@hypothesis.example(n=3)\n")
    method = "from hypothesis import given\n\n\nclass TestA:\n    @given(...)\n"
    method += "    def test_b(self, n: int): ...\n"
    check(method, {"n": "3"}, "    @given(...)\n    @example(n=3)\n    def", "TestA::test_b")
    crlf = PLAIN.replace("\n", "\r\n")
    check(crlf, {"n": "3"}, "@example(n=3)\r\ndef")


MACHINE = """\
from hypothesis.stateful import RuleBasedStateMachine, rule


class Queue(RuleBasedStateMachine):
    @rule()
    def push(self):
        assert False


# Verifies: ADR-0001/INV-1
TestQueue = Queue.TestCase
"""


def test_the_steps_of_a_machine_are_refused_with_where_they_are_kept() -> None:
    for name in ("TestQueue::runTest", "TestQueue"):
        said = str(pinned(MACHINE, {}, name))
        assert "the steps of a state machine cannot be pinned; `adr-lsp show` tells them" in said
        assert "Hypothesis tries them first as long as its example database" in said


def test_what_draws_nothing_is_refused() -> None:
    assert "draws no values" in str(pinned("def test_small(): ...\n", {"n": "3"}))
    assert "there is no test" in str(pinned(PLAIN, {"n": "3"}, "test_other"))
    assert "cannot be read as Python" in str(pinned("def (:\n", {"n": "3"}))
    assert "is not a call" in str(pinned(PLAIN, {}))


def test_the_pinned_test_fails_in_the_same_way(tmp_path: Path) -> None:
    """The counterexample is the one that the recorder wrote down."""
    adr = "# 1. Small\n\n## Invariants\n\n- **INV-1**: n is at most 2.\n"
    files = {"pyproject.toml": "[tool.adr-lsp]\n", "docs/adr/0001-small.md": adr, TEST: PLAIN}
    write(tmp_path, files)
    first = run(tmp_path, record=True)
    workspace = Workspace(tmp_path)
    workspace.refresh()
    now = workspace.snapshot()
    (result,) = (r for evidence in now.runs for r in evidence.results)
    assert result.counterexample is not None
    made = pin(now, TEST, "test_small", result.counterexample)
    assert not isinstance(made, Refusal), made
    write(tmp_path, {TEST: apply_edits(PLAIN, list(made))})
    again = run(tmp_path, record=True)
    assert [o.kind for o in (*first.values(), *again.values())] == ["failed", "failed"]
    (said,) = again.values()
    assert "@example(n=3)" in (tmp_path / TEST).read_text()
    assert "n=3" in said.text and "explicit example" in said.text.lower()
