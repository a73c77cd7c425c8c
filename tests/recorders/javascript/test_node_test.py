"""Each way in which a test of node:test can end, in one run of the real tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from adr_lsp.evidence import read_run
from adr_lsp.evidence.history import history
from adr_lsp.evidence.model import Ending, Outcome
from adr_lsp.sources import read as read_source
from recorders.javascript import zoo
from recorders.javascript.recorded import by_file, node_test, once, project, shared

if TYPE_CHECKING:
    from pathlib import Path

    from recorders.recorded import Recorded

FILES = sorted(path for path in zoo.NODE_TEST if ".test." in path)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    def make(folder: Path) -> Recorded:
        folder.mkdir()
        project(folder, zoo.NODE_TEST)
        return node_test(folder, *FILES, ADR_LSP_COVERAGE="1")

    return once(shared(tmp_path_factory.getbasetemp(), "node-zoo"), make)


def test_every_outcome(recorded: Recorded) -> None:
    assert by_file(recorded, "test/outcomes.test.ts") == {
        "outer::passes": "passed",
        "outer::fails": "failed",
        "outer::todo": "skipped",
        "outer::todo that throws": "skipped",
        "outer::todo that passes": "skipped",
        "outer::skipped": "skipped",
        "outer::skips inside": "skipped",
        "outer::to do inside": "skipped",
        "outer::too slow": "error",
        "outer::empty": "passed",
        "outer::known": "xfailed",
        "loop ${n}[1]": "passed",
        "loop ${n}[2]": "passed",
        'a "quoted" title > with 🎉\\nand two lines': "passed",
        "parent": "failed",
        "parent::good": "passed",
        "parent::bad": "failed",
        "parent of nothing that runs": "skipped",
        "parent of nothing that runs::later": "skipped",
        "before each::a": "error",
        "after each::a": "error",
        "before all::a": "error, error",
        "after all::a": "passed, error",
        "planned": "failed",
    }


def test_what_is_said_of_them(recorded: Recorded) -> None:
    results = recorded.results
    assert results["outer::fails"]["location"] == ["test/outcomes.test.ts", 9]
    assert results["outer::skips inside"]["message"] == "no network"
    assert results["outer::todo that passes"]["message"] == "todo: later"
    assert results["outer::too slow"]["error"] == "deadline"
    kinds = {name: results[f"{name}::a"]["error"] for name in ("before each", "before all")}
    assert kinds == {"before each": "setup", "before all": "setup"}
    kinds = {name: results[f"{name}::a"]["error"] for name in ("after each", "after all")}
    assert kinds == {"after each": "teardown", "after all": "teardown"}
    assert results["parent"]["message"] == "inside"


def test_they_are_the_names_that_references_have(recorded: Recorded) -> None:
    path = "test/outcomes.test.ts"
    source = read_source(path, zoo.NODE_TEST[path].encode(), ("INV",))
    assert source is not None
    results = [line["test"].partition("::") for line in recorded.of("result")]
    assert {name for file, _, name in results if file == path} <= {t.name for t in source.tests}


def test_files_of_the_same_name_are_told_apart(recorded: Recorded) -> None:
    assert by_file(recorded, "a/same.test.mjs") == {"same name": "failed"}
    assert by_file(recorded, "b/same.test.mjs") == {"same name": "passed"}


def test_a_file_that_ends_without_a_test(recorded: Recorded) -> None:
    said = {line["path"]: line["message"] for line in recorded.of("collect-error")}
    assert set(said) == {
        f"broken/{name}.test.mjs" for name in ("syntax", "import", "exits", "killed")
    }
    assert "SyntaxError" in said["broken/syntax.test.mjs"]
    assert "gone.mjs" in said["broken/import.test.mjs"]
    assert "ended with 3" in said["broken/exits.test.mjs"]
    assert "SIGKILL" in said["broken/killed.test.mjs"]
    assert by_file(recorded, "broken/empty.test.mjs") == {}


def test_a_process_that_fails_takes_the_passes_of_its_file_away(recorded: Recorded) -> None:
    assert by_file(recorded, "broken/code.test.mjs") == {"a": "passed, error"}
    assert by_file(recorded, "broken/late.test.mjs") == {"a": "passed, error"}
    late = [line for line in recorded.of("result") if line["test"] == "broken/late.test.mjs::a"]
    assert "too late" in late[-1]["message"]


def test_what_fails_after_its_test_is_an_error_of_it_alone(recorded: Recorded) -> None:
    found = by_file(recorded, "broken/late-beside.test.mjs")
    assert found == {"a": "passed, error", "fails": "failed", "clean": "passed"}


def test_properties(recorded: Recorded) -> None:
    found = by_file(recorded, "test/properties.test.ts")
    assert found == {
        "holds": "passed",
        "fails": "failed",
        "pinned": "passed",
        "never begins": "error",
        "the other copy": "passed",
    }
    results = recorded.results
    cases = {name: results[name]["cases"]["accepted"] for name in found}
    assert (cases["holds"], cases["never begins"], cases["the other copy"]) == (40, 0, 15)
    example = results["fails"]["counterexample"]
    assert (example["text"], example["values"], example["seed"]) == ("[100]", {"amount": "100"}, 7)
    assert results["pinned"]["replayed"] == [{"text": "[3]", "values": {"n": "3"}}]


def test_what_the_run_rests_on(recorded: Recorded) -> None:
    assert set(recorded.content) == {
        "docs/adr/0001-a.md",
        "package.json",
        "src/lib.ts",
        "src/later.mjs",
        *FILES,
    }


def test_covered_lines(recorded: Recorded) -> None:
    covered = recorded.covered("src/lib.ts")
    assert covered["outer::passes"] == [[6, 7], [10, 11]]
    assert "outer::empty" not in covered
    assert covered["holds"] == [[13, 13]]


def test_the_reader_understands_it(
    recorded: Recorded, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = shared(tmp_path_factory.getbasetemp(), "node-zoo") / "project"
    [file] = (root / ".adr-lsp/evidence").glob("*.jsonl")
    run = read_run(f".adr-lsp/evidence/{file.name}", file.read_bytes(), alive=False)
    assert run is not None
    assert (run.ending, run.torn, run.tool) == (Ending.ENDED, 0, "node:test")
    for path, name, outcome in (
        ("broken/late.test.mjs", "a", Outcome.ERROR),
        ("broken/killed.test.mjs", "a", Outcome.ERROR),
        ("test/outcomes.test.ts", "after all::a", Outcome.ERROR),
    ):
        entries = history([run], path, [name]).entries[None]
        assert entries[0].result.outcome is outcome, name
    assert recorded.exit == 1
