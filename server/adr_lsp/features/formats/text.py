"""For people at a terminal: every finding with the line that it is about."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.evidence.model import Verdict
from adr_lsp.features.age import age
from adr_lsp.features.formats.concise import line
from adr_lsp.features.formats.escape import safe
from adr_lsp.features.formats.summary import notes, summary
from adr_lsp.features.report import Judged, Report
from adr_lsp.snapshot import Snapshot
from adr_lsp.snapshot.reason import plural
from adr_lsp.text import Text, decode

FOLDED = "ADL101"
FOLD_ABOVE = 10
WIDEST = 100

MARKS = {
    Verdict.PASSED: "✓",
    Verdict.FAILED: "✗",
    Verdict.ERROR: "✗",
    Verdict.STALE: "◐",
    Verdict.FLAKY: "≈",
}


def text(report: Report) -> str:
    """Findings with code frames, folded where many say the same, then the denominators."""
    folded = sum(finding.code == FOLDED for finding in report.findings)
    many = folded > FOLD_ABOVE
    shown = [each for each in report.findings if not (many and each.code == FOLDED)]
    parts = [f"{line(finding)}\n{_frame(report.snapshot, finding)}\n" for finding in shown]
    if many:
        parts.append(
            f"{folded} records have no invariants ({FOLDED}); `--output-format concise` lists "
            f"them, `adr-lsp rule {FOLDED}` says what to do, `adr-lsp baseline write` accepts "
            "them as they are\n\n"
        )
    if report.delta:
        from adr_lsp.features.formats.delta_text import delta_text  # only where there is a base

        parts.append(f"{delta_text(report.delta)}\n")
    return "".join(parts) + "\n".join((summary(report), *notes(report))) + "\n"


def verdicts(invariants: Iterable[Judged], now: datetime, width: int | None = None) -> str:
    """Every invariant's verdict with methods, cases and age, one line each, at most `width` columns
    wide."""
    lines = (verdict_line(judged, now) for judged in invariants)
    cut = (
        line if width is None or len(line) <= width else line[: width - 1] + "…" for line in lines
    )
    return "".join(f"{line}\n" for line in cut)


def verdict_line(judged: Judged, now: datetime) -> str:
    """`✓ ADR-0001/INV-1  passed, 1 property test, 100 cases, 2 d ago  the statement`."""
    standing = judged.standing
    key = f"{judged.record_key}/{judged.invariant.id or '(no id)'}"
    said = f"{MARKS.get(standing.verdict, '○')} {key:<20} {standing.verdict}"
    if standing.verdict is Verdict.PASSED:
        said += f", {_cases(judged)}{_since(judged, now)}"
    elif standing.reason:
        said += f": {standing.reason}"
    return safe(f"{said}  {judged.invariant.statement}")


def _cases(judged: Judged) -> str:
    tests = judged.standing.tests
    methods = ", ".join(dict.fromkeys(test.method for test in tests))
    counted = f"1 {methods} test" if len(tests) == 1 else f"{len(tests)} {methods} tests"
    cases = judged.standing.cases
    return counted if cases is None else f"{counted}, {plural(cases, 'case')}"


def _since(judged: Judged, now: datetime) -> str:
    run = judged.standing.run
    passed = age(run.started, now) if run else ""
    return f", {passed}{' ago' if passed != 'now' else ''}" if run else ""


def _frame(snapshot: Snapshot, finding: Diagnostic) -> str:
    """The line of the finding with carets below what it is about; empty where there is none."""
    content = _text_of(snapshot, finding.path)
    if content is None:
        return ""
    start, end = finding.range.start, finding.range.end
    source = content.line(start.line)
    last = end.column if end.line == start.line else len(source)
    if not source.strip():
        return ""
    left, right = _window(len(source), start.column, last)
    cut, more = "…" if left else "", "…" if right < len(source) else ""
    number = str(start.line + 1)
    margin = " " * len(number)
    pad = " " * _width(cut + _printable(source[left : start.column]))
    carets = "^" * max(1, _width(_printable(source[start.column : min(last, right)])))
    shown = f"{cut}{_printable(source[left:right])}{more}"
    return f"{margin} |\n{number} | {shown}\n{margin} | {pad}{carets}\n"


def _window(length: int, start: int, end: int) -> tuple[int, int]:
    """The part of a long line that is shown: what the finding is about, with as much before it as
    behind it."""
    room = max(0, WIDEST - (end - start))
    left = max(0, min(start - room // 2, length - WIDEST))
    return left, min(length, left + WIDEST)


def _printable(source: str) -> str:
    return safe(source.replace("\t", " "))


def _text_of(snapshot: Snapshot, path: str) -> Text | None:
    record = snapshot.log.records.get(path)
    if record:
        return record.text
    raw = snapshot.tree.read(path)
    return Text(decode(raw)[0]) if raw is not None else None


def _width(content: str) -> int:
    """Columns on a terminal: wide characters take two, combining marks none."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in content)
    return len(content) + wide - sum(unicodedata.combining(c) != 0 for c in content)
