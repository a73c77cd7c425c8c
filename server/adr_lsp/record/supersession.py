"""Which records a line says this one supersedes, or is superseded by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from adr_lsp.record.line import Line
from adr_lsp.record.model import Supersession
from adr_lsp.record.replaced import (
    BEFORE,
    BETWEEN,
    BY,
    REPLACED,
    REPLACED_BY,
    REPLACES,
    SOME,
    may_relate,
)
from adr_lsp.text import Text
from adr_lsp.value import dataclass

_LEADING = re.compile(r"[^\w\[(]*")


@dataclass(frozen=True, slots=True)
class Relations:
    """Both directions that one or more lines name."""

    supersedes: tuple[Supersession, ...] = ()
    superseded_by: tuple[Supersession, ...] = ()


NO_RELATIONS = Relations()


def relations(line: Line, text: Text, *, anywhere: bool) -> Relations:
    """The relations of a line: of its beginning, or of any place in it."""
    forward: list[Supersession] = []
    backward: list[Supersession] = []
    words = line.words
    if not may_relate(words):
        return NO_RELATIONS
    for found in _relation().finditer(words):
        lead = _LEADING.match(words)
        if not anywhere and found.start() > (lead.end() if lead else 0):
            return Relations(tuple(forward), tuple(backward))
        partial = bool(found["partial"] or found["some"])
        named = targets(line, found.end(), text, partial=partial)
        (forward if found["by"] is found["between"] is found["before"] else backward).extend(named)
    return Relations(tuple(forward), tuple(backward))


def targets(
    line: Line, at: int, text: Text, *, partial: bool = False, labelled: bool = False
) -> Iterator[Supersession]:
    """The records listed from an offset on, up to the first word that names none.

    `labelled`: the value of a label, of which an address counts too.
    """
    from adr_lsp.record.listed import listed  # most records name no other

    for one, _ in listed(line, at, text, partial, labelled):
        yield one


def ends_at(line: Line, at: int) -> int:
    """Where the records that are listed from an offset on end."""
    from adr_lsp.record.listed import listed

    return max((end for _, end in listed(line, at, None, False, False)), default=at)


@cache
def _relation() -> re.Pattern[str]:
    """A verb between two records. Compiled when one may stand in a line."""
    return re.compile(
        rf"(?P<partial>(?<!\w)(?:{SOME}|parts?(?: of (?:this|the) \w+)?"
        r"(?: (?:was|were|is|are|has been|have been))?)[ ]+)?"
        rf"(?<![\w-])(?:(?P<by>(?:{REPLACED})(?P<some>[ ]\(?(?:{SOME})\)?)?"
        rf"(?:[ ](?:entirely|fully|completely)|[ ]\([^()\n]{{0,80}}\))?[ -]+(?:{BY})|{REPLACED_BY})"
        rf"|{REPLACES})(?!\w)[\s:]*|(?P<between>{BETWEEN})|(?P<before>{BEFORE})",
        re.IGNORECASE,
    )
