"""An invariant's verdict in at most forty columns, for the end of its line."""

from __future__ import annotations

from adr_lsp.evidence.model import Verdict
from adr_lsp.features.age import age
from adr_lsp.features.formats.escape import safe
from adr_lsp.snapshot import Snapshot, Standing
from adr_lsp.snapshot.counterexamples import on_line
from adr_lsp.snapshot.reason import plural

WIDEST = 40
MARKS = {
    Verdict.PASSED: "✓",
    Verdict.FAILED: "✗",
    Verdict.ERROR: "✗",
    Verdict.FLAKY: "≈",
    Verdict.STALE: "◐",
}


def verdict_label(snapshot: Snapshot, standing: Standing) -> str:
    """`✓ 3 tests, 300 cases · 2 d`, `✗ n=0`, `◐ stale: merge() changed`, `○ unverified`."""
    label = f"{MARKS.get(standing.verdict, '○')} {_said(snapshot, standing)}"
    label = safe(label)
    return label if len(label) <= WIDEST else label[: WIDEST - 1] + "…"


def _said(snapshot: Snapshot, standing: Standing) -> str:
    match standing.verdict:
        case Verdict.PASSED:
            when = f" · {age(standing.run.started, snapshot.now)}" if standing.run else ""
            return counted(standing) + when
        case Verdict.FAILED | Verdict.FLAKY if standing.counterexample:
            return on_line(standing.counterexample, WIDEST - len("✗ "))
        case Verdict.STALE if standing.changes:
            return f"stale: {standing.changes[0]}"
        case Verdict.UNVERIFIED | Verdict.SCAFFOLDED:
            return standing.verdict
    return f"{standing.verdict}: {standing.reason}" if standing.reason else standing.verdict


def counted(standing: Standing) -> str:
    """`3 tests, 300 cases`."""
    number = len(standing.tests)
    tests = plural(number, "test")
    return tests if standing.cases is None else f"{tests}, {plural(standing.cases, 'case')}"
