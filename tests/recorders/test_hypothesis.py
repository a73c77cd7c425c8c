"""What Hypothesis found, as it told it: counterexamples, cases, and what was established."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from adr_lsp.recorders.pytest import adr_lsp_pytest
from recorders.recorded import ON, Recorded, run, write

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """
import time, unittest
import pytest
from hypothesis import HealthCheck, Phase, assume, example, given, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
settings.register_profile("quick", database=None, max_examples=30, deadline=None, derandomize=True)
settings.load_profile("quick")
small = st.integers(0, 1000)
"""
FAILING = """
@given(n=small, flag=st.booleans())
def test_values(n, flag): assert n < 10
@given(pairs=st.lists(st.tuples(small, small), min_size=3))
def test_nested(pairs): assert not pairs
@pytest.mark.parametrize("k", [3])
@given(n=small)
def test_beside_fixtures(n, k, tmp_path_factory): assert n < k
class TestMethods:
    @given(n=small)
    def test_method(self, n): assert n < 3
class Old(unittest.TestCase):
    @given(n=small)
    def test_old(self, n): self.assertLess(n, 3)
@given(n=st.integers(-1000, 1000))
def test_two_faults(n):
    if n > 10: raise ValueError
    if n < -10: raise TypeError
@given(data=st.data())
def test_drawn(data): assert data.draw(small) + data.draw(small, label="more") < 5
@given(f=st.functions(like=lambda n: n, returns=small))
def test_unreadable(f): assert f(1) < 0
@example(n=4)
@example(n=3)
@given(n=small)
def test_pinned(n): assert n != 3
class Counter(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.count = 0
    @rule(by=st.integers(1, 5))
    def add(self, by):
        self.count += by
        assert self.count < 7
TestCounter = Counter.TestCase
@pytest.mark.xfail
@given(n=small)
def test_known(n): assert n < 3
"""
VALUES = {
    "test_values": {"n": "10", "flag": "False"},
    "test_nested": {"pairs": "[(0, 0), (0, 0), (0, 0)]"},
    "test_beside_fixtures[3]": {"n": "3"},
    "TestMethods::test_method": {"n": "3"},
    "Old::test_old": {"n": "3"},
    "test_two_faults": None,
    "test_drawn": None,
    "test_unreadable": None,
    "test_pinned": {"n": "3"},
    "TestCounter::runTest": None,
    "test_known": {"n": "3"},
}


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    folder = tmp_path_factory.mktemp("failing")
    write(folder, {**ON, "test_it.py": HEAD + FAILING})
    return run(folder)


def test_counterexamples_are_shrunk_and_read(failing: Recorded) -> None:
    values = {test: line["counterexample"]["values"] for test, line in failing.results.items()}
    for unordered in ("test_two_faults", "test_unreadable"):
        values[unordered] = VALUES[unordered]
    assert values == VALUES, failing.output


def test_a_group_of_faults_shows_one_of_them(failing: Recorded) -> None:
    line = failing.results["test_two_faults"]
    assert line["outcome"] == "failed"
    assert line["counterexample"]["values"]["n"] in ("11", "-11")


def test_values_are_source_text(failing: Recorded) -> None:
    for line in failing.results.values():
        for value in (line["counterexample"]["values"] or {}).values():
            ast.parse(value, mode="eval")


def test_a_program_and_its_draws_are_kept_verbatim(failing: Recorded) -> None:
    program = failing.results["TestCounter::runTest"]["counterexample"]["text"]
    assert program.startswith("state = Counter()\nstate.add(by=")
    assert program.endswith("state.teardown()")
    drawn = failing.results["test_drawn"]["counterexample"]["text"]
    assert "\nDraw 1: " in drawn
    assert "\nDraw 2 (more): " in drawn


def test_of_a_program_that_is_too_long_the_end_is_kept() -> None:
    program = "state = Counter()\n" + "state.add(by=1)\n" * 2000 + "state.teardown()"
    kept = adr_lsp_pytest.example(program, ["runTest"], frozenset())
    assert kept is not None
    assert program.endswith(kept["text"])
    assert kept["text"].startswith("state.add(by=1)\n")
    assert len(kept["text"]) > 19_000


def test_all_of_them_failed(failing: Recorded) -> None:
    assert failing.outcomes == {
        test: "xfailed" if test == "test_known" else "failed" for test in VALUES
    }


OTHERS = """
@given(n=small)
def test_passes(n): pass
@given(flag=st.booleans())
def test_exhausts(flag): pass
@given(flag=st.booleans())
@settings(phases=[Phase.explicit, Phase.reuse])
@example(flag=True)
def test_generates_nothing(flag): pass
@given(n=small)
@settings(max_examples=1)
def test_once(n): pass
@given(n=small)
@settings(suppress_health_check=list(HealthCheck))
def test_discards_half(n): assume(n % 2)
@given(n=small)
@settings(suppress_health_check=list(HealthCheck))
def test_discards_all(n): assume(False)
@given(n=small)
def test_unhealthy(n): assume(False)
@given(n=small)
@settings(deadline=1, max_examples=2)
def test_late(n): time.sleep(0.02)
@given(n=small)
def test_misused(m): pass
RUNS = []
@given(n=small)
def test_unreliable(n):
    RUNS.append(n)
    assert len(RUNS) != 3
@pytest.fixture
def broken(): raise ValueError
@given(n=small)
def test_setup(broken, n): pass
@example(n=3)
@example(n=4).xfail()
@given(n=small)
def test_expects(n): assert n != 4
@example(n=3).via("discovered failure")
@given(n=small)
def test_holds_the_pinned(n): pass
class Quiet(RuleBasedStateMachine):
    @rule(by=small)
    def add(self, by): pass
TestQuiet = Quiet.TestCase
def test_generates_none(): pass
def test_inside():
    @given(n=small)
    def check(n): pass
    check()
"""


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    folder = tmp_path_factory.mktemp("others")
    write(folder, {**ON, "test_it.py": HEAD + OTHERS})
    return run(folder)


def test_what_was_not_established_is_an_error(others: Recorded) -> None:
    errors = {test: line["error"] for test, line in others.results.items() if "error" in line}
    assert errors == {
        "test_discards_all": "unsatisfiable",
        "test_unhealthy": "health-check",
        "test_late": "deadline",
        "test_misused": "usage",
        "test_setup": "setup",
    }, others.output
    assert {others.outcomes[test] for test in errors} == {"error"}


def test_an_unreliable_test_is_flaky(others: Recorded) -> None:
    assert others.outcomes["test_unreliable"] == "flaky"


def test_cases_are_counted(others: Recorded) -> None:
    assert others.results["test_passes"]["cases"] == {
        "accepted": 30,
        "rejected": 0,
        "failed": 0,
        "phases": {"generate": 30},
        "max_examples": 30,
        "exhausted": False,
    }
    assert others.results["test_once"]["cases"]["accepted"] == 1
    assert others.results["test_discards_half"]["cases"]["rejected"] > 0
    assert others.results["TestQuiet::runTest"]["cases"]["accepted"] == 30
    assert others.results["test_inside"]["cases"]["accepted"] == 30
    assert others.results["test_generates_none"]["cases"] is None


def test_exhausted_is_told_only_where_generation_ran_dry(others: Recorded) -> None:
    assert others.results["test_exhausts"]["cases"]["exhausted"] is True
    assert others.results["test_generates_nothing"]["cases"]["exhausted"] is False
    assert others.results["test_passes"]["cases"]["exhausted"] is False


def test_pinned_cases_that_pass_are_told(others: Recorded) -> None:
    (held,) = others.results["test_holds_the_pinned"]["replayed"]
    assert held["values"] == {"n": "3"}
    assert "n=3" in held["text"]


def test_a_pinned_case_that_must_fail_is_not_told_as_passing(others: Recorded) -> None:
    assert others.outcomes["test_expects"] == "passed"
    assert "replayed" not in others.results["test_expects"]


LATER = """
from hypothesis import given, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
LIMIT = {}
@given(n=st.integers(0, 1000))
def test_x(n): assert n < LIMIT
class Machine(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.n = 0
    @rule(by=st.integers(3, 5))
    def add(self, by):
        self.n += by
        assert self.n < LIMIT
TestMachine = Machine.TestCase
"""


def test_the_counterexample_of_yesterday_is_found_among_the_replayed(tmp_path: Path) -> None:
    write(tmp_path, {**ON, "test_it.py": LATER.replace("{}", "5")})
    before = run(tmp_path).results
    write(tmp_path, {"test_it.py": LATER.replace("{}", "1_000_000")})
    after = run(tmp_path).results
    assert before["test_x"]["counterexample"] in after["test_x"]["replayed"]
    steps = before["TestMachine::runTest"]["counterexample"]["text"].removesuffix(
        "state.teardown()"
    )
    programs = [one["text"] for one in after["TestMachine::runTest"]["replayed"]]
    assert any(text.startswith(steps) for text in programs), "a program that passes runs on"
    for result in after.values():
        assert result["outcome"] == "passed"
        assert result["cases"]["phases"]["reuse"] > 0


def test_settings_of_the_observer_are_put_back(tmp_path: Path) -> None:
    test = """
from hypothesis import given, strategies as st
from hypothesis.internal import observability
@given(n=st.booleans())
def test_a(n): pass
def teardown_module():
    assert observability.OBSERVABILITY_COLLECT_COVERAGE is True
    assert not observability.observability_enabled()
"""
    write(tmp_path, {**ON, "test_it.py": test})
    assert run(tmp_path).outcomes == {"test_a": "passed"}


def test_hypothesis_is_not_imported_by_the_recorder(tmp_path: Path) -> None:
    test = "import sys\ndef test_a(): assert 'hypothesis' not in sys.modules\n"
    write(tmp_path, {**ON, "test_it.py": test})
    assert run(tmp_path).outcomes == {"test_a": "passed"}
