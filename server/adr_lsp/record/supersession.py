"""Which records a line says this one supersedes, or is superseded by."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from adr_lsp.markdown import Span
from adr_lsp.record.line import Line
from adr_lsp.record.model import Supersession
from adr_lsp.text import Text

_RELATION = re.compile(
    r"(?P<partial>(?<!\w)(?:partially|partly|in part|parts?(?: of (?:this|the) \w+)?"
    r"(?: (?:was|were|is|are|has been|have been))?)[ ]+)?"
    r"(?<![\w-])(?:(?P<by>(?:super[sc]e+ded|replaced|obsoleted|remplacée?)"
    r"(?P<some>[ ]\(?(?:partially|partly|in part)\)?)?"
    r"(?:[ ](?:entirely|fully|completely)|[ ]\([^()\n]{0,80}\))?[ -]+(?:by|with|par))"
    r"|supersedes|supercedes|replaces|obsoletes|superseding|remplace)(?!\w)[ :]*",
    re.IGNORECASE,
)
_LEADING = re.compile(r"[^\w\[(]*")
_FILLER = re.compile(r"(?:(?:the|record|decision|adrs?|rfc)(?=[ ])[ :]*)*", re.IGNORECASE)
_TARGET = re.compile(
    r"\[?(?P<key>(?:[\w.-]+/)?(?:[A-Za-z]+-)*ADR[-_ #]{0,2}(?:[A-Za-z]+-)*\d+(?:-[a-z][\w-]*)?"
    r"|\d{8}-[A-Za-z][\w-]*|\d{4}-\d\d-\d\d[-_]\w[\w-]*|\d{1,5}-[A-Za-z][\w-]*"
    r"|\d{1,5}(?![\w/-]|\.\d))(?:\.mdx?\b)?(?:[/#](?P<id>[A-Z]+-[0-9A-Z][\w-]*))?\]?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"[ ]*(?:,|&|\+|;|(?:and|et|und)(?=[ ]))[ ]*(?:(?:and|by)[ ]+)*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Relations:
    """Both directions that one or more lines name."""

    supersedes: tuple[Supersession, ...] = ()
    superseded_by: tuple[Supersession, ...] = ()


def relations(line: Line, text: Text, *, anywhere: bool) -> Relations:
    """The relations of a line: of its beginning, or of any place in it."""
    forward: list[Supersession] = []
    backward: list[Supersession] = []
    words = line.words
    for found in _RELATION.finditer(words):
        lead = _LEADING.match(words)
        if not anywhere and found.start() > (lead.end() if lead else 0):
            return Relations(tuple(forward), tuple(backward))
        partial = bool(found["partial"] or found["some"])
        named = targets(line, found.end(), text, partial=partial)
        (backward if found["by"] else forward).extend(named)
    return Relations(tuple(forward), tuple(backward))


def targets(line: Line, at: int, text: Text, *, partial: bool = False) -> Iterator[Supersession]:
    """The records listed from an offset on, up to the first word that names none."""
    words = line.words
    while True:
        filler = _FILLER.match(words, at)
        link = _link_at(line, at) or _link_at(line, filler.end() if filler else at)
        if link:
            yield _of_link(line, link, text, partial)
            at = link.end - line.start
        else:
            found = _TARGET.match(words, at) or _TARGET.match(words, filler.end() if filler else at)
            if not found:
                return
            place = line.part(found.start("key"), found.end()).range(text)
            yield _supersession(found, place, None, partial)
            at = found.end()
        between = _BETWEEN.match(words, at)
        if not between:
            return
        at = between.end()


def _link_at(line: Line, at: int) -> Span | None:
    opening = line.words[at : at + 1] in ("[", "(")
    return line.phrase.span_at(line.start + at + opening, "link")


def _of_link(line: Line, link: Span, text: Text, partial: bool) -> Supersession:
    place = text.range(link.source_start + line.shift, link.source_end + line.shift)
    words = line.phrase.plain[link.start : link.end]
    named = _TARGET.match(words)
    if named:
        return _supersession(named, place, link.target, partial)
    return Supersession(_stem(link.target or "") or words, place, link.target, None, partial)


def _stem(target: str) -> str:
    path = unquote(target.partition("#")[0].rstrip("/"))
    folder, name = posixpath.split(path)
    stem, ending = posixpath.splitext(name)
    stem = stem if ending in (".md", ".mdx") else name
    return posixpath.basename(folder) if stem.lower() == "readme" else stem


def _supersession(
    found: re.Match[str], place: object, target: str | None, partial: bool
) -> Supersession:
    id = found["id"]
    return Supersession(found["key"], place, target, id, partial or id is not None)  # type: ignore[arg-type]
