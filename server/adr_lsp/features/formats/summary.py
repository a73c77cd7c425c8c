"""The denominators, in one line; and what else is worth a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from adr_lsp.evidence.model import Verdict
from adr_lsp.features.formats.escape import safe
from adr_lsp.features.report import Report


def summary(report: Report) -> str:
    """`14 records, 31 invariants: 22 passed, 2 stale, 1 failed; 3 runs read, 1 cut`."""
    counts = report.verdicts
    verdicts = ", ".join(f"{counts[v]} {v}" for v in reversed(Verdict) if counts[v])
    invariants = _count(len(report.invariants), "invariant")
    said = f"{_records(report)}, {invariants}"
    return f"{said}{': ' + verdicts if verdicts else ''}; {_evidence(report)}{_silenced(report)}"


def notes(report: Report) -> Iterator[str]:
    """What is not told, and what the baseline holds for nothing, each with what to do."""
    if report.held_back:
        said = _count(len(report.held_back), "more finding")
        yield (
            f"{said} {_is(len(report.held_back))} held back until the first invariant or a "
            "configuration; `--select ALL` or `adr-lsp init --write` shows all"
        )
    if report.dead:
        entries = sum(count for _, count in report.dead)
        path = safe(report.snapshot.config.baseline)
        verb = "matches" if entries == 1 else "match"
        yield (
            f"{_entries(entries)} of {path} {verb} no finding any more; "
            "`adr-lsp baseline prune` drops what is dead"
        )


def statistics(report: Report) -> str:
    """How many findings each rule has, one line each, and the summary."""
    names = {finding.code: finding.name for finding in report.findings}
    width = len(str(max((count for _, count in report.statistics), default=0)))
    lines = (f"{count:>{width}} {code} {names[code]}\n" for code, count in report.statistics)
    return f"{''.join(lines)}{summary(report)}\n"


def _records(report: Report) -> str:
    said = _count(len(report.records), "record")
    since = safe(report.snapshot.config.since or "")
    return f"{said} ({report.older} before {since})" if report.older else said


def _silenced(report: Report) -> str:
    if not report.silenced:
        return ""
    counts = Counter(each.by for each in report.silenced)
    parts = ", ".join(f"{counts[by]} by {by}" for by in sorted(counts))
    return f"; {_count(len(report.silenced), 'finding')} silenced: {parts}"


def _entries(number: int) -> str:
    return f"{number} entry" if number == 1 else f"{number} entries"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _evidence(report: Report) -> str:
    if not (report.runs or report.reports or report.unreadable):
        return "evidence: none read"
    counts = ((report.runs, "run"), (report.reports, "report"))
    read = [_count(number, noun) for number, noun in counts if number or noun == "run"]
    parts = [f"{' and '.join(read)} read"]
    parts += [f"{report.cut} cut"] if report.cut else []
    parts += [f"{report.unreadable} unreadable"] if report.unreadable else []
    return ", ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
