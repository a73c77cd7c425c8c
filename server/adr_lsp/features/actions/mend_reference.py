"""Mend a reference to an invariant that does not exist: a near id, or create it."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.features.actions.action import Action, Asked
from adr_lsp.features.actions.promote import declaration
from adr_lsp.features.fixes.references import nearest, slip
from adr_lsp.text import Edit


def actions(asked: Asked) -> Iterator[Action]:
    """What a slip of the pen means is the finding's fix; here is what else is near."""
    source = asked.snapshot.sources.get(asked.path)
    findings = asked.of("ADL202")
    if source is None or not findings:
        return
    for reference in source.references:
        mended = tuple(f for f in findings if f.range.overlaps(reference.range))
        if mended and reference.id and reference.range.overlaps(asked.range):
            fixed = slip(asked.snapshot, reference, asked.path)
            near = nearest(asked.snapshot, reference, asked.path)
            for name in (name for name in near if name != fixed):
                edit = Edit(asked.path, reference.range, name)
                yield Action(f"Replace by {name}", "quickfix", (edit,), mended)
            record = asked.snapshot.log.resolve(reference.key, None, asked.path).record
            if record:
                edit = declaration(record, f"- **{reference.id}**: ")
                title = f"Create {reference.id} in {asked.snapshot.log.key(record)}"
                yield Action(title, "quickfix", (edit,), mended)
