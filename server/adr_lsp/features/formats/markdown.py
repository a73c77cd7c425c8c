"""A comment on a pull request: the verdicts, what changed, the findings, the counterexamples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from adr_lsp.diagnostic import Diagnostic, Severity
from adr_lsp.evidence.model import Verdict
from adr_lsp.features.delta import Counts, Delta
from adr_lsp.features.formats import delta_text
from adr_lsp.features.formats.delta_text import Line
from adr_lsp.features.formats.escape import inert
from adr_lsp.features.formats.markdown_text import code, fenced, link, message, prose
from adr_lsp.features.formats.summary import summary
from adr_lsp.features.report import Judged, Report
from adr_lsp.snapshot.counterexamples import on_lines
from adr_lsp.value import dataclass

MARKER = "<!-- adr-lsp check -->"  # a bot finds its comment by it, and writes it anew
LONGEST = 65_000
LONGEST_EXAMPLE, MOST_LINES = 6_000, 20
FOLD_ABOVE = 20
ROOM_FOR_NOTE = 200
ICONS = {
    Severity.ERROR: "❌",
    Severity.WARNING: "⚠️",
    Severity.INFORMATION: "ℹ️",
    Severity.HINT: "💡",
}


@dataclass(frozen=True, slots=True)
class Part:
    """Rows between a head and a tail; without rows there is nothing to show."""

    head: str
    rows: tuple[str, ...]
    tail: str = ""


def markdown(report: Report) -> str:
    """At most `LONGEST` characters; what does not fit is counted."""
    top = f"{MARKER}\n### {_title(report)}\n\n{_counts(report)}\n"
    return inert(top + _fitted(tuple(_parts(report)), LONGEST - len(top) - ROOM_FOR_NOTE))


def _fitted(parts: Sequence[Part], room: int) -> str:
    said, left = "", 0
    for part in parts:
        room -= len(part.head) + len(part.tail)
        kept = ""
        for row in part.rows:
            if len(kept) + len(row) > room:
                left += 1
            else:
                kept += row
        room -= len(kept)
        said += part.head + kept + part.tail if kept else ""
    return said + (f"\n*{left} more rows do not fit here.*\n" if left else "")


def _title(report: Report) -> str:
    counted = [_number(report.severities[each], each.value) for each in Severity]
    said = ", ".join(each for each in counted if each)
    return f"Decisions: {said}" if said else "✅ Decisions: nothing found"


def _number(number: int, noun: str) -> str:
    plural = "" if number == 1 or noun == "information" else "s"
    return f"{number} {noun}{plural}" if number else ""


def _counts(report: Report) -> str:
    """The denominators, each with how it moved."""
    before = report.delta.before if report.delta else None
    now = report.verdicts
    verdicts = (
        f"{now[v]} {v}{_moved(now[v], before.verdicts[v] if before else None)}"
        for v in reversed(Verdict)
        if now[v] or (before is not None and before.verdicts[v])
    )
    records = len(report.records)
    invariants = len(report.invariants)
    said = [
        f"**{records} record{'' if records == 1 else 's'}**{_moved(records, _of(before)[0])}",
        f"**{invariants} invariant{'' if invariants == 1 else 's'}**"
        f"{_moved(invariants, _of(before)[1])}",
        *verdicts,
        summary(report).rpartition("; ")[2],
    ]
    return " · ".join(said) + (f"\n\n{_basis(report.delta)}" if report.delta else "")


def _of(before: Counts | None) -> tuple[int | None, int | None]:
    return (before.records, before.invariants) if before else (None, None)


def _moved(now: int, before: int | None) -> str:
    if before is None or now == before:
        return ""
    return f" ▲{now - before}" if now > before else f" ▼{before - now}"


def _basis(delta: Delta) -> str:
    return (
        f"▲▼ since {code(delta.name)}, judged by the same runs: "
        f"findings {len(delta.new)} new, {len(delta.gone)} gone."
    )


def _parts(report: Report) -> Iterator[Part]:
    if report.delta:
        changed = tuple(_changed(line) for line in delta_text.lines(report.delta))
        yield _table("What changed", ("", "What", "Change"), changed)
        new = report.delta.new
        old = _without(report.findings, new)
        yield _table("New findings", ("", "Place", "Finding"), tuple(map(_finding, new)))
        yield _table(
            "Other findings", ("", "Place", "Finding"), tuple(map(_finding, old)), fold_above=0
        )
    else:
        rows = tuple(_finding(finding) for finding in report.findings)
        yield _table("Findings", ("", "Place", "Finding"), rows)
    examples = tuple(_example(judged) for judged in report.invariants if _has_example(judged))
    yield Part("\n#### Counterexamples\n", examples)


def _without(findings: Iterable[Diagnostic], others: Iterable[Diagnostic]) -> list[Diagnostic]:
    left_out = frozenset(others)
    return [finding for finding in findings if finding not in left_out]


def _table(
    title: str, columns: Sequence[str], rows: tuple[str, ...], fold_above: int = FOLD_ABOVE
) -> Part:
    head = f"| {' | '.join(columns)} |\n|{' --- |' * len(columns)}\n"
    if len(rows) > fold_above:
        opened = f"\n<details><summary>{title} ({len(rows)})</summary>\n\n"
        return Part(opened + head, rows, "\n</details>\n")
    return Part(f"\n#### {title}\n\n{head}", rows)


def _finding(finding: Diagnostic) -> str:
    start = finding.range.start
    place = link(f"{finding.path}:{start.line + 1}", finding.path, start.line)
    icon = f"{ICONS[finding.severity]} {finding.severity}"
    return f"| {icon} | {place} | {finding.code} {message(finding.message)} |\n"


def _changed(line: Line) -> str:
    named = code(line.key) if line.line is None else link(line.key, line.path, line.line)
    texts = " → ".join(map(code, line.texts))
    why = f": {prose(line.why)}" if line.why else ""
    return f"| {line.mark} | {named} | {prose(line.kind)}{why} {texts} |\n"


def _has_example(judged: Judged) -> bool:
    standing = judged.standing
    return standing.counterexample is not None and standing.verdict is not Verdict.PASSED


def _example(judged: Judged) -> str:
    example = judged.standing.counterexample
    key = f"{judged.record_key}/{judged.invariant.id or '(no id)'}"
    place = link(key, judged.invariant.path, judged.invariant.range.start.line)
    said = f"{place} {code(judged.invariant.statement)}"
    shown = on_lines(example, LONGEST_EXAMPLE, MOST_LINES) if example else ""
    return f"\n{said}\n\n{fenced(shown)}\n"
