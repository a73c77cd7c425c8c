"""From a file's bytes to a record; whatever they hold, there is a record."""

from __future__ import annotations

from dataclasses import replace

from adr_lsp.markdown import Document, Heading, read
from adr_lsp.record.assembly import Reading
from adr_lsp.record.extension import globs, verifiers
from adr_lsp.record.front_matter import FrontMatter, blanked, fault_range, front_matter
from adr_lsp.record.heading import heads_section
from adr_lsp.record.invariants import declared
from adr_lsp.record.key import key_of, title_parts, without_number
from adr_lsp.record.metadata import metadata
from adr_lsp.record.model import Problem, Record
from adr_lsp.record.outline import parts, sections
from adr_lsp.record.suppression import suppressions
from adr_lsp.text import NOWHERE, Range, Text, decode

MAX_SIZE = 2 * 1024 * 1024
_KEY_NAMES = ("id", "number", "adr", "adr-id", "adr-number", "key")


def parse(path: str, raw: bytes, *, log: str, prefixes: tuple[str, ...] = ("INV",)) -> Record:
    """Reads one record; `path` and `log` are relative to the root."""
    if len(raw) > MAX_SIZE:
        return _unread(path, log, len(raw))
    content, bad = decode(raw)
    text = Text(content)
    problems = [_unreadable(text, raw, bad)] if bad is not None else []
    front = front_matter(content)
    if front.fault:
        line, message = front.fault
        place = fault_range(text, line)
        problems.append(Problem("invalid-front-matter", place, f"Front matter: {message}"))
    document = read(_markdown(path, blanked(content, front.end, front.start)), text)
    found = _record(path, log, prefixes, text, front, document, tuple(problems))
    if document.cut:
        problem = Problem("analysis-cut", NOWHERE, "The Markdown could not be parsed")
        return replace(found, problems=(*problems, problem))
    return found


def _markdown(path: str, content: str) -> str:
    if not path.lower().endswith(".mdx"):
        return content
    from adr_lsp.record.mdx import without_components  # few have such files

    return without_components(content)


def _record(
    path: str,
    log: str,
    prefixes: tuple[str, ...],
    text: Text,
    front: FrontMatter,
    document: Document,
    problems: tuple[Problem, ...],
) -> Record:
    found = parts(document)
    heading = _title_heading(document, front)
    whole, place = _title(heading, front, text)
    number, taken = title_parts(whole)
    given = front.first(*_KEY_NAMES)
    key = key_of(path, given.text if given else None, number)
    about = metadata(front, document, found, text)
    all_sections = sections(document, text)
    reading = Reading(document, text, path, prefixes)
    promises = declared(reading, found, all_sections)
    verified = tuple(v for line in about.verified_by for v in verifiers(line, text))
    applies_to = tuple(g for line in about.applies_to for g in globs(line, text))
    return Record(
        path=path,
        log=log,
        key=key.text,
        number=key.number,
        stem=key.stem,
        text=text,
        title=without_number(whole[taken:].strip(), key.number) or whole,
        title_range=place,
        title_number=number,
        status=about.status,
        status_text=about.status_text,
        status_range=about.status_range,
        date=about.date or key.date,
        date_range=about.date_range,
        supersedes=about.supersedes,
        superseded_by=about.superseded_by,
        sections=all_sections,
        invariant_sections=promises.sections,
        invariants=promises.invariants,
        verified_by=verified + promises.verified_by,
        applies_to=applies_to,
        links=document.links,
        suppressions=tuple(suppressions(document, text)),
        problems=problems,
    )


def _title_heading(document: Document, front: FrontMatter) -> Heading | None:
    """The first heading of level 1; without a title elsewhere the first one of all."""
    titled = next((h for h in document.headings if h.level == 1 and h.title), None)
    if front.first("title"):
        return None if titled and heads_section(titled.title) else titled
    if titled:
        return titled
    return next((h for h in document.headings if h.title), None)


def _title(heading: Heading | None, front: FrontMatter, text: Text) -> tuple[str, Range]:
    if heading:
        marks = text.content[heading.start : heading.end]
        lead = len(marks) - len(marks.lstrip("# \t"))
        return " ".join(heading.title.split()), text.range(heading.start + lead, heading.end)
    value = front.first("title")
    if value:
        return " ".join(value.text.split()), text.range(value.start, value.end)
    return "", NOWHERE


def _unread(path: str, log: str, size: int) -> Record:
    key = key_of(path, None, None)
    message = f"The file has {size} bytes; more than {MAX_SIZE} are not read"
    problem = Problem("too-large", NOWHERE, message)
    return Record(path, log, key.text, key.number, key.stem, Text(""), problems=(problem,))


def _unreadable(text: Text, raw: bytes, bad: int) -> Problem:
    offset = len(raw.removeprefix(b"\xef\xbb\xbf")[:bad].decode(errors="replace"))
    place = text.range(offset, offset + 1)
    return Problem("unreadable-text", place, f"Byte {bad} is not UTF-8")
