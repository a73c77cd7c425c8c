"""The sections that this log's records have and this one has not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from adr_lsp.features.actions.ids import next_id
from adr_lsp.features.authoring.skeleton import skeleton
from adr_lsp.features.authoring.template import OURS, template
from adr_lsp.features.completion.declarations import declaration
from adr_lsp.features.completion.model import Completion, Kind, Spot, like, literal
from adr_lsp.record import Record, Section, parse
from adr_lsp.record.heading import bare

_HASH = re.compile(r"(?P<typed>#{1,6}[ \t]*[\w ]*)\Z")
INVARIANTS = "Invariants"


def sections(spot: Spot, record: Record) -> Iterable[Completion] | None:
    """Where a heading begins: those of the log's own template, else of its other records."""
    found = _HASH.match(spot.before)
    return _missing(spot, record, found["typed"]) if found and not spot.after.strip() else None


def _missing(spot: Spot, record: Record, typed: str) -> Iterator[Completion]:
    here = {bare(s.title) for s in record.sections if s.heading.start.line != spot.position.line}
    declares = INVARIANTS.lower() in here or record.invariant_sections
    if not declares and _fits(typed, 2, INVARIANTS):
        yield _invariants(spot, record, typed)
    for section in _offered(spot, record):
        if section.level > 1 and bare(section.title) not in here | {INVARIANTS.lower()}:
            here.add(bare(section.title))
            if _fits(typed, section.level, section.title):
                yield _of(spot, typed, section.level, section.title, section.below.strip(), "$0")


def _fits(typed: str, level: int, title: str) -> bool:
    return like("".join(typed.split()), f"{'#' * level}{title}")


def _invariants(spot: Spot, record: Record, typed: str) -> Completion:
    first = declaration(next_id(spot.snapshot, record), snippet=spot.snippets)
    return _of(spot, typed, 2, INVARIANTS, "", f"- {first}")


def _of(spot: Spot, typed: str, level: int, title: str, body: str, begin: str) -> Completion:
    heading, end = f"{'#' * level} {title}", spot.text.line_end
    said = "\n".join(line.rstrip("\r") for line in body.split("\n"))
    fill = f"${{0:{literal(said)}}}" if said and begin == "$0" else begin
    text = f"{literal(heading)}{end * 2}{fill}" if spot.snippets else heading + end * 2
    detail = "a section of this log"
    at = spot.typed(typed)
    return Completion(heading, text, at, Kind.SECTION, detail, fits=heading, snippet=spot.snippets)


def _offered(spot: Spot, record: Record) -> tuple[Section, ...]:
    snapshot, key = spot.snapshot, ("sections", record.log)
    if key not in snapshot.memo:
        written = template(snapshot, record.log)
        others = [r for r in snapshot.log.records.values() if r.log == record.log and r != record]
        text = written if isinstance(written, str) else skeleton(others) or OURS
        snapshot.memo[key] = parse(record.path, text.encode(), log=record.log).sections
    found: tuple[Section, ...] = snapshot.memo[key]
    return found
