"""Where headings, links, comments, blocks and words stand in the source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.markdown import Block, blocks, comments, inline, read, walk
from markdown.texts import line_ends, texts


def all_blocks(content: str) -> list[Block]:
    document = read(content)
    return list(walk(blocks(document)))


def leaf(content: str) -> Block:
    return next(block for block in all_blocks(content) if block.phrase.plain)


def test_a_heading_is_its_line_without_the_line_end() -> None:
    content = "é\n\n## Ünder *it* `all`  \n\ntext\n\nSetext\n===\n"
    found = [(h.level, h.title, content[h.start : h.end]) for h in read(content).headings]
    assert found == [
        (2, "Ünder it all", "## Ünder *it* `all`"),
        (1, "Setext", "Setext\n==="),
    ]


@pytest.mark.parametrize("content", ["> # Quoted\n", "- # In an item\n", "```\n# Code\n```\n"])
def test_headings_in_quotes_items_and_code_head_nothing(content: str) -> None:
    assert read(content).headings == ()


@pytest.mark.parametrize(
    ("content", "text", "target", "written"),
    [
        ("é [a `b`](x.md)", "a b", "x.md", "x.md"),
        ("[a](<x y.md> 'title')", "a", "x y.md", "x y.md"),
        ("[](x.md)", "", "x.md", "x.md"),
        ("[a](x.md#part 'title')", "a", "x.md#part", "x.md#part"),
        ("[![i](i.png)](x.md)", "i", "x.md", "x.md"),
        ("[a](x(1).md)", "a", "x(1).md", "x(1).md"),
        ("<https://e.org/a>", "https://e.org/a", "https://e.org/a", "https://e.org/a"),
        ("[a][r]\n\n[r]: x.md\n", "a", "x.md", "[a][r]"),
    ],
)
def test_a_link_knows_its_target_as_written(
    content: str, text: str, target: str, written: str
) -> None:
    (link,) = read(content).links
    assert (link.text, link.target) == (text, target)
    assert content[link.target_start : link.target_end] == written


def test_comments_stand_in_blocks_and_in_lines_but_not_in_code() -> None:
    content = "a <!-- one --> b\n\n<!-- two\nlines -->\n\n`<!-- no -->`\n\n    <!-- no -->\n"
    found = [(c.body, content[c.start : c.end]) for c in comments(read(content))]
    assert found == [
        (" one ", "<!-- one -->"),
        (" two\nlines ", "<!-- two\nlines -->"),
    ]


def test_words_lead_back_to_their_source() -> None:
    content = "é **bold *deep* end** &amp; `code` tail\\* 한\n"
    phrase = leaf(content).phrase
    assert phrase.plain == "é bold deep end & code tail* 한"
    for word in ("é", "bold", "deep", "end", "code", "tail", "한"):
        at = phrase.plain.index(word)
        assert content[slice(*phrase.place(at, at + len(word)))] == word
    kinds = {(span.kind, phrase.plain[span.start : span.end]) for span in phrase.spans}
    assert kinds == {("strong", "bold deep end"), ("emphasis", "deep"), ("code", "code")}


def test_a_tight_item_has_a_paragraph_as_a_loose_one_has() -> None:
    for content in ("- a\n- b\n", "- a\n\n- b\n"):
        kinds = [block.kind for block in all_blocks(content)]
        assert kinds == ["list", "item", "paragraph", "item", "paragraph"]


def test_an_item_behind_a_tab_begins_at_its_marker() -> None:
    content = "- a\n\t- b\n"
    starts = [content[b.start :] for b in all_blocks(content) if b.kind == "item"]
    assert starts == ["- a\n\t- b\n", "- b\n"]


def test_short_texts_are_read_on_their_own() -> None:
    assert inline("superseded by [ADR-5](5.md)").plain == "superseded by ADR-5"
    assert inline("- no paragraph").plain == "- no paragraph"


@given(texts)
def test_the_words_of_a_text_piece_stand_where_it_says(content: str) -> None:
    for block in all_blocks(content):
        for plain, start, end in block.phrase.pieces:
            first, last = block.phrase.at(start), block.phrase.at(end)
            said = block.phrase.plain[plain : plain + 1]
            assert 0 <= first <= last <= len(content)
            assert said == "\n" or content[first] in (said, "&", "\\", "<")


@given(texts, line_ends)
def test_line_ends_make_no_difference(content: str, line_end: str) -> None:
    twin = content.replace("\n", line_end)
    assert _outline(twin) == _outline(content)


@given(st.text(max_size=300))
def test_any_text_is_read(content: str) -> None:
    for block in all_blocks(content):
        assert 0 <= block.start <= block.end <= len(content)


def _outline(content: str) -> list[tuple[str, str]]:
    return [(block.kind, block.phrase.plain) for block in all_blocks(content)]
