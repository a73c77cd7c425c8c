"""What must follow when a file moves: links to it, its own links, its key wherever it is named."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote, unquote

from adr_lsp.features.baseline_file import renamed as renamed_in_baseline
from adr_lsp.features.renaming.identifiers import number_edits
from adr_lsp.features.renaming.model import Renaming, Unclear
from adr_lsp.features.renaming.names import records
from adr_lsp.features.renaming.pages import MARKDOWN, Page, pages
from adr_lsp.markdown import read
from adr_lsp.record import Record, Verifier
from adr_lsp.record.front_matter import blanked, front_matter
from adr_lsp.record.key import number_of, stem_of
from adr_lsp.snapshot import Snapshot, verifier_path
from adr_lsp.text import NOWHERE, Change, Edit, Range, Text, decode

_OWN_KEY = re.compile(
    r"^(?:id|number|adr|adr[-_]id|adr[-_]number|key)[ \t]*:[^\n]*?(?P<number>\d+)", re.MULTILINE
)


def file_moved(
    snapshot: Snapshot, path: str, new_path: str, moves: Mapping[str, str] | None = None
) -> Renaming:
    """The edits that follow when a file is renamed; the renaming itself is not among them.

    `moves` are all files that are renamed at once, by their old paths.
    """
    moves = {**(moves or {}), path: new_path}
    record = snapshot.log.records.get(path)
    edits: dict[tuple[str, Range], Edit] = {}
    unclear: list[Unclear] = []
    found: list[Edit | Unclear] = [*_links(snapshot, path, moves)]
    if record:
        found += _own_verifiers(snapshot, record, moves)
        found += _names(snapshot, record, new_path)
        found += _settings(snapshot, record, new_path)
    else:
        found += _verifiers(snapshot, path, moves)
    for each in found:
        if isinstance(each, Unclear):
            unclear.append(each)
        elif not any(_overlap(each, other) for other in edits.values()):
            edits[each.path, each.range] = each
    return Renaming(Change(tuple(edits.values())), tuple(unclear))


def _overlap(one: Edit, other: Edit) -> bool:
    return (
        one.path == other.path
        and one.range.start < other.range.end
        and other.range.start < one.range.end
    )


def _links(snapshot: Snapshot, path: str, moves: Mapping[str, str]) -> Iterator[Edit]:
    """Links of Markdown to the file, and its own."""
    name = posixpath.basename(path).encode()
    stem = stem_of(path).encode()
    for page in pages(snapshot, (name, quote(name).encode(), stem, quote(stem).encode())):
        if page.path.endswith(MARKDOWN) and page.path not in moves:
            yield from _retargeted(page, {path: moves[path]}, page.path)
    raw = snapshot.tree.read(path)
    if path.endswith(MARKDOWN) and raw:
        page = Page(path, Text(decode(raw)[0]), ())
        if posixpath.dirname(path) != posixpath.dirname(moves[path]) or len(moves) > 1:
            known = {p: moves.get(p, p) for p in _linked(page) if snapshot.tree.exists(p)}
            yield from _retargeted(page, known, moves[path])


def _retargeted(page: Page, moves: Mapping[str, str], new_page: str) -> Iterator[Edit]:
    """The links of a page, which will stand at `new_page`, to files that move."""
    for start, end, target in _targets(page.text):
        meant = _meant(page.path, target)
        if meant is None or meant == page.path:
            continue
        rest = target[len(target.partition("#")[0].partition("?")[0]) :]
        written = _relative(moves.get(meant, meant), new_page, target) + rest
        if meant in moves and not _same(written, target):
            yield Edit(page.path, page.text.range(start, end), written)


def _linked(page: Page) -> set[str]:
    targets = (_meant(page.path, target) for _, _, target in _targets(page.text))
    return {path for path in targets if path}


def _same(one: str, other: str) -> bool:
    return posixpath.normpath(one) == posixpath.normpath(other)


def _targets(text: Text) -> Iterator[tuple[int, int, str]]:
    """Relative targets as they stand in the source."""
    front = front_matter(text.content)
    for link in read(blanked(text.content, front.end, front.start), text).links:
        written = text.content[link.target_start : link.target_end].strip("<>")
        start = text.content.find(written, link.target_start, link.target_end)
        if written and start >= 0 and "://" not in written and not written.startswith(("/", "#")):
            yield start, start + len(written), written


def _meant(page: str, target: str) -> str | None:
    path = unquote(target.partition("#")[0].partition("?")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else None


def _relative(path: str, page: str, like: str) -> str:
    """A path as seen from a page, escaped as the old target was."""
    way = posixpath.relpath(path, posixpath.dirname(page) or ".")
    way = f"./{way}" if like.startswith("./") and not way.startswith("..") else way
    return quote(way) if "%" in like or " " in way else way


def _names(snapshot: Snapshot, record: Record, new_path: str) -> Iterator[Edit | Unclear]:
    """The stem and the number of a record, wherever they name it."""
    stem, number = stem_of(new_path), number_of(stem_of(new_path))
    other = number is not None and number != record.number
    if stem == record.stem:
        return
    for page in pages(snapshot, (record.stem.encode(), b"adr", quote(record.stem).encode())):
        for name in records(snapshot, page, record):
            written = page.text.content[name.start : name.end]
            place = page.text.range(name.start, name.end)
            whole = written == record.stem
            if name.found.record is record and (whole or other):
                new = stem if whole else str(number).zfill(len(written))
                yield Edit(page.path, place, new)
            elif name.found.ambiguous and record in name.found.records and (whole or other):
                yield Unclear(page.path, place, written)
        if other and number is not None:
            yield from number_edits(snapshot, page, record, number)
    if other and number is not None:
        yield from _own_number(record, number)
        yield from _supersessions(snapshot, record, number)


def _own_number(record: Record, number: int) -> Iterator[Edit]:
    """In its title and its front matter."""
    content = record.text.content
    start, end = (record.text.offset(p) for p in (record.title_range.start, record.title_range.end))
    if record.title_number == record.number:
        found = re.compile(rf"0*{record.number}(?!\d)").search(content, start, end)
        if found:
            yield _digits(record, found.start(), found.end(), number)
    front = front_matter(content)
    for found in _OWN_KEY.finditer(content, 0, front.end):
        if int(found["number"]) == record.number:
            yield _digits(record, found.start("number"), found.end("number"), number)


def _digits(record: Record, start: int, end: int, number: int) -> Edit:
    return Edit(record.path, record.text.range(start, end), str(number).zfill(end - start))


def _supersessions(snapshot: Snapshot, record: Record, number: int) -> Iterator[Edit]:
    """Other records that name it by its number alone: `superseded by 12`."""
    for other in snapshot.log:
        for named in (*other.supersedes, *other.superseded_by):
            start = other.text.offset(named.range.start)
            written = other.text.between(named.range)
            found = re.search(r"\d+", written)
            if not found or not written.strip("[]() #").isdigit():
                continue
            if snapshot.log.resolve(named.key, None, other.path).record is record:
                yield _digits(other, start + found.start(), start + found.end(), number)


def _settings(snapshot: Snapshot, record: Record, new_path: str) -> Iterator[Edit]:
    """The configuration's globs and key, and the baseline."""
    stem = stem_of(new_path)
    path = snapshot.config.path
    raw = snapshot.tree.read(path) if path else None
    if path and raw:
        yield from _in_configuration(path, Text(decode(raw)[0]), snapshot, record, stem)
    accepted = snapshot.tree.read(snapshot.config.baseline)
    if accepted:
        content = decode(accepted)[0]
        after = renamed_in_baseline(content, {record.stem: stem})
        if after != content:
            whole = Range(NOWHERE.start, Text(content).end)
            yield Edit(snapshot.config.baseline, whole, after)


