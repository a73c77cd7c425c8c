"""What reports of CI make of an invariant: beside runs of our own, beside each other."""

from __future__ import annotations

from datetime import UTC, datetime
from os import utime
from pathlib import Path
from shutil import copytree

import pytest

from adr_lsp.features.doctor import doctor
from adr_lsp.features.evidence_text import evidence_text
from adr_lsp.features.report import judge
from adr_lsp.snapshot import Snapshot, Standing, standings
from adr_lsp.workspace.workspace import Workspace
from evidence.writing import END, as_bytes, content, file_name, header, result
from snapshot.made import digest_of

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
RECORD = """# 1. Charge fees

## Invariants

- **INV-1**: A fee is twice the amount.
  - Target: `money.fees:fee`
"""
TEST = """import pytest

from money.fees import fee


# Verifies: ADR-0001/INV-1
@pytest.mark.parametrize("amount", [1, 2])
def test_fee(amount):
    assert fee(amount) == 2 * amount
"""
FILES = {
    "docs/adr/0001-fees.md": RECORD,
    "tests/test_fees.py": TEST,
    "src/money/fees.py": "RATE = 2\n\n\ndef fee(amount):\n    return RATE * amount\n",
    "adr-lsp.toml": 'reports = ["ci/**/*"]\n',
}


def put(root: Path, path: str, raw: bytes | str, at: str = "2026-06-15T10:00") -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    seconds = datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp()
    utime(file, (seconds, seconds))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        put(tmp_path, path, text)
    return tmp_path


def junit(*cases: str, at: str = "") -> str:
    """`[1] failure`: the parameter, and what stands in the testcase."""
    stamp = f' timestamp="{at}"' if at else ""
    told = ""
    for case in cases:
        name, _, child = case.partition(" ")
        inside = f"<{child}/>" if child else ""
        told += f'<testcase classname="tests.test_fees" name="test_fee{name}">{inside}</testcase>'
    return f'<testsuites name="pytest tests"><testsuite{stamp}>{told}</testsuite></testsuites>'


def look(root: Path) -> Snapshot:
    workspace = Workspace(root, clock=lambda: NOW)
    workspace.refresh()
    return workspace.snapshot()


def at(snapshot: Snapshot) -> Standing:
    (record,) = snapshot.log
    ((_, standing),) = standings(snapshot, record)
    return standing


def verdict(root: Path) -> str:
    return str(at(look(root)).verdict)


def ran(root: Path, outcome: str = "passed", number: int = 0) -> None:
    """A run of our own, which began on the first of January."""
    files = content(**{path: digest_of(text.encode()) for path, text in FILES.items()})
    told = [result(outcome, "tests/test_fees.py::test_fee", parameter=f"[{n}]") for n in (1, 2)]
    put(root, file_name(number), as_bytes(header(number), files, *told, END))


BOTH = ("[1]", "[2]")


def test_a_report_makes_a_test_unsigned_never_passed(root: Path) -> None:
    assert verdict(root) == "not-run"
    put(root, "ci/junit.xml", junit(*BOTH))
    assert verdict(root) == "unsigned"


@pytest.mark.parametrize(
    ("child", "said"),
    [("failure", "failed"), ("error", "error"), ("skipped", "unsigned"), ("flakyFailure", "flaky")],
)
def test_one_parameter_decides(root: Path, child: str, said: str) -> None:
    """A skipped one lowers nothing if another passed."""
    put(root, "ci/junit.xml", junit("[1]", f"[2] {child}"))
    assert verdict(root) == said


def test_a_run_of_our_own_counts_before_a_report(root: Path) -> None:
    ran(root)
    assert verdict(root) == "passed"
    put(root, "ci/junit.xml", junit(*BOTH))
    assert verdict(root) == "passed"
    put(root, "ci/junit.xml", junit("[1] skipped", "[2] skipped"))
    assert verdict(root) == "passed"


def test_a_failure_that_came_later_counts_and_one_that_came_before_does_not(root: Path) -> None:
    ran(root)
    put(root, "ci/junit.xml", junit("[1]", "[2] failure"))
    assert verdict(root) == "failed"
    put(root, "ci/junit.xml", junit("[1]", "[2] failure", at="2020-01-01T00:00:00"))
    assert verdict(root) == "passed"


def test_no_later_pass_makes_a_failure_of_our_own_good(root: Path) -> None:
    ran(root, "failed")
    put(root, "ci/junit.xml", junit(*BOTH))
    assert verdict(root) == "failed"


def test_a_pass_in_a_report_does_not_freshen_what_is_stale(root: Path) -> None:
    ran(root)
    put(root, "src/money/fees.py", FILES["src/money/fees.py"].replace("RATE *", "2 *"))
    assert verdict(root) == "stale"
    put(root, "ci/junit.xml", junit(*BOTH))
    assert verdict(root) == "stale"
    put(root, "ci/junit.xml", junit("[1]", "[2]", "[3] failure"))
    assert verdict(root) == "failed", "a parameter that no run knows"


