"""An invariant that moves to another record: its declaration there, and who names it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from adr_lsp.record import Invariant, Record, Verifier
from adr_lsp.snapshot import Snapshot, verifier_path
from adr_lsp.sources.model import Reference, Source
from adr_lsp.text import Edit, Text


def carried_item(
    snapshot: Snapshot, old: Record, invariant: Invariant, new: Record, id: str
) -> str:
    """The item that declares it in its new record, in the author's own words."""
    about = ", ".join(part for part in (invariant.pattern or "", _needs(invariant)) if part)
    words = " ".join(old.text.between(invariant.statement_range).split())
    lead = f"- **{id}** *({about})*" if about else f"- **{id}**"
    lines = [f"{lead}: {words}"]
    if invariant.verified_by:
        named = ", ".join(_verifier(snapshot, old, v, new) for v in invariant.verified_by)
        lines.append(f"  - Verified by: {named}")
    lines += [f"  - Target: `{target.text}`" for target in invariant.targets]
    lines += [f"  - Applies to: `{glob.text}`" for glob in invariant.applies_to]
    return new.text.line_end.join(lines)


def _needs(invariant: Invariant) -> str:
    return f"needs: {'|'.join(invariant.needs)}" if invariant.needs else ""


def _verifier(snapshot: Snapshot, old: Record, verifier: Verifier, new: Record) -> str:
    """The target as seen from the new record's folder; one that leads nowhere stays as written."""
    path = verifier_path(snapshot, old, verifier)
    folder = posixpath.dirname(new.path) or "."
    shown = posixpath.relpath(path, folder) if path else verifier.path
    if verifier.operator:
        return f"`{shown}!{verifier.operator}`"
    if verifier.name is None:
        return f"`{shown}`"
    target = f"<{shown}>" if any(sign in shown for sign in " ()") else shown
    return f"[`{verifier.name}`]({target})"


def rewritten(
    snapshot: Snapshot, old: Record, new: Record, carried: Mapping[str, str]
) -> Iterator[Edit]:
    """Every reference in code to an invariant that was carried over, under its new name.

    An id without a key takes that of the item before it, so ids behind a rewritten one are
    written in full.
    """
    key = snapshot.log.key(new)
    for path, references in snapshot.references.by_path.items():
        source = snapshot.sources.get(path)
        if source is None or not any(reference.id in carried for reference in references):
            continue
        text = Text(source.text)
        moved = False
        for reference in sorted(references, key=lambda reference: reference.range):
            bare = not set("/#") & set(text.between(reference.range))
            carries = reference.id in carried and _names(snapshot, source, reference, old)
            if carries:
                yield Edit(path, reference.range, f"{key}/{carried[reference.id or '']}")
            elif bare and moved and reference.id:
                yield Edit(path, reference.range, f"{reference.key}/{reference.id}")
            moved = carries or (bare and moved)


def _names(snapshot: Snapshot, source: Source, reference: Reference, old: Record) -> bool:
    found = snapshot.log.resolve(reference.key, reference.id, source.path)
    return found.record is old
