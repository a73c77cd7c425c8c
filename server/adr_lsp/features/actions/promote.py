"""Make an invariant of the sentence that the author picked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_lsp.features.actions.action import Action, Asked, insertion, line_end
from adr_lsp.features.actions.ids import next_id
from adr_lsp.features.actions.insert_section import place, section_text
from adr_lsp.features.candidates import as_written, sentences
from adr_lsp.record import Record
from adr_lsp.text import Edit, Range

_BULLET = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
SHORTEST_WORDS = 3


def actions(asked: Asked) -> Iterator[Action]:
    record = asked.snapshot.log.records.get(asked.path)
    if record is None or any(i.range.overlaps(asked.range) for i in record.invariants):
        return
    sentence = picked(record, asked.range)
    if len(sentence.split()) < SHORTEST_WORDS:
        return
    id = next_id(asked.snapshot, record)
    edit = declaration(record, f"- **{id}**: {sentence}")
    yield Action(f"Promote to {id}", "refactor", (edit,))


def picked(record: Record, range: Range) -> str:
    """The selected text, or the sentence at the cursor; without its bullet, on one line."""
    if range.start != range.end:
        return " ".join(_BULLET.sub("", record.text.between(range)).split())
    here = (s for s in sentences(record) if s.range.contains(range.start))
    return next((as_written(record, sentence) for sentence in here), "")


def declaration(record: Record, item: str) -> Edit:
    """The edit that adds an item to the Invariants section, which it makes if there is none."""
    if not record.invariant_sections:
        return insertion(record.path, place(record), section_text(record, item))
    section = record.invariant_sections[0].section
    inside = [i for i in record.invariants if section.body.contains(i.range.start)]
    end = record.text.line_end
    last = inside[-1].extension if inside else None
    if last:
        return insertion(record.path, last, end + item)
    return insertion(record.path, line_end(record, section.heading.end.line), end + end + item)
