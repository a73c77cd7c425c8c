"""Every template writes what stands in its case, and what it writes does its work when run."""

from __future__ import annotations

import re

import pytest

import provision
from scaffold.cases import Case
from scaffold.memory import Files
from scaffold.rust.cargo_run import Outcome, Said, run
from scaffold.rust.projects import BLANKS, CASES, STAGES, at, blank, project, scaffolded, varied

NAMED = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@pytest.fixture(scope="session")
def said() -> dict[str, Said]:
    """What cargo says of all cases: as scaffolded, filled in, and with the fault."""
    provision.need("cargo")
    return {stage: run(stage, _projects(stage)) for stage in STAGES}


def _projects(stage: str) -> dict[str, Files]:
    more = {"blank": blank(stage), "varied": varied(stage)}
    return {**more, **{case.name: at(case, stage) for case in CASES}}


def _of(case: Case, said: Said) -> Outcome:
    """The outcome of the case's test; cargo puts the modules of its file before its name."""
    name = scaffolded(case).name
    found = [said.tests[key] for key in said.tests if f"::{key}".endswith(f"::{name}")]
    assert len(found) == 1, said.compiler[-4000:]
    return found[0]


@NAMED
def test_writes_what_stands_in_the_case(case: Case, update: bool) -> None:
    path = scaffolded(case).path
    written = at(case, "scaffolded")[path]
    if update:
        _write_golden(case, path, written)
    else:
        assert {path: written} == case.golden


def _write_golden(case: Case, path: str, written: str) -> None:
    text = case.file.read_text(encoding="utf-8")
    before, _, after = text.partition("## Scaffold\n")
    rest = re.search(r"^## (?:Filled in|One line differs)\n.*", after or before, re.M | re.S)
    kept = before if after else before[: rest.start() if rest else len(before)]
    golden = f"## Scaffold\n\n````text {path}\n{written}````\n\n"
    case.file.write_text(kept + golden + (rest[0] if rest else ""), encoding="utf-8")


def test_no_two_tests_have_one_name() -> None:
    names = [scaffolded(case).name for case in CASES]
    assert sorted(set(names)) == sorted(names)


@NAMED
def test_adds_the_crates_that_it_uses(case: Case) -> None:
    path = scaffolded(case).path
    files = at(case, "scaffolded")
    manifests = [t for p, t in files.items() if p.endswith("Cargo.toml")]
    for crate in ("proptest", "proptest_state_machine"):
        if f"use {crate}::" in files[path] and path not in project(case):
            assert any(crate.replace("_", "-") in text for text in manifests)


@NAMED
def test_counts_as_nothing_while_its_line_stands(case: Case, said: dict[str, Said]) -> None:
    outcome = _of(case, said["scaffolded"])
    assert outcome.kind == "ignored"
    assert outcome.text.startswith("not implemented: ADR-")


def test_compiles_without_a_warning(said: dict[str, Said]) -> None:
    assert "warning:" not in said["scaffolded"].compiler


@NAMED
def test_passes_on_code_that_holds(case: Case, said: dict[str, Said]) -> None:
    outcome = _of(case, said["filled in"])
    assert outcome.kind == "ok", outcome.text


@NAMED
def test_fails_with_a_counterexample_when_one_line_differs(
    case: Case, said: dict[str, Said]
) -> None:
    outcome = _of(case, said["differs"])
    assert outcome.kind == "FAILED", outcome.text
    if not case.name.startswith("example_"):
        assert "minimal failing input: " in outcome.text, outcome.text


def test_no_blank_passes(said: dict[str, Said]) -> None:
    """With its line deleted and nothing filled in, what is not known still fails."""
    named = _tests_in(blank("scaffolded"))
    assert len(named) == len(BLANKS) + 2
    assert {said["scaffolded"].tests[name].kind for name in named} == {"ignored"}
    assert {said["filled in"].tests[name].kind for name in named} == {"FAILED"}


def _tests_in(files: Files) -> set[str]:
    tests = "".join(text for path, text in files.items() if path.startswith("tests/"))
    heads = re.findall(r"#\[ignore = .*\n *fn (\w+)", tests)
    return set(heads)


def test_nothing_is_left_to_fill_in_where_the_code_tells_all(said: dict[str, Said]) -> None:
    named = _tests_in(varied("scaffolded"))
    assert len(named) == 20
    outcomes = {name: said["filled in"].tests[name] for name in named}
    assert {name: o.text for name, o in outcomes.items() if o.kind != "ok"} == {}
