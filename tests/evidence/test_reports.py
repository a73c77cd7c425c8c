"""What a report earns: never more than the tool that wrote it, and the source, say."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.evidence.reports import read_junit
from adr_lsp.evidence.reports.model import Case, Report, Unreadable
from adr_lsp.evidence.reports.xml import DEEPEST, LARGEST

FOLDER = Path(__file__).with_name("reports") / "junit"


def read(name: str) -> Report:
    found = read_junit((FOLDER / name).read_bytes())
    assert isinstance(found, Report)
    return found


def told(case: Case) -> str:
    """`failed setup`."""
    return f"{case.outcome}{f' {case.error}' if case.error else ''}"


def shown(report: Report) -> dict[str, str]:
    """Each case that is no plain pass, by its name."""
    return {c.name or c.classname: told(c) for c in report.cases if told(c) != "passed"}


PYTEST = {
    "tests.test_broken": "error collection",
    "test_total_is_never_negative": "failed",
    "test_refund": "failed",
    "test_amount[-1]": "failed",
    "test_captures_once": "skipped",
    "test_known": "xfailed",
    "test_strictly_known_but_passes": "failed",
    "test_setup": "error setup",
    "test_teardown": "error teardown",
    "test_second_time": "flaky",
    "test_subtests": "failed",
    "test_unit": "failed",
    "test_crash": "skipped",
}
NODE = {
    "a total is never negative": "failed",
    "an empty cart costs nothing": "skipped",
    "todo that throws": "skipped",
    "todo that passes": "skipped",
    "captures once": "skipped",
    "skips itself": "skipped",
    "inner fails": "failed",
    "never starts": "error setup",
}
SUREFIRE = {
    "passesTheSecondTime": "failed",
    "amountIsPositive(int)[3]": "failed",
    "totalIsNeverNegative": "failed",
    "throwsWhereNoneIsExpected": "error error",
    "capturesOnce": "skipped",
    "skippedByAssumption": "skipped",
}
GO = {
    "TestMain": "failed",
    "TestPanics": "failed",
    "TestCrash": "failed",
    "TestSecondTime": "failed",
    "TestMerge/fails": "failed",
    "TestMerge": "failed",
    "TestFails": "failed",
    "TestMerge/skips": "skipped",
    "TestSkips": "skipped",
}
RECORDED = {
    "pytest.xml": ("pytest", PYTEST),
    "pytest-xunit1.xml": ("pytest", PYTEST),
    "pytest-crash.xml": (
        "pytest",
        {**{n: t for n, t in PYTEST.items() if "broken" not in n}, "test_crash": "error crash"},
    ),
    "vitest.xml": (
        "vitest",
        {
            "test/broken.test.ts": "failed",
            "cart > a total is never negative": "failed",
            "cart > an empty cart costs nothing": "skipped",
            "cart > captures once": "skipped",
            "cart > skips itself": "skipped",
            "cart > 3 costs 4": "failed",
            "setup > never starts": "skipped",
            "setup": "failed",
        },
    ),
    "jest.xml": (
        "jest",
        {
            "cart a total is never negative": "failed",
            "cart an empty cart costs nothing": "skipped",
            "cart captures once": "skipped",
            "cart 3 costs 4": "failed",
            " same name": "skipped",
            "setup never starts": "failed",
        },
    ),
    "jest-file.xml": (
        "jest",
        {
            "a total is never negative": "failed",
            "an empty cart costs nothing": "skipped",
            "captures once": "skipped",
            "3 costs 4": "failed",
            "same name": "skipped",
            "never starts": "failed",
            "src/broken.test.js": "failed",
        },
    ),
    "node.xml": ("node", {**NODE, "broken.test.mjs": "failed"}),
    "node-20.xml": ("node", NODE),
    "nextest.xml": (
        "nextest",
        {
            "ledger::merge::tests::fails": "failed",
            "aborts": "error crash",
            "always_fails": "failed",
            "passes_the_second_time": "flaky",
            "hangs": "error deadline",
        },
    ),
    "gotestsum.xml": ("gotestsum", GO),
    "gotestsum-rerun.xml": (
        "gotestsum",
        {"TestSecondTime": "flaky", "TestMerge/skips": "skipped", "TestSkips": "skipped"},
    ),
    "surefire.xml": ("surefire", SUREFIRE),
    "surefire-rerun.xml": (
        "surefire",
        {
            "amountIsPositive(int)[3]": "failed",
            "totalIsNeverNegative": "failed",
            "throwsWhereNoneIsExpected": "error error",
        },
    ),
    "surefire-setup.xml": ("surefire", {"org.example.SetupTest": "error error"}),
}


@pytest.mark.parametrize("name", sorted(RECORDED))
def test_nothing_is_passed_that_the_tool_did_not_earn(name: str) -> None:
    report = read(name)
    assert (report.tool, shown(report)) == RECORDED[name]


def test_every_recorded_report_is_read_here() -> None:
    assert sorted(RECORDED) == sorted(file.name for file in FOLDER.iterdir())


@pytest.mark.parametrize(
    ("name", "case", "text"),
    [
        ("pytest.xml", "test_refund", "test_refund(\n    amount=1000,\n)"),
        ("vitest.xml", "cart > a total is never negative", "[[-1]]"),
    ],
)
def test_the_counterexample_is_found_in_the_text(name: str, case: str, text: str) -> None:
    (found,) = (c.counterexample for c in read(name).cases if c.name == case)
    assert found is not None
    assert found.text == text


def test_proptest_prints_its_minimal_input_in_the_text() -> None:
    told = "thread panicked at x:\nTest failed: no.\nminimal failing input: a = 0, b = -1\n"
    case = only(f"<testsuite><testcase name='x'><failure>{told}</failure></testcase></testsuite>")
    assert case.counterexample
    assert case.counterexample.text == "a = 0, b = -1"


def only(text: str) -> Case:
    found = read_junit(text.encode())
    assert isinstance(found, Report)
    (case,) = found.cases
    return case


CHILDREN = {
    "": "passed",
    "<failure/>": "failed",
    "<error/>": "error error",
    "<skipped/>": "skipped",
    "<skipped type='todo'/><failure message='no'/>": "skipped",
    "<failure/><skipped/>": "skipped",
    "<skipped type='pytest.xfail'/>": "xfailed",
    "<flakyFailure/>": "flaky",
    "<flakyError/>": "flaky",
    "<failure/><rerunFailure/>": "failed",
    "<error/><rerunError/>": "error error",
    "<rerunFailure/>": "flaky",
    "<failure/><error/>": "failed",
    "<system-out>&lt;failure/&gt;</system-out>": "passed",
    "<failure type='test timeout'/>": "error deadline",
    "<failure message='hypothesis.errors.Unsatisfiable: no'/>": "error unsatisfiable",
    "<failure message='hypothesis.errors.FailedHealthCheck: slow'/>": "error health-check",
}


@pytest.mark.parametrize("children", CHILDREN)
def test_what_stands_in_a_testcase_decides(children: str) -> None:
    case = only(f"<testsuite><testcase name='x'>{children}</testcase></testsuite>")
    assert told(case) == CHILDREN[children]


@given(st.lists(st.sampled_from([*CHILDREN]), max_size=4).map("".join))
def test_no_child_makes_a_case_better(children: str) -> None:
    case = only(f"<testsuite><testcase name='x'>{children}</testcase></testsuite>")
    bare = not children.replace("<system-out>&lt;failure/&gt;</system-out>", "")
    assert (told(case) == "passed") == bare


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ('status="run" result="completed"', "passed"),
        ('status="notrun" result="suppressed"', "skipped"),  # GoogleTest
        ('status="run" result="skipped"', "skipped"),
        ('status="Failed"', "failed"),
        ('status="passed"', "passed"),
    ],
)
def test_what_a_tool_says_by_a_word_alone_counts(words: str, outcome: str) -> None:
    raw = f'<testsuites><testsuite><testcase name="a" {words}/></testsuite></testsuites>'
    report = read_junit(raw.encode())
    assert isinstance(report, Report)
    assert [case.outcome for case in report.cases] == [outcome]


def test_a_todo_of_jest_is_what_its_suite_does_not_count() -> None:
    """Without a todo, a pass that took no time is a pass."""
    bare = "".join(f'<testcase classname="{n}" name="{n}" time="0"/>' for n in "ab")
    for count, outcome in ((1, "skipped"), (2, "passed")):
        suite = f'<testsuite tests="{count}">{bare}</testsuite>'
        found = read_junit(f'<testsuites name="jest tests">{suite}</testsuites>'.encode())
        assert isinstance(found, Report)
        assert [case.outcome for case in found.cases] == [outcome, outcome]


# Hostile documents

LAUGHS = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghij"))
PLAIN = "<testsuite><testcase name='x'/></testsuite>"
REFUSED = {
    "billion laughs": f'<!DOCTYPE x [<!ENTITY a "{"x" * 1000}">{LAUGHS}]><t>&j;</t>',
    "small laughs": f'<!DOCTYPE x [<!ENTITY a "ha">{LAUGHS[:200]}]><testsuites>&c;</testsuites>',
    "quadratic": f'<!DOCTYPE x [<!ENTITY e "{"y" * 50_000}">]><t>{"&e;" * 50_000}</t>',
    "quadratic, small": f'<!DOCTYPE x [<!ENTITY e "{"y" * 10_000}">]><t>{"&e;" * 700}</t>',
    "external entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><t name="&e;"/>',
    "parameter entity": '<!DOCTYPE x [<!ENTITY % e SYSTEM "http://example.org/x"> %e;]><t/>',
    "empty internal subset": f"<!DOCTYPE x []>{PLAIN}",
    "undefined entity": "<testsuite name='&e;'/>",
    "nesting": "<a>" * 100_000 + "</a>" * 100_000,
    "nested suites": "<testsuite>" * 1_000_000 + "</testsuite>" * 1_000_000,
    "raw escape": "<testsuite name='\x1b'/>",
    "escape by number": "<testsuite name='&#27;'/>",
    "truncated": PLAIN[:-12],
    "nothing": "",
    "text": "not ok 1",
    "another root": "<html><testcase name='x'/></html>",
    "two roots": PLAIN + PLAIN,
    "unknown encoding": f"<?xml version='1.0' encoding='no-such'?>{PLAIN}",
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_document_that_no_tool_writes_is_refused_at_once(name: str) -> None:
    raw = REFUSED[name].encode()
    found = read_junit(raw)
    assert isinstance(found, Unreadable), found
    assert found.reason


def test_large_reports_are_read_and_larger_ones_refused() -> None:
    many = "<testsuite>" + "<testcase name='x' classname='y'/>" * 20_000 + "</testsuite>"
    assert isinstance(read_junit(many.encode()), Report)
    long = f"<failure>{'z' * 30_000_000}</failure>"
    case = only(f"<testsuite><testcase name='x'>{long}</testcase></testsuite>")
    assert len(case.message) <= 2_000
    assert isinstance(read_junit(b" " * (LARGEST + 1)), Unreadable)


def test_a_doctype_without_declarations_is_read() -> None:
    found = read_junit(f'<!DOCTYPE testsuite SYSTEM "http://example.org/x.dtd">{PLAIN}'.encode())
    assert isinstance(found, Report)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "utf-8-sig"])
def test_encodings(encoding: str) -> None:
    named = encoding.removesuffix("-sig")
    text = f"<?xml version='1.0' encoding='{named}'?><testsuite><testcase name='ü'/></testsuite>"
    found = read_junit(text.encode(encoding))
    assert isinstance(found, Report)
    assert found.cases[0].name == "ü"


def test_the_line_of_the_fault_is_told() -> None:
    assert read_junit(b"<testsuite>\n<testcase name='x'>\n</testsuite>") == Unreadable(
        "mismatched tag", 3
    )


def test_depth_ends_where_no_tool_goes() -> None:
    def nested(depth: int) -> bytes:
        return b"<testsuite>" * depth + b"<testcase name='x'/>" + b"</testsuite>" * depth

    assert isinstance(read_junit(nested(DEEPEST - 1)), Report)
    assert isinstance(read_junit(nested(DEEPEST)), Unreadable)


WHOLE = [file.read_bytes() for file in sorted(FOLDER.iterdir())]


@given(st.binary() | st.text().map(str.encode))
def test_no_bytes_make_a_reader_raise(raw: bytes) -> None:
    assert isinstance(read_junit(raw), (Report, Unreadable))


@given(st.sampled_from(WHOLE), st.data())
def test_a_report_that_was_cut_is_unreadable(raw: bytes, data: st.DataObject) -> None:
    end = data.draw(st.integers(0, len(raw.rstrip()) - 2))
    assert isinstance(read_junit(raw[:end]), Unreadable)


@given(st.sampled_from(WHOLE), st.data())
def test_a_report_that_was_damaged_is_read_or_refused(raw: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(raw) - 1))
    piece = data.draw(st.binary(max_size=4) | st.sampled_from([b"<", b"&", b"<failure/>", b"]]>"]))
    assert isinstance(read_junit(raw[:at] + piece + raw[at + 1 :]), (Report, Unreadable))
