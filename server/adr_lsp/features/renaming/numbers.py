"""Every place in a page that names a record by its number: keys, lists of them, links' words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from adr_lsp.decision_log import Resolution
from adr_lsp.features.renaming.digits import number_form
from adr_lsp.features.renaming.names import linked, named
from adr_lsp.features.renaming.pages import Page
from adr_lsp.features.renaming.targets import WAY, definitions, way
from adr_lsp.record import Record
from adr_lsp.record.declaration import id_pattern
from adr_lsp.record.key import number_of, stem_of, title_parts
from adr_lsp.snapshot import Snapshot

_TIMES = r"(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|times|percent)\b|%"
_ENDS = rf"(?!\w|[-.]\d|\.(?!mdx?\b)[A-Za-z]|[ ]?(?:{_TIMES}))"
_KEY = re.compile(
    r"(?<![\w.-])(?P<key>(?:[A-Za-z][A-Za-z0-9]{0,40}-){0,4}ADR[-_ #]{0,2}(?:[A-Za-z]{1,40}-){0,3}"
    rf"(?P<number>\d{{1,9}})){_ENDS}",
    re.IGNORECASE,
)
_SEVERAL = re.compile(rf"(?<![\w/.-])ADRs[-# ]{{1,2}}(?=\d{{1,9}}{_ENDS})", re.IGNORECASE)
_NUMBER = re.compile(rf"(?P<number>\d{{1,9}}){_ENDS}")
_NEXT = re.compile(r"\s*(?:,|/|&|,?\s+(?:and|or|to|und|et)\b)\s*(?:and\s+|or\s+)?#?(?=\d)")
_SLASH = re.compile(r"/#?(?=\d)")
_LOG = re.compile(r"(?<![\w.-])(?:[\w.-]+/)+\Z")
_BEHIND = re.compile(
    r"(?:[^\[\]\n]|\n(?!\s*\n)){0,300}\](?:\(\s*" + WAY + r"|\[(?P<label>[^\[\]\n]*)\])"
)
_LINK = re.compile(r"\[(?P<text>[^\[\]]{1,300})\](?:\(\s*" + WAY + r"|\[(?P<label>[^\[\]\n]*)\])")
_ANCHOR = re.compile(
    r"\b(?:href|to)\s*=\s*[\"'](?P<plain>[^\"'\n]+)[\"'][^<>\n]*>(?P<text>[^<>]{1,300})</"
)
_ROW = re.compile(r"^[ ]{0,3}\|[ `*_#]*(?P<number>\d{1,9})[ `*_]*\|(?P<rest>[^\n]*)", re.MULTILINE)
_CALLED = re.compile(r"[\s`*_]*(?:[A-Za-z]{2,12}[-_ #]*|#)?(?P<number>\d{1,9})[\s`*_]*\Z")


@dataclass(frozen=True, slots=True)
class Number:
    """Where the digits stand, and what the whole name means there; `title`: as titles do."""

    start: int
    end: int
    found: Resolution
    title: bool = False


def numbers(snapshot: Snapshot, page: Page, wanted: Collection[int]) -> Iterator[Number]:
    """Every place whose number is wanted, and means some record."""
    labels = definitions(page)
    for first, last in page.parts:
        if page.markdown:
            yield from _worded(snapshot, page, first, last, labels, wanted)
            yield from _rows(snapshot, page, first, last, wanted)
        for found in _KEY.finditer(page.text.content, first, last):
            if int(found["number"]) in wanted:
                meant = _meant(snapshot, page, found, labels)
                if meant and meant.records:
                    yield Number(*found.span("number"), meant)
            yield from _others(snapshot, page, found.end(), last, _SLASH, wanted)
        for found in _SEVERAL.finditer(page.text.content, first, last):
            yield from _others(snapshot, page, found.end(), last, _NEXT, wanted)


def _others(
    snapshot: Snapshot,
    page: Page,
    at: int,
    last: int,
    joint: re.Pattern[str],
    wanted: Collection[int],
) -> Iterator[Number]:
    """`ADRs 12 and 13`, `ADR-12/13`: the numbers that follow."""
    content = page.text.content
    if joint is _SLASH:
        following = joint.match(content, at, last)
        at = following.end() if following else last
    while found := _NUMBER.match(content, at, last):
        if int(found["number"]) in wanted:
            meant = named(snapshot, f"ADR-{found['number']}", None, page.path)
            if meant.records:
                yield Number(*found.span("number"), meant)
        following = joint.match(content, found.end(), last)
        at = following.end() if following else last


def _meant(
    snapshot: Snapshot, page: Page, found: re.Match[str], labels: dict[str, str]
) -> Resolution | None:
    content, number, end = page.text.content, int(found["number"]), found.end()
    own = snapshot.log.records.get(page.path)
    if own and own.number == number and own.title_range.contains(page.text.position(end)):
        return Resolution((own,), own)  # a title names its own record, whatever others are called
    before = content[max(0, found.start() - 300) : found.start()]
    log = _LOG.search(before) if before.endswith("/") else None
    if before.endswith("/") and log is None:
        return None
    key = (log.group() if log else "") + re.sub(r"[ _#]+", "-", found["key"])
    meant = named(snapshot, key, _id_behind(snapshot, content, end), page.path)
    if content[end : end + 1] == "-" and content[end + 1 : end + 2].isalpha():
        return meant if _goes_on(content, end, meant) else None
    link = _BEHIND.match(content, end) if page.markdown and not log else None
    target = way(link) or labels.get((link["label"] or "").lower()) if link else None
    begins = before.rstrip("*_`").endswith("[")
    return _through_link(snapshot, page, target, number, meant, begins) if target else meant


def _goes_on(content: str, end: int, meant: Resolution) -> bool:
    """Whether what follows a key is the rest of the record's own name."""
    rests = (record.stem.rpartition(str(record.number))[2] for record in meant.records)
    return any(rest and content.startswith(rest, end) for rest in rests)


