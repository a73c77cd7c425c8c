"""Each way in which a test can end, recorded by pytest alone and by pytest-xdist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recorders.recorded import ON, Recorded, run, write

if TYPE_CHECKING:
    from pathlib import Path

ZOO = """
import unittest
import pytest

def test_passes(): pass
def test_fails():
    assert 1 == 2
@pytest.fixture
def broken(): raise ValueError("no database")
def test_setup_breaks(broken): pass
@pytest.fixture
def breaks_after():
    yield
    raise ValueError("no cleaning")
def test_teardown_breaks(breaks_after): pass
def test_fails_and_teardown_breaks(breaks_after): assert 0
@pytest.mark.skip(reason="no network")
def test_skipped(): pass
def test_skips_inside(): pytest.skip("not today")
@pytest.mark.xfail
def test_known(): assert 0
@pytest.mark.xfail(strict=True, reason="a bug")
def test_known_strict(): assert 0
@pytest.mark.xfail(run=False)
def test_known_not_run(): assert 0
@pytest.mark.xfail
def test_passes_unexpectedly(): pass
@pytest.mark.xfail(strict=True)
def test_passes_unexpectedly_strict(): pass
@pytest.mark.parametrize("n", [1, 2, 3], ids=["one", "two::[x]", "3"])
def test_with(n): assert n != 2
class TestClass:
    def test_method(self): pass

class Old(unittest.TestCase):
    def test_old(self): pass
    def test_subtests(self):
        for n in range(3):
            with self.subTest(n=n):
                self.assertNotEqual(n, 1)
    def test_good_subtests(self):
        for n in range(3):
            with self.subTest(n=n):
                pass
    @unittest.expectedFailure
    def test_expected(self): self.fail()
    def test_error(self): raise KeyError("x")

ATTEMPTS = {}
def attempt(name):
    ATTEMPTS[name] = ATTEMPTS.get(name, 0) + 1
    return ATTEMPTS[name]
"""
EXPECTED = {
    "test_passes": "passed",
    "test_fails": "failed",
    "test_setup_breaks": "error",
    "test_teardown_breaks": "error",
    "test_fails_and_teardown_breaks": "failed",
    "test_skipped": "skipped",
    "test_skips_inside": "skipped",
    "test_known": "xfailed",
    "test_known_strict": "xfailed",
    "test_known_not_run": "xfailed",
    "test_passes_unexpectedly": "xpassed",
    "test_passes_unexpectedly_strict": "failed",
    "test_with[one]": "passed",
    "test_with[two::[x]]": "failed",
    "test_with[3]": "passed",
    "TestClass::test_method": "passed",
    "Old::test_old": "passed",
    "Old::test_subtests": "failed",
    "Old::test_good_subtests": "passed",
    "Old::test_expected": "xfailed",
    "Old::test_error": "failed",
}
NEWER = """
@pytest.mark.flaky(reruns=2)
def test_rerun_passes(): assert attempt("passes") == 2
@pytest.mark.flaky(reruns=1)
def test_rerun_fails(): assert 0
@pytest.fixture
def slow_start():
    if attempt("setup") == 1: raise ValueError("not up yet")
@pytest.mark.flaky(reruns=1)
def test_rerun_setup(slow_start): pass
@pytest.mark.flaky(reruns=1)
def test_rerun_skips():
    if attempt("skips") == 2: pytest.skip("given up")
    assert 0
@pytest.mark.flaky(reruns=1)
def test_rerun_subtests(subtests):
    first = attempt("subtests") == 1
    for n in range(2):
        with subtests.test(n=n):
            assert not first
def test_new_subtests(subtests):
    for n in range(3):
        with subtests.test(n=n):
            assert n != 1
def test_good_new_subtests(subtests):
    with subtests.test():
        pass
