"""In code: what a test verifies, and the line that says that it is a sketch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from adr_lsp.features.completion.keys import bare_keys
from adr_lsp.features.completion.model import Completion, Kind, Spot
from adr_lsp.features.completion.near import invariant_keys, near_records, own_ids
from adr_lsp.record import Record
from adr_lsp.sources.model import Source
from adr_lsp.sources.verifies import continues, items

_LEAD = r"[ \t]*(?:#+|//[/!]?|--+|\(\*+|/?\*+|\\\*|;+|\"{3}|'{3})?[ \t]*"
_VERIFIES = re.compile(rf"{_LEAD}verifies\s*:(?P<rest>.*)\Z", re.IGNORECASE)
_MORE = re.compile(rf"{_LEAD}(?P<rest>.*)\Z")
_ITEM = re.compile(r"[^\s,;]*\Z")
_MARKED = re.compile(
    r"(?:\binvariant\([^()\n]*[\"']|[\"'`].*[\[@](?=[A-Z])|^[ \t]*@(?=ADR))(?P<typed>[\w./-]*)\Z"
)
_BARE = re.compile(r"(?:#|//|--|\*|[\"'`@]).*?(?<![\w/.-])(?P<typed>(?:[\w.-]+/)*ADR-[\w/-]*)\Z")
_WORD = re.compile(r"[ \t]*(?:#|//+|--|\*|\\\*|\"{3}|'{3})[ \t]*(?P<typed>[A-Za-z][\w-]*)\Z")
_MOST_LINES = 20
KEYWORDS = (
    ("Verifies: ", "the invariants that this test verifies"),
    ("adr-lsp: scaffold", "a sketch that counts for nothing yet"),
)


def code(spot: Spot, source: Source) -> Iterable[Completion] | None:
    listed = _listed(spot)
    if listed is not None:
        return _verified(spot, listed)
    if found := _MARKED.search(spot.before):
        return invariant_keys(spot, found["typed"], near_records(spot.snapshot, spot.path))
    if found := _BARE.search(spot.before):
        return bare_keys(spot, found["typed"])
    found = _WORD.match(spot.before)
    return _keywords(spot, found["typed"]) if found and source.tests else None


def _listed(spot: Spot) -> str | None:
    """What stands of a `Verifies:` list before the place, in this line and those that go on in
    it; None where none does."""
    here = _VERIFIES.match(spot.before)
    if here:
        return str(here["rest"])
    parts = [spot.before]
    for number in range(spot.position.line - 1, max(-1, spot.position.line - _MOST_LINES), -1):
        line = spot.text.line(number)
        if not continues(line):
            return None
        found = _VERIFIES.match(line)
        if found:
            rests = [_MORE.match(part)["rest"] for part in reversed(parts)]  # type: ignore[index]
            return " ".join((found["rest"], *rests))
        parts.append(line)
    return None


def _verified(spot: Spot, listed: str) -> Iterator[Completion]:
    """First the other invariants of the record that the list named last, then all."""
    typed = _ITEM.search(listed).group()  # type: ignore[union-attr]
    before = listed[: len(listed) - len(typed)]
    named = items(before, 0, "", spot.snapshot.config.prefixes)
    keys = {(item.key, item.id) for item in named}
    record = _record(spot, named[-1].key) if named else None
    if record and "/" not in typed:
        yield from (c for c in own_ids(spot, typed, record) if (named[-1].key, c.label) not in keys)
    records = _near(spot)
    yield from invariant_keys(spot, typed, [r for r in records if r != record or "/" in typed])


def _record(spot: Spot, key: str) -> Record | None:
    return spot.snapshot.log.resolve(key, None, spot.path).record


def _near(spot: Spot) -> list[Record]:
    """Records that the file names already go before all others."""
    references = spot.snapshot.references.by_path.get(spot.path, ())
    named = {found.path for r in references if (found := _record(spot, r.key))}
    return sorted(near_records(spot.snapshot, spot.path), key=lambda r: r.path not in named)


def _keywords(spot: Spot, typed: str) -> Iterator[Completion]:
    for word, detail in KEYWORDS:
        if word.lower().startswith(typed.lower()):
            yield Completion(word.rstrip(), word, spot.typed(typed), Kind.LABEL, detail, fits=word)