def _through_link(
    snapshot: Snapshot, page: Page, target: str, number: int, meant: Resolution, begins: bool
) -> Resolution | None:
    """A key in a link's words is what the link leads to, if that has the key's number, and if the
    words begin with it."""
    record = linked(snapshot, page.path, target)
    if record and record.number != number:
        return None if begins else meant
    if record:
        return Resolution((record,), record)
    stem = stem_of(target.partition("#")[0].rstrip("/"))
    same = any(each.stem == stem for each in meant.records)
    return meant if same or stem.isdigit() or number_of(stem) != number else None


@lru_cache(maxsize=16)
def _id(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(id_pattern(prefixes))


def _id_behind(snapshot: Snapshot, content: str, at: int) -> str | None:
    """The id that stands behind a key: it tells which of two records of one number is meant."""
    if content[at : at + 1] not in ("/", "#"):
        return None
    found = _id(snapshot.config.prefixes).match(content, at + 1)
    return found.group() if found else None


def _worded(
    snapshot: Snapshot,
    page: Page,
    first: int,
    last: int,
    labels: dict[str, str],
    wanted: Collection[int],
) -> Iterator[Number]:
    """Links whose words begin with the number of the record that they lead to."""
    content = page.text.content
    for form in (_LINK, _ANCHOR):
        for found in form.finditer(content, first, last):
            label = found.groupdict().get("label")
            target = way(found) or labels.get((label or found["text"]).lower(), "")
            record = linked(snapshot, page.path, target)
            if record and record.number in wanted:
                place = _begins(found["text"], record)
                if place:
                    start = found.start("text")
                    meant = Resolution((record,), record)
                    yield Number(start + place[0], start + place[1], meant, title=True)


def _begins(words: str, record: Record) -> tuple[int, int] | None:
    """Where words give a record's number: alone, as a title does, or before that very title."""
    alone = _CALLED.match(words)
    if alone and int(alone["number"]) == record.number:
        return alone.span("number")
    place = number_form(record.number or 0).search(words)
    if place is None:
        return None
    if title_parts(words.strip())[0] == record.number:
        return place.span()
    rest = words[place.end() :].strip().lower()
    bare = not words[: place.start()].strip() and record.title
    return place.span() if bare and rest[:12] == record.title.lower()[:12] else None


def _rows(
    snapshot: Snapshot, page: Page, first: int, last: int, wanted: Collection[int]
) -> Iterator[Number]:
    """Rows of tables whose first cell is the number of a record that they link to."""
    for found in _ROW.finditer(page.text.content, first, last):
        number = int(found["number"])
        if number in wanted:
            links = _LINK.finditer(found["rest"])
            records = (linked(snapshot, page.path, way(link)) for link in links)
            record = next((r for r in records if r and r.number == number), None)
            if record:
                yield Number(*found.span("number"), Resolution((record,), record))
