"""Which words of a statement differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.snapshot.reworded import reworded

BEFORE = "A payment with the same key is captured at most once."


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ("A payment with the same key is captured exactly once.", '"at most" → "exactly"'),
        ("A payment with the same key is captured once.", 'removed "at most"'),
        ("A big payment with the same key is captured at most once.", 'added "big"'),
        (
            "The payment with a key was taken at most two times.",
            '"A" → "The", "the same" → "a", "is captured" → "was taken", …',
        ),
        ("", f'removed "{BEFORE}"'),
    ],
)
def test_names_the_words(after: str, said: str) -> None:
    assert reworded(BEFORE, after) == f"statement reworded: {said}"


def test_long_changes_are_cut_short() -> None:
    assert len(reworded("a " * 500, "b " * 500)) < 200


@given(st.text(), st.text())
def test_is_one_line(old: str, new: str) -> None:
    assert len(reworded(old, new).splitlines()) == 1
