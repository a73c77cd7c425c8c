"""The report as one HTML file, and its badge."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import jinja2

from adr_lsp.evidence.model import Verdict
from adr_lsp.features.age import age
from adr_lsp.features.formats.escape import safe
from adr_lsp.features.html_report.drawing import drawings
from adr_lsp.features.html_report.graph import graph
from adr_lsp.features.html_report.letters import LETTERS
from adr_lsp.features.html_report.prose import prose
from adr_lsp.features.html_report.view import Row, chapters, used_methods
from adr_lsp.snapshot import Snapshot
from adr_lsp.snapshot.reason import plural, short

_TEMPLATES = "templates"
LONGEST_STATEMENT = 240  # where a line per invariant is wanted; its own place has all of it


def page(snapshot: Snapshot, title: str) -> str:
    """Everything that comes from files is escaped; the page's own policy allows its style alone."""
    every = chapters(snapshot)
    rows = [row for chapter in every for row in chapter.rows]
    drawn = graph(snapshot, every)
    pictures = drawings(drawn)
    style = _text("report.css")
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            title=title,
            policy=f"default-src 'none'; style-src 'sha256-{_digest(style)}'",
            style=style,
            chapters=every,
            rows=rows,
            methods=used_methods(every),
            letters=LETTERS,
            verdicts=_by_verdict(rows),
            runs=len(snapshot.runs),
            made=snapshot.now.strftime("%Y-%m-%d %H:%M UTC"),
            now=snapshot.now,
            drawings=pictures,
            superseded=bool(drawn.successions),
            alone=len(every) - sum(len(each.boxes) for each in pictures),
        )
    )


def badge(snapshot: Snapshot) -> str:
    """An SVG image: how many invariants passed, of how many that are owed a proof."""
    every = chapters(snapshot)
    owed = [row for c in every if not c.record.status.retired for row in c.rows]
    passed = sum(row.verdict is Verdict.PASSED for row in owed)
    bad = any(LETTERS[row.verdict].tone == "bad" for row in owed)
    colour = "#b3261e" if bad else "#1b7f3b" if owed and passed == len(owed) else "#8a6d00"
    value = f"{passed} of {len(owed)} passed" if owed else "none"
    return _environment().get_template("badge.svg.j2").render(value=value, colour=colour)


def _by_verdict(rows: Iterable[Row]) -> list[tuple[Verdict, list[Row]]]:
    found: dict[Verdict, list[Row]] = {verdict: [] for verdict in Verdict}
    for row in rows:
        found[row.verdict].append(row)
    return [(verdict, each) for verdict, each in found.items() if each]


def _digest(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


@cache
def _text(name: str) -> str:
    return files(__package__).joinpath(_TEMPLATES, name).read_text(encoding="utf-8")


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("adr_lsp.features.html_report", _TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: safe(value) if type(value) is str else value,
    )
    made.filters |= {"prose": prose, "age": age, "counted": plural}
    made.filters["short"] = lambda statement: short(statement, LONGEST_STATEMENT)
    return made
