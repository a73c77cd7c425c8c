"""What must follow when files move: links to them, their own links, their keys wherever those are
named."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial

from adr_lsp.features.renaming.anchors import Anchor, anchored, title_anchors
from adr_lsp.features.renaming.digits import Digits, digits_of
from adr_lsp.features.renaming.identifiers import identifier_numbers
from adr_lsp.features.renaming.model import NOT_READ, SEVERAL, Found, Renaming, Unclear
from adr_lsp.features.renaming.modules import modules_followed
from adr_lsp.features.renaming.names import is_template
from adr_lsp.features.renaming.numbers import numbers
from adr_lsp.features.renaming.own import bare_numbers, own_number
from adr_lsp.features.renaming.pages import MARKDOWN, Page, Unread, pages
from adr_lsp.features.renaming.paths import Meant, Moves, anew, moves_of, of_records
from adr_lsp.features.renaming.settings import (
    baseline_followed,
    globs_followed,
    renumbered,
    since_followed,
)
from adr_lsp.features.renaming.settled import settled
from adr_lsp.features.renaming.slugs import slugs
from adr_lsp.features.renaming.targets import mentioned, retargeted
from adr_lsp.record import Record
from adr_lsp.record.key import stem_of
from adr_lsp.snapshot import Snapshot, verifier_path
from adr_lsp.text import NOWHERE, Edit

_PLAIN = re.compile(r"[A-Za-z0-9.-]+")
MANY = 40  # names are looked for one by one up to here
_EXAMPLE = "is in a template"


def files_moved(snapshot: Snapshot, files: Mapping[str, str]) -> Renaming:
    """The edits that follow when files are renamed; the renamings themselves are not among them."""
    moves = moves_of(snapshot, {old: new for old, new in files.items() if old != new})
    new_numbers = renumbered(snapshot, moves.files)
    return settled(_followed(snapshot, moves, new_numbers))


def _followed(
    snapshot: Snapshot, moves: Moves, new_numbers: Mapping[str, int]
) -> Iterator[Edit | Unclear]:
    records = snapshot.log.records
    digits = {path: digits_of(snapshot, records[path]) for path in new_numbers}
    anchors: dict[str, Anchor] = {}
    for path, new in new_numbers.items():
        own = list(own_number(records[path], digits[path], new))
        anchors |= title_anchors(records[path], own)
        yield from own
        yield from bare_numbers(snapshot, records[path], digits[path], new)
        yield from since_followed(snapshot, records[path], new)
    yield from baseline_followed(snapshot, moves.files)
    yield from globs_followed(snapshot, moves.files)
    yield from modules_followed(snapshot, moves.files)
    for path in moves.files:
        if path in records and posixpath.dirname(path) != posixpath.dirname(moves.after(path)):
            yield from _own_verifiers(snapshot, moves, records[path])
    narrow = of_records(moves)
    for page in pages(snapshot, partial(_looks, narrow), _wanted(moves, new_numbers)):
        if isinstance(page, Unread):
            yield from _unread(snapshot, moves, new_numbers, page)
        else:
            meant = moves if page.markdown else narrow
            yield from _placed(page, _in(page, meant, anchors, digits, new_numbers))


def _looks(narrow: Moves, path: str) -> bool:
    """Where other files than records move, only Markdown follows."""
    return bool(narrow.names) or path.endswith(MARKDOWN)


def _in(
    page: Page,
    moves: Moves,
    anchors: Mapping[str, Anchor],
    digits: Mapping[str, Digits],
    new_numbers: Mapping[str, int],
) -> Iterator[Found]:
    """All that follows in a page: what is surest first."""
    content = page.text.content
    if page.path in moves.files or len(moves.names) > MANY or _any(moves.names, content):
        yield from retargeted(moves, page)
        yield from mentioned(moves, page)
    yield from anchored(moves.snapshot, page, anchors)
    old = {moves.snapshot.log.records[path].number or 0 for path in new_numbers}
    if len(old) > MANY or any(str(number) in content for number in old):
        yield from slugs(moves.snapshot, page, digits, new_numbers)
        yield from _numbers(moves.snapshot, page, digits, new_numbers, old)


def _any(names: Iterable[str], content: str) -> bool:
    return "%" in content or any(_plain(name) in content for name in names)


def _plain(name: str) -> str:
    """The longest part of a name that is spelled alike wherever it stands."""
    return max(_PLAIN.findall(name), key=len, default="")


def _placed(page: Page, found: Iterable[Found]) -> Iterator[Edit | Unclear]:
    for each in found:
        place = page.text.range(each.start, each.end)
        if each.new is None:
            yield Unclear(page.path, place, page.text.content[each.start : each.end], each.reason)
        else:
            yield Edit(page.path, place, each.new)


def _numbers(
    snapshot: Snapshot,
    page: Page,
    digits: Mapping[str, Digits],
    new_numbers: Mapping[str, int],
    old: Collection[int],
) -> Iterator[Found]:
    """Every place that names a record by its old number."""
    example = is_template(snapshot, page.path)
    content = page.text.content
    filled = {path: each.filled_in(content) for path, each in digits.items()}
    found = (*numbers(snapshot, page, old), *identifier_numbers(snapshot, page, old))
    for name in found:
        record = name.found.record
        if record and record.path in new_numbers and not example:
            habit, written = digits[record.path], content[name.start : name.end]
            fills = habit.titles if name.title else filled[record.path]
            new = habit.like(written, new_numbers[record.path], filled=fills)
            yield Found(name.start, name.end, new)
        elif any(each.path in new_numbers for each in name.found.records):
            yield Found(name.start, name.end, None, _EXAMPLE if example else SEVERAL)
    for name in numbers(snapshot, page.hidden, old):
        if name.found.record and name.found.record.path in new_numbers:
            yield Found(name.start, name.end, None, NOT_READ)


def _own_verifiers(snapshot: Snapshot, moves: Moves, record: Record) -> Iterator[Edit]:
    """`Verified by` and `Applies to`, where they are written as seen from the record."""
    every = [*record.verified_by, *(v for i in record.invariants for v in i.verified_by)]
    for verifier in every:
        path = verifier_path(snapshot, record, verifier)
        if path and posixpath.normpath(verifier.path) != path:
            new = anew(moves, Meant(path), verifier.path, record.path, plain=False)
            yield from _within(record, verifier.range.start, verifier.path, new)
    for glob in (*record.applies_to, *(g for i in record.invariants for g in i.applies_to)):
        if glob.text.startswith(("./", "../")):
            meant = posixpath.normpath(posixpath.join(posixpath.dirname(record.path), glob.text))
            folder = posixpath.dirname(moves.after(record.path)) or "."
            way = posixpath.relpath(meant, folder)
            new = way if way.startswith("..") else f"./{way}"
            yield from _within(record, glob.range.start, glob.text, new)


def _within(record: Record, start: object, written: str, new: str | None) -> Iterator[Edit]:
    at = record.text.content.find(written, record.text.offset(start))  # type: ignore[arg-type]
    if at >= 0 and new and new != written:
        yield Edit(record.path, record.text.range(at, at + len(written)), new)


def _wanted(moves: Moves, new_numbers: Mapping[str, int]) -> Callable[[str, bytes], bool]:
    """Whether a file may name what moves, or is to be read since it moves itself."""
    return partial(_holds, moves.files, _signs(moves, bool(new_numbers)))


def _signs(moves: Moves, numbered: bool) -> tuple[bytes, ...] | None:
    """None where all files are to be read."""
    if len(moves.names) > MANY:
        return None
    names = {_plain(name).lower().encode() for name in moves.names}
    return (*sorted(names), *((b"adr",) if numbered else ()))


def _holds(
    files: Mapping[str, str], signs: tuple[bytes, ...] | None, path: str, raw: bytes
) -> bool:
    if signs is None or path in files or (b"%" in raw and path.endswith(MARKDOWN)):
        return True
    folded = raw.lower()
    return any(sign in folded for sign in signs)


def _unread(
    snapshot: Snapshot, moves: Moves, new_numbers: Mapping[str, int], page: Unread
) -> Iterator[Unclear]:
    """A file that names a record and cannot be changed."""
    raw = snapshot.tree.read(page.path) or b""
    for path in moves.files:
        record = snapshot.log.records.get(path)
        name = (record.stem if record else posixpath.basename(path)).encode()
        number = record.number if record and path in new_numbers else None
        key = rf"|\bADR[-_ ]?0*{number}(?!\d)".encode() if number is not None else b""
        form = re.compile(rb"(?<![\w.-])" + re.escape(name) + rb"(?![\w-])" + key)
        found = form.search(raw)
        if found and stem_of(path) != stem_of(moves.files[path]):
            yield Unclear(page.path, NOWHERE, found.group().decode(), page.reason)
