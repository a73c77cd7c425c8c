"""What real records say, as people read them, and what is read of the same files."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from adr_lsp.record import Record, Supersession, parse
from adr_lsp.record.discovery import is_record, log_of
from adr_lsp.record.key import number_of
from benchmarks.corpus.repository import Repository

FIRST = Path(__file__).with_name("labels.tsv")
SECOND = Path(__file__).with_name("labels-second.tsv")
FIELDS = (
    "record",
    "key",
    "title",
    "status",
    "date",
    "superseded_by",
    "supersedes",
    "invariants",
)
_NUMBERED = re.compile(r"ADR[-_ #]*0*(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Label:
    """One file; `says` has a value for each field, `-` where there is none."""

    repository: str
    path: str
    says: dict[str, str]

    @property
    def is_record(self) -> bool:
        return self.says["record"] == "yes"


def labels(table: Path) -> list[Label]:
    with table.open(encoding="utf-8", newline="") as opened:
        rows = csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Label(row.pop("repo"), row.pop("path"), row) for row in rows]


def read_as(held: Repository, path: str) -> dict[str, str]:
    """What we read of a file, in the words of a label. Whether it counts as a record is one
    question, and what it says as one another."""
    found = parse(path, held.files[path], log=log_of(path))
    counts = path in held.records and is_record(found, discovered=True)
    return {"record": "yes" if counts else "no", **dict(_said(found))}


def _said(found: Record) -> Iterator[tuple[str, str]]:
    yield "key", found.key
    yield "title", found.title or "-"
    yield "status", found.status.value
    yield "date", found.date or "-"
    yield "superseded_by", _targets(found.superseded_by)
    yield "supersedes", _targets(found.supersedes)
    heading = next((each.section.heading for each in found.invariant_sections), None)
    yield "invariants", str(heading.start.line + 1) if heading else "-"


def _targets(relations: tuple[Supersession, ...]) -> str:
    named = {f"{_key(one.key)}{'~' if one.partial else ''}" for one in relations}
    return ",".join(sorted(named)) or "-"


def _key(named: str) -> str:
    """A target as it is written in a label: however its number is written, `ADR-0012`."""
    inside = _NUMBERED.search(named)
    number = int(inside[1]) if inside else number_of(named)
    return named if number is None else f"ADR-{number:04d}"


def same(field: str, label: str, found: str) -> bool:
    """Targets have no order; a title has no white space but single blanks."""
    if field in ("superseded_by", "supersedes"):
        return set(label.split(",")) == set(found.split(","))
    return (
        " ".join(label.split()) == " ".join(found.split()) if field == "title" else label == found
    )
