"""Say, with a reason, that a decision has no invariants."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.features.actions.action import Action, Asked, insertion, line_end
from adr_lsp.features.actions.insert_section import place, section_text

TITLE = "Declare that this decision has no invariants (write the reason)"


def actions(asked: Asked) -> Iterator[Action]:
    record = asked.snapshot.log.records.get(asked.path)
    if record is None:
        return
    missing, empty = asked.of("ADL101"), asked.of("ADL108")
    if missing and not record.invariant_sections:
        edit = insertion(record.path, place(record), section_text(record, "None: "))
        yield Action(TITLE, "quickfix", (edit,), missing)
    elif empty:
        for declared in record.invariant_sections:
            heading = declared.section.heading
            if any(finding.range.overlaps(heading) for finding in empty):
                text = f"{record.text.line_end}{record.text.line_end}None: "
                edit = insertion(record.path, line_end(record, heading.end.line), text)
                yield Action(TITLE, "quickfix", (edit,), empty)
