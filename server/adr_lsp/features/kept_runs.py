"""What the runs that are kept were, and which tests of them somebody may want forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from adr_lsp.evidence.model import Ending, Outcome, Run
from adr_lsp.features.age import age
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot, tests_of
from adr_lsp.snapshot.judgement import judge
from adr_lsp.snapshot.test_standing import deciding
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Listed:
    """One run in short; `outcomes` counts its results by outcome."""

    run: Run
    outcomes: Mapping[str, int]


def listed(run: Run) -> Listed:
    outcomes = Counter(result.outcome.value for result in run.results)
    outcomes["error"] += len(run.collect_errors)
    return Listed(run, {name: outcomes[name] for name in Outcome if outcomes[name]})


def in_lines(found: Iterable[Listed], now: datetime) -> Iterator[str]:
    for each in found:
        run = each.run
        commit = f", commit {run.commit[:10]}" if run.commit else ""
        ended = "" if run.ending is Ending.ENDED else f", {run.ending}"
        tool = f"{run.tool} {run.tool_version}".rstrip()
        yield f"{run.file}: {tool}, {_outcomes(each)}, {age(run.started, now)}{commit}{ended}"
        for test, reason in run.forgotten.items():
            yield f"  forgotten: earlier failures of {shown(test)}: {reason}"


def _outcomes(each: Listed) -> str:
    return ", ".join(f"{n} {name}" for name, n in each.outcomes.items()) or "no result"


def as_object(each: Listed) -> dict[str, Any]:
    run = each.run
    return {
        "file": run.file,
        "tool": run.tool,
        "tool_version": run.tool_version,
        "started": run.started.isoformat().replace("+00:00", "Z"),
        "commit": run.commit,
        "ending": run.ending.value,
        "outcomes": dict(each.outcomes),
        "forgotten": dict(run.forgotten),
    }


def unforgiven(snapshot: Snapshot, named: Iterable[tuple[Record, Invariant]]) -> list[str]:
    """The tests that passed last and are flaky for a failure of before, each by the name that its
    runs know it by: it may stand in another file since."""
    found: dict[str, None] = {}
    for record, invariant in named:
        for linked in tests_of(snapshot, record, invariant):
            judged = judge(snapshot, record, invariant, linked)
            if deciding(judged).outcome is Outcome.FLAKY:
                failures = (each.counted.failure for each in judged if each.counted)
                found |= {failure.result.test: None for failure in failures if failure}
    return list(found)


def shown(test: str) -> str:
    """The name of a test; runs end that of a whole file as if the name of a test followed."""
    return test.removesuffix("::")
