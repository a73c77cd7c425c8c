"""What a record is called: the number, date or stem in its file name, and in its title."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

_DATED = re.compile(r"(\d{4})-?([01]\d)-?([0-3]\d)(?:_(\d{1,6})(?=[-_. ]|\Z)|(?=[-_. ]|\Z))")
_NAMED = re.compile(
    r"(?:[a-z][a-z0-9]*[-_])*?adr[-_ ]?(?:[a-z]+[-_])*?0*(\d{1,9})(?=[-_.: ]|\Z)", re.IGNORECASE
)
_PREFIXED = re.compile(r"(?:[A-Z]{2,}[-_])+0*(\d{1,9})(?=[-_. ]|\Z)")
_NUMBERED = re.compile(r"0*(\d{1,9})(?:[a-z]{2,4})?(?=[-_. ]|\Z)")
_TITLE_NAMED = re.compile(
    r"(?:(?:[A-Za-z][A-Za-z0-9]*-)*ADR[-_ #]*(?:[A-Za-z]+-)*?|(?-i:[A-Z]{2,8})-)(\d{1,9})(?!\w)"
    r"\s*(?:[:.)]|[-–—](?=\s))?\s*",
    re.IGNORECASE,
)
_TITLE_NUMBERED = re.compile(r"#?(\d{1,9})(?:[.):]\s+|\s+[-–—:]\s+)|(0\d{1,8})(?:\s+|-(?=\w))")


@dataclass(frozen=True, slots=True)
class Key:
    """`text` is `ADR-0012`, or the stem where there is no number."""

    text: str
    number: int | None
    stem: str
    date: str | None = None


def stem_of(path: str) -> str:
    """The file's name without its ending; of a `README`, the name of its folder."""
    folder, name = posixpath.split(path)
    stem = posixpath.splitext(name)[0]
    return posixpath.basename(folder) or stem if stem.lower() == "readme" else stem


def number_of(stem: str) -> int | None:
    """The number that a stem begins with, or has behind its prefix or its date."""
    dated = _dated(stem)
    if dated:
        return int(dated[4]) if dated[4] else None
    return _number(stem)


def _number(stem: str) -> int | None:
    found = _NAMED.match(stem) or _PREFIXED.match(stem) or _NUMBERED.match(stem)
    return int(found[1]) if found else None


def date_of(stem: str) -> str | None:
    """The date that a stem begins with, as YYYY-MM-DD."""
    dated = _dated(stem)
    return f"{dated[1]}-{dated[2]}-{dated[3]}" if dated else None


def has_key(stem: str) -> bool:
    """Whether a stem begins with a number or a date, as records do."""
    return number_of(stem) is not None or date_of(stem) is not None


def title_parts(title: str) -> tuple[int | None, int]:
    """The number that a title gives, and how many characters of the title the key takes."""
    found = _TITLE_NAMED.match(title) or _TITLE_NUMBERED.match(title)
    if not found:
        return None, 0
    number = next(group for group in found.groups() if group)
    return int(number), found.end()


def key_of(path: str, given: str | None, title_number: int | None) -> Key:
    """A record's key: of its file name, else of its front matter (`given`), else of its title."""
    stem = stem_of(path)
    dated = _dated(stem)
    date = f"{dated[1]}-{dated[2]}-{dated[3]}" if dated else None
    number = number_of(stem) if dated else _number(stem)
    if number is None and date is None:
        number = number_of(given.strip()) if given else None
        number = title_number if number is None else number
    return Key(stem if number is None else f"ADR-{number:04d}", number, stem, date)


def _dated(stem: str) -> re.Match[str] | None:
    dated = _DATED.match(stem)
    return dated if dated and 1 <= int(dated[2]) <= 12 and 1 <= int(dated[3]) <= 31 else None
