"""Each way in which a test of vitest can end, in one run of the real tool."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import pytest

from adr_lsp.evidence import read_run
from adr_lsp.evidence.model import Ending, Outcome
from adr_lsp.sources import read as read_source
from recorders.javascript import zoo
from recorders.javascript.recorded import by_file, once, project, shared, vitest

if TYPE_CHECKING:
    from pathlib import Path

    from recorders.recorded import Recorded

SUITE = 'a "quoted" suite > with an arrow'


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    def make(folder: Path) -> Recorded:
        folder.mkdir()
        project(folder, zoo.VITEST)
        return vitest(folder, ADR_LSP_COVERAGE="1")

    return once(shared(tmp_path_factory.getbasetemp(), "vitest-zoo"), make)


def test_every_outcome(recorded: Recorded) -> None:
    assert by_file(recorded, "test/outcomes.test.ts") == {
        "outer::passes": "passed",
        "outer::fails": "failed",
        "outer::skipped": "skipped",
        "outer::todo": "skipped",
        "outer::skips inside": "skipped",
        "outer::known": "xfailed",
        "outer::known no more": "xpassed",
        "outer::retried": "flaky",
        "outer::retried in vain": "failed",
        "outer::soft": "failed",
        "outer::too slow": "error",
        "outer::empty": "passed",
        "outer::skipped on a condition": "skipped",
        "before each::a": "error",
        "after each::a": "error",
        "before all::a": "error",
        "after all::a": "error",
        "a skipped suite::a": "skipped",
        "at once::a": "passed",
        "at once::b": "passed",
    }


def test_what_is_said_of_them(recorded: Recorded) -> None:
    results = recorded.results
    assert results["outer::fails"]["location"] == ["test/outcomes.test.ts", 9]
    assert "expected 3 to be 4" in results["outer::fails"]["message"]
    assert results["outer::skips inside"]["message"] == "no network"
    assert results["outer::todo"]["message"] == "todo"
    assert results["outer::retried"]["attempts"] == ["failed", "passed"]
    assert results["outer::known no more"]["strict"] is True
    assert results["outer::too slow"]["error"] == "deadline"
    kinds = {name: results[f"{name}::a"]["error"] for name in ("before each", "before all")}
    assert kinds == {"before each": "setup", "before all": "setup"}
    kinds = {name: results[f"{name}::a"]["error"] for name in ("after each", "after all")}
    assert kinds == {"after each": "teardown", "after all": "teardown"}
    assert results["before all::a"]["message"] == "no server"


def test_titles_are_those_of_the_file(recorded: Recorded) -> None:
    found = set(by_file(recorded, "test/titles.test.ts"))
    assert found == {
        rf"{SUITE}::it\'s 🎉 > 100% `sure`",
        f"{SUITE}::two\nlines",
        f"{SUITE}::%i + %i is %i[1, 2, 3]",
        f"{SUITE}::%i + %i is %i[2, 2, 4]",
        f"{SUITE}::of $a and $b.c[1, x]",
        f"{SUITE}::from a table: $a, $b[1, 2]",
        *(
            f"in %s::pays ${{amount}} ${{`${{currency}}`}}[{c}, {n}, {c}]"
            for n in (1, 2)
            for c in ("eur", "usd")
        ),
        "each.title[one]",
        "each.title[two]",
        "Cart::'prices' + ' ' + 'add'",
        "title",  # a helper of the file makes the test
        "double",
        "double::double",
        "shared by two[first]",
        "shared by two[second]",
    }
    parameters = recorded.of("collected")
    assert any("test/titles.test.ts::each.title" in line["parameters"] for line in parameters)


@pytest.mark.parametrize("path", ["test/titles.test.ts", "test/outcomes.test.ts"])
def test_they_are_the_names_that_references_have(recorded: Recorded, path: str) -> None:
    source = read_source(path, zoo.VITEST[path].encode(), ("INV",))
    assert source is not None
    tests = {test.name for test in source.tests}
    ran = {
        line["test"].partition("::")[2]
        for line in recorded.of("result")
        if line["test"].startswith(path)
    }
    assert ran - tests <= {"title"}


def test_a_test_that_another_ones_only_leaves_out_is_not_selected(recorded: Recorded) -> None:
    found = by_file(recorded, "test/only.test.ts")
    assert found == {"selected": "passed", "skipped": "skipped", "more::selected too": "passed"}


def test_a_snapshot_that_was_just_written_proves_nothing(recorded: Recorded) -> None:
    found = by_file(recorded, "test/snapshots.test.ts")
    assert found == {"written": "skipped", "written with a hint": "skipped", "compared": "passed"}


def test_files_of_the_same_name_are_told_apart(recorded: Recorded) -> None:
    assert by_file(recorded, "a/same.test.ts") == {"same name": "failed"}
    assert by_file(recorded, "b/same.test.ts") == {"same name": "passed"}


def test_a_file_that_cannot_be_collected_says_why(recorded: Recorded) -> None:
    said = {line["path"]: line["message"] for line in recorded.of("collect-error")}
    assert set(said) == {f"broken/{name}.test.ts" for name in ("syntax", "import", "empty")}
    assert "./gone" in said["broken/import.test.ts"]
    assert "No test suite found" in said["broken/empty.test.ts"]
    assert set(said) <= set(recorded.content)


def test_errors_that_no_test_catches_take_passes_away(recorded: Recorded) -> None:
    unhandled = by_file(recorded, "broken/unhandled.test.ts")
    assert unhandled == {"rejects behind its back": "passed, error"}
    crashed = by_file(recorded, "broken/crash.test.ts")
    assert set(crashed) == {"before the crash", "crashes"}
    assert all("error" in outcomes for outcomes in crashed.values())


def test_cases_of_properties(recorded: Recorded) -> None:
    found = {
        n: r["cases"]
        and (r["cases"]["accepted"], r["cases"]["rejected"], r["cases"]["max_examples"])
        for n, r in recorded.results.items()
        if r["test"].startswith("test/properties")
    }
    assert found["holds"] == (50, 0, 50)  # the user's own configuration
    assert found["filters"][0] == 20
    assert found["filters"][1] > 0
    assert found["never begins"][:2] == (0, 5001)
    assert found["pinned"] == (50, 0, 50)
    assert found["two"][2] == 10 + 30
    assert found["at once"] == (12, 0, 12)
    assert found["at once too"] == (23, 0, 23)
    assert found["own later reporter"] == (50, 0, 50)
    assert found["a machine that stands still"] == (0, 15, 15)


def test_outcomes_of_properties(recorded: Recorded) -> None:
    found = by_file(recorded, "test/properties.test.ts")
    bad = {name: outcome for name, outcome in found.items() if outcome != "passed"}
    assert bad == {
        "fails": "failed",
        "never begins": "error",
        "two": "failed",
        "later": "failed",
        "a machine": "failed",
        "interrupted": "error",
        "unreadable": "failed",
    }
    assert recorded.results["never begins"]["error"] == "unsatisfiable"
    assert recorded.results["interrupted"]["error"] == "deadline"


def test_counterexamples(recorded: Recorded) -> None:
    found = {name: result["counterexample"] for name, result in recorded.results.items()}
    assert found["fails"]["text"] == '[100,"x"]'
    assert found["fails"]["values"] == {"amount": "100", "currency": '"x"'}
    assert type(found["fails"]["seed"]) is int
    assert set(found["fails"]["path"]) <= set("0123456789:")
    assert found["two"]["text"] == "[true]"
    assert found["later"]["values"] == {"n": "3"}
    assert found["a machine"]["text"].startswith("[push(1),push(1),push(1),pop /*replayPath=")
    assert found["a machine"]["values"] is None
    assert found["unreadable"]["values"] is None
    assert found["own reporter"] is None


def test_examples_that_passed_are_replayed(recorded: Recorded) -> None:
    results = recorded.results
    pinned = [each["values"] for each in results["pinned"]["replayed"]]
    assert pinned == [{"n": "0", "text": '""'}, {"n": "7", "text": '"it\'s"'}]
    assert len(results["replayed"]["replayed"]) == 1
    assert "replayed" not in results["holds"]


def test_what_the_run_rests_on(recorded: Recorded) -> None:
    assert set(recorded.content) >= {
        "docs/adr/0001-a.md",
        "package.json",
        "tsconfig.json",
        "vite.config.ts",
        "vite.shared.ts",
        "src/lib.ts",
        "src/late.ts",
        "src/native.cjs",
        "test/outcomes.test.ts",
        "test/__snapshots__/snapshots.test.ts.snap",
        "package-lock.json",
    }
    assert not [path for path in recorded.content if "node_modules" in path]
    assert {path for line in recorded.of("changed") for path in line["files"]} == set()
    measured = {path for line in recorded.of("measured") for path in line["files"]}
    settings = {"package.json", "package-lock.json", "test/__snapshots__/snapshots.test.ts.snap"}
    assert settings <= measured  # no line of them runs under a test
    assert "vite.config.ts" not in measured


def test_bytes_are_kept(recorded: Recorded, tmp_path_factory: pytest.TempPathFactory) -> None:
    store = shared(tmp_path_factory.getbasetemp(), "vitest-zoo") / "project/.adr-lsp/objects"
    digest = recorded.content["src/lib.ts"]
    kept = zlib.decompress((store / digest[:2] / digest[2:]).read_bytes())
    assert kept.decode() == zoo.LIB


def test_covered_lines_are_lines_of_the_typescript_on_disk(recorded: Recorded) -> None:
    covered = recorded.covered("src/lib.ts")
    assert covered["outer::passes"] == [[6, 7], [10, 11]]  # neither the branch nor another function
    assert "outer::empty" not in covered
    assert covered["holds"] == [[13, 13]]
    own = recorded.covered("test/outcomes.test.ts")
    assert [6, 7] in own["outer::passes"]
    assert not [span for span in own["outer::passes"] if span[0] <= 9 <= span[1]]
    measured = {path for line in recorded.of("measured") for path in line["files"]}
    assert {"src/lib.ts", "src/native.cjs", "test/outcomes.test.ts"} <= measured


@pytest.mark.usefixtures("recorded")
def test_the_reader_understands_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    root = shared(tmp_path_factory.getbasetemp(), "vitest-zoo") / "project"
    [file] = (root / ".adr-lsp/evidence").glob("*.jsonl")
    run = read_run(f".adr-lsp/evidence/{file.name}", file.read_bytes(), alive=False)
    assert run is not None
    assert (run.ending, run.torn, run.tool) == (Ending.ENDED, 0, "vitest")
    assert run.environment.lane[0].startswith("node ")
    assert run.environment.shown.startswith("node 2")
    by_test = {result.name: result.outcome for result in run.results}
    assert by_test["outer::known no more"] is Outcome.FAILED
    assert by_test["outer::retried"] is Outcome.FLAKY
    assert len(run.collect_errors) == 3
    lines = run.coverage and run.coverage[("test/outcomes.test.ts::outer::passes", None)]
    assert lines and lines["src/lib.ts"] == frozenset((6, 7, 10, 11))
