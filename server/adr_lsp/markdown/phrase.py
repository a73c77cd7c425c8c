"""The words of one paragraph, heading or cell: what a reader sees, and where it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any

from adr_lsp.markdown.events import Event
from adr_lsp.value import dataclass

_KINDS = {
    "Strong": "strong",
    "Emphasis": "emphasis",
    "Strikethrough": "strike",
    "Link": "link",
    "Image": "image",
}


@dataclass(slots=True, eq=False)
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


@dataclass(slots=True, eq=False)
class Phrase:
    """`plain` has no markup and one `\\n` for each line break that the source has.

    Its pieces are (offset in `plain`, start in the source, end in the source); `at` leads from
    the parser's bytes to characters, for `pieces` alone.
    """

    plain: str
    pieces: list[tuple[int, int, int]]
    spans: list[Span]
    at: Callable[[int], int] = int
    _begin: dict[int, list[Span]] | None = None

    def source(self, offset: int) -> int:
        """Where the character at a plain offset begins in the source."""
        pieces = self.pieces
        if len(pieces) > 1:
            index = bisect_right(pieces, (offset, _FAR, _FAR)) - 1
            plain, start, end = pieces[index if index > 0 else 0]
        elif pieces:
            plain, start, end = pieces[0]
        else:
            return 0
        place, last = self.at(start) + offset - plain, self.at(end)
        return place if place < last else last

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where plain characters begin and end in the source."""
        first = self.source(start)
        if end <= start:
            return first, first
        return first, self.source(end - 1) + 1

    def span_at(self, offset: int, *kinds: str) -> Span | None:
        """The outermost span of these kinds that begins at a plain offset."""
        if self._begin is None:
            self._begin = {}
            for span in self.spans:
                self._begin.setdefault(span.start, []).append(span)
        outer = reversed(self._begin.get(offset, ()))  # inner spans end, and so stand, before
        return next((span for span in outer if span.kind in kinds), None)


_FAR = 1 << 62


def phrase_of(
    events: Sequence[Event], index: int, last: int, at: Callable[[int], int], content: str
) -> tuple[Phrase, int]:
    """Reads inline events from `index` on; also the first event that is none of them."""
    words: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    spans: list[Span] = []
    opened: list[tuple[int, Any]] = []
    length = 0
    while index < last:
        event, where = events[index]
        if type(event) is str:
            if event == "Rule":
                break
            word = "\n"
        elif "Text" in event:
            word = event["Text"]
        elif "Start" in event:
            kind = event["Start"]
            if (kind if type(kind) is str else next(iter(kind))) not in _KINDS:
                break
            opened.append((length, kind))
            index += 1
            continue
        elif "End" in event:
            if not opened:
                break
            begin, kind = opened.pop()
            spans.append(_span(kind, begin, length, at(where["start"]), at(where["end"])))
            index += 1
            continue
        elif "Code" in event:
            word = event["Code"]
            start, end = at(where["start"]), at(where["end"])
            spans.append(Span("code", length, length + len(word), start, end))
            where = _inside(content, word, where, start, end)
        else:
            word = "\n" if event.get("InlineHtml", "")[:3].lower() == "<br" else ""
        index += 1
        if word:
            pieces.append((length, where["start"], where["end"]))
            words.append(word)
            length += len(word)
    return Phrase("".join(words), pieces, spans, at), index


def _inside(content: str, word: str, where: Any, start: int, end: int) -> Any:
    """The bytes of a code span between its backticks."""
    lead = content.find(word, start, end) - start
    if lead < 0:
        return where
    return {"start": where["start"] + lead, "end": where["start"] + lead + len(word.encode())}


def _span(tag: Any, begin: int, length: int, start: int, end: int) -> Span:
    if type(tag) is str:
        return Span(_KINDS[tag], begin, length, start, end)
    kind, fields = next(iter(tag.items()))
    return Span(_KINDS[kind], begin, length, start, end, fields["dest_url"])
