"""What a record says about itself near its top: status, date, supersession, who verifies it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from adr_lsp.markdown import Block, Document, inline, walk
from adr_lsp.record.front_matter import FrontMatter
from adr_lsp.record.heading import bare, heads_status
from adr_lsp.record.line import Line, lines, whole
from adr_lsp.record.model import Status, Supersession
from adr_lsp.record.outline import Part, below
from adr_lsp.record.status import status_of
from adr_lsp.record.supersession import Relations, relations, targets
from adr_lsp.record.yaml_value import Value, texts
from adr_lsp.text import NOWHERE, Range, Text

_LABEL = re.compile(r"[^\w\n]*+([^:：|\n]{1,40}?)\s*[:：]\s*")
_CAPITAL = re.compile(r"([a-z])([A-Z])")
_MORE = re.compile(r"\|(?=[^\w|]*+\w[^:|]{0,40}:)")
_DATE = re.compile(r"\d{4,5}-\d\d-\d\d|\d{4}/\d\d/\d\d")
_STATUS = frozenset(
    {"status", "adr status", "decision status", "state", "statut", "estado", "상태"}
)
_DATES = frozenset(
    [
        "date",
        "decision date",
        "decided",
        "decided on",
        "accepted on",
        "created",
        "creation date",
        "날짜",
        "fecha",
        "data",
    ]
)
_FORWARD = frozenset({"supersedes", "supercedes", "replaces", "obsoletes", "remplace"})
_BACKWARD = frozenset(
    {"superseded by", "superceded by", "replaced by", "obsoleted by", "remplacé par"}
)
_VERIFIED = frozenset({"verified by", "enforced by", "tested by", "checked by", "proved by"})
_APPLIES = frozenset({"applies to"})
_KNOWN = _STATUS | _DATES | _FORWARD | _BACKWARD | _VERIFIED | _APPLIES
_NEAR_TOP = 60


@dataclass(slots=True, eq=False)
class Field:
    """A `label: value`; the label is compared like a heading."""

    label: str
    value: Line


@dataclass(frozen=True, slots=True)
class Metadata:
    status: Status = Status.NONE
    status_text: str = ""
    status_range: Range = NOWHERE
    date: str | None = None
    supersedes: tuple[Supersession, ...] = ()
    superseded_by: tuple[Supersession, ...] = ()
    verified_by: tuple[Line, ...] = ()
    applies_to: tuple[Line, ...] = ()


def metadata(front: FrontMatter, document: Document, found: list[Part], text: Text) -> Metadata:
    """Reads the front matter, the lines before the first section and the Status section."""
    given = [*_front_fields(front), *_top_fields(document, found)]
    status_lines = _status_lines(document, found)
    values = [field.value for field in given if field.label in _STATUS and field.value.words]
    values.extend(status_lines[:1])
    named = _named(given, text)
    named.extend(relations(line, text, anywhere=True) for line in [*values[:1], *status_lines])
    forward = tuple(dict.fromkeys(s for one in named for s in one.supersedes))
    backward = tuple(dict.fromkeys(s for one in named for s in one.superseded_by))
    value = _decisive(values, status_lines, text)
    return Metadata(
        _status(value),
        value.words if value else "",
        value.range(text) if value else NOWHERE,
        _date(given, values),
        forward,
        backward,
        tuple(field.value for field in given if field.label in _VERIFIED),
        tuple(field.value for field in given if field.label in _APPLIES),
    )


def fields(line: Line) -> Iterator[Field]:
    """The `label: value` pairs of a line, of which `|` may part several."""
    starts = [0, *(more.end() for more in _MORE.finditer(line.words))]
    for start, end in pairwise([*starts, len(line.words) + 1]):
        label = _LABEL.match(line.words, start, end - 1)
        if label:
            yield Field(bare(label[1]), line.part(label.end(), end - 1))


def _front_fields(front: FrontMatter) -> Iterator[Field]:
    for key, values in front.fields:
        label = _label_of(key.text)
        if _known(label):
            for value in texts(values):
                if value.text.strip():
                    yield Field(label, _line_of(value))


@lru_cache(maxsize=1024)
def _label_of(name: str) -> str:
    """`superseded-by`, `superseded_by` and `supersededBy` are one."""
    spaced = _CAPITAL.sub(r"\1 \2", name).lower().replace("-", " ").replace("_", " ")
    return spaced.removeprefix("adr ")


def _line_of(value: Value) -> Line:
    """A value of the front matter, in which Markdown links are links."""
    phrase = inline(value.text)
    quote = 1 if value.end - value.start == len(value.text) + 2 else 0
    return Line(phrase, 0, len(phrase.plain), value.start + quote).part(0, len(phrase.plain))


def _top_fields(document: Document, found: list[Part]) -> Iterator[Field]:
    """Those before the first section: after the title, or where there is none."""
    for part in found:
        if part.heading and part.heading.level > 1:
            return
        yield from _fields_of(below(document, part))


def _fields_of(top: Iterable[Block]) -> Iterator[Field]:
    for block in islice(walk(top), _NEAR_TOP * 4):
        if block.kind == "paragraph":
            for line in islice(lines(block), _NEAR_TOP):
                yield from _fields_or_relation(line)
        elif block.kind == "table":
            yield from _table_fields(block)


def _fields_or_relation(line: Line) -> Iterator[Field]:
    found = list(fields(line))
    yield from found or (Field("", line),)


def _table_fields(table: Block) -> Iterator[Field]:
    """A column with labels and one with values; or a head of labels over one row."""
    rows = [[whole(cell) for cell in row.children] for row in table.children]
    known = [cell for cell in rows[0] if _known(bare(cell.words))] if rows else []
    if len(known) > 1 and len(rows) > 1:
        for label, value in zip(rows[0], rows[1], strict=False):
            yield Field(bare(label.words), value)
        return
    for row in rows:
        if len(row) > 1:
            yield Field(bare(row[0].words), row[1])


def _known(label: str) -> bool:
    return label in _KNOWN


def _status_lines(document: Document, found: list[Part]) -> list[Line]:
    """The lines of the first section that is named Status."""
    for part in found:
        if part.heading and part.heading.level < 3 and heads_status(part.heading.title):
            seen = walk(below(document, part))
            leaves = (block for block in seen if block.kind in ("paragraph", "cell"))
            return list(islice((line for leaf in leaves for line in lines(leaf)), _NEAR_TOP))
    return []


def _decisive(values: list[Line], status_lines: list[Line], text: Text) -> Line | None:
    """The first value, or the line below it that says what has superseded the record."""
    if not values:
        return None
    first = _value(values[0])
    if first.words and values[0] in status_lines:
        for line in status_lines:
            by = relations(line, text, anywhere=False).superseded_by
            if any(not one.partial for one in by):
                return _value(line)
    return first


def _value(line: Line) -> Line:
    """The value of a line that may repeat the label, without what follows a bar."""
    labelled = next((f.value for f in fields(line) if f.label in _STATUS), line)
    more = _MORE.search(labelled.words)
    return labelled.part(0, more.start()) if more else labelled


def _status(value: Line | None) -> Status:
    return status_of(value.words) if value else Status.NONE


def _named(given: list[Field], text: Text) -> list[Relations]:
    found: list[Relations] = []
    for field in given:
        if field.label in _FORWARD:
            found.append(Relations(tuple(targets(field.value, 0, text)), ()))
        elif field.label in _BACKWARD:
            found.append(Relations((), tuple(targets(field.value, 0, text))))
        elif not field.label:
            found.append(relations(field.value, text, anywhere=False))
    return found


def _date(given: list[Field], values: list[Line]) -> str | None:
    dated = [field for field in given if field.label in _DATES]
    if len(dated) > 1:
        dated.sort(key=lambda field: field.label != "date")
    for field in dated:
        found = _DATE.search(field.value.words)
        if field.value.words:
            return found.group() if found else field.value.words
    return next((found.group() for line in values if (found := _DATE.search(line.words))), None)
