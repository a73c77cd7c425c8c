"""What stands under the cursor: an invariant, a record or a test, and how it stands."""

from __future__ import annotations

import re

from adr_lsp.evidence.model import Verdict
from adr_lsp.features.evidence_text import run_line, spans
from adr_lsp.features.formats.escape import safe
from adr_lsp.features.place import Place, place_at
from adr_lsp.features.verdict_label import counted
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot, Standing, invariants_of, standing
from adr_lsp.snapshot.counterexamples import on_lines
from adr_lsp.text import Position, Range
from adr_lsp.value import dataclass

_SPECIAL = re.compile(r"([\\`*_\[\]<>~&])")
LONGEST = 4000
LONGEST_EXAMPLE = 2500
MOST_FILES = 8


@dataclass(frozen=True, slots=True)
class Hover:
    """Markdown without links, images or HTML."""

    range: Range
    markdown: str


def hover(snapshot: Snapshot, path: str, position: Position) -> Hover | None:
    place = place_at(snapshot, path, position)
    parts = _parts(snapshot, place, path) if place else []
    if place is None or not parts:
        return None
    return Hover(_under(place, position), "\n\n---\n\n".join(parts)[:LONGEST])


def _under(place: Place, position: Position) -> Range:
    """The part of the text that is meant around the cursor: editors drop a hover beside it."""
    ranges = [place.range]
    if place.invariant:
        ranges += [place.invariant.statement_range, place.invariant.range]
    return next((range for range in ranges if range.contains(position)), place.range)


def _parts(snapshot: Snapshot, place: Place, path: str) -> list[str]:
    """Away from its record, an invariant is shown with the record that it is of."""
    if place.record and place.invariant:
        of = [] if place.record.path == path else [_of_record(place.record)]
        return ["\n\n".join([invariant_markdown(snapshot, place.record, place.invariant), *of])]
    if place.record:
        return [_record(snapshot, place.record)]
    if place.source and place.test:
        return [
            f"{invariant_markdown(snapshot, record, invariant)}\n\n{_of_record(record)}"
            for record, invariant in invariants_of(snapshot, place.source.path, place.test.name)
        ]
    return []


def invariant_markdown(snapshot: Snapshot, record: Record, invariant: Invariant) -> str:
    """Statement, verdict, tests, counterexample, changes, run and covered lines."""
    stands = standing(snapshot, record, invariant)
    key = snapshot.log.invariant_key(invariant) or f"{snapshot.log.key(record)} (no id)"
    pattern = f" ({invariant.pattern})" if invariant.pattern else ""
    return "\n\n".join(
        [
            f"**{escaped(key)}**{escaped(pattern)}: {escaped(invariant.statement)}",
            f"**{stands.verdict}**{_why(stands)}",
            *_details(snapshot, stands),
        ]
    )


def _why(stands: Standing) -> str:
    said = [counted(stands)] if stands.tests else []
    said += [stands.reason] if stands.reason and stands.verdict is not Verdict.PASSED else []
    return f": {escaped('; '.join(said))}" if said else ""


def _details(snapshot: Snapshot, stands: Standing) -> list[str]:
    parts = []
    if stands.counterexample:
        shown = on_lines(stands.counterexample, LONGEST_EXAMPLE)
        parts.append(f"Counterexample:\n\n{_fenced(shown)}")
    if stands.tests:
        rows = (f"- {_code(f'{t.path}::{t.name}')}: {t.outcome}" for t in stands.tests)
        parts.append("\n".join(rows))
    if stands.changes:
        parts.append("\n".join(f"- changed: {escaped(change)}" for change in stands.changes))
    if stands.covered:
        files = list(stands.covered.items())
        rows = (f"- covered: {_code(path)} {spans(lines)}" for path, lines in files[:MOST_FILES])
        parts.append("\n".join(rows))
    if stands.run:
        parts.append(f"Last run: {escaped(run_line(snapshot, stands.run))}")
    return parts


def _of_record(record: Record) -> str:
    said = escaped(record.status_text or record.status)
    return f"From: {escaped(record.title or record.stem)} ({said})"


def _record(snapshot: Snapshot, record: Record) -> str:
    status = record.status_text or record.status
    count = len(record.invariants)
    promises = f"{count} invariant" if count == 1 else f"{count} invariants"
    title = escaped(record.title or record.stem)
    return f"**{escaped(snapshot.log.key(record))}** {title}\n\n{escaped(status)}, {promises}"


def escaped(content: str) -> str:
    """Text that Markdown shows as it is, inside a line."""
    return _SPECIAL.sub(r"\\\1", safe(content))


def _code(content: str) -> str:
    return f"`{safe(content).replace('`', chr(0x2018))}`"


def _fenced(content: str) -> str:
    lines = "\n".join(safe(line) for line in content.splitlines())
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", lines)), default=0))
    return f"{fence}text\n{lines}\n{fence}"
