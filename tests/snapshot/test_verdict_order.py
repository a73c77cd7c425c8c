"""The worst decides, whatever else stands beside it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.evidence.model import Verdict
from evidence.writing import cases, result
from snapshot.made import Root, stands

ORDER = [
    *("failed", "error", "flaky", "known-violation", "waived", "argued", "unverified"),
    *("scaffolded", "stale", "vacuous", "skipped", "not-run", "unsigned", "passed"),
]
SAYS = {
    "failed": "failed",
    "error": "error",
    "flaky": "flaky",
    "xfailed": "known-violation",
    "xpassed": "known-violation",
    "scaffolded": "scaffolded",
    "vacuous": "vacuous",
    "skipped": "skipped",
    "not-run": "not-run",
    "passed": "passed",
}
TESTS = "tests/test_all.py"

worlds = st.lists(st.sampled_from(sorted(SAYS)), min_size=1, max_size=4)


def made(says: list[str], *, cut: bool = False) -> Root:
    """One invariant with one test for each of these."""
    root = Root()
    root.write("docs/adr/0001-all.md", "# 1. All\n\n## Invariants\n\n- **INV-1**: A holds.\n")
    root.write(TESTS, "\n\n".join(_test(number, said) for number, said in enumerate(says)))
    root.ran(
        *(_line(number, said) for number, said in enumerate(says) if said != "not-run"), cut=cut
    )
    return root


def _test(number: int, said: str) -> str:
    scaffold = "    # adr-lsp: scaffold\n" if said == "scaffolded" else ""
    head = f"# Verifies: ADR-0001/INV-1\ndef test_{number}():\n"
    return f"{head}{scaffold}    assert int('{number}') == {number}\n"


def _line(number: int, said: str) -> dict[str, object]:
    generated = cases(1) if said == "vacuous" else cases(100)
    outcome = "passed" if said in ("vacuous", "scaffolded") else said
    return result(outcome, test=f"{TESTS}::test_{number}", cases=generated)


def test_the_order_is_that_of_the_verdicts() -> None:
    assert [verdict.value for verdict in Verdict] == ORDER


@given(worlds)
def test_the_worst_test_decides(says: list[str]) -> None:
    found = stands(made(says))
    assert found.verdict == min((SAYS[said] for said in says), key=ORDER.index)
    assert [SAYS[said] for said in says] == [test.verdict for test in found.tests]
    assert found.reason


@given(worlds)
def test_more_tests_never_make_it_better(says: list[str]) -> None:
    fewer, more = (ORDER.index(stands(made(these)).verdict) for these in (says[:-1] or says, says))
    assert more <= fewer


@given(worlds)
def test_a_run_that_was_cut_never_passes(says: list[str]) -> None:
    assert stands(made(says, cut=True)).verdict is not Verdict.PASSED


@given(worlds, st.sampled_from([TESTS, "docs/adr/0001-all.md"]))
def test_what_a_file_said_before_never_passes(says: list[str], path: str) -> None:
    root = made(says)
    old, new = ("assert int", "assert float") if path == TESTS else ("A holds", "B holds")
    root.replace(path, old, new)
    assert stands(root).verdict is not Verdict.PASSED
