"""Lines that ran and cases that were observed, as other tools report them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.evidence.model import Outcome
from adr_lsp.evidence.reports import read_report
from adr_lsp.evidence.reports.join import join, placed, under_tests
from adr_lsp.evidence.reports.lines import Lines, TooMany
from adr_lsp.evidence.reports.model import Known, Report, Unreadable
from adr_lsp.evidence.reports.places import Places

FOLDER = Path(__file__).with_name("reports")
FEES, TESTS = "src/money/fees.py", "tests/test_fees.py"
PYTHON = {FEES: frozenset({3, 6, 7, 8, 9, 12})}
SCRIPT = {"src/fees.ts": frozenset({1, 4, 7})}
TREE = Places(frozenset({FEES, TESTS, "src/money/__init__.py", "src/fees.ts"}), lambda _: None)


def read(name: str) -> tuple[Report, ...]:
    found = read_report((FOLDER / name).read_bytes())
    assert isinstance(found, tuple)
    return found


@pytest.mark.parametrize(
    ("name", "tool", "lines"),
    [
        ("coverage-py.json", "coverage.py", PYTHON),
        ("coverage-py.lcov", "lcov", PYTHON),
        ("coverage-py.xml", "cobertura", PYTHON),
        ("vitest.json", "istanbul", SCRIPT),
        ("vitest.lcov", "lcov", SCRIPT),
        ("vitest.xml", "cobertura", {"src/fees.ts": frozenset({1, 3, 4, 7})}),
    ],
)
def test_the_lines_of_the_whole_run(name: str, tool: str, lines: dict[str, frozenset[int]]) -> None:
    """Cobertura of Istanbul counts the line of a function too."""
    (report,) = read(f"coverage/{name}")
    assert (report.tool, placed(report.lines, TREE), report.cases) == (tool, lines, ())


def test_the_lines_under_each_test_where_contexts_tell() -> None:
    (report,) = read("coverage/coverage-py.json")
    known = {TESTS: [Known("test_fee"), Known("test_no_fee")]}
    assert dict(under_tests(report, known, TREE)) == {
        (f"{TESTS}::test_fee", "[1]"): {FEES: frozenset({7, 9})},
        (f"{TESTS}::test_fee", "[2]"): {FEES: frozenset({7, 9})},
        (f"{TESTS}::test_no_fee", None): {FEES: frozenset({7, 8})},
    }
    (plain,) = read("coverage/coverage-py.lcov")
    assert dict(under_tests(plain, known, TREE)) == {}


def test_observed_cases() -> None:
    (report,) = read("hypothesis/testcases.jsonl")
    names = ("test_holds", "test_fails", "test_each", "TestGroup::test_in_class", "TestMachine")
    known = {"tests/test_money.py": [Known(name) for name in names]}
    found = join(report, known, Places(frozenset(known), lambda _: None)).results
    told = {f"{r.name}{r.parameter or ''}": r for r in found}
    assert {name: (r.outcome, r.cases.accepted if r.cases else 0) for name, r in told.items()} == {
        "test_holds": ("passed", 8),
        "test_fails": ("failed", 8),
        "test_each[1]": ("passed", 8),
        "test_each[-1]": ("passed", 8),
        "TestGroup::test_in_class": ("passed", 8),
        "TestMachine": ("failed", 1),
    }
    example = told["TestMachine"].counterexample
    assert example
    assert example.text == "state = Machine()\nstate.add(n=100000)\nstate.teardown()"


def observation(test: str, start: float, status: str = "passed") -> str:
    return (
        f'{{"type": "test_case", "property": "tests/test_a.py::{test}", "run_start": {start}, '
        f'"status": "{status}", "representation": "{test}(n=0)", "metadata": {{}}}}\n'
    )


def test_each_run_of_a_day_is_told_apart() -> None:
    """Two tests of one run, one of them again, and one after a long pause."""
    lines = (observation("a", 10.0), observation("b", 11.0, "failed"), observation("b", 20.0))
    found = read_report("".join((*lines, observation("a", 5_000.0))).encode())
    assert isinstance(found, tuple)
    assert [(r.started, [(c.name, str(c.outcome)) for c in r.cases]) for r in found] == [
        (datetime.fromtimestamp(10, UTC), [("a", "passed"), ("b", "failed")]),
        (datetime.fromtimestamp(20, UTC), [("b", "passed")]),
        (datetime.fromtimestamp(5_000, UTC), [("a", "passed")]),
    ]


def test_what_is_expected_to_fail_is_known_to_when_cases_of_it_fail() -> None:
    found = read_report(observation("a", 10.0, "failed").encode())
    assert isinstance(found, tuple)
    known = {"tests/test_a.py": [Known("a", limit=Outcome.XPASSED, read=True)]}
    (result,) = join(found[0], known, Places(frozenset(known), lambda _: None)).results
    assert result.outcome is Outcome.XFAILED


def test_a_torn_line_is_passed_over() -> None:
    raw = observation("a", 10.0) + observation("b", 10.0)[:-30]
    found = read_report(raw.encode())
    assert isinstance(found, tuple)
    assert [case.name for case in found[0].cases] == ["a"]


@pytest.mark.parametrize(
    ("raw", "reason", "line"),
    [
        ("", "its format is none that is known", None),
        ("not ok 1\n", "its format is none that is known", None),
        ("SF:a.py\nDA:1,1\n", "it ends inside a file's record", 2),
        ('{"meta": {}, "files": {', "Expecting property name enclosed in double quotes", 1),
        ('{"a": 1}', "it is the JSON of no tool that is known", None),
        ('{"type": "run", "version": 1}\n', "it holds no line of Hypothesis's observations", 1),
        ("<coverage><class filename='a'>", "no element found", 1),
        ("<report><package/></report>", "its root is `report`, not `testsuites` or `testsuite`", 1),
        ('{"a": ' + "[" * 100_000, "it is no JSON that can be read", None),
        ('{"meta": ' + "1" * 100_000 + "}", "it is no JSON that can be read", None),
    ],
)
def test_why_a_report_cannot_be_read(raw: str, reason: str, line: int | None) -> None:
    assert read_report(raw.encode()) == Unreadable(reason, line)


def test_more_lines_than_any_project_has() -> None:
    lines = Lines(most=2)
    for line in (1, 0, -1, 10**9, "1", True, 2.0, 2):
        lines.ran("a", line)
    assert lines.frozen() == {"a": frozenset({1, 2})}
    with pytest.raises(TooMany, match="more than 2 lines"):
        lines.ran("a", 1)


WHOLE = [
    file.read_bytes()
    for file in sorted(FOLDER.rglob("*"))
    if file.suffix != ".md" and file.is_file()
]
PIECES = st.sampled_from(
    [b"{", b"}", b'"s"', b"null", b"1e999", b"-1", b"DA:", b"\n", b"[]", b"99999999999"]
)


@given(
    st.sampled_from(WHOLE),
    st.lists(st.tuples(st.integers(0), PIECES | st.binary(max_size=3)), max_size=5),
)
def test_no_bytes_make_a_reader_raise(raw: bytes, edits: list[tuple[int, bytes]]) -> None:
    for at, piece in edits:
        place = at % (len(raw) + 1)
        raw = raw[:place] + piece + raw[place + len(piece) :]
    found = read_report(raw)
    assert isinstance(found, (tuple, Unreadable))
    known = {TESTS: [Known("test_fee")]}
    for report in found if isinstance(found, tuple) else ():
        join(report, known, TREE)
        dict(under_tests(report, known, TREE))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["files", "meta", "statementMap", "s", "contexts", "executed_lines", "1"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(["files", "meta", "a.js", "type", "property"]), JSON))
def test_no_json_makes_a_reader_raise(value: dict[str, object]) -> None:
    assert isinstance(read_report(json.dumps(value).encode()), (tuple, Unreadable))
