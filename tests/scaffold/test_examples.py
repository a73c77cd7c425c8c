"""What a record's words and tables give as examples."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_lsp.record import parse
from adr_lsp.scaffold.examples import Example, examples_of, parted


def read(text: str, id: str = "INV-1") -> tuple[Example, ...]:
    raw = f"# 1. A\n\n## Invariants\n\n{text}\n".encode()
    record = parse("docs/adr/0001-a.md", raw, log="docs/adr", prefixes=("INV",))
    invariant = record.invariant(id)
    return examples_of(record, invariant) if invariant else ()


def shown(text: str, id: str = "INV-1") -> list[str]:
    """`total(0=[1, 2]) -> 3`."""
    return [
        f"{e.call}({', '.join(f'{k}={v}' for k, v in e.values.items())}) -> "
        + (f"! {e.refusal}" if e.refusal is not None else str(e.expected))
        for e in read(text, id)
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("`total([1, 2])` is `3`.", ["total(0=[1, 2]) -> 3"]),
        ("`total([])` is zero, `total([4])` gives 4.", ["total(0=[]) -> 0", "total(0=[4]) -> 4"]),
        ("`slug('A b')` must be `'a-b'`.", ["slug(0='A b') -> 'a-b'"]),
        ("`add(1, 2) === 3` and `add(0, 0) → 0`.", ["add(0=1, 1=2) -> 3", "add(0=0, 1=0) -> 0"]),
        ('`join([1, 2], ",")` returns the `"1,2"`.', ['join(0=[1, 2], 1=",") -> "1,2"']),
        ("`Cart.of({a: [1, 2]}).total()` is 3.", []),
        ("`pay(amount=-1)` raises a `ValueError`.", ["pay(amount=-1) -> ! ValueError"]),
        ("`decode(encode(7))` is `7`.", ["decode(0=encode(7)) -> 7"]),
        ("`decode(encode(x))` is `x`.", []),
        ("`limit` is `100`.", []),
        ("`total` of a cart is at most 3.", []),
        ("It holds, for example 100 at 15 % gives 85. Or 3.", ["(0=100, 1=15) -> 85"]),
        (
            "E.g. 0 min → 0, 15 min → 40 and 16 min → 80.",
            ["(0=0) -> 0", "(0=15) -> 40", "(0=16) -> 80"],
        ),
        ("For example, 2 and 3 gives 5.", ["(0=2, 1=3) -> 5"]),
        ("It holds (e.g. nothing is lost).", ["() -> None"]),
        ("`f(1)` is 2. Again `f(1)` is `2`.", ["f(0=1) -> 2"]),
        ("`now()` is 12,000.", ["now() -> 12000"]),
    ],
)
def test_reads_calls_in_words(words: str, said: list[str]) -> None:
    assert shown(f"- **INV-1**: {words}") == said


TABLE = "| price | percent | expected |\n| --- | --- | --- |\n| 100 | 15 | 85 |\n| 0 | 1 | `0` |"
ROWS = ["(price=100, percent=15) -> 85", "(price=0, percent=1) -> 0"]


def indented(text: str, by: int = 2) -> str:
    return "\n".join(" " * by + line for line in text.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        f"- **INV-1**: A.\n\n{indented(TABLE)}",
        f"- **INV-1**: A.\n  - Target: `a:b`\n\n  Examples:\n\n{indented(TABLE)}\n- **INV-2**: B.",
        f"- **INV-1**: A.\n\n{TABLE}",
        f"- **INV-1**: A.\n\nFor example:\n\n{TABLE}",
        f"### INV-1: A\n\nSome words.\n\n{TABLE}\n\n### INV-2: B",
        f"**INV-1**: A.\n\n- Target: `a:b`\n\n{TABLE}",
    ],
)
def test_reads_a_table_inside_or_right_below(text: str) -> None:
    assert shown(text) == ROWS


@pytest.mark.parametrize(
    "text",
    [
        f"- **INV-1**: A.\n- **INV-2**: B.\n\n{TABLE}",
        f"- **INV-1**: A.\n\nSomething else.\n\n{TABLE}",
        "- **INV-1**: A.\n\n| Test | Where |\n| --- | --- |\n| total | tests/a.py |",
        "| Id | Statement |\n| --- | --- |\n| INV-1 | A holds |\n| INV-2 | B holds |",
        "- **INV-1**: A.\n\n  ````text\n  `f(1)` is 2\n  ````",
    ],
)
def test_leaves_what_is_no_example_of_it(text: str) -> None:
    assert shown(text) == []


def test_a_row_has_the_name_that_its_column_gives() -> None:
    table = "| case | n | result |\n| --- | --- | --- |\n| nothing to pay | 0 | 0 |\n| | 1 | 2 |"
    assert [example.name for example in read(f"- **INV-1**: A.\n\n{table}")] == [
        "nothing to pay",
        "n 1 gives 2",
    ]


def test_a_row_of_a_catalogue_has_the_examples_of_its_own_words() -> None:
    rows = "| Id | Statement |\n| --- | --- |\n| INV-1 | `f(1)` is 2 |\n| INV-2 | `f(2)` is 3 |"
    assert shown(rows, "INV-2") == ["f(0=2) -> 3"]


@settings(deadline=None)
@given(st.text("(){}[]`'\", =>|-.:\\\n1aé is INVfor example"))
def test_any_text_can_be_read(text: str) -> None:
    for example in read(f"- **INV-1**: {text}"):
        assert example.name
    parted(text)
