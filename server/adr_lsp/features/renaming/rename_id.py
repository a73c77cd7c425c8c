"""Gives an invariant another id, in its record and wherever it is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from adr_lsp.decision_log import Resolution
from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.features.renaming.anchors import Anchor, anchored, slug
from adr_lsp.features.renaming.identifiers import SUFFIXES, identifier_ids
from adr_lsp.features.renaming.ids import ids
from adr_lsp.features.renaming.model import NOT_READ, Renaming, Unclear
from adr_lsp.features.renaming.pages import Unread, pages
from adr_lsp.features.renaming.settings import baseline_renamed
from adr_lsp.features.renaming.settled import settled
from adr_lsp.record import Invariant, Record
from adr_lsp.record.declaration import id_pattern
from adr_lsp.record.model import Form
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import NOWHERE, Edit, Position, Range


def rename_id(
    snapshot: Snapshot, record: Record, invariant: Invariant, new: str
) -> Renaming | Refusal:
    """Every edit that the new id asks for; refuses one that is taken or is no id."""
    old = invariant.id
    if old is None:
        return Refusal("an invariant without an id has no name to change; assign one first")
    if not re.fullmatch(id_pattern(snapshot.config.prefixes), new):
        named = " or ".join(f"{prefix}-7" for prefix in snapshot.config.prefixes)
        return Refusal(f"`{new}` is no id; one looks like {named}")
    taken = [other.id for other in record.invariants if other.id and other.id != old]
    alike = next((id for id in taken if _plain(id) == _plain(new)), None)
    if new == old or alike:
        return Refusal(f"{snapshot.log.key(record)} has an invariant {alike or new} already")
    if sum(other.id == old for other in record.invariants) > 1:
        return Refusal(f"{snapshot.log.key(record)} declares {old} twice; mend that first")
    return settled(_found(snapshot, record, invariant, new))


def _plain(id: str) -> str:
    """What a reader takes for the same id: `INV-07` and `INV-7`."""
    return re.sub(r"-0+(?=\d)", "-", id).upper()


def _found(
    snapshot: Snapshot, record: Record, invariant: Invariant, new: str
) -> Iterator[Edit | Unclear]:
    old = invariant.id or ""
    yield Edit(record.path, invariant.id_range, new)
    for path, references in snapshot.references.by_path.items():
        for reference in references:
            if reference.id == old and reference.form != "identifier":
                meant = snapshot.log.resolve(reference.key, old, path)
                place = _tail(reference.range, len(old))
                yield from _decided(path, place, meant, record, old, new)
    anchors = _anchors(record, invariant, new)
    wanted = partial(_wanted, (old.encode(), old.replace("-", "_").encode()))
    for page in pages(snapshot, bool, wanted):
        if isinstance(page, Unread):
            yield from _unread(snapshot, record, old, page)
            continue
        for name in (*ids(snapshot, page, old), *identifier_ids(snapshot, page, old)):
            place = page.text.range(name.start, name.end)
            written = page.text.content[name.start : name.end]
            spelled = new if written == old else _as_identifier(new, written)
            yield from _decided(page.path, place, name.found, record, written, spelled)
        for name in ids(snapshot, page.hidden, old):
            if name.found.record is record:
                place = page.text.range(name.start, name.end)
                yield Unclear(page.path, place, old, NOT_READ)
        for each in anchored(snapshot, page, anchors):
            yield Edit(page.path, page.text.range(each.start, each.end), each.new or "")
    yield from baseline_renamed(snapshot, record, old, new)


def _wanted(signs: tuple[bytes, bytes], path: str, raw: bytes) -> bool:
    if signs[0] in raw:
        return True
    lowered = raw.lower() if path.endswith((*SUFFIXES, ".md", ".mdx")) else b""
    return signs[1].lower() in lowered or signs[0].lower() in lowered


def _as_identifier(new: str, like: str) -> str:
    written = new.replace("-", "_")
    return written.lower() if like.islower() else written


def _decided(
    path: str, place: Range, meant: Resolution, record: Record, old: str, new: str
) -> Iterator[Edit | Unclear]:
    if meant.record is record:
        yield Edit(path, place, new)
    elif meant.ambiguous and record in meant.records:
        yield Unclear(path, place, old)


def _tail(range: Range, length: int) -> Range:
    """The id at the end of a reference."""
    end = range.end
    return Range(Position(end.line, end.column - length), end)


def _anchors(record: Record, invariant: Invariant, new: str) -> dict[str, Anchor]:
    """That of a heading which declares the invariant."""
    if invariant.form is not Form.HEADING or not invariant.id:
        return {}
    line = record.text.line(invariant.id_range.start.line).strip("# \t")
    changed = line.replace(invariant.id, new, 1)
    return {record.path: Anchor(slug(line), slug(changed))}


def _unread(snapshot: Snapshot, record: Record, old: str, page: Unread) -> Iterator[Unclear]:
    """A file that names the invariant in full and cannot be changed."""
    raw = snapshot.tree.read(page.path) or b""
    key = rf"ADR[-_ ]?0*{record.number}" if record.number is not None else re.escape(record.stem)
    found = re.search(rf"\b(?:{key}|{re.escape(record.stem)})[/#]{old}(?![\w-])".encode(), raw)
    if found:
        yield Unclear(page.path, NOWHERE, found.group().decode(), page.reason)
