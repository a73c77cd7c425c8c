"""A template filled in as the log's authors would: the title, the day and the first status."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from adr_lsp.features.authoring.plain_words import as_title, as_yaml
from adr_lsp.features.authoring.status_words import worded
from adr_lsp.features.authoring.style import Style
from adr_lsp.record import Record, Status, parse
from adr_lsp.record.front_matter import front_matter
from adr_lsp.record.heading import HEADS_STATUS, heads_section
from adr_lsp.record.status import status_of
from adr_lsp.text import NOWHERE, Edit, Range, apply_edits

_DAY = (
    r"YYYY-MM-DD|\d{4}-\d\d-\d\d|AAAA-MM-(?:DD|JJ)|JJJJ-MM-TT"
    r"|dd/mm/(?:aaaa|yyyy|aa|yy)(?!\w)|TT\.MM\.JJJJ"
)
_DATED = "date|created|creation-date|fecha|data|datum|日付|日期|날짜"
_STATED = "|".join(sorted(HEADS_STATUS))
_DATE = re.compile(
    rf"^(?P<label>[^\w\n#{{<[]*(?:{_DATED})[^\w\n]*?[:：][*_ \t]*)"
    rf"(?P<value>\"?(?:\[[^\]\n]*\]|\{{[^}}\n]*\}}|<[^>\n]*>|{_DAY}|DATE\b)\"?)",
    re.IGNORECASE | re.MULTILINE,
)
_CHOICES = r"\{.*\}|\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\](?!\()|<[^<>\n]*>"
_STATUS = re.compile(
    rf"^(?P<label>[^\w\n#]*(?:{_STATED})[^\w\n]*?[:：][*_ \t]*)"
    rf"(?P<value>\"?(?:{_CHOICES})\"?)",
    re.IGNORECASE | re.MULTILINE,
)
_ANY_DAY = re.compile(
    r"(?<![\w`<({\[-])(?:YYYY-MM-DD|\\?\{(?:date|YYYY-MM-DD)\\?\})(?![\w`-])", re.I
)
_FRONT_TITLE = re.compile(r"^title:[ \t]*(?P<value>[^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*)", re.MULTILINE)
_SWITCHED_OFF = re.compile(rf"^#[ \t]*(?=(?:date|status):[ \t]*\"?(?:[{{\[<]|{_DAY}))", re.M)
_ADR_TOOLS = re.compile(r"\b(?:NUMBER|TITLE|DATE|STATUS)\b")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the record is to say of itself."""

    path: str
    log: str
    number: int
    title: str
    today: date
    style: Style

    @property
    def heading(self) -> str:
        return self.style.heading(self.number, as_title(self.title))


def filled(begun: str, wanted: Wanted) -> str:
    """The template's text with all that; what else it holds stays."""
    if re.search(r"^# NUMBER\. TITLE", begun, re.MULTILINE):
        return _titled(_ADR_TOOLS.sub(lambda found: _tools(wanted)[found.group()], begun), wanted)
    end = front_matter(begun).end
    begun = _SWITCHED_OFF.sub("", begun[:end]) + begun[end:]
    day = wanted.today.isoformat()
    dated = _DATE.sub(lambda found: found["label"] + day, begun, count=1)
    dated = _ANY_DAY.sub(day, dated)
    stated = _STATUS.sub(lambda found: found["label"] + _proposal(found["value"]), dated, count=1)
    return _titled(_front_titled(stated, wanted), wanted)


def _tools(wanted: Wanted) -> dict[str, str]:
    """What adr-tools puts in place of its four words."""
    day = wanted.today.isoformat()
    return {"NUMBER": str(wanted.number), "TITLE": "TITLE", "DATE": day, "STATUS": "Proposed"}


def _front_titled(content: str, wanted: Wanted) -> str:
    """The title in the front matter; with the number where no heading gives it."""
    end = front_matter(content).end
    found = _FRONT_TITLE.search(content, 0, end)
    if not found:
        return content
    alone = not any(section.level == 1 for section in _read(content, wanted).sections)
    title = wanted.style.heading(wanted.number, wanted.title) if alone else wanted.title
    return content[: found.start("value")] + as_yaml(title) + content[found.end("value") :]


def _titled(content: str, wanted: Wanted) -> str:
    """Our heading and the status `proposed` in place of the template's."""
    read = _read(content, wanted)
    edits = [_heading(read, wanted)]
    if read.status_range != NOWHERE and read.status_text:
        edits.append(Edit(wanted.path, _unescaped(read), _proposal(read.status_text)))
    return apply_edits(content, [edit for edit in edits if edit])


def _read(content: str, wanted: Wanted) -> Record:
    return parse(wanted.path, content.encode(), log=wanted.log)


def _heading(read: Record, wanted: Wanted) -> Edit | None:
    """None where the front matter alone gives the title."""
    place = read.title_range
    if any(section.level == 1 for section in read.sections):
        underlined = place.start.line < place.end.line
        return Edit(wanted.path, place, f"{'# ' if underlined else ''}{wanted.heading}")
    if place == NOWHERE or heads_section(read.title):
        return _first_heading(read, wanted)
    front = front_matter(read.text.content).end
    if read.text.offset(place.start) < front:
        return None
    return Edit(wanted.path, place, wanted.heading)


def _first_heading(read: Record, wanted: Wanted) -> Edit:
    """A heading where the template has none: at the head, behind the front matter."""
    end = read.text.line_end
    front = front_matter(read.text.content).end
    place = read.text.position(front)
    lead = end * 2 if front else ""
    gap = "" if front else end * 2
    return Edit(wanted.path, Range(place, place), f"{lead}# {wanted.heading}{gap}")


def _unescaped(read: Record) -> Range:
    """The status with the backslash that stands before it."""
    start = read.text.offset(read.status_range.start)
    escaped = read.text.content[:start].endswith("\\")
    return Range(read.text.position(start - escaped), read.status_range.end)


def _proposal(value: str) -> str:
    """The template's own word for a proposal, in its language; else ours."""
    own = (word.group() for word in re.finditer(r"[^\W\d_]+", value))
    found = next((word for word in own if status_of(word) is Status.PROPOSED), None)
    return found or worded("proposed", _first_choice(value))


def _first_choice(value: str) -> str:
    """The first status word of a template's list of choices, whose case we follow."""
    found = re.search(r"[^\W\d_]+", value)
    return found.group() if found else value
