"""The sentences of a record: what a reader sees, where it stands, and under which headings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from adr_lsp.markdown import Block, Phrase, Span, read, walk
from adr_lsp.record import Record
from adr_lsp.record.front_matter import blanked, front_matter
from adr_lsp.record.outline import Part, below, parts
from adr_lsp.text import Range

_END = re.compile(r"[.!?…]+[\"'”’»)\]*_]*(?=\s|\Z)|[。！？]")
_SHORT = re.compile(
    r"(?:\b(?:e\.?g|i\.?e|cf|vs|etc|approx|resp|incl|excl|fig|figs|sec|no|nos|vol|ch|ed|al|ca|"
    r"mr|mrs|ms|dr|prof|st|inc|ltd|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)|"
    r"(?:^|[\s(])(?-i:[A-Z])|(?:^|\n)\s*\d{1,3})\.\Z",
    re.IGNORECASE,
)
_LONGEST_SHORT = 32  # with what stands before it
_ENDS_ALL_THE_SAME = re.compile(r"\betc\.\Z", re.IGNORECASE)
_EMOJI = r"(?:[\u200d\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]+\s*)?"
_NEXT = re.compile(rf"\s+{_EMOJI}[\"'“‘«(\[*_]*(?:[A-Z0-9À-ÖØ-ÞА-Я\u3040-\ud7a3]|\0)")
_UNBROKEN = ("code", "link", "image")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`plain` has no markup and its white space folded; `code` are its code spans.

    `headings` are those that it stands under, the nearest first; `kind` is `paragraph`, `item`
    or `cell`. `torn` says that its markup reaches beyond it.
    """

    plain: str
    range: Range
    headings: tuple[str, ...]
    kind: str
    code: tuple[str, ...] = ()
    leads_with_code: bool = False
    torn: bool = False


def sentences(record: Record) -> Iterator[Sentence]:
    """Every sentence outside headings, code, comments, quotes and front matter, in order."""
    content = record.text.content
    document = read(blanked(content, front_matter(content).end), record.text)
    above: list[tuple[int, str]] = []
    for part in parts(document):
        _under(above, part)
        headings = tuple(title for _, title in reversed(above))
        for block, kind in _wordy(below(document, part)):
            yield from _of_block(record, block, kind, headings)


def as_written(record: Record, sentence: Sentence) -> str:
    """The author's words with their markup, on one line; without it where it is torn."""
    if sentence.torn:
        return sentence.plain
    words = " ".join(record.text.between(sentence.range).split())
    return words.replace("\\|", "|") if sentence.kind == "cell" else words


def _under(above: list[tuple[int, str]], part: Part) -> None:
    """Keep the headings that a part stands under."""
    if part.heading:
        while above and above[-1][0] >= part.heading.level:
            above.pop()
        above.append((part.heading.level, part.heading.title))


def _wordy(found: list[Block]) -> Iterator[tuple[Block, str]]:
    """The blocks that hold words; a table's head names its columns and asserts nothing."""
    items: set[int] = set()
    heads: set[int] = set()
    for block in walk(found):
        if block.kind in ("item", "head"):
            (items if block.kind == "item" else heads).update(map(id, block.children))
        if block.kind == "paragraph":
            yield block, "item" if id(block) in items else "paragraph"
        elif block.kind == "cell" and id(block) not in heads:
            yield block, "cell"


def _of_block(
    record: Record, block: Block, kind: str, headings: tuple[str, ...]
) -> Iterator[Sentence]:
    phrase = block.phrase
    bounds = list(_bounds(phrase, record.text.content))
    for (start, end), spans in zip(bounds, _spans_of(bounds, phrase.spans), strict=True):
        code = [s for s in spans if s.kind == "code" and start <= s.start < end]
        yield Sentence(
            plain=" ".join(phrase.plain[start:end].split()),
            range=record.text.range(*_source(phrase, spans, start, end)),
            headings=headings,
            kind=kind,
            code=tuple(phrase.plain[s.start : s.end] for s in code),
            leads_with_code=any(s.start == start for s in code),
            torn=any(_tears(span, start, end) for span in spans),
        )


def _spans_of(bounds: list[tuple[int, int]], spans: Iterable[Span]) -> list[list[Span]]:
    """For each sentence the spans that begin or end in it; each is in two of them at most."""
    starts = [start for start, _ in bounds]
    found: list[list[Span]] = [[] for _ in bounds]
    for span in spans:
        for at in {bisect_right(starts, place) - 1 for place in (span.start, span.end)}:
            if at >= 0:
                found[at].append(span)
    return found


def _tears(span: Span, start: int, end: int) -> bool:
    return (start < span.end < end and span.start < start) or start < span.start < end < span.end


def _bounds(phrase: Phrase, content: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends in the plain text, without white space around it."""
    hidden = _hidden(phrase, content)
    start = 0
    for found in _END.finditer(hidden):
        if _goes_on(hidden, start, found):
            continue
        yield from _trimmed(phrase.plain, start, found.end())
        start = found.end()
    yield from _trimmed(phrase.plain, start, len(hidden))


def _hidden(phrase: Phrase, content: str) -> str:
    """The plain text in which nothing ends inside code, links and images, and `<br>` does."""
    text = list(phrase.plain)
    for span in phrase.spans:
        if span.kind in _UNBROKEN:
            text[span.start : span.end] = "\0" * (span.end - span.start)
    for at, character in enumerate(text):
        if character == "\n" and content.startswith("<", phrase.source(at)):
            text[at] = "。"
    return "".join(text)


def _goes_on(hidden: str, start: int, end: re.Match[str]) -> bool:
    """Whether a full stop ends an abbreviation or a number, or the next word goes on."""
    if end.end() == len(hidden) or not end.group() or end.group()[0] in "。！？":
        return False
    if _NEXT.match(hidden, end.end()) is None:
        return True
    stop = end.start() + 1
    upto = hidden[max(start, stop - _LONGEST_SHORT) : stop]
    return bool(_SHORT.search(upto)) and not _ENDS_ALL_THE_SAME.search(upto)


def _trimmed(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = plain[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    if start < end:
        yield start, end


def _source(phrase: Phrase, spans: Iterable[Span], start: int, end: int) -> tuple[int, int]:
    """Where the words stand, with the marks of what is styled within them as a whole."""
    first, last = phrase.place(start, end)
    for span in spans:
        if start <= span.start < span.end <= end:
            first = min(first, span.source_start)
            last = max(last, span.source_end)
    return first, last
