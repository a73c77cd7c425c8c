"""What a change does, one line each: for terminals as they are, for Markdown as parts."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.features.delta import Delta, InvariantChange, RecordChange
from adr_lsp.features.formats.escape import safe
from adr_lsp.record import Invariant
from adr_lsp.value import dataclass

LESS, MORE, OTHER = "▼", "▲", "±"


@dataclass(frozen=True, slots=True)
class Line:
    """One change. `texts` are words of the record, the old ones first; `line` counts from 0 and
    is None where the file is gone; `why` is a reason."""

    mark: str
    kind: str
    key: str
    path: str
    line: int | None
    texts: tuple[str, ...] = ()
    why: str = ""


def delta_text(delta: Delta) -> str:
    """Every change, then how many there are."""
    told = (f"{each.mark} {each.key:<20} {_said(each)}" for each in lines(delta))
    return "".join(f"{safe(line)}\n" for line in (*told, summary(delta)))


def _said(line: Line) -> str:
    texts = " → ".join(line.texts)
    why = f": {line.why}" if line.why else ""
    return f"{line.kind}{why}{'  ' + texts if texts else ''}"


def summary(delta: Delta) -> str:
    """`since main: 1 invariant removed, 2 proofs lost; findings: 3 new, 1 gone`."""
    counted = {
        "record* added": delta.added_records,
        "record* removed": delta.removed_records,
        "record* renamed": delta.renamed_records,
        "status* changed": delta.restatused_records,
        "invariant* added": delta.added,
        "invariant* removed": delta.removed,
        "invariant* reworded": delta.reworded,
        "id* changed": delta.renamed,
        "proof* lost": delta.lost,
        "proof* gained": delta.proven,
        "number* taken twice": delta.taken,
    }
    said = ", ".join(_count(len(found), what) for what, found in counted.items() if found)
    findings = f"findings: {len(delta.new)} new, {len(delta.gone)} gone"
    return f"since {delta.name}: {said or 'no record changed'}; {findings}"


def _count(number: int, what: str) -> str:
    plural = "" if number == 1 else "es" if what.startswith("status") else "s"
    return f"{number} {what.replace('*', plural)}"


def lines(delta: Delta) -> Iterator[Line]:
    """Every change of records and invariants, what is worst first."""
    for change in delta.removed:
        yield _invariant(LESS, "invariant removed", change, change.old)
    for lost in delta.lost:
        place, said = lost.invariant.range.start.line, lost.invariant.statement
        yield Line(LESS, f"now {lost.new}", lost.key, lost.path, place, (said,), lost.reason)
    for taken in delta.taken:
        place = taken.record.title_range.start.line
        kind = f"number taken twice since {delta.name}"
        paths = taken.record.path, taken.there.path
        yield Line(LESS, kind, taken.record.key, taken.record.path, place, paths)
    for change in delta.reworded:
        yield _invariant(OTHER, "reworded", change, change.old, change.new)
    for change in delta.renamed:
        if change not in delta.reworded:
            yield _invariant(OTHER, f"was {change.old_key}", change, change.new)
    yield from _records(delta)
    for change in delta.added:
        yield _invariant(MORE, "invariant added", change, change.new)
    for proven in delta.proven:
        place, said = proven.invariant.range.start.line, proven.invariant.statement
        yield Line(MORE, f"now {proven.new}", proven.key, proven.path, place, (said,))


def _records(delta: Delta) -> Iterator[Line]:
    for change in delta.removed_records:
        yield _record(LESS, "record removed", change, change.old.title if change.old else "")
    for change in delta.restatused_records:
        old, new = _status(change)
        yield _record(OTHER, "status", change, old, new)
    for change in delta.renamed_records:
        paths = [record.path for record in (change.old, change.new) if record]
        yield _record(OTHER, "record renamed", change, *paths)
    for change in delta.added_records:
        yield _record(MORE, "record added", change, change.new.title if change.new else "")


def _status(change: RecordChange) -> tuple[str, str]:
    return tuple(  # type: ignore[return-value]
        (record.status_text or record.status.value) if record else ""
        for record in (change.old, change.new)
    )


def _record(mark: str, kind: str, change: RecordChange, *texts: str) -> Line:
    line = change.new.title_range.start.line if change.new else None
    return Line(mark, kind, change.key, change.path, line, texts)


def _invariant(mark: str, kind: str, change: InvariantChange, *told: Invariant | None) -> Line:
    texts = tuple(invariant.statement for invariant in told if invariant)
    line = change.new.range.start.line if change.new else None
    return Line(mark, kind, change.key, change.path, line, texts)
