"""How a log writes its numbers: as wide as in the names of its files, or as short as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from adr_lsp.record import Record
from adr_lsp.record.key import date_of
from adr_lsp.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Digits:
    """`width` is that of the number in the file's name. `stems`, `titles`: whether the names and
    the titles of the log fill numbers up with zeros."""

    width: int
    stems: bool = True
    titles: bool = True

    def like(self, written: str, new: int, *, filled: bool = True) -> str:
        """The new number as the old one was written. One that fills the width of its own does not
        tell: then `filled` says what others do."""
        zeros = written.startswith("0") and len(written) > 1
        if zeros or (filled and len(written) == self.width):
            return str(new).zfill(len(written))
        return str(new)

    def filled_in(self, content: str) -> bool:
        """Whether a text fills up the numbers in its keys."""
        return self.width < 2 or not _short(self.width).search(content)


def digits_of(snapshot: Snapshot, record: Record) -> Digits:
    """The habits of a record's log, read from its other records."""
    others = [other for other in snapshot.log if other.log == record.log and other is not record]
    width = len(written_number(record) or "")
    stems = [number for other in others if (number := written_number(other))]
    titles = [number for other in others if (number := title_number(other))]
    return Digits(width, _fills(stems, width, True), _fills(titles, width, _fills(stems, width)))


def written_number(record: Record) -> str | None:
    """The digits of its number in its file's name."""
    place = place_in_stem(record.stem, record.number)
    return record.stem[place[0] : place[1]] if place else None


def place_in_stem(stem: str, number: int | None) -> tuple[int, int] | None:
    """Where a stem has its number; a date in front of it is none."""
    if number is None:
        return None
    dated = re.match(r"(?:adr[-_ ])?\d{4}-?\d\d-?\d\d[-_]", stem, re.I) if date_of(stem) else None
    found = number_form(number).search(stem, dated.end() if dated else 0)
    return found.span() if found else None


def title_number(record: Record) -> str | None:
    """The digits of its number in its title."""
    if record.title_number is None:
        return None
    found = number_form(record.title_number).search(record.text.between(record.title_range))
    return found.group() if found else None


def _fills(written: Iterable[str], width: int, otherwise: bool = True) -> bool:
    """Whether most numbers are filled up: they begin with a zero, or else are shorter."""
    numbers = list(written)
    zeros = sum(number.startswith("0") and len(number) > 1 for number in numbers)
    short = sum(number[0] != "0" and len(number) < width for number in numbers)
    return zeros > short if zeros or short else otherwise


@lru_cache(maxsize=4096)
def number_form(number: int) -> re.Pattern[str]:
    """A number with its zeros."""
    return re.compile(rf"(?<!\d)0*{number}(?!\d)")


@lru_cache(maxsize=16)
def _short(width: int) -> re.Pattern[str]:
    return re.compile(rf"ADR[-_ #]{{0,2}}[1-9]\d{{0,{width - 2}}}(?!\d)", re.IGNORECASE)
