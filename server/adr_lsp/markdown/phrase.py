"""The words of one paragraph, heading or cell: what a reader sees, and where it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from adr_lsp.markdown.events import Event

_SPANS = {"Strong": "strong", "Emphasis": "emphasis", "Strikethrough": "strike"}


@dataclass(frozen=True, slots=True)
class Span:
    """Styled words: offsets into the plain text, and into the source with all markup.

    `kind` is `strong`, `emphasis`, `strike`, `code`, `link` or `image`.
    """

    kind: str
    start: int
    end: int
    source_start: int
    source_end: int
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """`plain` has no markup and one `\\n` for each line break that the source has.

    Its pieces are (offset in `plain`, start in the source, end in the source).
    """

    plain: str
    pieces: tuple[tuple[int, int, int], ...]
    spans: tuple[Span, ...]

    def source(self, offset: int) -> int:
        """Where the character at a plain offset begins in the source."""
        if not self.pieces:
            return 0
        index = max(0, bisect_right(self.pieces, offset, key=_plain_start) - 1)
        plain, start, end = self.pieces[index]
        return min(start + offset - plain, end) if offset >= plain else start

    def source_end(self, offset: int) -> int:
        """Where the character before a plain offset ends in the source."""
        return self.source(offset - 1) + 1 if offset > 0 else self.source(0)

    def span_at(self, offset: int, *kinds: str) -> Span | None:
        """The outermost span of these kinds that begins at a plain offset."""
        found = (s for s in self.spans if s.start == offset and s.kind in kinds)
        return max(found, key=lambda s: (s.end, s.source_end - s.source_start), default=None)


def _plain_start(piece: tuple[int, int, int]) -> int:
    return piece[0]


def phrase_of(events: Sequence[Event], at: Callable[[int], int], content: str) -> Phrase:
    """Reads the inline events of one leaf block."""
    words: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    spans: list[Span] = []
    opened: list[tuple[int, object]] = []
    length = 0
    for event, where in events:
        if "Start" in event:
            opened.append((length, event["Start"]))
            continue
        start, end = at(where["start"]), at(where["end"])
        if "End" in event:
            if opened:
                spans.append(_span(*opened.pop(), length, start, end))
            continue
        word = _word(event)
        if not word:
            continue
        if "Code" in event:
            spans.append(Span("code", length, length + len(word), start, end))
            start, end = _inside(content, word, start, end)
        pieces.append((length, start, end))
        words.append(word)
        length += len(word)
    return Phrase("".join(words), tuple(pieces), tuple(spans))


def _word(event: Any) -> str:
    """What a reader sees of one event; comments and tags are invisible."""
    if isinstance(event, str):
        return "\n" if event.endswith("Break") else ""
    html: str = event.get("InlineHtml", "")
    if html:
        return "\n" if html[:3].lower() == "<br" else ""
    word: str = event.get("Text") or event.get("Code") or ""
    return word


def _inside(content: str, word: str, start: int, end: int) -> tuple[int, int]:
    """Where the words of a code span stand between its backticks."""
    found = content.find(word, start, end)
    return (found, found + len(word)) if found >= 0 else (start, end)


def _span(begin: int, tag: object, length: int, start: int, end: int) -> Span:
    if isinstance(tag, str):
        return Span(_SPANS.get(tag, tag.lower()), begin, length, start, end)
    kind, fields = next(iter(dict(tag).items()))  # type: ignore[call-overload]
    target = fields.get("dest_url") if isinstance(fields, dict) else None
    return Span(kind.lower(), begin, length, start, end, target)
