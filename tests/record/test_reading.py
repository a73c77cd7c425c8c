"""Any bytes are a record; what cannot be read is one problem at its place."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from adr_lsp.record import Invariant, Record, parse
from adr_lsp.record.reading import MAX_SIZE
from adr_lsp.text import NOWHERE, Position, Range
from markdown.corpus import corpus_files, corpus_root, needs_corpus
from markdown.texts import line_ends, texts
from record.texts import elements, record

_HEADS = st.sampled_from(
    [
        "",
        "# ADR-0001: X\n\n## Invariants\n\n",
        "---\nstatus: accepted\n---\n\n# X\n\n## Guarantees\n\n",
        "# X\n\n## Status\n\nSuperseded by [2](2.md)\n\n## Decision\n\n",
    ]
)
_SUB = st.sampled_from(
    [
        "",
        "  - Verified by: [`t`](../é.py), `a.py::b`\n",
        "  - Waived until 2027-01-01: é\n",
        "| Id | What |\n|---|---|\n| INV-2 | B holds |\n",
        "### INV-3: C\n\nholds\n",
        "None: no reason\n",
    ]
)
_UNDERLINED = re.compile(r"^(?:===|---)$", re.MULTILINE)
documents = st.tuples(_HEADS, texts, _SUB, texts).map("".join)


def test_a_byte_that_is_not_utf8() -> None:
    found = parse("1-x.md", b"\xef\xbb\xbf# T\xc3\xa9\n\na \xff b\n", log="")
    (problem,) = found.problems
    assert (problem.kind, problem.range) == (
        "unreadable-text",
        Range(Position(2, 2), Position(2, 3)),
    )
    assert found.title == "Té"


def test_a_file_that_is_too_large() -> None:
    found = parse("0001-x.md", b"# X\n" + b"a" * MAX_SIZE, log="")
    (problem,) = found.problems
    assert (problem.kind, problem.range, found.key) == ("too-large", NOWHERE, "ADR-0001")
    assert parse("0001-x.md", b"# X\n" + b"a" * (MAX_SIZE - 4), log="").problems == ()


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    raw = b"---\nstatus: accepted\n---\n\n# X\n"
    assert parse("1.md", b"\xef\xbb\xbf" + raw, log="") == parse("1.md", raw, log="")


@pytest.mark.parametrize(
    "part",
    [
        "[",
        "![[](",
        "a <![CDATA[",
        "**a *a ",
        "*a_ ",
        "*",
        "***a **b *c ",
        "> ",
        ">",
        "- ",
        "  - ",
        "`",
        "<!--",
        "<!-- adr-lsp: ",
        "|",
        "| a ",
        "# a\n",
        "- INV-1: a\n",
        "&",
        "\\",
        "\0",
        "\r",
        "[a]: b\n",
        "- a\n\n",
        "Superseded by ",
        "partially parts of ",
        "a: ",
        "Status: |",
        "INV-A-A-",
        "(",
    ],
)
@pytest.mark.parametrize(
    "head", ["", "# X\n\n## Status\n\n", "# X\n\n## Invariants\n\n- **INV-1**: "]
)
def test_hostile_texts_are_read(head: str, part: str) -> None:
    found = record(head + part * (20_000 // len(part)))
    assert found.problems == ()


def test_deep_nesting_is_read() -> None:
    lines = [f"{'  ' * depth}- **INV-{depth}**: A" for depth in range(300)]
    found = record("# X\n\n## Invariants\n\n" + "\n".join(lines) + "\n")
    assert found.invariants[0].id == "INV-0"


@given(st.binary(max_size=400))
def test_any_bytes_are_a_record(raw: bytes) -> None:
    in_text(parse("docs/adr/0001-x.md", raw, log="docs/adr"))


@settings(max_examples=200)
@given(documents)
def test_every_place_lies_in_the_text(content: str) -> None:
    found = record(content)
    in_text(found)
    for invariant in found.invariants:
        place = found.text.between(invariant.statement_range)
        assert all(word in place for word in _plain_words(invariant))
        assert found.text.between(invariant.id_range) == (invariant.id or "")
        if invariant.extension:
            line = found.text.line(invariant.extension.line)
            assert invariant.extension.column == len(line)


@settings(max_examples=200)
@given(documents, line_ends)
def test_line_ends_make_no_difference(content: str, line_end: str) -> None:
    twin = record(content.replace("\n", line_end))
    assert _without_offsets(twin) == _without_offsets(record(content))


@settings(max_examples=300)
@given(documents)
def test_a_sub_item_that_is_added_extends_the_invariant(content: str) -> None:
    """Where there is one declaration, at the place that it names."""
    found = record(content)
    if len(found.invariants) != 1 or not found.invariants[0].extension:
        return
    invariant = found.invariants[0]
    assert invariant.extension
    at = found.text.offset(invariant.extension)
    assume(not _UNDERLINED.search(content, at))  # the words above would join the new item
    line = f"\n{invariant.indent}- Target: `new:one`"
    (after,) = record(content[:at] + line + content[at:]).invariants
    assert [target.text for target in after.targets][-1:] == ["new:one"]
    assert (after.id, after.statement) == (invariant.id, invariant.statement)


@needs_corpus
@pytest.mark.parametrize("repo", sorted({file.parts[0] for file in corpus_files()}))
def test_real_records_are_read(repo: str) -> None:
    for file in corpus_files():
        if file.parts[0] == repo:
            raw = (corpus_root() / file).read_bytes()
            found = parse(file.as_posix(), raw, log="")
            in_text(found)
            assert {problem.kind for problem in found.problems} <= {"invalid-front-matter"}


def in_text(found: Record) -> None:
    """Every range begins before it ends, on lines and columns that there are."""
    for name, place in elements(found):
        assert place.start <= place.end, name
        for position in (place.start, place.end):
            assert found.text.position(found.text.offset(position)) == position, name


def _plain_words(invariant: Invariant) -> list[str]:
    return [word for word in invariant.statement.split() if word.isalnum()]


def _without_offsets(found: Record) -> object:
    """A record without what counts line ends; places in lines and columns stay."""
    sections = [(s.title, s.level, s.heading, s.body) for s in found.sections]
    links = [(link.text, link.target, link.range, link.target_range) for link in found.links]
    heads = [(s.section.title, s.none_reason) for s in found.invariant_sections]
    return replace(found, sections=(), links=(), invariant_sections=()), sections, links, heads
