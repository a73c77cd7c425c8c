"""Which records are listed from a place in a line on."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace

from adr_lsp.markdown import Span
from adr_lsp.record.key import number_of
from adr_lsp.record.line import Line
from adr_lsp.record.model import Supersession
from adr_lsp.text import NOWHERE, Range, Text, unquoted

_FILLER = re.compile(
    r"(?:(?:the|record|decision|adrs?|rfcs?|l[ae]|el|die|den|il|décision|decisión|decisão"
    r"|entscheidung|decisione)(?=[ ])[ :]*)*"
    r"(?:(?:rfc|rfd|kep|pdr|tdr)-(?=\d))?",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"\[?(?P<key>(?:[\w.-]+/)?(?:[A-Za-z]+-)*ADR[-_ #]{0,2}(?:[A-Za-z]+-)*\d+(?:-[a-z][\w-]*)?"
    r"|\d{8}-[A-Za-z][\w-]*|\d{4}-\d\d-\d\d[-_]\w[\w-]*|\d{1,5}-[A-Za-z][\w-]*"
    r"|(?:PR|pull request)[ -]?#?\d+(?!\w)|(?-i:[A-Z]{2,8})-\d+(?:-[a-z][\w-]*)?(?![\w/])"
    r"|\d{1,5}(?![\w/-]|\.\d))(?:\.mdx?\b)?(?:[/#](?P<id>[A-Z]+-[0-9A-Z][\w-]*))?\]?",
    re.IGNORECASE,
)
_FILE = re.compile(r"[\[`]*(?P<path>(?:[\w.@+-]+/){0,20}[\w.@+-]+\.mdx?)(?![\w/])[\]`]*")
_PART_OF = re.compile(
    r"(?:[^\W\d]+[ ]+){0,2}(?:parts?|portions?|sections?|elements?|aspects?)[ ]"
    r"(?:[\d.]+[ ])?of[ ]+",
    re.IGNORECASE,
)
_OF_IT = re.compile(  # behind a record of which only a part is meant
    r"[ ,]*(?:§|(?:sections?|decisions?|décisions?|points?|items?|clauses?) \d|['’]s\b"
    r"|for the\b|only\b|\(?(?:in part|partially|partly)\b"
    r"|\([^()\n]{0,200}\bonly\b)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"<?(?P<key>https?://[^\s<>,;]+)>?(?P<id>(?!))?")
_BETWEEN = re.compile(
    r"(?:[ ]*\([^()\n]{0,200}\))?[ ]*(?:,|&|\+|;|(?:and|et|und)(?=[ ]))[ ]*(?:(?:and|by)[ ]+)*",
    re.IGNORECASE,
)


def listed(
    line: Line, at: int, text: Text | None, partial: bool, labelled: bool
) -> Iterator[tuple[Supersession, int]]:
    """Each with where it ends, up to the first word that names none."""
    part = _PART_OF.match(line.words, at)
    partial, at = partial or part is not None, part.end() if part else at
    while True:
        found = _one(line, at, text, labelled)
        if not found:
            return
        one, at = found
        some = partial or one.partial or _OF_IT.match(line.words, at) is not None
        yield replace(one, partial=some), at
        between = _BETWEEN.match(line.words, at)
        if not between:
            return
        at = between.end()


def _one(line: Line, at: int, text: Text | None, labelled: bool) -> tuple[Supersession, int] | None:
    """The record that is named at an offset, perhaps behind a word like `the`; and its end."""
    words = line.words
    filler = _FILLER.match(words, at)
    behind = filler.end() if filler else at
    link = _link_at(line, at) or _link_at(line, behind)
    if link:
        return _of_link(line, link, text), link.end - line.start
    file = _FILE.match(words, behind)
    if file:
        place = line.part(*file.span("path"))
        there = place.range(text) if text else NOWHERE
        return Supersession(_stem(file["path"]), there, file["path"]), file.end()
    found = _TARGET.match(words, at) or _TARGET.match(words, behind)
    found = found or (_ADDRESS.match(words, at) if labelled else None)
    if not found:
        return None
    place = line.part(found.start("key"), found.end())
    return _supersession(found, place.range(text) if text else NOWHERE, None), found.end()


def _link_at(line: Line, at: int) -> Span | None:
    opening = line.words[at : at + 1] in ("[", "(")
    return line.phrase.span_at(line.start + at + opening, "link")


def _of_link(line: Line, link: Span, text: Text | None) -> Supersession:
    """What a link names by its words; by its target where that has another number."""
    at = link.source_start + line.shift, link.source_end + line.shift
    place = text.range(*at) if text else NOWHERE
    words = line.phrase.plain[link.start : link.end]
    stem = _stem(link.target or "")
    named = _TARGET.match(words)
    if named and not _another(named["key"], stem):
        return _supersession(named, place, link.target)
    return Supersession(stem or words, place, link.target)


def _another(key: str, stem: str) -> bool:
    """Whether a bare number is none of those in a stem that has a key: `[7 ways](0009-ways.md)`."""
    number = number_of(stem)
    return key.isdigit() and number is not None and int(key) != number


def _stem(target: str) -> str:
    path = unquoted(target.partition("#")[0].rstrip("/"))
    folder, name = posixpath.split(path)
    stem, ending = posixpath.splitext(name)
    stem = stem if ending in (".md", ".mdx") else name
    return posixpath.basename(folder) if stem.lower() == "readme" else stem


def _supersession(found: re.Match[str], place: Range, target: str | None) -> Supersession:
    id = found["id"]
    return Supersession(found["key"], place, target, id, id is not None)
