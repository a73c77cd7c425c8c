"""Where a record says something about itself, label by label, and what the labels mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, pairwise

from adr_lsp.markdown import Block, Document, inline, walk
from adr_lsp.record.front_matter import FrontMatter
from adr_lsp.record.heading import STATUS, bare
from adr_lsp.record.line import Line, lines, whole
from adr_lsp.record.outline import Part, below
from adr_lsp.record.yaml_value import Value, texts
from adr_lsp.value import dataclass

_LABEL = re.compile(r"[^\w\n]*+([^:：|\n]{1,40}?)\s*[:：]\s*")
_DATE_WITHOUT_COLON = re.compile(r"\W*(date)[ \t]+(?=\d)", re.IGNORECASE)
_WRAPPED = re.compile(r"(?:super[sc]e+ded by|replaced by|supersedes|replaces):?\Z", re.IGNORECASE)
_CAPITAL = re.compile(r"([a-z])([A-Z])")
_MORE = re.compile(r"[|｜·•](?=[^\w|｜·•]*+\w[^:：|｜·•]{0,40}[:：])")
_BADGE = re.compile(r"/badge/([a-z]{4,20})[-/]([^-/?\s%]{3,40})[-/]", re.IGNORECASE)
_PART = re.compile(r"(?:partially|partly) | (?:partially|partly|in part)\Z")
DATES = frozenset(
    [
        *("date", "decision date", "date decided", "decided", "decided on", "accepted on"),
        *("approved on", "proposed on", "created", "created at", "created on", "creation date"),
        *("date created", "created date", "start date", "adr date", "introduced", "introduced on"),
        *(
            "date de création",
            "créé le",
            "fecha",
            "data",
            "datum",
            "дата",
            "날짜",
            "일자",
            "작성일",
        ),
        *("data della decisione", "data de criação", "fecha de creación", "erstellt am", "tanggal"),
        *("제안일", "승인일", "결정일", "日期", "日付", "作成日", "決定日"),
    ]
)
UPDATES = frozenset(
    [
        *("last modified", "last updated", "last update", "last revised", "last changed"),
        *("updated", "updated at", "updated on", "modified", "revised", "date updated"),
        *("revision date",),
        *("date modified", "last modified date", "mise à jour", "dernière mise à jour"),
        *("última atualização", "última actualización", "letzte änderung", "zuletzt geändert"),
        *("수정일", "更新日期", "更新日", "最終更新", "最終更新日", "最后更新"),
    ]
)
FORWARD = frozenset(
    [
        *("supersedes", "supercedes", "superseding", "replaces", "obsoletes", "remplace"),
        *("ersetzt", "reemplaza", "sustituye", "substitui"),
    ]
)
BACKWARD = frozenset(
    [
        *("superseded by", "superceded by", "superseded with", "replaced by", "replaced with"),
        *("obsoleted by", "remplacé par", "remplacée par", "ersetzt durch", "reemplazado por"),
        *("reemplazada por", "sustituido por", "substituído por", "substituída por"),
    ]
)
VERIFIED = frozenset({"verified by", "enforced by", "tested by", "checked by", "proved by"})
APPLIES = frozenset({"applies to"})
_KNOWN = STATUS | DATES | UPDATES | FORWARD | BACKWARD | VERIFIED | APPLIES
_KINDS = frozenset({"type", "kind", "rel", "relation", "relationship"})
_ENDS = frozenset({"target", "to", "ref", "id", "adr", "record", "key", "path", "link", "url"})
NEAR_TOP = 60


@dataclass(slots=True, eq=False)
class Field:
    """A `label: value`; the label is compared like a heading. `partial`: only in part."""

    label: str
    value: Line
    partial: bool = False


def fields(line: Line) -> Iterator[Field]:
    """The `label: value` pairs of a line, of which `|` or `·` may part several."""
    starts = [0, *(more.end() for more in _MORE.finditer(line.words))]
    for start, end in pairwise([*starts, len(line.words) + 1]):
        label = _LABEL.match(line.words, start, end - 1)
        label = label or _DATE_WITHOUT_COLON.match(line.words, start)
        if label:
            yield _field(bare(label[1]), line.part(label.end(), end - 1))


def flowing(block: Block) -> Iterator[Line]:
    """The lines of a leaf; one that ends where a target must follow goes on in the next."""
    begun: Line | None = None
    for line in lines(block):
        if begun:
            yield Line(line.phrase, begun.start, line.end, line.shift)
            begun = None
        elif _WRAPPED.search(line.words[-20:]):
            begun = line
        else:
            yield line
    if begun:
        yield begun


def without_more(line: Line) -> Line:
    """A line up to a bar behind which another label stands."""
    more = _MORE.search(line.words)
    return line.part(0, more.start()) if more else line


def front_fields(front: FrontMatter) -> Iterator[Field]:
    """Those of the front matter, and of the mappings and typed relations that it holds."""
    for key, value in front.fields:
        yield from _front_field(key, value)


def top_fields(document: Document, found: list[Part]) -> Iterator[Field]:
    """Those before the first section: after the title, or where there is none."""
    title = _title_part(found)
    for part in found:
        if part.heading and part.heading.level > 1 and part is not title:
            return
        yield from _fields_of(below(document, part))


def _title_part(found: list[Part]) -> Part | None:
    """The first heading, where no heading has level 1 and more sections follow it."""
    headed = [part for part in found if part.heading]
    if len(headed) < 2 or any(part.heading and part.heading.level == 1 for part in headed):
        return None
    return headed[0]


def _field(label: str, value: Line) -> Field:
    label = label.replace("-", " ")
    whole_label = _PART.sub("", label)
    if whole_label != label and whole_label in FORWARD | BACKWARD:
        return Field(whole_label, value, True)
    return Field(label, value)


def _front_field(key: Value, value: Value) -> Iterator[Field]:
    label = _label_of(key.text)
    if _known(_PART.sub("", label)):
        for scalar in texts(value):
            if scalar.text.strip():
                yield _field(label, _line_of(scalar))
    elif value.items:
        yield from _nested(value)


def _nested(value: Value) -> Iterator[Field]:
    """`relations: [{type: supersedes, target: ADR-3}]`, `links: {supersedes: [ADR-3]}`."""
    if value.keys:
        pairs = list(zip(value.keys, value.items, strict=True))
        kind = next((item for key, item in pairs if key.text.lower() in _KINDS), None)
        end = next((item for key, item in pairs if key.text.lower() in _ENDS), None)
        if kind and end:
            yield from _front_field(kind, end)
            return
        for key, item in pairs:
            if _PART.sub("", _label_of(key.text)) in FORWARD | BACKWARD:
                yield from _front_field(key, item)
    else:
        for item in value.items:
            yield from _nested(item)


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


def _fields_of(top: Iterable[Block]) -> Iterator[Field]:
    awaited = ""
    inside = ((outer, block) for outer in _opened(top) for block in walk((outer,)))
    for outer, block in islice(inside, NEAR_TOP * 4):
        awaited = awaited if outer.kind == "list" else ""
        if block.kind == "paragraph":
            for line in islice(flowing(block), NEAR_TOP):
                for field in _fields_or_relation(line):
                    yield Field(awaited, field.value) if awaited and not field.label else field
                    if field.label:
                        ends = field.value.words or field.label not in FORWARD | BACKWARD
                        awaited = "" if ends else field.label
            yield from _badges(block)
        elif block.kind == "table":
            yield from table_fields(block)


def _badges(paragraph: Block) -> Iterator[Field]:
    """`![Status](https://img.shields.io/badge/status-accepted-green)`: what a picture says."""
    for span in paragraph.phrase.spans:
        target = span.target or ""
        badge = _BADGE.search(target) if span.kind == "image" else None
        plain = span.source_end - span.source_start == len(target) + span.end - span.start + 5
        if badge and plain:  # not in angle brackets, no title behind it
            phrase = inline(badge[2])
            at = span.source_end - 1 - len(target) + badge.start(2)
            yield _field(bare(badge[1]), Line(phrase, 0, len(phrase.plain), at))


def _opened(top: Iterable[Block]) -> Iterator[Block]:
    """What stands in a quote near the top is said of the record too."""
    for block in top:
        if block.kind == "quote":
            yield from block.children
        else:
            yield block


def _fields_or_relation(line: Line) -> Iterator[Field]:
    found = list(fields(line))
    yield from found or (Field("", line),)


def table_fields(table: Block) -> Iterator[Field]:
    """A column with labels and one with values; or a head of labels over one row."""
    rows = [[whole(cell) for cell in row.children] for row in table.children]
    if len(rows) > 1 and any(_known(bare(cell.words)) for cell in rows[0][1:]):
        for label, value in zip(rows[0], rows[1], strict=False):
            yield _field(bare(label.words), value)
        return
    for row in rows:
        if len(row) > 1:
            yield _field(bare(row[0].words), row[1])


def _known(label: str) -> bool:
    return label in _KNOWN
