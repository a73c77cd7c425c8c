"""How a declaration begins: an id, its pattern and needs, and where the statement starts."""

from __future__ import annotations

import re
from functools import lru_cache

from adr_lsp.markdown import Block, Phrase
from adr_lsp.record.line import Line
from adr_lsp.value import dataclass

_BOX = r"(?:\[[ xX]\][ ]+)?"
_DASH = r"\s+[-–—]+(?=\s|\Z)"
_AFTER_STYLE = re.compile(rf"[.:]?(?:\s*:|{_DASH})?\s*")
_NEEDS = re.compile(r"(?:^|,)\s*needs\s*:\s*", re.IGNORECASE)
_METHOD = re.compile(r"[^|,\s][^|,]*")
_STYLES = ("strong", "code")
_MEANT = re.compile(r"([A-Za-z]+)[ _.-]*(\d{1,9})([A-Za-z]?)\b")


@dataclass(slots=True, eq=False)
class Opening:
    """What stands before a statement; `statement` is the rest of the phrase.

    `parted` says that a colon, a dash or the end parts them, and not only the end of the style.
    """

    id: str
    id_line: Line
    pattern: Line | None
    needs: Line | None
    statement: Line
    parted: bool = True


def meant_id(prefixes: tuple[str, ...], statement: str) -> str | None:
    """The id that a statement begins with in a way that is not read as one (`INV 6`, `inv-6`)."""
    found = _MEANT.match(statement)
    if found is None or found[1].upper() not in prefixes:
        return None
    return f"{found[1].upper()}-{int(found[2])}{found[3].lower()}"


def id_pattern(prefixes: tuple[str, ...]) -> str:
    """An id, up to where a word ends."""
    words = r"(?:\d+[A-Za-z]?|[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*)"
    names = "|".join(re.escape(prefix) for prefix in prefixes) or r"(?!)"
    return rf"(?:{names})-{words}(?![\w-])"


@lru_cache(maxsize=64)
def _opening_pattern(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    """An id at the beginning, what stands in parentheses behind it, and what parts it off."""
    return re.compile(
        rf"\s*{_BOX}(?P<id>{id_pattern(prefixes)})"
        rf"(?P<more>[ ]*\((?P<pattern>[^()\n]*)\))?(?P<parted>\s*:|{_DASH}|(?=\s*\Z))?\s*"
    )


def opening(block: Block, prefixes: tuple[str, ...], *, styled: bool) -> Opening | None:
    """How a paragraph, heading or cell declares an invariant; None if it does not.

    `styled`: only if the id stands in bold or code.
    """
    phrase = block.phrase
    found = _opening_pattern(prefixes).match(phrase.plain)
    if not found:
        return None
    start, end = found.span("id")
    if phrase.span_at(start, "link"):
        return None
    ends = _style_ends(phrase, start, end) if styled or found["parted"] is None else ()
    if styled and not ends:
        return None
    with_pattern, after = found["more"] is not None, found.end()
    if found["parted"] is None:
        closing = _after_style(found, ends)
        if closing is None:
            return None
        with_pattern, after = closing
    kind, needs = _pattern_parts(phrase, found) if with_pattern else (None, None)
    rest = Line(phrase, after, max(after, len(phrase.plain.rstrip())))
    id_line = Line(phrase, start, end)
    return Opening(found["id"], id_line, kind, needs, rest, found["parted"] is not None)


def _style_ends(phrase: Phrase, start: int, end: int) -> tuple[int, ...]:
    """Where the bold or code spans that cover the id end."""
    return tuple(
        span.end
        for span in phrase.spans
        if span.start <= start and span.end >= end and span.kind in _STYLES
    )


def _after_style(found: re.Match[str], ends: tuple[int, ...]) -> tuple[bool, int] | None:
    """Where only the end of the style parts: whether the pattern counts, and what follows."""
    id_end = found.end("id")
    more_end = found.end("more") if found["more"] else id_end
    for end in ends:
        if end in (more_end, more_end + 1) or (more_end > id_end and end == id_end):
            return _following(found.string, max(end, more_end), more_end > id_end)
        if end == id_end or (end == id_end + 1 and found.string[id_end] == "."):
            return _following(found.string, end, False)
    return None


def _following(plain: str, at: int, with_pattern: bool) -> tuple[bool, int] | None:
    after = _AFTER_STYLE.match(plain, at)
    return with_pattern, after.end() if after else at


def _pattern_parts(phrase: Phrase, found: re.Match[str]) -> tuple[Line | None, Line | None]:
    inner = Line(phrase, *found.span("pattern"))
    needs = _NEEDS.search(found["pattern"])
    if not needs:
        kind = inner.part(0, len(found["pattern"]))
        return (kind if kind.words else None), None
    kind = inner.part(0, needs.start())
    return (kind if kind.words else None), inner.part(needs.end(), len(found["pattern"]))


def methods(needs: str | None) -> tuple[str, ...]:
    """The words of `property|model`."""
    return tuple(found.group().strip() for found in _METHOD.finditer(needs)) if needs else ()