def test_of_several_reports_of_one_run_of_ci_the_worst_counts(root: Path) -> None:
    """Two interpreters, one after the other; a run of an hour before is over."""
    put(root, "ci/3.11/junit.xml", junit("[1] failure", at="2026-06-15T09:00:00Z"))
    put(root, "ci/3.12/junit.xml", junit("[1]", at="2026-06-15T09:20:00Z"))
    assert verdict(root) == "failed"
    put(root, "ci/3.12/junit.xml", junit("[1]", at="2026-06-15T10:20:00Z"), "2026-06-15T11:00")
    assert verdict(root) == "unsigned"


def test_a_report_cannot_tell_of_what_came_after_it_was_written(root: Path) -> None:
    ran(root)
    put(root, "ci/junit.xml", junit("[1] failure", at="2026-06-15T09:00:00Z"), "2020-01-01T00:00")
    assert verdict(root) == "passed"


def test_a_scaffold_is_a_scaffold_whatever_a_report_says(root: Path) -> None:
    put(root, "tests/test_fees.py", TEST.replace("# Verifies", "# adr-lsp: scaffold\n# Verifies"))
    put(root, "ci/junit.xml", junit(*BOTH))
    assert verdict(root) == "scaffolded"


def test_what_is_expected_to_fail_does_not_pass(root: Path) -> None:
    """pytest writes it as a plain pass."""
    marked = TEST.replace("@pytest", "@pytest.mark.xfail\n@pytest")
    put(root, "tests/test_fees.py", marked)
    put(root, "ci/junit.xml", junit(*BOTH))
    assert verdict(root) == "known-violation"


def test_a_report_that_was_cut_counts_for_nothing(root: Path) -> None:
    put(root, "ci/junit.xml", junit(*BOTH)[:-20])
    assert verdict(root) == "not-run"


def test_covered_lines_stand_with_the_test_only_where_contexts_tell(root: Path) -> None:
    folder = Path(__file__).with_name("reports") / "coverage"
    put(root, "ci/junit.xml", junit(*BOTH))
    put(root, "ci/cov.lcov", (folder / "coverage-py.lcov").read_bytes())
    assert at(look(root)).covered == {}
    snapshot = look(root)
    (record,) = snapshot.log
    (judged,) = judge(snapshot, record)
    assert "ran in the whole run: src/money/fees.py: 3, 6-9, 12 (ci/cov.lcov)" in evidence_text(
        snapshot, judged
    )
    told = (folder / "coverage-py.json").read_bytes().replace(b"2026-11-23", b"2026-06-15")
    put(root, "ci/cov.json", told.replace(b"T15:", b"T09:"))
    assert at(look(root)).covered == {"src/money/fees.py": (7, 9)}
    put(root, "ci/cov.json", told.replace(b"T15:", b"T03:"))
    assert at(look(root)).covered == {}, "of another run of CI"


def test_the_doctor_tells_what_was_read_and_what_counts_for_none(root: Path) -> None:
    for folder in ("a", "b"):
        put(
            root, f"{folder}/tests/test_twice.py", "# Verifies: ADR-0001/INV-1\ndef test_x(): ...\n"
        )
    twice = junit().replace(
        "</testsuite>",
        '<testcase classname="tests.test_twice" name="test_x"/></testsuite>',
    )
    put(root, "ci/junit.xml", junit("[1]", "[2] failure", "[3] skipped"))
    put(root, "ci/twice.xml", twice)
    put(root, "ci/torn.xml", "<testsuite>\n")
    told = [
        (line.mark, line.said, line.details)
        for line in doctor(look(root))
        if line.about == "reports"
    ]
    assert told == [
        (
            "ok",
            "2 files read, with 4 cases; 1 test of linked files among them",
            (
                "ci/junit.xml: pytest, 1 failed, 1 passed, 1 skipped, 2 h ago",
                "ci/twice.xml: pytest, 1 passed, 2 h ago",
            ),
        ),
        (
            "note",
            "1 case may be any of several tests, and count for none",
            ("ci/twice.xml: test_x",),
        ),
        ("bad", "1 file cannot be read", ("ci/torn.xml:2: no element found",)),
    ]


ODD = 'it\'s \\ <a> & "b" — ünï 漢字 [x]'


def test_an_id_with_spaces_quotes_and_letters_of_any_script(root: Path) -> None:
    """As a parameter of pytest, in a path of Windows."""
    escaped = ODD.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    report = junit().replace(
        "</testsuite>",
        f'<testcase classname="tests.test_fees" name="test_fee[{escaped}]" '
        'file="C:\\ci\\acme\\tests\\test_fees.py"/></testsuite>',
    )
    put(root, "ci/junit.xml", report)
    (test,) = at(look(root)).tests
    assert (str(test.verdict), test.parameter) == ("unsigned", f"[{ODD}]")


