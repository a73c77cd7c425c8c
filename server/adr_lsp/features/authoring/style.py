"""How a log names its records: read from its youngest one, followed by the next."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from adr_lsp.record import Record
from adr_lsp.record.key import date_of, has_key, title_parts
from adr_lsp.value import dataclass

_DATE = re.compile(r"(\d{4})(-?)(\d\d)-?(\d\d)(?:\d{4}(?:\d\d)?)?([-_])(?:(\d{1,6})([-_. ]))?")
_CLOCK = re.compile(r"\d{8}(\d{4}(?:\d\d)?)[-_]")
_BREAK = re.compile(r"[^\w]+|_+")
_ENDING = re.compile(r"(?:\.(?:adr|pdr|decision))?(?:\.mdx?)?\Z", re.IGNORECASE)
LONGEST_SLUG = 80
DEFAULT_FOLDER = "docs/adr"


@dataclass(frozen=True, slots=True)
class Style:
    """A record's stem is `day`, `lead`, a number of at least `width` digits, `behind`, the slug.

    `day` is what stands between the parts of the day (`-` or nothing), None without a day;
    `numbered` is False where the day alone is the key, or nothing is. `own_folder`: each record
    is the README of its own folder. `title` holds `{number}` or `{padded}` where titles give it.
    """

    folder: str = DEFAULT_FOLDER
    lead: str = ""
    width: int = 4
    behind: str = "-"
    day: str | None = None
    day_end: str = "-"
    numbered: bool = True
    joint: str = "-"
    ending: str = ".md"
    own_folder: bool = False
    title: str = "{number}. {title}"

    def path(self, number: int, title: str, today: date) -> str:
        """Where a record of that number and title belongs."""
        stem = f"{self._key(number, today)}{slug(title, self.joint)}"
        name = f"{stem}/README{self.ending}" if self.own_folder else f"{stem}{self.ending}"
        return posixpath.join(self.folder, name)

    def heading(self, number: int, title: str) -> str:
        """The title as the log writes it, with or without the number."""
        padded = str(number).zfill(self.width)
        lead = self.title.removesuffix("{title}")
        return lead.replace("{number}", str(number)).replace("{padded}", padded) + title

    def _key(self, number: int, today: date) -> str:
        day = ""
        if self.day is not None:
            day = f"{today:%Y}{self.day}{today:%m}{self.day}{today:%d}{self.day_end}"
        counted = f"{self.lead}{str(number).zfill(self.width)}{self.behind}"
        return f"{day}{counted}" if self.numbered else day


def style_of(records: Sequence[Record]) -> Style:
    """The style of a log's youngest record that has a key in its name; ours without one."""
    keyed = [record for record in records if has_key(record.stem)]
    if not records:
        return Style()
    if len(keyed) * 2 < len(records):
        return Style(records[0].log, numbered=False, joint=_joint(records), title="{title}")
    dated = [record for record in keyed if date_of(record.stem)]
    usual = dated if len(dated) * 2 > len(keyed) else [r for r in keyed if r not in dated]
    youngest = max(usual, key=lambda r: (r.number or 0, date_of(r.stem) or "", r.path))
    name = posixpath.basename(youngest.path)
    own_folder = posixpath.splitext(name)[0].lower() == "readme"
    folder = posixpath.dirname(youngest.path)
    style = Style(
        folder=posixpath.dirname(folder) if own_folder else folder,
        ending=_ending(name),
        own_folder=own_folder,
        joint=_joint(keyed),
        title=_title(youngest),
    )
    return _dated(style, youngest) or _numbered(style, youngest)


def next_number(records: Sequence[Record]) -> int:
    """One above the highest number of the log."""
    numbers = (r.title_number if r.number is None else r.number for r in records)
    return max((number or 0 for number in numbers), default=0) + 1


def slug(title: str, joint: str = "-") -> str:
    """The title in lower case, accents dropped, words joined; letters of any script stay."""
    plain = unicodedata.normalize("NFKD", title.replace("'", "").replace("’", ""))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    words = [word for word in _BREAK.split(unicodedata.normalize("NFC", plain).lower()) if word]
    joined = joint.join(words)
    if len(joined) <= LONGEST_SLUG:
        return joined or "decision"
    return joined[:LONGEST_SLUG].rpartition(joint)[0] or joined[:LONGEST_SLUG]


def _dated(style: Style, record: Record) -> Style | None:
    found = _DATE.match(record.stem)
    if not found or date_of(record.stem) is None:
        return None
    clock = _CLOCK.match(record.stem)
    day_end = f"{'0' * len(clock[1])}{found[5]}" if clock else found[5]
    dated = replace(style, day=found[2], day_end=day_end)
    if found[6] is None:
        return replace(dated, numbered=False)
    return replace(dated, width=len(found[6]), behind=found[7])


def _numbered(style: Style, record: Record) -> Style:
    found = re.search(rf"0*{record.number}(?!\d)", record.stem)
    if found is None:
        return style
    behind = re.match(r"[a-z]{0,4}[-_. ]*", record.stem[found.end() :])
    return replace(
        style,
        lead=record.stem[: found.start()],
        width=len(found.group()),
        behind=(behind.group() if behind else "") or "-",
    )


def _joint(records: Sequence[Record]) -> str:
    stems = "".join(record.stem for record in records)
    return "_" if stems.count("_") > stems.count("-") else "-"


def _title(record: Record) -> str:
    """How the title gives its number, with `{number}` in its place; `{title}` where it does not."""
    written = " ".join(record.text.between(record.title_range).lstrip("|>-").split())
    number, taken = title_parts(written)
    if number is None or number != record.title_number:
        return "{title}"
    lead = written[:taken]
    place = re.search(rf"(0*){record.title_number}(?!\d)", lead)
    if place is None:
        return "{title}"
    sign = "{padded}" if place[1] else "{number}"
    return f"{lead[: place.start()]}{sign}{lead[place.end() :]}{{title}}"


def _ending(name: str) -> str:
    """`.md`, `.mdx` or `.adr.md`."""
    found = _ENDING.search(name)
    return found.group() if found else ".md"
