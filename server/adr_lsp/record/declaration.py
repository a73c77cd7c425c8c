"""How a declaration begins: an id, its pattern and needs, and where the statement starts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from adr_lsp.markdown import Block, Phrase
from adr_lsp.record.line import Line

_BOX = r"(?:\[[ xX]\][ ]+)?"
_PATTERN = re.compile(r"[ ]*\(([^()\n]*)\)")
_SEPARATOR = re.compile(r"\s*:|\s+[-–—]+(?=\s)|\s+[-–—]+\Z")
_AFTER_STYLE = re.compile(r"[.:]?(?:\s*:|\s+[-–—]+(?=\s))?")
_NEEDS = re.compile(r"(?:^|,)\s*needs\s*:\s*", re.IGNORECASE)
_METHOD = re.compile(r"[^|,\s][^|,]*")


@dataclass(frozen=True, slots=True)
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


@lru_cache(maxsize=64)
def id_pattern(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    """An id at the beginning of a text."""
    words = r"(?:\d+[A-Za-z]?|[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*)"
    names = "|".join(re.escape(prefix) for prefix in prefixes) or r"(?!)"
    return re.compile(rf"\s*{_BOX}((?:{names})-{words})(?![\w-])")


def opening(block: Block, prefixes: tuple[str, ...], *, styled: bool) -> Opening | None:
    """How a paragraph, heading or cell declares an invariant; None if it does not.

    `styled`: only if the id stands in bold or code.
    """
    phrase = block.phrase
    found = id_pattern(prefixes).match(phrase.plain)
    if not found or phrase.span_at(found.start(1), "link"):
        return None
    ends = _style_ends(phrase, found.start(1), found.end(1))
    if styled and not ends:
        return None
    pattern = _PATTERN.match(phrase.plain, found.end(1))
    at = pattern.end() if pattern else found.end(1)
    after = _statement_start(phrase, at, ends)
    if after is None and pattern:
        after = _statement_start(phrase, found.end(1), ends)
        pattern = None if after is not None else pattern
    if after is None:
        return None
    kind, needs = _pattern_parts(phrase, pattern)
    id_line = Line(phrase, found.start(1), found.end(1))
    rest = Line(phrase, after, len(phrase.plain)).part(0, len(phrase.plain) - after)
    return Opening(found[1], id_line, kind, needs, rest, _parted(phrase.plain, at, after))


def _style_ends(phrase: Phrase, start: int, end: int) -> set[int]:
    """Where the bold or code spans that cover the id end."""
    kinds = ("strong", "code")
    return {s.end for s in phrase.spans if s.kind in kinds and s.start <= start and s.end >= end}


def _statement_start(phrase: Phrase, at: int, ends: set[int]) -> int | None:
    plain = phrase.plain
    separator = _SEPARATOR.match(plain, at)
    if separator:
        return separator.end()
    rest = plain[at:]
    if not rest.strip():
        return len(plain)
    closes_style = at in ends or (at + 1 in ends and plain[at] in ".:")
    if closes_style or _styled_before(plain, at, ends):
        after = _AFTER_STYLE.match(plain, at)
        return after.end() if after else at
    return None


def _parted(plain: str, at: int, after: int) -> bool:
    return after == len(plain) or bool(plain[at:after].strip(" ."))


def _styled_before(plain: str, at: int, ends: set[int]) -> bool:
    """The style ended before the pattern: `**INV-1** *(conservation)* text`."""
    return plain[at - 1 : at] == ")" and any(end < at for end in ends)


def _pattern_parts(
    phrase: Phrase, pattern: re.Match[str] | None
) -> tuple[Line | None, Line | None]:
    if not pattern:
        return None, None
    inner = Line(phrase, pattern.start(1), pattern.end(1))
    needs = _NEEDS.search(inner.words)
    kind = inner.part(0, needs.start() if needs else len(inner.words))
    needed = inner.part(needs.end(), len(inner.words)) if needs else None
    return (kind if kind.words else None), needed


def methods(needs: Line | None) -> tuple[str, ...]:
    """The words of `property|model`."""
    return tuple(found.group().strip() for found in _METHOD.finditer(needs.words)) if needs else ()