"""
EXPECTED_NEWER = {
    "test_rerun_passes": "flaky",
    "test_rerun_fails": "failed",
    "test_rerun_setup": "flaky",
    "test_rerun_skips": "failed",
    "test_rerun_subtests": "flaky",
    "test_new_subtests": "failed",
    "test_good_new_subtests": "passed",
}


@pytest.fixture(scope="module", params=[(), ("-n", "2")], ids=["alone", "xdist"])
def zoo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    folder = tmp_path_factory.mktemp("zoo")
    write(folder, {**ON, "tests/test_zoo.py": ZOO + NEWER, "conftest.py": ""})
    return run(folder, *request.param)


def test_every_test_has_the_outcome_that_it_earned(zoo: Recorded) -> None:
    assert zoo.outcomes == EXPECTED | EXPECTED_NEWER, zoo.output


def test_a_test_has_one_result(zoo: Recorded) -> None:
    assert len(zoo.of("result")) == len(EXPECTED | EXPECTED_NEWER)


def test_an_error_says_in_which_phase(zoo: Recorded) -> None:
    assert zoo.results["test_setup_breaks"]["error"] == "setup"
    assert zoo.results["test_teardown_breaks"]["error"] == "teardown"
    assert "error" not in zoo.results["test_fails_and_teardown_breaks"]


def test_attempts_stand_where_there_was_more_than_one(zoo: Recorded) -> None:
    assert zoo.results["test_rerun_passes"]["attempts"] == ["failed", "passed"]
    assert zoo.results["test_rerun_fails"]["attempts"] == ["failed", "failed"]
    assert zoo.results["test_rerun_setup"]["attempts"] == ["error", "passed"]
    assert zoo.results["test_rerun_skips"]["attempts"] == ["failed", "skipped"]
    assert zoo.results["test_rerun_subtests"]["attempts"] == ["failed", "passed"]
    assert "attempts" not in zoo.results["test_fails"]


def test_messages_and_reasons(zoo: Recorded) -> None:
    assert "assert 1 == 2" in zoo.results["test_fails"]["message"]
    assert "no database" in zoo.results["test_setup_breaks"]["message"]
    assert zoo.results["test_skipped"]["message"].endswith("no network")
    assert zoo.results["test_skips_inside"]["message"].endswith("not today")
    assert "a bug" in zoo.results["test_known_strict"]["message"]
    assert "XPASS(strict)" in zoo.results["test_passes_unexpectedly_strict"]["message"]
    assert "1 == 1" in zoo.results["Old::test_subtests"]["message"]


def test_strict_is_told_of_known_failures(zoo: Recorded) -> None:
    assert zoo.results["test_known_strict"]["strict"] is True
    assert zoo.results["test_known"].get("strict") is not True


def test_the_place_of_a_failure_lies_in_the_project(zoo: Recorded) -> None:
    lines = ("\n" + ZOO).splitlines()
    path, line = zoo.results["test_fails"]["location"]
    assert (path, lines[line].strip()) == ("tests/test_zoo.py", "assert 1 == 2")
    assert "location" not in zoo.results["test_passes"]


def test_the_run_is_described(zoo: Recorded) -> None:
    (header,) = zoo.of("run")
    assert header["version"] == 1
    assert header["tool"] == "pytest"
    assert header["tool_version"] == pytest.__version__
    assert header["argv"][:3] == ["-q", "-p", "no:cacheprovider"]
    assert header["cwd"] == ""
    assert header["environment"]["implementation"] == "cpython"
    assert zoo.lines[0] is header
    assert zoo.lines[-1] | {"finished": ""} == {
        "type": "end",
        "finished": "",
        "exit": 1,
        "coverage": "unknown",
    }


def test_parameters_of_selected_tests_are_listed(zoo: Recorded) -> None:
    (collected,) = zoo.of("collected")
    test = "tests/test_zoo.py::test_with"
    assert collected["parameters"] == {test: ["[one]", "[two::[x]]", "[3]"]}
    assert collected["narrowed"] == []


def test_content_is_stored_once_and_named_by_its_digest(zoo: Recorded) -> None:
    assert zoo.content.keys() == {"tests/test_zoo.py", "conftest.py"}


@pytest.mark.parametrize(
    ("arguments", "parameters", "narrowed"),
    [
        (["test_a.py::test_x[1]"], ["[1]"], True),
        (["-k", "test_x and 2"], ["[2]"], True),
        (["test_a.py::test_x"], ["[1]", "[2]"], False),
        (["-k", "not test_y"], ["[1]", "[2]"], False),
    ],
)
def test_a_selection_within_a_test_is_told(
    tmp_path: Path, arguments: list[str], parameters: list[str], narrowed: bool
) -> None:
    test = "@__import__('pytest').mark.parametrize('n', [1, 2])\ndef test_x(n): pass\n"
    write(tmp_path, {**ON, "test_a.py": test + "def test_y(): pass\n"})
    (collected,) = run(tmp_path, *arguments).of("collected")
    assert collected["parameters"] == {"test_a.py::test_x": parameters}
    assert collected["narrowed"] == ["test_a.py::test_x"] * narrowed
