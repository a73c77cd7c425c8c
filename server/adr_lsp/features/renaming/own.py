"""A record's own number in its title and front matter, and bare numbers in others' fields."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_lsp.features.renaming.digits import Digits, number_form
from adr_lsp.record import Record
from adr_lsp.record.front_matter import front_matter
from adr_lsp.record.key import title_parts
from adr_lsp.record.yaml_value import Value, texts
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Edit

_KEYS = frozenset({"id", "number", "adr", "adr-id", "adr-number", "key", "slug"})
_TITLES = frozenset({"title", "sidebar-label", "label", "name", "nav-title"})
_RELATIONS = frozenset(
    [
        *("relations", "related", "related-to", "relates-to", "relates", "related-adrs", "links"),
        *("amends", "amended-by", "extends", "extended-by", "refines", "refined-by", "see-also"),
        *("depends-on", "required-by", "conflicts-with", "supersedes", "superseded-by", "replaces"),
        *("replaced-by", "obsoletes", "obsoleted-by", "clarifies", "clarified-by"),
    ]
)


def own_number(record: Record, digits: Digits, new: int) -> Iterator[Edit]:
    """In its title, and in the fields that say its key or title."""
    content, number = record.text.content, record.number
    if number is None:
        return
    form = number_form(number)

    def in_title(written: str) -> str:
        return digits.like(written, new, filled=digits.titles)

    start, end = map(record.text.offset, (record.title_range.start, record.title_range.end))
    found = form.search(content, start, end)
    if found:
        bare = record.title_number is None and not content[start : found.start()].strip()
        if record.title_number == number or (bare and content[found.end() : end][:1] == " "):
            yield _edit(record, found.start(), in_title(found.group()))
    for key, value in front_matter(content).fields:
        name = key.text.lower().replace("_", "-")
        found = form.search(content, value.start, value.end)
        first = re.compile(r"\d+").search(content, value.start, value.end)
        if found and name in _KEYS and first and first.start() == found.start():
            filled = digits.stems if record.stem in value.text else digits.titles
            yield _edit(record, found.start(), digits.like(found.group(), new, filled=filled))
        elif found and name in _TITLES and title_parts(value.text)[0] == number:
            yield _edit(record, found.start(), in_title(found.group()))


def _edit(record: Record, start: int, written: str) -> Edit:
    found = re.compile(r"\d+").match(record.text.content, start)
    end = found.end() if found else start
    return Edit(record.path, record.text.range(start, end), written)


def bare_numbers(snapshot: Snapshot, record: Record, digits: Digits, new: int) -> Iterator[Edit]:
    """Other records that name it by its number alone: `superseded by 12`, `amends: [12]`."""
    for other in snapshot.log:
        for start, written in (*_supersessions(other), *_related(other)):
            found = re.search(r"\d+", written)
            meant = snapshot.log.resolve(found.group(), None, other.path) if found else None
            if found and meant and meant.record is record:
                yield _edit(other, start + found.start(), digits.like(found.group(), new))


def _supersessions(record: Record) -> Iterator[tuple[int, str]]:
    for named in (*record.supersedes, *record.superseded_by):
        written = record.text.between(named.range)
        if written.strip("[]() #").isdigit():
            yield record.text.offset(named.range.start), written


def _related(record: Record) -> Iterator[tuple[int, str]]:
    if not record.text.content.startswith("---"):
        return
    for key, value in front_matter(record.text.content).fields:
        if key.text.lower().replace("_", "-") in _RELATIONS:
            each: Value
            for each in texts(value):
                if each.text.strip("# ").isdigit():
                    yield each.start, record.text.content[each.start : each.end]
