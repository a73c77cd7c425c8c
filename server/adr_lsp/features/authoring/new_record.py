"""A new record in its log's own style, with a place for its first invariant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from adr_lsp.features.actions.insert_section import place as section_place
from adr_lsp.features.actions.insert_section import section_text
from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.features.authoring.status_words import worded
from adr_lsp.features.authoring.style import Style, next_number, style_of
from adr_lsp.features.authoring.template import template
from adr_lsp.record import Record, Status, parse
from adr_lsp.record.heading import HEADS_STATUS
from adr_lsp.record.status import status_of
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import NOWHERE, Change, Edit, Range, apply_edits

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
_CHOICES = r"\{.*\}|\[.*\](?!\()|<.*>"
_STATUS = re.compile(
    rf"^(?P<label>[^\w\n#]*(?:{_STATED})[^\w\n]*?[:：][*_ \t]*)"
    rf"(?P<value>\"?(?:{_CHOICES})\"?)",
    re.IGNORECASE | re.MULTILINE,
)
_FRONT_TITLE = re.compile(r"\A---\r?\n(?:(?!---).*\r?\n)*?title:[ \t]*(?P<value>[^\r\n]*)")
_ADR_TOOLS = re.compile(r"\b(?:NUMBER|TITLE|DATE|STATUS)\b")


@dataclass(frozen=True, slots=True)
class NewRecord:
    """Where the record will stand, and the change that writes it."""

    path: str
    change: Change


def new_record(snapshot: Snapshot, title: str, log: str, today: date) -> NewRecord | Refusal:
    """The next record of a log. `log` is a folder, which may have no record yet."""
    title = " ".join(title.split())
    if not title:
        return Refusal("a record needs a title")
    siblings = [r for r in snapshot.log if not log or r.path.startswith(f"{log}/")]
    style = style_of(siblings) if siblings else Style(folder=log)
    number = next_number(siblings)
    path = style.path(number, title, today)
    if snapshot.tree.exists(path):
        return Refusal(f"{path} exists already")
    begun = template(snapshot, log)
    if isinstance(begun, Refusal):
        return begun
    filled = _filled(begun, number, title, today)
    content = _with_invariants(
        snapshot, path, log, _titled(path, log, filled, style, number, title)
    )
    return NewRecord(path, Change((Edit(path, NOWHERE, content),)))


def _filled(begun: str, number: int, title: str, today: date) -> str:
    """The template with the day, and with what adr-tools puts in place of its four words."""
    words = {
        "NUMBER": str(number),
        "TITLE": title,
        "DATE": today.isoformat(),
        "STATUS": "Proposed",
    }
    if re.search(r"^# NUMBER\. TITLE", begun, re.MULTILINE):
        return _ADR_TOOLS.sub(lambda found: words[found.group()], begun)
    dated = _DATE.sub(lambda found: found["label"] + today.isoformat(), begun, count=1)
    dated = _STATUS.sub(_proposed, dated, count=1)
    front = _FRONT_TITLE.match(dated)
    if front:
        quoted = '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'
        dated = dated[: front.start("value")] + quoted + dated[front.end("value") :]
    return dated


def _proposed(found: re.Match[str]) -> str:
    return found["label"] + _proposal(found["value"])


def _titled(path: str, log: str, content: str, style: Style, number: int, title: str) -> str:
    """Our heading and the status `proposed` in place of the template's."""
    read = parse(path, content.encode(), log=log)
    edits = [Edit(path, place, new) for place, new in _places(read, style, number, title)]
    if not any(section.level == 1 for section in read.sections) and not _has_title(read):
        heading = f"# {style.heading(number, title)}{read.text.line_end * 2}"
        edits.append(Edit(path, NOWHERE, heading))
    return apply_edits(content, edits)


def _has_title(read: Record) -> bool:
    return read.title_range != NOWHERE


def _places(read: Record, style: Style, number: int, title: str) -> list[tuple[Range, str]]:
    places = []
    if any(section.level == 1 for section in read.sections):
        places.append((read.title_range, style.heading(number, title)))
    if read.status_range != NOWHERE and read.status_text:
        places.append((_unescaped(read), _proposal(read.status_text)))
    return places


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


def _with_invariants(snapshot: Snapshot, path: str, log: str, content: str) -> str:
    read = parse(path, content.encode(), log=log, prefixes=snapshot.config.prefixes)
    if read.invariant_sections or read.invariants:
        return content
    position = section_place(read)
    section = section_text(read, f"- **{snapshot.config.prefixes[0]}-1**: ")
    return apply_edits(content, [Edit(path, Range(position, position), section)])
