"""In a record: keys of other records and of their invariants, bare and as links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from adr_lsp.features.authoring.link import link, target
from adr_lsp.features.completion.model import Completion, Kind, Spot, like
from adr_lsp.features.completion.near import invariant_keys, near_records, told
from adr_lsp.record import Record

_LINKED = re.compile(r"\]\((?P<typed><?[^()\s<>]*)\Z")
_BRACKET = re.compile(r"(?<![\]\w])\[(?P<typed>[\w/ .-]*)\Z")
_LABEL = re.compile(
    r"(?:super[sc]e+ded[ -]by|replaced[ -]by|super[sc]edes|replaces|obsoletes|amends|amended[ -]by"
    r"|relates[ -]to|depends[ -]on)[*_]{0,2}\s*:?[*_]{0,2}\s*(?P<typed>[\w-]*)\Z",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?<![\w/.-])(?P<typed>(?:[\w.-]+/)*(?:[A-Za-z]+-)*ADR-?[\w/-]*)\Z", re.I)
_STEM = re.compile(r"(?<![\w/.-])(?P<typed>[\w-]{3,}/(?:[A-Z][\w-]*)?)\Z")


def keys(spot: Spot) -> Iterable[Completion] | None:
    """What names a record or an invariant at a place; None where nothing is to be named."""
    if found := _LINKED.search(spot.before):
        return _targets(spot, found["typed"])
    if found := _BRACKET.search(spot.before):
        return _links(spot, found["typed"], brackets=True)
    if found := _LABEL.search(spot.before):
        return _links(spot, found["typed"], brackets=False)
    if found := _BARE.search(spot.before):
        return bare_keys(spot, found["typed"])
    found = _STEM.search(spot.before)
    key = found["typed"].rpartition("/")[0] if found else ""
    return bare_keys(spot, found["typed"]) if found and spot.snapshot.log.named(key) else None


def front_keys(spot: Spot) -> Iterable[Completion] | None:
    """The same in front matter, where no links stand."""
    found = _LABEL.search(spot.before)
    return _others(spot, found["typed"]) if found else None


def bare_keys(spot: Spot, typed: str) -> Iterator[Completion]:
    """Records, or behind the slash the invariants of one; found as they are written here."""
    key = typed.rpartition("/")[0]
    records = spot.snapshot.log.named(key) if key else ()
    if records:
        yield from invariant_keys(spot, typed, list(records))
        return
    yield from _others(spot, typed)
    yield from invariant_keys(spot, typed, near_records(spot.snapshot, spot.path))


def _others(spot: Spot, typed: str) -> Iterator[Completion]:
    for record in near_records(spot.snapshot, spot.path):
        key = spot.snapshot.log.key(record)
        if record.path != spot.path and like(typed, f"{key} {record.title}"):
            yield _record(spot, typed, key, key, record)


def _links(spot: Spot, typed: str, *, brackets: bool) -> Iterator[Completion]:
    whole = f"[{typed}" if brackets else typed
    for record in near_records(spot.snapshot, spot.path):
        key = spot.snapshot.log.key(record)
        if record.path != spot.path and like(typed, f"{key} {record.title}"):
            text = link(key, spot.path, record.path)
            made = _record(spot, typed, key, text, record)
            at = spot.typed_and_closed(whole) if brackets else spot.typed(whole)
            fits = f"[{made.fits}" if brackets else made.fits
            yield Completion(key, made.text, at, made.kind, made.detail, made.documentation, fits)


def _targets(spot: Spot, typed: str) -> Iterator[Completion]:
    for record in near_records(spot.snapshot, spot.path):
        there = target(spot.path, record.path)
        if record.path != spot.path and like(typed, f"{there} {record.title}"):
            yield _record(spot, typed, there, there, record)


def _record(spot: Spot, typed: str, label: str, text: str, record: Record) -> Completion:
    fits = label if like(typed, label) else f"{label} {record.title}"
    detail = record.title or record.stem
    at = spot.typed(typed)
    return Completion(label, spot.gap + text, at, Kind.RECORD, detail, told(record), fits)
