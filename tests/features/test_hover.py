"""What stands under the cursor."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.features.hover import hover
from features.asked import start

RECORD = """
````adr
# 1. Merge

## Status

Accepted

## Invariants

- **INV-1$0** *(commutativity)*: Merging `a` and `b` gives the same in either order.
````
"""

TEST = """
````python tests/test_merge.py
# Verifies: ADR-0001/INV-1
def test_merge():
    assert merge(1, 2) == merge(2, 1)
````
"""

RUN = """
````run
tests/test_merge.py::test_merge: {}
````
"""


def check(page: str, *expected: str) -> None:
    found = hover(*start(page))
    said = found.markdown if found else ""
    plain = re.sub(r"\\([\\`*_\[\]<>~&])", r"\1", said)
    for part in expected:
        assert part in plain, plain


@pytest.mark.parametrize("words", ["gives the", "Merging", "`b`", "commut"])
def test_what_is_marked_holds_the_cursor(words: str) -> None:
    """Editors drop a hover that is beside it."""
    page = RECORD.replace("$0", "").replace(words, f"$0{words}", 1)
    snapshot, path, position = start(page)
    found = hover(snapshot, path, position)
    assert found
    assert found.range.contains(position)


def test_it_says_so_when_nothing_tests_an_invariant() -> None:
    check(
        RECORD,
        "**ADR-0001/INV-1** (commutativity): Merging a and b gives the same in either order.",
        "**unverified**: no test names it",
    )


def test_it_says_how_the_last_run_went() -> None:
    page = RECORD + TEST + RUN.format("passed")
    check(page, "**passed**", "`tests/test_merge.py::test_merge`: passed", "Last run: pytest")


def test_a_counterexample_stands_in_it_as_the_tool_printed_it() -> None:
    page = RECORD + TEST + RUN.format("failed, a=0")
    check(page, "**failed**", "Counterexample:", "```text\n", "a=0")


def test_at_a_reference_in_code_it_shows_the_invariant() -> None:
    page = RECORD.replace("$0", "") + TEST.replace("INV-1", "INV$0-1")
    check(page, "Merging a and b gives the same in either order.")


def test_in_code_it_says_which_decision_that_is_and_how_it_stands() -> None:
    record = RECORD.replace("$0", "")
    for code in (
        TEST.replace("INV-1", "INV$0-1"),
        TEST.replace("def test_merge", "def test$0_merge"),
    ):
        check(record + code, "**ADR-0001/INV-1**", "From: Merge (Accepted)")
    within = hover(*start(RECORD))
    assert within
    assert "From:" not in within.markdown


def test_at_a_test_it_says_what_changed_since_the_run() -> None:
    run = RUN.format("passed")
    old, new = TEST.replace("def test_merge", "def test$0_merge"), "merge(3, 1)"
    changed = RECORD.replace("$0", "") + TEST + run + old.replace("merge(2, 1)", new)
    check(changed, "**stale**", "changed: test_merge() changed")
    reworded = RECORD.replace("$0", "").replace("either order", "any order")
    page = RECORD.replace("$0", "") + old + run + reworded
    check(page, "**stale**", 'changed: statement reworded: "either" → "any"')


def test_at_a_test_it_shows_every_invariant_that_the_test_verifies() -> None:
    page = RECORD.replace("$0", "") + TEST.replace("def test_merge", "def test$0_merge")
    check(page, "**ADR-0001/INV-1**")


def test_it_has_nothing_to_say_of_other_text() -> None:
    assert hover(*start(RECORD.replace("$0", "").replace("Accepted", "Acc$0epted"))) is None


HOSTILE = st.text(
    st.sampled_from("ab `*_[]()<>!#\\\x1b\u202e") | st.characters(categories=["L", "P", "S"]),
    max_size=40,
)


@given(before=HOSTILE, after=HOSTILE)
def test_text_of_a_record_is_shown_and_never_acts(before: str, after: str) -> None:
    """Verifies: ADR-0005/INV-4"""
    words = f"{before} [go](command:evil) ![p](http://x/y.png) <img src=x> {after}"
    statement = " ".join(words.replace("```", "").replace("$0", "").split())
    page = RECORD.replace("Merging `a` and `b` gives the same in either order.", f"A {statement}")
    found = hover(*start(page))
    said = found.markdown if found else ""
    shown = re.sub(r"```text\n.*?\n```", "", said, flags=re.DOTALL)
    assert not re.search(r"(?<!\\)(?:\\\\)*[\[<]", shown), shown
    assert "\x1b" not in said
    assert "\u202e" not in said
