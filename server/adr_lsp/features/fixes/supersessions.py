"""Supersessions that only one of two records states (ADL515)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.authoring.relation import relation_edit, relative_link
from adr_lsp.features.authoring.status_line import in_front_matter, status_edit
from adr_lsp.features.fixes.fix import Fix
from adr_lsp.rules.succession import Step, steps_of
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Change, Edit


def fixes(snapshot: Snapshot, findings: Iterable[Diagnostic]) -> Iterator[Fix]:
    """The other record says it too."""
    for finding in findings:
        record = snapshot.log.records[finding.path]
        step = next((s for s in steps_of(snapshot, record) if s.said.range == finding.range), None)
        edit = _edit(snapshot, step) if step else None
        if step and edit:
            other = step.old if step.by is step.new else step.new
            title = f"Say so in {snapshot.log.key(other)}"
            yield Fix(title, Change((edit,)), False, finding)


def _edit(snapshot: Snapshot, step: Step) -> Edit | None:
    """None where who succeeds whom is not beyond doubt: they say both, or the older one names
    another successor."""
    stated = (*steps_of(snapshot, step.old), *steps_of(snapshot, step.new))
    if any(other.old is step.new and other.new is step.old for other in stated):
        return None
    if step.by is step.old:
        return relation_edit(snapshot, step.new, step.old)
    if step.old.superseded_by:
        return None
    key = snapshot.log.key(step.new)
    named = key if in_front_matter(step.old) else relative_link(key, step.old, step.new)
    return status_edit(snapshot, step.old, f"superseded by {named}")
