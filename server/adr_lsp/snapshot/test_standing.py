"""What the last runs say of one test, over all its parameters."""

from __future__ import annotations

from adr_lsp.evidence.history import Entry
from adr_lsp.evidence.model import Counterexample, Outcome, Verdict
from adr_lsp.snapshot.judgement import Judged
from adr_lsp.snapshot.tests import LinkedTest
from adr_lsp.value import dataclass

LOWER_NOTHING = (Verdict.SKIPPED, Verdict.NOT_RUN)
EARNED = (Verdict.PASSED, Verdict.UNSIGNED)


@dataclass(frozen=True, slots=True)
class TestStanding:
    """One test of an invariant, as the parameter that decides has it.

    `run` is the name of the evidence file, without folder and suffix. `stale` are the reasons why
    the result does not count as it is, `vacuous` why a pass shows nothing. `passed` of `total`
    parameters passed. `exhausted`: the input space holds no more cases. `failed_before`: it
    passed last, and failed on the same code before; `forgotten` is why that is to be forgotten.
    """

    path: str
    name: str
    method: str
    outcome: Outcome
    verdict: Verdict
    run: str | None = None
    cases: int | None = None
    stale: tuple[str, ...] = ()
    vacuous: str | None = None
    counterexample: Counterexample | None = None
    message: str = ""
    error: str | None = None
    parameter: str | None = None
    passed: int = 0
    total: int = 1
    exhausted: bool = False
    failed_before: bool = False
    forgotten: str = ""

    __test__ = False  # pytest collects no class of this name

    @property
    def id(self) -> str:
        return f"{self.path}::{self.name}" if self.name else self.path


def deciding(judged: tuple[Judged, ...]) -> Judged:
    """The worst parameter; those that did not run lower nothing if another passed."""
    passed = any(each.verdict in EARNED for each in judged)
    return next(each for each in judged if not (passed and each.verdict in LOWER_NOTHING))


def standing_of_test(linked: LinkedTest, judged: tuple[Judged, ...]) -> TestStanding:
    """A test's parameters, the worst first, taken together."""
    worst = deciding(judged)
    result = worst.entry.result if worst.entry else None
    counted = [each.counted for each in judged if each.counted]
    generated = [each.cases for each in judged if each.cases]
    return TestStanding(
        path=linked.path,
        name=linked.name,
        method=linked.method,
        outcome=worst.outcome,
        verdict=worst.verdict,
        run=run_id(worst.entry),
        cases=sum(cases.accepted for cases in generated) if generated else None,
        stale=tuple(dict.fromkeys(reason for each in judged for reason in each.stale)),
        vacuous=worst.vacuous,
        counterexample=worst.counterexample,
        message=result.message if result else "",
        error=result.error if result else None,
        parameter=worst.parameter,
        passed=sum(each.outcome is Outcome.PASSED for each in judged),
        total=len(judged),
        exhausted=bool(generated) and all(cases.exhausted for cases in generated),
        failed_before=any(each.failure for each in counted),
        forgotten=next((each.forgotten for each in counted if each.forgotten), ""),
    )


def run_id(entry: Entry | None) -> str | None:
    """`20260101T000000Z-0123456789abcdef`."""
    return entry.run.file.rpartition("/")[2].removesuffix(".jsonl") if entry else None
