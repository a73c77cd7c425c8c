"""Words that were typed are read as they were typed, whatever signs they hold."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.features.authoring.plain_words import as_markdown, as_title, as_yaml
from adr_lsp.record import parse
from adr_lsp.record.front_matter import front_matter

SIGNS = ["a", "B", " ", "é", "🎉", "1.", "amp;", "\t", *"_*`#[]()<>&~\\|-:!\"'/{}$@%?+=,.^"]
WORDS = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=12).map(
    lambda signs: " ".join("".join(signs).split())
)
CODE = re.compile(r"(`+)(?!`)(.*?)(?<!`)\1(?!`)")


def title_of(heading: str) -> str:
    return parse("docs/adr/0001-x.md", f"# 1. {heading}\n\nText.\n".encode(), log="docs/adr").title


@given(WORDS.filter(bool))
def test_a_title_loses_nothing_but_the_backticks_around_code(words: str) -> None:
    assert title_of(as_title(words)) == " ".join(CODE.sub(r"\2", words).split())


@given(WORDS.filter(bool))
def test_plain_words_lose_nothing(words: str) -> None:
    assert title_of(f"A {as_markdown(words)} B") == f"A {words} B"


@given(WORDS.filter(bool))
def test_a_scalar_is_a_text(words: str) -> None:
    front = front_matter(f"---\ntitle: {as_yaml(words)}\nstatus: draft\n---\n")
    value = front.first("title")
    assert front.fault is None
    assert value is not None
    assert value.text == words
    assert front.first("status") is not None
