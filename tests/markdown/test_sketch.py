"""What the lines of a text tell without parsing is what parsing all of it tells."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_lsp.markdown import Block, Document, blocks, parts, read, walk
from adr_lsp.markdown.document import parsed
from adr_lsp.markdown.sketch import sketch
from adr_lsp.record.front_matter import blanked, front_matter
from adr_lsp.text import Text
from markdown.corpus import corpus_files, corpus_root, needs_corpus
from markdown.texts import texts

_LINES = st.sampled_from(
    [
        *("# One", "## Two `x`", "#", "###### six ##", "#no heading", " # Led", "- # In an item"),
        *("", "", "", "  ", "word", "two words", "é 한국어", "Date: 2026-01-01", "C# too"),
        *("```", "```python", "````", "~~~", "  ```", "   ```", "    ```", "\t```", "- ```"),
        *("``` a ``` b", "> ```", "1. ~~~", "``` a`b", "  # in code", "     ````"),
        *("<!-- one -->", "<!-- open", "close -->", "  <!-- led -->", "  <!-- led", "  -->"),
        *("<div>", "</div>", "<pre>", "</pre>", "<b>bold</b>", "<?php", "?>", "a <!-- b --> c"),
        *("---", "===", "-", "=", "  ---", "***", "- item", "* item", "2) item", "  more"),
        *("    [deep](d.md)", "-     [code](c.md)", "> [quoted](q.md)", "a [x](x.md)`", "`open"),
        *("[a](b.md)", "![i](i.png)", "[a](b.md), [c](d.md#e)", "* [n](0001-n.md)", "a `[b](c)`"),
        *("[a `b`](c.md)", "[a](<b c.md>)", "\\[a](b)", "[[a](b)](c)", "[x] [a](b)", "[a\nb](c)"),
        *("<https://e.org>", "<a@b.org>", "a < b [c](d)", "x ![i](j) [k](l)", "[a](b 'c')"),
        *("[_a_](b)", "[a](b_c.md) _d_", "&amp; [a](b)", "[ a ](b)", "a | [b](c)", "|---|---|"),
        *("**INV-1**: A holds", "| a | b |", "Accepted", "word  ", "word\\", "end."),
    ]
)
_FEW = st.lists(_LINES, min_size=2, max_size=5)
_texts = _FEW.flatmap(
    lambda few: st.lists(st.sampled_from([*few, "", "# One"]), min_size=3, max_size=12)
).map("\n".join)  # few kinds of lines in one text: so each meets each


def differences(content: str) -> list[str]:
    """What reading by the lines gets wrong."""
    quick, full = read(content), parsed(content, Text(content))
    wrong = []
    if [_place(h) for h in quick.headings] != [_place(h) for h in full.headings]:
        wrong.append("headings")
    if quick.links != full.links:
        wrong.append("links")
    if [_shown(quick, part) for part in parts(quick)] != [_shown(full, p) for p in parts(full)]:
        wrong.append("blocks")
    return wrong


def _place(heading: object) -> tuple[object, ...]:
    return tuple(getattr(heading, name) for name in ("level", "title", "start", "end"))


def _shown(document: Document, part: object) -> list[tuple[object, ...]]:
    found = blocks(document, part)  # type: ignore[arg-type]
    return [_block(document.content, block) for block in walk(found)]


def _block(content: str, block: Block) -> tuple[object, ...]:
    phrase = block.phrase
    sources = [phrase.source(offset) for offset in range(len(phrase.plain))]
    spans = [(s.kind, s.start, s.end, s.source_start, s.source_end) for s in phrase.spans]
    said = content[block.start : block.end].rstrip()
    return block.kind, block.start, said, phrase.plain, sources, spans


@settings(max_examples=1000, deadline=None)
@given(_texts | texts)
def test_the_lines_tell_what_the_parser_tells(content: str) -> None:
    """Verifies: ADR-0003/INV-4"""
    assert differences(content) == []


@needs_corpus
@pytest.mark.parametrize("repo", sorted({file.parts[0] for file in corpus_files()}))
def test_the_lines_of_real_records_tell_what_the_parser_tells(repo: str) -> None:
    for file in corpus_files():
        if file.parts[0] == repo:
            content = (corpus_root() / file).read_bytes().decode("utf-8-sig", errors="replace")
            assert differences(blanked(content, front_matter(content).end)) == [], file


@pytest.mark.parametrize(
    "content",
    [
        "# 1. A\n\nDate: 2026-01-01\n\n## Status\n\nAccepted\n",
        "# A\n\n```sh\n# no heading\n```\n\n## B\n\n* [x](x.md), `y`\n",
        "# A\n\n<!-- a\n# no heading\n-->\n\n## B\n",
        "# A\n\n- item\n\n  ```sh\n  # comment\n  ```\n\n---\n\n## B\n",
    ],
)
def test_what_most_records_hold_needs_no_parser(content: str) -> None:
    assert sketch(content) is not None
    assert read(content).events is None


@pytest.mark.parametrize(
    "content",
    [
        "- ```\n\n  ```\n  [a](b.md)\n  ```\n",
        "- a\n\n      [in code](b.md)\n",
        "- 1.     [in code](b.md)\n",
        "<div>\n# A\n\n# B\n",
        "<div>\n<!-- a\n\n# B -->\n",
        "- a\n  <!-- b\nc [d](e.md) -->\n",
        "- a\n  ```\nb\n  ```\n# C\n",
        "    ```\n\n```\n# C\n```\n",
        "a `b\nc [d](e.md) `\n",
        "- `a\n- [b](c.md) `\n",
        "a\n---\n# B\n",
    ],
)
def test_what_the_lines_could_mistake(content: str) -> None:
    assert differences(content) == []