def test_two_tools_with_a_test_of_one_name(root: Path) -> None:
    put(root, "docs/adr/0001-fees.md", RECORD + "  - Verified by: `web/fees.test.ts::test_fee`\n")
    put(root, "web/fees.test.ts", 'test("test_fee", () => {\n  expect(fee(1)).toBe(2);\n});\n')
    other = '<testcase classname="web/fees.test.ts" name="test_fee"><failure/></testcase>'
    put(root, "ci/pytest.xml", junit(*BOTH))
    put(
        root,
        "ci/vitest.xml",
        f'<testsuites name="vitest tests"><testsuite>{other}</testsuite></testsuites>',
    )
    tests = {test.path: str(test.verdict) for test in at(look(root)).tests}
    assert tests == {"tests/test_fees.py": "unsigned", "web/fees.test.ts": "failed"}


TOOLS = {
    "jest": (
        ("jest-file.xml",),
        {
            "cart::prices add up": "unsigned",
            "cart::a total is never negative": "failed",
            "cart::an empty cart costs nothing": "skipped",
            "cart::captures once": "skipped",
            "cart::%i costs %i": "failed",
            "cart::passes the second time": "unsigned",
            "setup::never starts": "failed",
        },
    ),
    "vitest": (
        ("vitest.xml",),
        {
            "cart::prices add up": "unsigned",
            "cart::a total is never negative": "failed",
            "cart::an empty cart costs nothing": "skipped",
            "cart::captures once": "skipped",
            "cart::skips itself": "skipped",
            "cart::is known to fail": "known-violation",
            "cart::%i costs %i": "failed",
            "cart::passes the second time": "unsigned",
            "setup::never starts": "error",
        },
    ),
    "node": (
        ("node.xml",),
        {
            "cart::prices add up": "unsigned",
            "cart::a total is never negative": "failed",
            "cart::an empty cart costs nothing": "skipped",
            "cart::todo that throws": "skipped",
            "cart::todo that passes": "skipped",
            "cart::captures once": "skipped",
            "cart::skips itself": "skipped",
            "outer::inner fails": "failed",
            "setup::never starts": "error",
        },
    ),
    "nextest": (
        ("nextest.xml",),
        {
            "tests::commutes": "unsigned",
            "tests::fails": "failed",
            "tests::ignored": "not-run",
            "passes_the_second_time": "flaky",
            "always_fails": "failed",
            "aborts": "error",
            "hangs": "error",
        },
    ),
    "go": (
        ("gotestsum-rerun.xml",),
        {
            "TestSecondTime": "flaky",
            "TestMerge": "unsigned",
            "TestSum": "unsigned",
            "TestFails": "not-run",
            "TestSkips": "skipped",
        },
    ),
    "surefire": (
        ("surefire.xml", "surefire-rerun.xml", "surefire-setup.xml"),
        {
            "CartTest::pricesAdd": "unsigned",
            "CartTest::totalIsNeverNegative": "failed",
            "CartTest::throwsWhereNoneIsExpected": "error",
            "CartTest::capturesOnce": "skipped",
            "CartTest::skippedByAssumption": "skipped",
            "CartTest::passesTheSecondTime": "failed",
            "CartTest::amountIsPositive": "failed",
            "CartTest::WhenEmpty::hasNoTotal": "unsigned",
            "SetupTest::neverStarts": "error",
        },
    ),
}


@pytest.mark.parametrize("tool", TOOLS)
def test_of_what_the_tools_report_nothing_is_passed(tmp_path: Path, tool: str) -> None:
    """The tests as their language has them, and the reports as the tool wrote them."""
    folder, (reports, expected) = Path(__file__).with_name("reports"), TOOLS[tool]
    copytree(folder / "sources" / tool, tmp_path, dirs_exist_ok=True)
    for name in reports:
        put(tmp_path, f"ci/{name}", (folder / "junit" / name).read_bytes())
    put(tmp_path, "adr-lsp.toml", FILES["adr-lsp.toml"])
    written = sorted(file for file in (folder / "sources" / tool).rglob("*.*") if file.is_file())
    links = ", ".join(
        f"`{file.relative_to(folder / 'sources' / tool).as_posix()}`" for file in written
    )
    put(tmp_path, "docs/adr/0001-fees.md", f"{RECORD}  - Verified by: {links}\n")
    told = {test.name: str(test.verdict) for test in at(look(tmp_path)).tests}
    assert {name: told.get(name) for name in expected} == expected
    assert "passed" not in told.values()
    quoted = [name for name in told if "quotes" in name]
    assert all(told[name] != "not-run" for name in quoted), "a title with escapes is found"
