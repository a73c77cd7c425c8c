"""An invariant that moves to another record: its declaration there, in its author's own words."""

from __future__ import annotations

import re
import textwrap

from adr_lsp.features.authoring.rebased import rebased
from adr_lsp.record import Form, Invariant, Record
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Position, Range

_INDENT = "  "
_HASHES = re.compile(r"\s*(#+)")
_CLOSING = re.compile(r"\s+#*\s*\Z")
_UNDERLINE = re.compile(r"\s*(?:=+|-+)\s*")
_LINE_END = re.compile(r"\r\n|\n|\r")


def form_of(old: Invariant, new: Record) -> Form:
    """The form that the successor's section has; else a heading stays one, all else is an item."""
    if not new.invariant_sections:
        return Form.HEADING if old.form is Form.HEADING else Form.ITEM
    body = new.invariant_sections[0].section.body
    inside = [i for i in new.invariants if i.id and body.contains(i.range.start)]
    if not inside:
        return Form.ITEM
    return Form.ITEM if inside[-1].form is Form.ROW else inside[-1].form


def carried(
    snapshot: Snapshot, old: Record, invariant: Invariant, new: Record, id: str, form: Form
) -> str:
    """The blocks that declare it in the successor, with all that they said."""
    first, rest = _content(snapshot, old, invariant, new)
    rest += _of_the_record(snapshot, old, invariant, new, parted=form is not Form.ITEM)
    about = ", ".join(part for part in (invariant.pattern or "", _needs(invariant)) if part)
    about = f" *({about})*" if about else ""
    if form is Form.HEADING:
        lines = _below_heading(new, id, about, first, rest, titled=invariant.form is Form.HEADING)
    elif form is Form.PARAGRAPH:
        lines = [f"**{id}**{about}: {first}".rstrip(), *rest]
    else:
        lines = [f"- **{id}**{about}: {first}".rstrip(), *(_INDENT + line for line in rest)]
    return new.text.line_end.join(line.rstrip() if not line.strip() else line for line in lines)


def _needs(invariant: Invariant) -> str:
    return f"needs: {'|'.join(invariant.needs)}" if invariant.needs else ""


def _below_heading(
    new: Record, id: str, about: str, first: str, rest: list[str], *, titled: bool
) -> list[str]:
    """A heading with the title that it had; words of another form stand below it."""
    level = "#" * _level(new)
    if titled:
        return [f"{level} {id}{about}{f': {first}' if first else ''}", *rest]
    return [f"{level} {id}{about}", "", first, *rest]


def _level(new: Record) -> int:
    """That of the headings beside it, else one below the section's."""
    for invariant in reversed(new.invariants):
        if invariant.form is Form.HEADING:
            hashes = _HASHES.match(new.text.line(invariant.range.start.line))
            return len(hashes[1]) if hashes else 2
    sections = new.invariant_sections
    return min(6, (sections[0].section.level if sections else 2) + 1)


def _content(
    snapshot: Snapshot, old: Record, invariant: Invariant, new: Record
) -> tuple[str, list[str]]:
    """The first line behind the id, and the lines below it at no indent."""
    if invariant.form is Form.ROW:
        return _cell(snapshot, old, invariant, new)
    place = invariant.range
    begins_here = invariant.statement_range.start.line == place.start.line
    begin = invariant.statement_range.start if invariant.statement and begins_here else place.start
    first, *rest = _LINE_END.split(_between(snapshot, old, invariant, new, begin, place.end))
    if invariant.form is Form.HEADING:
        first = _CLOSING.sub("", first)
        rest = rest[1:] if rest and _UNDERLINE.fullmatch(rest[0]) else rest
    rest = textwrap.dedent("\n".join(rest)).split("\n") if rest else []
    if begin is not place.start:
        return first, rest
    if invariant.form is Form.HEADING or not rest:
        return "", rest
    return rest[0], rest[1:]


def _cell(
    snapshot: Snapshot, old: Record, invariant: Invariant, new: Record
) -> tuple[str, list[str]]:
    """A row's statement; its other cells become lines below it."""

    def written(place: Range) -> str:
        words = _between(snapshot, old, invariant, new, place.start, place.end)
        return " ".join(words.split()).replace("\\|", "|")

    lines = _verified_by([written(verifier.range) for verifier in invariant.verified_by])
    lines += [f"- Target: `{target.text}`" for target in invariant.targets]
    return written(invariant.statement_range), lines


def _of_the_record(
    snapshot: Snapshot, old: Record, invariant: Invariant, new: Record, *, parted: bool
) -> list[str]:
    """What verifies all of the record's invariants, which stands at none of them."""
    places = [verifier.range for verifier in old.verified_by]
    words = [_between(snapshot, old, invariant, new, p.start, p.end) for p in places]
    lines = _verified_by(words)
    return ["", *lines] if parted and lines else lines


def _verified_by(named: list[str]) -> list[str]:
    named = [words if words.startswith(("[", "`")) else f"`{words}`" for words in named]
    return [f"- Verified by: {', '.join(named)}"] if named else []


def _between(
    snapshot: Snapshot,
    old: Record,
    invariant: Invariant,
    new: Record,
    start: Position,
    end: Position,
) -> str:
    offset = old.text.offset
    return rebased(snapshot, old, invariant, new, offset(start), offset(end))
