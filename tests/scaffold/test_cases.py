"""Every template writes what stands in its case, and what it writes does its work when run."""

from __future__ import annotations

import os
import pickle
import re
from pathlib import Path

import pytest

from scaffold.cases import CASES, Case, activated, changed, scaffolded, write
from scaffold.once import once
from scaffold.pytest_run import Outcome, run

NAMED = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
Said = dict[str, dict[str, Outcome]]
_COUNTEREXAMPLE = re.compile(r"(?:Falsifying|Failing) (?:explicit )?(?:example|test case)", re.I)


def _project(root: Path, case: Case) -> None:
    """The case's project in a folder of its own, scaffolded."""
    write(root, {"pyproject.toml": "[tool.adr-lsp]\n", **case.project})
    scaffolded(root, method=case.method)


def _fill_in(root: Path, case: Case) -> None:
    for path in case.golden:
        text = (root / path).read_text(encoding="utf-8")
        write(root, {path: activated(text, case.filled)})


@pytest.fixture(scope="session")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Said:
    """What pytest says of all cases; of several workers one runs them, the others wait for it."""
    root = tmp_path_factory.mktemp("cases")
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return _outcomes(root)
    kept = base.parent / "scaffold-cases"
    with once(kept) as first:
        if first:
            kept.write_bytes(pickle.dumps(_outcomes(root)))
    said: Said = pickle.loads(kept.read_bytes())
    return said


def _outcomes(root: Path) -> Said:
    """As scaffolded, filled in, and with the fault."""
    for case in CASES:
        _project(root / case.name, case)
    said = {"scaffolded": run(root)}
    for case in CASES:
        _fill_in(root / case.name, case)
    said["filled in"] = run(root, examples=25)
    for case in CASES:
        source = (root / case.name / case.fault_path).read_text(encoding="utf-8")
        write(root / case.name, {case.fault_path: changed(source, case.fault)})
    said["differs"] = run(root, shrinks=False)
    return said


def _of(case: Case, outcomes: dict[str, Outcome]) -> Outcome:
    """The outcome of the case's test; of several examples the worst."""
    found = [said for key, said in outcomes.items() if key.startswith(f"{case.name}.")]
    assert len(found) == 1 or (found and case.method == "example")
    return min(found, key=lambda said: ["error", "failed", "skipped", "passed"].index(said.kind))


@NAMED
def test_writes_what_stands_in_the_case(case: Case, tmp_path: Path, update: bool) -> None:
    _project(tmp_path, case)
    (path,) = [p for p in scaffolded_files(tmp_path, case) if p not in case.project]
    written = (tmp_path / path).read_text(encoding="utf-8")
    if update:
        _write_golden(case, path, written)
    else:
        assert {path: written} == case.golden


def scaffolded_files(root: Path, case: Case) -> list[str]:
    ours = {"pyproject.toml", *case.project}
    files = (p.relative_to(root).as_posix() for p in root.rglob("*.py"))
    return [path for path in files if path not in ours]


def _write_golden(case: Case, path: str, written: str) -> None:
    text = case.file.read_text(encoding="utf-8")
    before, _, after = text.partition("## Scaffold\n")
    rest = (
        after[after.index("## Filled in") :]
        if "## Filled in" in after
        else (after[after.index("## One line differs") :])
    )
    golden = f"## Scaffold\n\n````text {path}\n{written}````\n\n"
    case.file.write_text(before + golden + rest, encoding="utf-8")


@NAMED
def test_counts_as_nothing_while_its_line_stands(case: Case, outcomes: Said) -> None:
    said = _of(case, outcomes["scaffolded"])
    assert said.kind == "skipped"
    assert "not implemented: " in said.text


@NAMED
def test_passes_on_code_that_holds(case: Case, outcomes: Said) -> None:
    said = _of(case, outcomes["filled in"])
    assert said.kind == "passed", said.text


@NAMED
def test_fails_with_a_counterexample_when_one_line_differs(case: Case, outcomes: Said) -> None:
    said = _of(case, outcomes["differs"])
    assert said.kind == "failed", said.text
    shown = _COUNTEREXAMPLE.search(said.text) or case.method == "example"
    assert shown, said.text
    asserted = (
        "AssertionError" in said.text or "assert " in said.text or "DID NOT RAISE" in said.text
    )
    assert asserted or "*(total)*" in "".join(case.project.values()), said.text


def test_no_blank_passes(tmp_path: Path) -> None:
    """With its line deleted and nothing filled in, what is not known still fails."""
    invariants = (
        "- **INV-1** *(bounds)*: Lost code holds at most 3 things.\n  - Target: `lost:code`\n"
        "- **INV-2** *(bounds)*: A known result stays in good limits.\n  - Target: `here:found`\n"
        "- **INV-3** *(oracle)*: Some result agrees with another.\n  - Target: `here:found`\n"
        "- **INV-4** *(metamorphic)*: An answer changes so.\n  - Target: `here:found`\n"
        "- **INV-5** *(append-only)*: Nothing in the dark is removed.\n  - Target: `here:Dark`\n"
        "- **INV-6** *(at-most-once)*: Darkness falls at most once.\n  - Target: `here:Dark`\n"
    )
    code = (
        "def found(n: int) -> int: return n\n\n\nclass Dark:\n    def fall(self, key: str): ...\n"
    )
    write(tmp_path, {"docs/adr/0001-a.md": f"# 1. A\n\n## Invariants\n\n{invariants}"})
    write(tmp_path, {"pyproject.toml": "[tool.adr-lsp]\n", "here.py": code})
    for number in range(1, 7):
        scaffolded(tmp_path, f"INV-{number}")
    test = (tmp_path / "tests/test_a.py").read_text()
    write(tmp_path, {"tests/test_a.py": activated(test, "")})
    assert {said.kind for said in run(tmp_path, shrinks=False).values()} == {"failed"}
