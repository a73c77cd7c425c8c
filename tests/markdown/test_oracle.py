"""Our parser and the one that renders see the same text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import assume, given, settings

from adr_lsp.record.front_matter import blanked, front_matter
from markdown.corpus import corpus_files, corpus_root, needs_corpus
from markdown.oracle import KINDS, Seen, oracle, ours
from markdown.texts import texts

KNOWN: dict[str, tuple[str, ...]] = {}
"""Files of the corpus with the kinds in which the two differ. It may only shrink."""

SHAPES = {
    "a line that could open no paragraph's end, right behind a definition": (
        r"^\[ref\]: r\.md\n.*\S",
        "[ref]: r.md\n    word\n",
    ),
    "a head of a table in the line of an item, a heading or a quote": (
        r"^[ \t]*(?:[-*+>#]|\d+[.)]).*\|.*\n\|---\|---\|",
        "- a | b\n|---|---|\n",
    ),
    "a head of a table without a bar before it, right behind a line": (
        r"^.*\S.*\n(?!\|).*\|.*\n\|---\|---\|",
        "word\na | b\n|---|---|\n",
    ),
    "an indented line right behind a table": (
        r"^\|---\|---\|\n(?:.+\n)*(?: {4}|\t)",
        "| a | b |\n|---|---|\n    word\n",
    ),
}
"""Shapes that the two read differently, each with an example. It may only shrink."""

_KNOWN_SHAPE = re.compile("|".join(pattern for pattern, _ in SHAPES.values()), re.MULTILINE)


@needs_corpus
@pytest.mark.parametrize("repo", sorted({file.parts[0] for file in corpus_files()}))
def test_real_records_are_seen_alike(repo: str) -> None:
    differing = {}
    for file in corpus_files():
        if file.parts[0] == repo:
            raw = (corpus_root() / file).read_bytes()
            content = raw.decode("utf-8-sig", errors="replace")
            content = blanked(content, front_matter(content).end)
            kinds = differences(ours(content), oracle(content))
            if kinds:
                differing[file.as_posix()] = kinds
    expected = {path: kinds for path, kinds in KNOWN.items() if path.startswith(repo + "/")}
    assert differing == expected


@settings(max_examples=300, deadline=None)
@given(texts)
def test_generated_texts_are_seen_alike(content: str) -> None:
    assume(not _KNOWN_SHAPE.search(content))
    assert differences(ours(content), oracle(content)) == ()


@pytest.mark.parametrize("shape", SHAPES)
def test_a_known_difference_is_one_still(shape: str) -> None:
    pattern, example = SHAPES[shape]
    assert re.search(pattern, example, re.MULTILINE)
    assert differences(ours(example), oracle(example)) != ()


def differences(first: Iterable[Seen], second: Iterable[Seen]) -> tuple[str, ...]:
    """The kinds of elements of which the two have not the same."""
    counted = Counter(first)
    counted.subtract(Counter(second))
    kinds = {seen.kind for seen, count in counted.items() if count}
    return tuple(kind for kind in KINDS if kind in kinds)
