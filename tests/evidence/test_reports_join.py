"""Which test a testcase is: the one that stands here, or none where that cannot be told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.evidence.model import Outcome
from adr_lsp.evidence.reports import read_junit
from adr_lsp.evidence.reports.join import Joined, join
from adr_lsp.evidence.reports.matching import fills
from adr_lsp.evidence.reports.model import Known, Report
from adr_lsp.evidence.reports.places import Places

FOLDER = Path(__file__).with_name("reports") / "junit"
Files = Mapping[str, str]


def joined(
    raw: bytes, files: Files, *tests: str, known: Mapping[str, Known] | None = None
) -> Joined:
    """A report joined with tests (`path::name`) of a tree."""
    report = read_junit(raw)
    assert isinstance(report, Report)
    by_path: dict[str, list[Known]] = {}
    for test in tests:
        path, _, name = test.partition("::")
        by_path.setdefault(path, []).append((known or {}).get(test, Known(name)))
    contents = {path: text.encode() for path, text in files.items()}
    paths = frozenset(contents) | by_path.keys()
    return join(report, by_path, Places(frozenset(paths), contents.get))


def shown(found: Joined) -> list[str]:
    """`cart::a[1] failed setup`."""
    told = ((r.test, r.parameter or "", r.outcome, r.error or "") for r in found.results)
    return sorted(
        f"{test.partition('::')[2]}{run} {out} {why}".rstrip() for test, run, out, why in told
    )


def recorded(name: str, files: Files, *tests: str) -> list[str]:
    found = joined((FOLDER / name).read_bytes(), files, *tests)
    assert not found.ambiguous
    return shown(found)


PYTEST = [
    "TestGroup::TestInner::test_it passed",
    "TestUnit::test_unit failed",
    "test_amount[-1] failed",
    "test_amount[0] passed",
    "test_amount[1] passed",
    "test_amount[\\xfc] passed",
    "test_amount[a b] passed",
    "test_prices_add_up passed",
]
NAMES = (
    "TestGroup::TestInner::test_it",
    "TestUnit::test_unit",
    "test_amount",
    "test_prices_add_up",
)


@pytest.mark.parametrize("name", ["pytest.xml", "pytest-xunit1.xml"])
@pytest.mark.parametrize("folder", ["", "server/"])
def test_pytest(name: str, folder: str) -> None:
    """Also where pytest ran in a folder of the root."""
    tests = [f"{folder}tests/test_cart.py::{each}" for each in NAMES]
    assert recorded(name, {}, *tests) == PYTEST


@pytest.mark.parametrize("name", ["pytest.xml", "pytest-xunit1.xml"])
def test_a_file_that_pytest_could_not_collect_is_an_error_of_its_tests(name: str) -> None:
    assert recorded(name, {}, "tests/test_broken.py::test_a", "tests/test_broken.py::test_b") == [
        "test_a error collection",
        "test_b error collection",
    ]


def test_vitest() -> None:
    tests = (
        "cart::prices add up",
        "cart::%i costs %i",
        'cart::when empty::has "quotes" & <signs> > and ünïcode',
        "cart::an empty cart costs nothing",
    )
    assert recorded("vitest.xml", {}, *(f"web/test/cart.test.ts::{each}" for each in tests)) == [
        "cart::%i costs %icart 1 costs 1 passed",
        "cart::%i costs %icart 2 costs 2 passed",
        "cart::%i costs %icart 3 costs 4 failed",
        "cart::an empty cart costs nothing skipped",
        "cart::prices add up passed",
        'cart::when empty::has "quotes" & <signs> > and ünïcode passed',
    ]


def test_what_fails_around_a_test_of_vitest_is_its_error() -> None:
    assert recorded(
        "vitest.xml", {}, "test/setup.test.ts::setup::never starts", "test/broken.test.ts::a::b"
    ) == ["a::b error setup", "setup::never starts error setup", "setup::never starts skipped"]


JEST = (
    "cart::prices add up",
    "cart::captures once",
    'cart::when empty::has "quotes" & <signs> and ünïcode',
)


@pytest.mark.parametrize("name", ["jest.xml", "jest-file.xml"])
def test_jest(name: str) -> None:
    assert recorded(name, {}, *(f"src/cart.test.js::{each}" for each in JEST)) == [
        "cart::captures once skipped",
        "cart::prices add up passed",
        'cart::when empty::has "quotes" & <signs> and ünïcode passed',
    ]


def test_of_two_tests_of_one_name_a_report_without_files_tells_nothing() -> None:
    files = {"src/other.test.js": 'test("same name", () => {})'}
    for test in ("src/cart.test.js::same name", "src/other.test.js::same name"):
        found = joined((FOLDER / "jest.xml").read_bytes(), files, test)
        assert shown(found) == []
        assert found.ambiguous == [" same name", " same name"]


def test_another_file_that_may_hold_the_test_makes_it_ambiguous() -> None:
    raw = (FOLDER / "jest.xml").read_bytes()
    other = {"src/more.test.js": 'describe("cart", () => test("prices add up", () => {}))'}
    found = joined(raw, other, "src/cart.test.js::cart::prices add up")
    assert (shown(found), found.ambiguous) == ([], ["cart prices add up"])
    other = {"src/more.test.js": 'test("prices differ", () => {})'}
    found = joined(raw, other, "src/cart.test.js::cart::prices add up")
    assert shown(found) == ["cart::prices add up passed"]


def test_a_todo_of_jest_is_what_its_source_says() -> None:
    test, other = (
        "src/cart.test.js::cart::an empty cart costs nothing",
        "src/cart.test.js::same name",
    )
    known = {
        test: Known("cart::an empty cart costs nothing", limit=Outcome.SKIPPED, read=True),
        other: Known("same name", read=True),
    }
    found = joined((FOLDER / "jest-file.xml").read_bytes(), {}, test, other, known=known)
    assert shown(found) == ["cart::an empty cart costs nothing skipped", "same name passed"]


def test_what_jest_could_not_load_is_an_error_of_its_tests() -> None:
    assert recorded("jest-file.xml", {}, "src/broken.test.js::a") == ["a error setup"]


NODE = (
    "cart::prices add up",
    "cart::todo that throws",
    'cart::when empty::has "quotes" & <signs> and ünïcode',
)


@pytest.mark.parametrize("name", ["node.xml", "node-20.xml"])
def test_node(name: str) -> None:
    assert recorded(name, {}, *(f"cart.test.mjs::{each}" for each in NODE)) == [
        "cart::prices add up passed",
        "cart::todo that throws skipped",
        'cart::when empty::has "quotes" & <signs> and ünïcode passed',
    ]


def test_a_test_of_node_fails_with_its_parts_and_does_not_pass_with_them() -> None:
    """What it asserts beside them stands nowhere in the report."""
    assert recorded("node.xml", {}, "cart.test.mjs::outer") == ["outer failed"]
    raw = (FOLDER / "node.xml").read_bytes().replace(b"inner fails", b"inner passes too")
    raw = raw.replace(b"<failure", b"<system-out").replace(b"</failure", b"</system-out")
    assert shown(joined(raw, {}, "cart.test.mjs::outer")) == []


def test_a_file_that_node_could_not_run() -> None:
    assert recorded("node.xml", {}, "broken.test.mjs::a") == ["a error setup"]


CARGO = {
    "Cargo.toml": '[package]\nname = "acme-ledger"\n',
    "src/lib.rs": "",
    "src/ledger/mod.rs": "",
}


def test_nextest() -> None:
    """A module is a file, or stands inside one."""
    assert recorded(
        "nextest.xml",
        CARGO,
        "src/ledger/merge.rs::tests::commutes",
        "src/ledger/merge.rs::tests::fails",
        "src/lib.rs::tests::at_the_root",
        "tests/whole.rs::passes_the_second_time",
        "tests/whole.rs::aborts",
        "tests/whole.rs::inner::holds",
    ) == [
        "aborts error crash",
        "inner::holds passed",
        "passes_the_second_time flaky",
        "tests::at_the_root passed",
        "tests::commutes passed",
        "tests::fails failed",
    ]


def test_a_test_of_another_crate_is_another_test() -> None:
    files = {
        f"crates/{name}/Cargo.toml": f'[package]\nname = "{name}"\n'
        for name in ("a", "acme-ledger")
    }
    tests = [f"crates/{name}/tests/whole.rs::aborts" for name in ("a", "acme-ledger")]
    found = joined((FOLDER / "nextest.xml").read_bytes(), files, *tests)
    assert [result.test for result in found.results] == [tests[1]]


def test_gotestsum() -> None:
    files = {"go.mod": "module example.org/acme\n\ngo 1.22\n"}
    assert recorded(
        "gotestsum.xml",
        files,
        "ledger/ledger_test.go::TestMerge",
        "ledger/ledger_test.go::TestSum",
        "ledger/flaky_test.go::TestSecondTime",
        "bad/bad_test.go::TestBad",
        "crash/crash_test.go::TestAfter",
    ) == [
        "TestBad error setup",
        "TestMerge/commutes passed",
        "TestMerge/fails failed",
        "TestMerge/skips skipped",
        'TestMerge/with_spaces_and_"quotes" passed',
        "TestSecondTime failed",
        "TestSum passed",
    ]


def test_surefire() -> None:
    path = "src/test/java/org/example/CartTest.java"
    tests = ("pricesAdd", "amountIsPositive", "capturesOnce", "WhenEmpty::hasNoTotal", "displayed")
    assert recorded("surefire.xml", {}, *(f"{path}::CartTest::{each}" for each in tests)) == [
        "CartTest::WhenEmpty::hasNoTotal passed",
        "CartTest::amountIsPositive[1] passed",
        "CartTest::amountIsPositive[2] passed",
        "CartTest::amountIsPositive[3] failed",
        "CartTest::capturesOnce skipped",
        "CartTest::displayed passed",
        "CartTest::pricesAdd passed",
    ]


def test_a_class_that_could_not_start_is_an_error_of_its_tests() -> None:
    path = "src/test/java/org/example/SetupTest.java"
    assert recorded(
        "surefire-setup.xml", {}, f"{path}::SetupTest::neverStarts", f"{path}::SetupTest::nor"
    ) == ["SetupTest::neverStarts error error", "SetupTest::nor error error"]


# Places


def case(name: str, suite: str = "pytest", **attributes: str) -> bytes:
    told = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<testsuite name='{suite}'><testcase name='{name}'{told}/></testsuite>".encode()


@pytest.mark.parametrize(
    "place",
    [
        "tests/test_a.py",
        "./tests/test_a.py",
        "/home/ci/acme/acme/tests/test_a.py",
        "tests\\test_a.py",
        "C:\\agent\\_work\\1\\s\\tests\\test_a.py",
        "file:///C:/s/tests/test_a.py",
        "../acme/tests/test_a.py",
    ],
)
def test_a_file_is_found_however_it_is_written(place: str) -> None:
    found = joined(
        case("test_x", classname="tests.test_a", file=place), {}, "tests/test_a.py::test_x"
    )
    assert shown(found) == ["test_x passed"]


@pytest.mark.parametrize(
    "place", ["/ci/tests/test_b.py", "/ci/my_tests/test_a.py", "/ci/test_a.py"]
)
def test_a_file_that_is_not_there_is_no_other(place: str) -> None:
    found = joined(case("test_x", classname="", file=place), {}, "tests/test_a.py::test_x")
    assert (shown(found), found.ambiguous) == ([], [])


def test_the_longest_path_is_meant() -> None:
    files = {"tests/test_a.py": "def test_x(): ...", "b/tests/test_a.py": "def test_x(): ..."}
    for path in files:
        raw = case("test_x", classname="tests.test_a", file=f"/home/ci/acme/{path}")
        found = joined(raw, files, *(f"{each}::test_x" for each in files))
        assert [result.path for result in found.results] == [path]


def test_two_files_that_fit_as_well_are_ambiguous_unless_the_others_tell_the_folder() -> None:
    files = {"a/tests/test_a.py": "def test_x(): ...", "b/tests/test_a.py": "def test_x(): ..."}
    tests = [f"{path}::test_x" for path in files]
    one = "<testcase name='test_x' classname='tests.test_a'/>"
    other = "<testcase name='test_y' classname='tests.test_b'/>"
    found = joined(f"<testsuite name='pytest'>{one}</testsuite>".encode(), files, *tests)
    assert (shown(found), found.ambiguous) == ([], ["test_x"])
    raw = f"<testsuite name='pytest'>{one}{other}</testsuite>".encode()
    found = joined(raw, {**files, "b/tests/test_b.py": ""}, *tests)
    assert [result.path for result in found.results] == ["b/tests/test_a.py"]


def test_two_files_of_which_one_has_the_test() -> None:
    files = {"a/tests/test_a.py": "def test_z(): ...", "b/tests/test_a.py": "def test_x(): ..."}
    found = joined(case("test_x", classname="tests.test_a"), files, "b/tests/test_a.py::test_x")
    assert shown(found) == ["test_x passed"]


def test_two_tools_have_a_test_of_one_name() -> None:
    tests = ("tests/test_a.py::test_x", "tests/a.test.ts::test_x")
    found = joined(case("test_x", classname="tests.test_a"), {}, *tests)
    assert [result.test for result in found.results] == [tests[0]]
    found = joined(case("test_x", "", classname="tests/a.test.ts"), {}, *tests)
    assert [result.test for result in found.results] == [tests[1]]


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
        str.strip
    )
)
def test_any_title_is_found_as_it_stands_in_the_source(title: str) -> None:
    """Spaces, quotes and letters of any script."""
    escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    told = f'<testsuite><testcase classname="a.test.ts" name="{escaped}"/></testsuite>'
    text = f'<testsuites name="vitest tests">{told}</testsuites>'
    assert len(joined(text.encode(), {}, f"a.test.ts::{title}").results) == 1


@pytest.mark.parametrize(
    ("title", "printed", "does"),
    [
        ("%i costs %i", "1 costs 2", True),
        ("adds $a to $b.c", "adds 1 to 2", True),
        ("adds $a to $b.c", "adds 1", False),
        ("%s", "anything", False),
        ("plain", "plain", False),
        ("100%% of %s", "100% of it", True),
        ("row %#: done", "row 0: done", True),
        ("a %s b %s c", "a b c", False),
    ],
)
def test_titles_with_holes(title: str, printed: str, does: bool) -> None:
    assert fills(title, printed) is does


PATHS = st.lists(
    st.sampled_from(["a", "b", "tests", "test_a.py", "test_b.py"]), min_size=1, max_size=4
).map("/".join)


@given(PATHS, st.sets(PATHS), st.sampled_from(["", "/", "C:\\", "/home/ci/acme/"]))
def test_a_place_that_stands_in_the_tree_is_found(path: str, others: set[str], before: str) -> None:
    found = Places(frozenset({path, *others}), lambda _: None).of("file", before + path)
    assert path in found
    assert all(each.endswith(path.rpartition("/")[2]) for each in found)
