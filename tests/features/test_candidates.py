"""Which sentences a record has, and which of them read like invariants."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.features.candidates import Sentence, as_written, of_record, sentences
from adr_lsp.record import Record, parse
from features.asked import taken, titles


def record(text: str) -> Record:
    return parse("docs/adr/0001-a.md", text.encode(), log="docs/adr")


def written(text: str) -> list[str]:
    """Each sentence as its author wrote it."""
    read = record(text)
    return [as_written(read, sentence) for sentence in sentences(read)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("One is here. Two is there! Is it? Yes.", ["One is here.", "Two is there!", "Is it?"]),
        ("It wraps\nover lines. Next.", ["It wraps over lines.", "Next."]),
        ("Use `a.b. C` here. Next.", ["Use `a.b. C` here.", "Next."]),
        ("See [a text. B](a.md) now. Next.", ["See [a text. B](a.md) now.", "Next."]),
        ("**Every one. Of them** holds. Next.", ["Every one.", "Of them holds.", "Next."]),
        ("**It holds.** Next.", ["**It holds.**", "Next."]),
        ("It has parts, e.g. Some, i.e. Two of e.g. ten.", []),
        ("It is v1.2 of it, approx. 3 s. Next.", ["It is v1.2 of it, approx. 3 s.", "Next."]),
        ("We said (so it is.) And more.", ["We said (so it is.)", "And more."]),
        ("It is so. 🎉 A fee is small. ⚠️ Is it?", ["It is so.", "🎉 A fee is small.", "⚠️ Is it?"]),
        ("- one item\n- Two. Of it\n  - below\n", ["one item", "Two.", "Of it", "below"]),
        ("1. First. Then.\n", ["First.", "Then."]),
        ("| A | B |\n|---|---|\n| x. Y | z \\| `w` |\n", ["x.", "Y", "z | `w`"]),
        ("> A quote.\n\nNot a quote.", ["Not a quote."]),
        ("```\nCode.\n```\n\n<!-- A comment. -->\n\nWords.", ["Words."]),
        ("---\nstatus: accepted\n---\n\nWords.", ["Words."]),
        ("# A title\n\n## A heading\n", []),
        ("one<br>two", ["one", "two"]),
        ("규칙은 하나다. 둘이 아니다.", ["규칙은 하나다.", "둘이 아니다."]),
    ],
)
def test_a_text_is_cut_into_sentences(text: str, expected: list[str]) -> None:
    found = written(text)
    assert found[: len(expected)] == expected if expected else len(found) <= 1


def test_a_sentence_knows_its_headings_and_what_holds_it() -> None:
    text = "# 1. A\n\n## Decision\n\n### Keys\n\n- Each `key` is unique.\n\n## Later\n\nWords.\n"
    first, last = sentences(record(text))
    assert first == Sentence(
        plain="Each key is unique.",
        range=first.range,
        headings=("Keys", "Decision", "1. A"),
        kind="item",
        code=("key",),
    )
    assert last.headings == ("Later", "1. A")


@given(st.text(st.sampled_from("aB .!?`*_[]()|<>\\-#\n\r\u00e9\U0001f600:e.g"), max_size=120))
def test_every_sentence_stands_where_it_says_and_none_overlap(text: str) -> None:
    read = record(text)
    found = list(sentences(read))
    for one, other in pairwise(found):
        assert one.range.start < one.range.end <= other.range.start
    for each in found:
        assert each.plain == " ".join(each.plain.split()) != ""
        assert read.text.between(each.range).strip()


@pytest.mark.parametrize(
    ("piece", "each"), [('See [a](b) and `c` (d "t"). ', 1), ("It is A. ", 0), ("**x** y. ", 0)]
)
def test_a_long_paragraph_is_read_once(piece: str, each: int) -> None:
    """What looks at all that stands before each place never ends here."""
    found = list(sentences(record(piece * 50_000)))
    assert len(found) == (50_000 if each else 1)


def ranked(text: str) -> list[str]:
    found = sorted(of_record(record(text)), key=lambda each: -each.score)
    return [each.sentence.plain for each in found]


PROPERTY = "Each payment key is captured at most once."


@pytest.mark.parametrize(
    "other",
    [
        "We would like to capture payments more quickly.",
        "Teams should document their payment keys in the wiki.",
        "Capturing a payment was hard in the past, because the provider is slow.",
        "Which payment keys are captured?",
        "The following payment keys are captured:",
        "It might be possible that a payment is usually captured.",
        "Users may add new payment keys later.",
    ],
)
def test_a_property_comes_before(other: str) -> None:
    found = ranked(f"# 1. Pay\n\n## Decision\n\n{other}\n\n{PROPERTY}\n")
    assert found[0] == PROPERTY


@pytest.mark.parametrize(
    "better, worse",
    [
        ("Decision", "Context"),
        ("Decision Outcome", "Consequences"),
        ("Safety Rules", "Decision Drivers"),
        ("How keys work", "Context and Problem Statement"),
    ],
)
def test_the_same_words_count_by_where_they_stand(better: str, worse: str) -> None:
    (here,) = of_record(record(f"# 1. Pay\n\n## {better}\n\n{PROPERTY}\n"))
    (there,) = of_record(record(f"# 1. Pay\n\n## {worse}\n\n{PROPERTY}\n"))
    assert here.score > there.score


@pytest.mark.parametrize(
    "heading",
    ["Considered Options", "Pros and Cons of the Options", "Alternatives", "Invariants", "Status"],
)
def test_options_and_what_is_declared_are_none(heading: str) -> None:
    assert not ranked(f"# 1. Pay\n\n## {heading}\n\n### Safety rules\n\n{PROPERTY}\n")


def test_what_an_invariant_says_already_is_none() -> None:
    text = f"# 1. Pay\n\n## Decision\n\n{PROPERTY}\n\n## Invariants\n\n- **INV-1**: {PROPERTY}\n"
    assert not ranked(text)
    assert not ranked(f"# 1. Pay\n\n## Decision\n\n- **INV-1**: {PROPERTY}\n")


def test_a_candidate_says_why_and_which_pattern() -> None:
    (found,) = of_record(record(f"# 1. Pay\n\n## Decision\n\n{PROPERTY}\n"))
    assert found.signs[0] == "a count"
    assert found.pattern == "at-most-once"
    assert found.degree == "strong"


@given(st.floats(0, 1))
def test_a_least_score_leaves_out_and_changes_nothing_else(least: float) -> None:
    read = record(f"# 1. Pay\n\n## Decision\n\n{PROPERTY} We might add more. It is so. A b c d.\n")
    every = [(c.sentence, c.score) for c in of_record(read)]
    kept = [(c.sentence, c.score) for c in of_record(read, least)]
    assert kept == [each for each in every if each[1] >= least]


PAGE = """
````adr
# 1. Pay

## Decision

| What | How |
|------|-----|
| keys | Each `key` \\| pair is unique. |

Some words, e.g. These. **Every $0 [sum](a.md)
is zero.** More.
````
"""


def test_the_promoted_sentence_keeps_its_authors_words() -> None:
    after = taken(PAGE, "Promote to INV-1")
    assert "- **INV-1**: **Every [sum](a.md) is zero.**\n" in " ".join(after.split(" ")).replace(
        "  ", " "
    )


def test_a_cell_is_promoted_alone() -> None:
    after = taken(PAGE.replace("$0 ", "").replace("is unique", "is $0unique"), "Promote to INV-1")
    assert "- **INV-1**: Each `key` | pair is unique.\n" in after


def test_nothing_is_promoted_in_a_quote_or_a_fence() -> None:
    page = "\n````adr\n# 1. Pay\n\n> Every $0 key is unique here.\n````\n"
    assert not [title for title in titles(page) if "Promote" in title]
