"""Suppressions that silence nothing (ADL901)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.fixes.batch import keeps_statements
from adr_lsp.features.fixes.fix import Fix, replacing
from adr_lsp.record import Record, Suppression
from adr_lsp.rules.place import within
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Position, Range

_CODE = re.compile(r"`([A-Z]{3}\d{3})`")
_BETWEEN = re.compile(r"[\s,]+(?=[A-Z]{3}\d{3}\b)")
_BEGINS_BLOCK = re.compile(r"\s*(?:[-*+] |#{1,6} |$)")
_MARKS = " \t->*+0123456789.)"


def fixes(snapshot: Snapshot, findings: Iterable[Diagnostic]) -> Iterator[Fix]:
    """The code goes; the whole comment, once no code in it silences anything.

    What begins a line is raw HTML to its end: to take it away would make text of the rest.
    """
    idle: dict[tuple[str, Range], dict[str, Diagnostic]] = {}
    for finding in findings:
        code = _CODE.match(finding.message)
        if code:
            idle.setdefault((finding.path, finding.range), {})[code[1]] = finding
    for (path, place), by_code in idle.items():
        record = snapshot.log.records[path]
        suppression = next((s for s in record.suppressions if s.range == place), None)
        if suppression:
            yield from _without(snapshot, record, suppression, by_code)


def _without(
    snapshot: Snapshot, record: Record, suppression: Suppression, idle: dict[str, Diagnostic]
) -> Iterator[Fix]:
    whole = idle.keys() >= set(suppression.codes)
    for code, finding in idle.items():
        if not whole:
            place = _code(record, suppression, code)
            yield replacing(finding, f"Remove {code} from the suppression", place, "", safe=True)
            continue
        edit = _comment(record, suppression.range)
        if edit:
            fix = replacing(finding, "Remove the unused suppression", *edit, safe=True)
            if keeps_statements(snapshot, record, [fix]):
                yield fix


def _code(record: Record, suppression: Suppression, code: str) -> Range:
    """A code, with what parts it from the next one, or from the one before."""
    comment = record.text.between(suppression.range)
    start = comment.index(code)
    end = start + len(code)
    if follows := _BETWEEN.match(comment, end):
        end = follows.end()
    else:
        start = len(comment[:start].rstrip(" \t\r\n,"))
    return within(record, suppression.range, start, end)


def _comment(record: Record, place: Range) -> tuple[Range, str] | None:
    """What to replace, and by what; None where its absence would change what is read."""
    first, last = place.start.line, place.end.line
    before = record.text.line(first)[: place.start.column]
    after = record.text.line(last)[place.end.column :]
    if before.strip(_MARKS):
        start = Position(first, len(before.rstrip(" \t")))
        end = place.end if after.strip() else Position(last, place.end.column + len(after))
        return Range(start, end), ""
    if after.strip() or before.strip() or last + 1 >= record.text.line_count:
        return None
    above, below = record.text.line(first - 1) if first else "", record.text.line(last + 1)
    if not above.strip() or _BEGINS_BLOCK.match(below):
        return Range(Position(first, 0), Position(last + 1, 0)), ""
    return Range(Position(first, 0), Position(last, len(record.text.line(last)))), ""