def _in_configuration(
    path: str, text: Text, snapshot: Snapshot, record: Record, stem: str
) -> Iterator[Edit]:
    """Its stem in globs; where `since` names it by its number, the record that comes next, so that
    the same ones count as older."""
    content = text.content
    for found in re.finditer(rf"(?<![\w-]){re.escape(record.stem)}(?![\w-])", content):
        yield Edit(path, text.range(found.start(), found.end()), stem)
    since = re.search(r"^[ \t]*since[ \t]*=[ \t]*[\"'](?P<key>[^\"'\n]*)", content, re.MULTILINE)
    digits = re.search(r"\d+", since["key"]) if since and since["key"] != record.stem else None
    if since and digits and snapshot.log.resolve(since["key"], None, "").record is record:
        following = str(_following(snapshot, record, number_of(stem))).zfill(len(digits.group()))
        start = since.start("key") + digits.start()
        yield Edit(path, text.range(start, start + len(digits.group())), following)


def _following(snapshot: Snapshot, record: Record, number: int | None) -> int:
    """The least number of the log above the record's old one, its new one among them."""
    old = record.number or 0
    others = [r.number for r in snapshot.log if r.log == record.log and r is not record]
    above = [n for n in (*others, number) if n is not None and n > old]
    return min(above, default=number or old)


def _verifiers(snapshot: Snapshot, path: str, moves: Mapping[str, str]) -> Iterator[Edit]:
    """`Verified by` targets that name a file of tests by words; links are links."""
    for record in snapshot.log:
        if record.path not in moves:
            for verifier in _all_verifiers(record):
                if verifier_path(snapshot, record, verifier) == path:
                    yield from _verifier(record, verifier, path, moves)


def _own_verifiers(snapshot: Snapshot, record: Record, moves: Mapping[str, str]) -> Iterator[Edit]:
    for verifier in _all_verifiers(record):
        path = verifier_path(snapshot, record, verifier)
        if path:
            yield from _verifier(record, verifier, path, moves)


def _all_verifiers(record: Record) -> tuple[Verifier, ...]:
    own = (v for invariant in record.invariants for v in invariant.verified_by)
    return (*own, *record.verified_by)


def _verifier(
    record: Record, verifier: Verifier, path: str, moves: Mapping[str, str]
) -> Iterator[Edit]:
    written = record.text.between(verifier.range)
    at = written.find(verifier.path)
    if at < 0:
        return
    new_path = moves.get(path, path)
    folder = posixpath.dirname(moves.get(record.path, record.path)) or "."
    from_root = posixpath.normpath(verifier.path) == path
    way = new_path if from_root else posixpath.relpath(new_path, folder)
    start = record.text.offset(verifier.range.start) + at
    if not _same(way, verifier.path):
        yield Edit(record.path, record.text.range(start, start + len(verifier.path)), way)
