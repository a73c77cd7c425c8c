"""Which result of a test counts, of all that its runs left."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.evidence.counting import Counted, counted
from adr_lsp.evidence.history import Entry, History, history, latest_first
from adr_lsp.evidence.model import Outcome, Run
from evidence.writing import TEST, content, example, result, run

NOW, THEN = "aa" * 32, "bb" * 32
PATH, _, NAME = TEST.partition("::")


def on(digest: str, minute: int, *lines: dict[str, Any], **fields: Any) -> Run:
    """A run on the code as it is now, or as it was then."""
    return run(content(**{PATH: digest}), *lines, minute=minute, **fields)


def same(entry: Entry) -> bool:
    return entry.run.content[PATH] == NOW


def told(*runs: Run, names: tuple[str, ...] = (NAME,)) -> History:
    return history(latest_first(runs), PATH, names)


def count(*runs: Run, parameter: str | None = None) -> Counted | None:
    return counted(told(*runs).entries[parameter], same, same)


def check(expected: str, *runs: Run, parameter: str | None = None) -> Counted | None:
    """The outcome that counts, in words: `passed`, `stale passed`, `nothing`."""
    found = count(*runs, parameter=parameter)
    said = f"{'' if found.fresh else 'stale '}{found.outcome}" if found else "nothing"
    assert said == expected
    return found


def test_without_a_result_nothing_counts() -> None:
    check("nothing")
    check("nothing", on(NOW, 0, result(test="tests/test_b.py::test_b")))


def test_the_latest_counts() -> None:
    check("failed", on(NOW, 0, result()), on(NOW, 1, result("failed")))
    check("error", on(NOW, 0, result()), on(NOW, 1, result("error", error="deadline")))


def test_what_matches_the_present_counts_before_what_is_later() -> None:
    """Switching branches and back shows passed again."""
    check("passed", on(NOW, 0, result()), on(THEN, 1, result("failed")))


def test_where_nothing_matches_the_latest_counts_as_stale() -> None:
    check("stale failed", on(THEN, 0, result()), on(THEN, 1, result("failed")))
    check("stale passed", on(THEN, 0, result("failed")), on(THEN, 1, result()))


def test_the_worst_interpreter_counts() -> None:
    runs = (
        on(NOW, 0, result("failed"), python="3.13.1"),
        on(NOW, 1, result(), python="3.11.7"),
        on(THEN, 2, result(), python="3.12.0"),
    )
    check("failed", *runs)
    check("passed", *runs, on(NOW, 3, result(), python="3.13.2"))


def test_failed_then_passed_is_flaky_and_keeps_its_counterexample() -> None:
    found = check(
        "flaky",
        on(NOW, 0, result("failed", counterexample=example(n="0"))),
        on(NOW, 1, result()),
        on(NOW, 2, result()),
    )
    assert found and found.counterexample and found.counterexample.values == {"n": "0"}


@pytest.mark.parametrize(
    ("expected", "replayed"),
    [
        ("passed", {"text": "test_merge(n=0)", "values": {"n": "0"}}),
        ("passed", {"text": "test_merge(\n    n=0,\n)", "values": {"n": "0"}}),
        ("flaky", {"text": "test_merge(n=1)", "values": {"n": "1"}}),
    ],
)
def test_flaky_ends_when_the_very_example_passes(expected: str, replayed: dict[str, Any]) -> None:
    failed = on(NOW, 0, result("failed", counterexample=example(n="0")))
    check(expected, failed, on(NOW, 1, result(replayed=[replayed])))
    check(expected, failed, on(NOW, 1, result(replayed=[replayed])), on(NOW, 2, result()))


def test_a_program_is_replayed_as_it_is_printed() -> None:
    program = {"text": "state = Queue()\nstate.put(0)", "values": None}
    failed = on(NOW, 0, result("failed", counterexample=program))
    check("passed", failed, on(NOW, 1, result(replayed=[program])))
    check("flaky", failed, on(NOW, 1, result(replayed=[{**program, "text": "state = Queue()"}])))


def test_flaky_ends_with_the_code_or_the_environment() -> None:
    failed = result("failed", counterexample=example(n="0"))
    check("passed", on(THEN, 0, failed), on(NOW, 1, result()))
    check("passed", on(NOW, 0, failed), on(NOW, 1, result(), versions="1" * 16))
    check("failed", on(NOW, 0, failed), on(NOW, 1, result(), python="3.13.0"))


def test_a_replay_before_the_failure_ends_nothing() -> None:
    replay = on(NOW, 0, result(replayed=[example(n="0")]))
    failed = on(NOW, 1, result("failed", counterexample=example(n="0")))
    check("flaky", replay, failed, on(NOW, 2, result()))


def test_a_failure_that_a_rerun_hid_stays_flaky() -> None:
    check("flaky", on(NOW, 0, result("flaky")))
    check("flaky", on(NOW, 0, result("flaky")), on(NOW, 1, result()))


def test_a_mended_error_is_not_flaky() -> None:
    check("passed", on(NOW, 0, result("error", error="setup")), on(NOW, 1, result()))


def test_of_a_run_without_an_end_only_failures_and_errors_count() -> None:
    check("nothing", on(NOW, 0, result(), cut=True))
    check("passed", on(NOW, 0, result()), on(NOW, 1, result("skipped"), cut=True))
    check("failed", on(NOW, 0, result()), on(NOW, 1, result("failed"), cut=True))
    check("error", on(NOW, 0, result()), on(NOW, 1, result("error"), cut=True))


def test_of_several_reports_in_one_run_the_worst_counts() -> None:
    check("failed", on(NOW, 0, result("failed"), result()))


def test_a_state_machine_is_one_test_under_all_its_names() -> None:
    found = told(
        on(NOW, 0, result(test=f"{PATH}::TestQueue::runTest")),
        on(NOW, 1, result("failed", test=f"{PATH}::Queue")),
        names=("TestQueue", "Queue"),
    )
    assert [entry.result.outcome for entry in found.entries[None]] == ["failed", "passed"]


# Parameters


def listed(*parameters: str, narrowed: bool = False) -> dict[str, Any]:
    return {
        "type": "collected",
        "parameters": {TEST: list(parameters)},
        "narrowed": [TEST] if narrowed else [],
    }


def one(parameter: str, outcome: str = "passed") -> dict[str, Any]:
    return result(outcome, parameter=parameter)


def test_parameters_are_those_of_the_latest_whole_run() -> None:
    whole = on(NOW, 0, listed("[1]", "[2]"), one("[1]"), one("[2]", "failed"))
    fewer = on(NOW, 1, listed("[1]"), one("[1]"))
    assert told(whole).parameters == ("[1]", "[2]")
    assert told(whole, fewer).parameters == ("[1]",)


def test_a_narrower_run_takes_no_parameter_away() -> None:
    whole = on(NOW, 0, listed("[1]", "[2]"), one("[1]"), one("[2]", "failed"))
    narrow = on(NOW, 1, listed("[1]", narrowed=True), one("[1]"))
    assert set(told(whole, narrow).parameters) == {"[1]", "[2]"}
    check("failed", whole, narrow, parameter="[2]")


def test_a_narrower_run_may_add_one() -> None:
    whole = on(NOW, 0, listed("[1]"), one("[1]"))
    narrow = on(NOW, 1, listed("[9]", narrowed=True), one("[9]", "failed"))
    check("failed", whole, narrow, parameter="[9]")


def test_a_run_that_was_cut_lists_what_it_would_have_run() -> None:
    cut = on(NOW, 1, listed("[1]", "[2]"), one("[1]"), cut=True)
    assert told(cut).parameters == ("[1]", "[2]")
    check("nothing", cut, parameter="[1]")


def test_a_run_without_the_test_says_nothing_of_its_parameters() -> None:
    narrow = on(NOW, 1, listed("[1]", narrowed=True), one("[1]"))
    whole = on(NOW, 0, listed("[1]", "[2]"), one("[1]"), one("[2]"))
    other = on(NOW, 2, result(test="tests/test_b.py::test_b"))
    assert set(told(whole, narrow, other).parameters) == {"[1]", "[2]"}


# Files that could not be collected

BROKEN = {"type": "collect-error", "path": PATH, "message": "ImportError: no merge"}


def test_a_collection_error_is_an_error_of_every_test_in_the_file() -> None:
    found = check("error", on(NOW, 0, result()), on(NOW, 1, BROKEN))
    assert found and found.entry.result.message == "ImportError: no merge"


def test_until_a_later_run_collects_the_file() -> None:
    """That run may have selected other tests of the file alone."""
    other = on(NOW, 2, result(test=f"{PATH}::test_other"))
    check("passed", on(NOW, 0, result()), on(NOW, 1, BROKEN), other)


def test_a_file_collected_by_another_interpreter_stays_an_error_here() -> None:
    check("error", on(NOW, 0, BROKEN, python="3.13.0"), on(NOW, 1, result(), python="3.11.7"))


def test_a_folder_that_fails_takes_its_files_along() -> None:
    check("error", on(NOW, 0, {**BROKEN, "path": "tests"}))
    check("error", on(NOW, 0, {**BROKEN, "path": "tests/__init__.py"}))
    check("nothing", on(NOW, 0, {**BROKEN, "path": "test"}))


# What always holds

outcomes = st.sampled_from(["passed", "failed", "error", "flaky", "skipped", "xfailed", "xpassed"])


@st.composite
def many_runs(draw: st.DrawFn) -> list[Run]:
    return [
        on(
            draw(st.sampled_from([NOW, THEN])),
            minute,
            *(
                result(outcome, parameter=draw(st.sampled_from([None, "[1]"])))
                for outcome in draw(st.lists(outcomes, max_size=2))
            ),
            python=draw(st.sampled_from(["3.11.7", "3.13.0"])),
            cut=draw(st.booleans()),
        )
        for minute in range(draw(st.integers(0, 5)))
    ]


@given(many_runs(), st.randoms())
def test_the_order_of_the_files_does_not_matter(runs: list[Run], random: Any) -> None:
    shuffled = list(runs)
    random.shuffle(shuffled)
    assert told(*shuffled) == told(*runs)


@given(many_runs())
def test_passed_needs_a_pass_of_a_whole_run_on_this_code(runs: list[Run]) -> None:
    found = told(*runs)
    for parameter in found.parameters:
        counts = counted(found.entries[parameter], same, same)
        if counts and counts.fresh and counts.outcome is Outcome.PASSED:
            earned = counts.entry
            assert earned.run.ending == "ended"
            assert earned.run.content[PATH] == NOW
            assert all(
                each.outcome is Outcome.PASSED
                for each in earned.run.by_test[TEST]
                if each.parameter == parameter
            )


@given(many_runs(), outcomes.filter(lambda outcome: outcome != "passed"))
def test_a_later_bad_result_is_never_passed(runs: list[Run], outcome: str) -> None:
    lanes = ("3.11.7", "3.13.0")
    later = [on(NOW, 50, result(outcome), python=python) for python in lanes]
    found = counted(told(*runs, *later).entries[None], same, same)
    assert found is not None and found.outcome == outcome
