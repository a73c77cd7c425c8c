"""What is left of a counterexample that does not fit: that which decided."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.evidence.model import Counterexample
from adr_lsp.snapshot.counterexamples import on_line, on_lines

PUSH = "state.push(x='0000000000')"
PROGRAM = "\n".join(("state = Queue()", *[PUSH] * 30, "state.is_small()", "state.teardown()"))


def said(text: str, longest: int = 60, **values: str) -> str:
    return on_line(Counterexample(text, values or None), longest)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PROGRAM, "… push(x='0000000000'); push(x='0000000000'); is_small()"),
        (PROGRAM[:-60], "… push(x='0000000000'); push(x='0000000000')"),
        (PROGRAM[40:], "… push(x='0000000000'); push(x='0000000000'); is_small()"),
        ("state = Q()\na, b = state.two(n=1,\n    m=2)\nstate.teardown()", "a, b = two(n=1, m=2)"),
        (f"state = Q()\nstate.a()\nstate.take(x={'9' * 90})", f"… take(x={'9' * 50}…"),
        (f'[{"push(1)," * 20}pop /*replayPath="AB:F"*/]', f"…ush(1),{'push(1),' * 6}pop]"),
        (f"(all, seen) = (0, [{'Add, ' * 20}Take], None)", f"…, {'Add, ' * 9}Take], None)"),
        ("test_two(\n    a=<Order>,\n    b=1,\n)", "a=<Order>, b=1"),
        (f"test_two(\n    a={'9' * 90},\n)", f"a={'9' * 57}…"),
        (
            "test_fee(\n    case=(Money(minor=1, currency=<Currency.BHD: 'BHD'>), 5000),\n)",
            "case=(Money(minor=1, currency=Currency.BHD), 5000)",
        ),
        (
            "test_share(\n    total=Money(\n        minor=0,\n        currency=<Currency.EUR: 'E'>,"
            "  # or any other generated value\n    ),\n    weights=[],\n)",
            "total=Money(minor=0, currency=Currency.EUR), weights=[]",
        ),
    ],
)
def test_on_one_line_steps_and_lists_keep_their_end(text: str, expected: str) -> None:
    assert said(text) == expected


def test_named_values_keep_their_beginning() -> None:
    assert said("", a="1", b="2") == "a=1, b=2"
    assert said("", 20, n="9" * 40) == f"n={'9' * 17}…"


def test_on_some_lines_the_last_steps_are_kept_too() -> None:
    program = Counterexample(PROGRAM, None)
    assert on_lines(program, 5000) == PROGRAM
    few = on_lines(program, 5000, 4).splitlines()
    assert few == ["… 29 lines before", PUSH, PUSH, "state.is_small()", "state.teardown()"]
    assert on_lines(program, 100).splitlines() == few
    call = Counterexample("test_two(\n    a=1,\n    b=2,\n)", None)
    assert on_lines(call, 5000, 2) == "test_two(\n    a=1,\n…"


@given(
    st.one_of(st.text(), st.from_regex(r"(state = Q\(\)\n)?(state\.\w+\([^)]*\)\n?)+")),
    st.integers(20, 80),
)
def test_whatever_a_tool_printed_it_fits(text: str, longest: int) -> None:
    assert len(said(text, longest)) <= longest
    assert "\n" not in said(text, longest)
    shown = on_lines(Counterexample(text, None), longest, 5)
    assert len(shown) <= 2 * longest + 40
    assert len(shown.splitlines()) <= 6
