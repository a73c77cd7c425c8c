"""Every template writes what stands in its case, and what it writes does its work when run."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path

import pytest

import provision
from adr_lsp.scaffold import Scaffold
from scaffold.cases import Case, activated, apply, changed, load, made, write
from scaffold.once import once
from scaffold.typescript.javascript_run import Outcome, Outcomes, prepare, run, typecheck

CASES = [load(file) for file in sorted((Path(__file__).parent / "cases").glob("*.md"))]
NAMED = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
_PACKAGE = """\
{ "type": "module", "devDependencies": { "fast-check": "^4.0.0", "vitest": "^5.0.0" } }
"""
_SUFFIXES = (".ts", ".js", ".mjs", ".cjs")


def _method(case: Case) -> str:
    return "example" if case.name.startswith("example_") else "property"


def _project(root: Path, case: Case) -> str:
    """The case's project in a folder of its own, scaffolded; the path of its test."""
    write(root, {"adr-lsp.toml": "", "package.json": _PACKAGE, **case.project})
    scaffold = made(root, method=_method(case))
    assert isinstance(scaffold, Scaffold), scaffold
    apply(root, scaffold)
    return scaffold.path


def _run_all(root: Path) -> dict[str, dict[str, Outcomes | str]]:
    """What the tools say of all cases: as scaffolded, filled in, and with the fault."""
    prepare(root)
    tests = [f"{case.name}/{_project(root / case.name, case)}" for case in CASES]
    said: dict[str, Outcomes] = {"scaffolded": run(root, tests)}
    types = {"scaffolded": typecheck(root, tests)}
    for case, test in zip(CASES, tests, strict=True):
        text = (root / test).read_text(encoding="utf-8")
        write(root, {test: activated(text, case.filled)})
    said["filled in"], types["filled in"] = run(root, tests), typecheck(root, tests)
    for case in CASES:
        source = (root / case.name / case.fault_path).read_text(encoding="utf-8")
        write(root / case.name, {case.fault_path: changed(source, case.fault)})
    said["differs"] = run(root, tests)
    return {"said": _plain(said), "types": types}  # type: ignore[dict-item]


def _plain(said: dict[str, Outcomes]) -> dict[str, object]:
    return {
        stage: {path: {t: asdict(o) for t, o in tests.items()} for path, tests in found.items()}
        for stage, found in said.items()
    }


@pytest.fixture(scope="session")
def outcomes(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> dict[str, dict]:  # type: ignore[type-arg]
    provision.need("node", "javascript")
    folder = tmp_path_factory.getbasetemp()
    kept = (folder if worker_id == "master" else folder.parent) / "typescript-cases.json"
    with once(kept) as first:
        if first:
            kept.write_text(json.dumps(_run_all(tmp_path_factory.mktemp("typescript"))))
    read: dict[str, dict] = json.loads(kept.read_text())  # type: ignore[type-arg]
    return read


def _of(case: Case, outcomes: dict[str, dict], stage: str) -> dict[str, Outcome]:  # type: ignore[type-arg]
    """The outcomes of the case's tests."""
    found = outcomes["said"][stage]
    (tests,) = (each for path, each in found.items() if path.startswith(f"{case.name}/"))
    return {title: Outcome(**outcome) for title, outcome in tests.items()}


@NAMED
def test_writes_what_stands_in_the_case(case: Case, tmp_path: Path, update: bool) -> None:
    path = _project(tmp_path, case)
    written = (tmp_path / path).read_text(encoding="utf-8")
    if update:
        _write_golden(case, path, written)
    else:
        assert {path: written} == case.golden


def _write_golden(case: Case, path: str, written: str) -> None:
    text = case.file.read_text(encoding="utf-8")
    before, _, after = text.partition("## Scaffold\n")
    rest = re.search(r"^## (?:Filled in|One line differs)\n.*", after, re.MULTILINE | re.DOTALL)
    golden = f"## Scaffold\n\n````text {path}\n{written}````\n\n"
    case.file.write_text(before + golden + (rest[0] if rest else ""), encoding="utf-8")


@NAMED
def test_counts_as_nothing_while_its_line_stands(case: Case, outcomes: dict[str, dict]) -> None:  # type: ignore[type-arg]
    found = _of(case, outcomes, "scaffolded")
    assert found
    assert {said.kind for said in found.values()} == {"skipped"}, found


@NAMED
def test_passes_on_code_that_holds(case: Case, outcomes: dict[str, dict]) -> None:  # type: ignore[type-arg]
    found = _of(case, outcomes, "filled in")
    assert found
    assert {said.kind for said in found.values()} == {"passed"}, found


@NAMED
def test_fails_with_a_counterexample_when_one_line_differs(
    case: Case,
    outcomes: dict[str, dict],  # type: ignore[type-arg]
) -> None:
    failed = [s for s in _of(case, outcomes, "differs").values() if s.kind == "failed"]
    assert failed
    counterexample = "AssertionError" if _method(case) == "example" else "Counterexample: ["
    assert any(counterexample in said.text for said in failed), failed


@pytest.mark.parametrize("stage", ["scaffolded", "filled in"])
def test_the_compiler_finds_no_fault(stage: str, outcomes: dict[str, dict]) -> None:  # type: ignore[type-arg]
    assert outcomes["types"][stage] == ""
