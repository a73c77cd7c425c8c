"""`adr-lsp link`, on a project with runs and on one without."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.command import adr_lsp

RECORD = """# 1. Clamp

## Invariants

- **INV-1** *(bounds)*: What comes out lies in the window.
  - Target: `clamp:clamp`
- **INV-2**: The colour of a clamped number is kept.
- **INV-3**: No test was ever written for penguins.
- **INV-4**: Some things are left for later.
  - Waived until 2999-01-01: later

| Id | Statement |
|---|---|
| INV-9 | A number is a number. |
"""
CODE = """def clamp(n):
    low = max(0, n)
    return min(low, 10)


def colour(n):
    return "red"
"""
TESTS = """import clamp


def through():
    return clamp.clamp


class TestEdges:
    def test_far(self):
        assert through()(99) == 10


def test_colour_of_a_number_is_kept():
    assert clamp.colour(1) == clamp.colour(1)


def test_other():
    assert 1 + 1 == 2
"""
PATH = "docs/adr/0001-clamp.md"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With a recorded run, in which coverage measured."""
    folder = tmp_path_factory.mktemp("project")
    for path, content in {
        "adr-lsp.toml": "",
        "clamp.py": CODE,
        "conftest.py": "",
        PATH: RECORD,
        "tests/test_numbers.py": TESTS,
        "tests/test_text.py": "def test_other():\n    assert 'a'\n",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content)
    linked = RECORD.replace("number is kept.\n", "number is kept.\n  - Verified by: `tests`\n")
    (folder / PATH).write_text(linked)
    done = adr_lsp(folder, "run")
    assert done.code in (0, 1), done.err
    (folder / PATH).write_text(RECORD)
    return folder


@pytest.fixture
def root(project: Path, tmp_path: Path) -> Iterator[Path]:
    yield Path(shutil.copytree(project, tmp_path / "root"))


def test_coverage_of_the_target_tells_which_test_it_is(root: Path) -> None:
    done = adr_lsp(root, "link", "ADR-0001/INV-1")
    assert done.code == 0, done.err
    lines = done.out.splitlines()
    assert lines[0].startswith("ADR-0001/INV-1: What comes out")
    assert "tests/test_numbers.py::TestEdges::test_far (covers 100% of clamp" in lines[1]


def test_without_evidence_words_and_names_remain(root: Path) -> None:
    shutil.rmtree(root / ".adr-lsp")
    assert "covers" not in adr_lsp(root, "link").out
    done = adr_lsp(root, "link", "ADR-0001/INV-2", "-f", "json")
    (found,) = done.json
    assert found["invariant"] == "ADR-0001/INV-2"
    assert found["tests"][0]["test"] == "tests/test_numbers.py::test_colour_of_a_number_is_kept"
    assert found["tests"][0]["score"] > 0.5 and found["tests"][0]["reasons"]


def test_all_that_are_unverified_are_asked_for(root: Path) -> None:
    done = adr_lsp(root, "link")
    assert "ADR-0001/INV-3: No test was ever written for penguins.\n  no test reads" in done.out
    assert "INV-4" not in done.out
    assert adr_lsp(root, "link", "-n", "0").out.count("::") == 0


ID, TEST = "ADR-0001/INV-2", "tests/test_numbers.py::test_colour_of_a_number_is_kept"


def test_a_link_is_written_and_a_second_time_said(root: Path) -> None:
    before = (root / PATH).read_text()
    shown = adr_lsp(root, "link", "--apply", f"{ID}={TEST}", "--diff")
    link = "[`test_colour_of_a_number_is_kept`](../../tests/test_numbers.py)"
    assert f"+  - Verified by: {link}\n" in shown.out
    assert (root / PATH).read_text() == before
    done = adr_lsp(root, "link", "--apply", f"{ID}={TEST}")
    assert (done.code, done.out) == (0, f"{ID} is verified by {TEST}\n")
    assert f"number is kept.\n  - Verified by: {link}\n" in (root / PATH).read_text()
    again = adr_lsp(root, "link", "--apply", f"{ID}={TEST}")
    assert again.code == 0 and "already" in again.err
    assert (root / PATH).read_text().count("Verified by") == 1
    assert ID not in adr_lsp(root, "link").out


@pytest.mark.parametrize("name", ["a b(c)[d].py", "a%20b#c.py", "a\nb|c<d>.py", "`a`*b*.py"])
def test_a_link_leads_to_a_file_however_it_is_called(root: Path, name: str) -> None:
    (root / f"tests/test_{name}").write_text("def test_own():\n    assert 'a'\n")
    link = ("link", "--apply", f"ADR-0001/INV-3=tests/test_{name}::test_own")
    assert adr_lsp(root, *link).code == 0
    assert "is linked to" in adr_lsp(root, *link).err


def test_several_links_are_written_at_once(root: Path) -> None:
    far = "ADR-0001/INV-1=tests/test_numbers.py::TestEdges::test_far"
    done = adr_lsp(root, "link", "--apply", far, "--apply", f"{ID}={TEST}", "--apply", far)
    assert done.code == 0, done.err
    after = (root / PATH).read_text()
    assert after.count("Verified by") == 2
    assert "[`TestEdges::test_far`](../../tests/test_numbers.py)" in after


@pytest.mark.parametrize(
    "pair, said",
    [
        (f"{ID}=tests/test_numbers.py::test_nowhere", "has no test test_nowhere"),
        (f"{ID}=tests/nowhere.py::test_a", "no such file"),
        (f"{ID}=clamp.py::clamp", "has no test clamp"),
        (f"{ID}=tests/test_numbers.py", "give ID=path::name"),
        (TEST, "give ID=path::name"),
        (f"ADR-0001/INV-7={TEST}", "declares no INV-7"),
        (f"ADR-0001={TEST}", "name one invariant"),
        (f"ADR-0001/INV-9={TEST}", "stands in a table"),
    ],
)
def test_what_cannot_be_linked_is_refused_and_nothing_written(
    root: Path, pair: str, said: str
) -> None:
    before = (root / PATH).read_text()
    done = adr_lsp(root, "link", "--apply", f"{ID}={TEST}", "--apply", pair)
    assert done.code == 2
    assert said in done.err
    assert (root / PATH).read_text() == before


def test_an_ambiguous_id_is_refused(root: Path) -> None:
    (root / "docs/adr/0001-other.md").write_text(RECORD.replace("Clamp", "Other"))
    done = adr_lsp(root, "link", "--apply", f"{ID}={TEST}")
    assert done.code == 2 and "ambiguous" in done.err
