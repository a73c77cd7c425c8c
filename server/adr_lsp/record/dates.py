"""Dates as people write them, as ISO dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache

_MONTHS = (
    "january jan janvier janv januar jänner janeiro enero ene gennaio",
    "february feb février fév februar fevereiro fev febrero febbraio",
    "march mar mars märz mrz março marzo",
    "april apr avril avr abril abr aprile",
    "may mai maio mayo maggio",
    "june jun juin juni junho junio giugno",
    "july jul juillet juil juli julho julio luglio",
    "august aug août agosto ago",
    "september sep sept septembre setembro set septiembre settembre",
    "october oct octobre oktober okt outubro out octubre ottobre",
    "november nov novembre novembro noviembre",
    "december dec décembre déc dezember dez dezembro diciembre dic dicembre",
)
_ISO = re.compile(r"\W*([12]\d{3})-([01]\d)-([0-3]\d)(?!\d|[-_]\w)")
_YEAR_ALONE = re.compile(r"\W*([12]\d{3})\W*\Z")
_DIGIT = re.compile(r"\d")
_LONGEST = 200


@lru_cache(maxsize=4096)
def iso_date(words: str) -> str | None:
    """The first date in some words, as `YYYY-MM-DD`, or `YYYY-MM` or `YYYY` if that is all.

    `03/04/2020` is the third of April. A year of five digits counts without the first.
    """
    if not _DIGIT.search(words):
        return None
    plain = _ISO.match(words)
    found = _checked(plain[1], int(plain[2]), int(plain[3])) if plain else None
    if found:
        return found
    year = _YEAR_ALONE.match(words)
    return year[1] if year else next(_dates(words[:_LONGEST]), None)


def _dates(words: str) -> Iterator[str]:
    for found in _shapes().finditer(words):
        part = {name[0]: value for name, value in found.groupdict().items() if value}
        month = int(part["m"]) if "m" in part else _month_names().get(part["n"].lower(), 0)
        day = int(part["d"]) if "d" in part else None
        there = _checked(part["y"], month, day)
        if there is None and day is not None and "m" in part:
            there = _checked(part["y"], day, month)
        if there:
            yield there


def _checked(year: str, month: int, day: int | None) -> str | None:
    """None where there is no such day."""
    try:
        there = date(int(year[-4:]) + (2000 if len(year) == 2 else 0), month, day or 1)
    except ValueError:
        return None
    return f"{there:%Y-%m}" if day is None else there.isoformat()


@cache
def _month_names() -> dict[str, int]:
    return {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}


@cache
def _shapes() -> re.Pattern[str]:
    """Of year (y), month (m), its name (n) and day (d); the year may have a fifth digit before."""
    year, name = r"(?P<y{0}>[01]?[12]\d{{3}})", r"(?P<n{0}>[^\W\d_]{{3,10}})\.?"
    of = "(?: (?:of|de))?[ ,_]+"
    shapes = (
        rf"{year}[-/.] ?(?P<m{{0}}>\d\d?)[-/.] ?(?P<d{{0}}>\d\d?)(?!\d|[-_]\w)",
        rf"{year}(?P<m{{0}}>[01]\d)(?P<d{{0}}>[0-3]\d)(?![\w-])",
        rf"{year} ?[年년] ?(?P<m{{0}}>\d\d?) ?[月월](?: ?(?P<d{{0}}>\d\d?) ?[日일])?",
        rf"(?P<d{{0}}>\d\d?)[-/.](?P<m{{0}}>\d\d?)[-/.]{year}(?!\d)",
        rf"(?P<d{{0}}>\d\d?)(?:st|nd|rd|th|er|º|\.)?(?:{of}|-){name}(?:{of}|-){year}(?!\d)",
        rf"{name} +(?P<d{{0}}>\d\d?)(?:st|nd|rd|th)?[ ,]+{year}(?!\d)",
        rf"{name}(?:{of}| *, *){year}(?!\d|[-/.]\d)",
        rf"{year}[-/](?P<m{{0}}>\d\d)(?![\w/-])",
        r"(?P<d{0}>\d\d?)/(?P<m{0}>\d\d?)/(?P<y{0}>\d\d)(?![\w/])",
    )
    either = "|".join(shape.format(number) for number, shape in enumerate(shapes))
    return re.compile(rf"(?<![\w.])(?:{either})")
