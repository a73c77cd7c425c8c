"""Insert an Invariants section where a decision has none."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.features.actions.action import Action, Asked, insertion
from adr_lsp.features.actions.ids import next_id
from adr_lsp.record import Record, Section
from adr_lsp.text import Position

BEFORE = ("consequences", "more information", "links", "references", "confirmation")


def actions(asked: Asked) -> Iterator[Action]:
    record = asked.snapshot.log.records.get(asked.path)
    findings = asked.of("ADL101")
    if record is None or not findings:
        return
    id = next_id(asked.snapshot, record)
    text = section_text(record, f"- **{id}**: ")
    edit = insertion(record.path, place(record), text)
    yield Action("Insert an Invariants section", "quickfix", (edit,), findings, preferred=True)


def section_text(record: Record, body: str) -> str:
    """An Invariants section with blank lines around it, for insertion at `place`."""
    end = record.text.line_end
    at = place(record)
    lead = "" if at.column == 0 and not record.text.line(at.line - 1).strip() else end
    lead = end + lead if at.column else lead
    level = "#" * _level(record)
    return f"{lead}{level} Invariants{end}{end}{body}{end}" + ("" if at == record.text.end else end)


def _level(record: Record) -> int:
    levels = [section.level for section in record.sections if section.level > 1]
    return min(levels, default=2)


def place(record: Record) -> Position:
    """Before the consequences, else behind the last line."""
    level = _level(record)
    section = next((s for s in record.sections if s.level == level and _follows(s)), None)
    return Position(section.heading.start.line, 0) if section else record.text.end


def _follows(section: Section) -> bool:
    return section.title.strip().lower().rstrip(":") in BEFORE
