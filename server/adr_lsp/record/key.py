"""What a record is called: the number, date or stem in its file name, and in its title."""

from __future__ import annotations

import posixpath
import re
from functools import cache, lru_cache

from adr_lsp.value import dataclass

_DATED = re.compile(
    r"(\d{4})-?([01]\d)-?([0-3]\d)(?:(?:[0-2]\d[0-5]\d)(?:[0-5]\d)?(?=[-_]))?"
    r"(?:_(\d{1,6})(?=[-_. ]|\Z)|(?=[-_. ]|\Z))"
)
_MONTH = re.compile(r"((?:19|20)\d{2})-(0[1-9]|1[0-2])-(?=[^\W\d])")
_NAMED = re.compile(
    r"(?:[a-z][a-z0-9]*[-_])*?adr[-_ ]?(?:[a-z]+[-_])*?0*(\d{1,9})(?=[-_.: ]|\Z)", re.IGNORECASE
)
_PREFIXED = re.compile(r"(?:[A-Z]{2,}[-_])+0*(\d{1,9})(?=[-_. ]|\Z)")
_NUMBERED = re.compile(r"0*(\d{1,9})(?:[a-z]{2,4})?(?=[-_. ]|\Z)")
_TITLE_NUMBERED = re.compile(
    r"#?(\d{1,9})(?:[.):]\s+|：\s*|\s+[-–—:·|]\s+)|(0\d{1,8})(?:\s+|-(?=\w))"
)

_RANGE = re.compile(r"[-_ ](?:to[-_ ])?\d+(?=[-_. ]|\Z)")
_BARE = re.compile(r"(\d{1,6})\s+(?=\w)")


@dataclass(frozen=True, slots=True)
class Key:
    """`text` is `ADR-0012`, or the stem where there is no number."""

    text: str
    number: int | None
    stem: str
    date: str | None = None


def stem_of(path: str) -> str:
    """The file's name without its ending; of a `README`, the name of its folder; so of an `index`
    in a folder with a key."""
    folder, _, name = path.rpartition("/")
    stem = posixpath.splitext(name)[0].removesuffix(".adr")
    plain = stem.lower()
    if plain not in ("readme", "index"):
        return stem
    around = folder.rpartition("/")[2]
    return (around or stem) if plain == "readme" or has_key(around) else stem


def names_adr(path: str) -> bool:
    """Whether the name says by itself that it is a decision's: `ADR-0012-x.md`, `x.adr.md`."""
    if posixpath.splitext(path)[0].endswith(".adr"):
        return True
    stem = stem_of(path)
    named = _NAMED.match(stem)
    return named is not None and not _RANGE.match(stem, named.end())


@lru_cache(maxsize=16384)
def number_of(stem: str) -> int | None:
    """The number that a stem begins with, or has behind its prefix or its date."""
    dated = _dated(stem)
    if dated:
        return int(dated[4]) if dated[4] else None
    return None if _MONTH.match(stem) else _number(stem)


def _number(stem: str) -> int | None:
    found = _NAMED.match(stem) or _PREFIXED.match(stem) or _NUMBERED.match(stem)
    return int(found[1]) if found else None


def series_of(stem: str) -> tuple[str, ...]:
    """The words before a number that count for themselves: `X-ADR-OPS-0003` is not `X-ADR-0003`."""
    found = _NAMED.match(stem) or _PREFIXED.match(stem)
    words = re.split(r"[-_ ]", stem[: found.start(1)].lower()) if found else []
    return tuple(word for word in words if word.strip("0") not in ("", "adr"))


def date_of(stem: str) -> str | None:
    """The date that a stem begins with, as YYYY-MM-DD or YYYY-MM."""
    dated = _dated(stem)
    if dated:
        return f"{dated[1]}-{dated[2]}-{dated[3]}"
    month = _MONTH.match(stem)
    return f"{month[1]}-{month[2]}" if month else None


def has_key(stem: str) -> bool:
    """Whether a stem begins with a number or a date, as records do."""
    return number_of(stem) is not None or date_of(stem) is not None


def title_parts(title: str) -> tuple[int | None, int]:
    """The number that a title gives, and how many characters of the title the key takes."""
    found = None if title[:1].isdecimal() else _behind_words(title)
    found = found or _TITLE_NUMBERED.match(title)
    if not found:
        return None, 0
    number = next(group for group in found.groups() if group)
    return int(number), found.end()


def _behind_words(title: str) -> re.Match[str] | None:
    """The key of a title that begins with a word: `ADR-12: …`, `RFC 7. …`."""
    named, prefixed = _title_words()
    return named.match(title) or prefixed.match(title)


@cache
def _title_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compiled when the first such title is met."""
    named = re.compile(
        r"(?:[A-Za-z][A-Za-z0-9]*-)*ADR[-_ #]*(?:[A-Za-z]+-)*?(\d{1,9})(?!\w)"
        r"\s*(?:[:：.)]|[-–—·|](?=\s))?\s*",
        re.IGNORECASE,
    )
    prefixed = re.compile(
        r"(?:[A-Z]{2,8}-"
        r"|(?:RFC|PDR|KEP|OTEP|CEP|(?i:(?:architectur\w+ )?decision(?: record)?))[ #]+)"
        r"(\d{1,9})\s*(?:[:：.)]|[-–—·|](?=\s))\s*"
    )
    return named, prefixed


def without_number(title: str, number: int | None) -> str:
    """A title that begins with the record's bare number (`23 Logging` in `023-logging.md`)."""
    bare = _BARE.match(title)
    same = bare and number is not None and int(bare[1]) == number
    return title[bare.end() :] if bare and same else title


def key_of(path: str, given: str | None, title_number: int | None) -> Key:
    """A record's key: of its file name, else of its front matter (`given`), else of its title."""
    stem = stem_of(path)
    number, date = number_of(stem), date_of(stem)
    if number is None and date is None:
        number = number_of(given.strip()) if given else None
        number = title_number if number is None else number
    return Key(stem if number is None else f"ADR-{number:04d}", number, stem, date)


def _dated(stem: str) -> re.Match[str] | None:
    dated = _DATED.match(stem, 4 if stem[:4].lower() in ("adr-", "adr_", "adr ") else 0)
    return dated if dated and 1 <= int(dated[2]) <= 12 and 1 <= int(dated[3]) <= 31 else None
