"""Cases in Rust: the files of each as scaffolded, as filled in, and with the fault."""

from __future__ import annotations

from pathlib import Path

from adr_lsp.scaffold import Scaffold
from scaffold.cases import Case, activated, changed, load
from scaffold.memory import Files, edited, made

FOLDER = Path(__file__).parent / "cases"
CASES = [load(file) for file in sorted(FOLDER.glob("*.md"))]
STAGES = ("scaffolded", "filled in", "differs")
MANIFEST = '[package]\nname = "{name}"\nversion = "0.0.0"\nedition = "2021"\n'


def project(case: Case) -> Files:
    name = case.name.rpartition("_")[2]
    return {"Cargo.toml": MANIFEST.format(name=name), **case.project}


def method(case: Case) -> str:
    return "example" if case.name.startswith("example_") else "property"


def scaffolded(case: Case) -> Scaffold:
    scaffold = made(project(case), method=method(case))
    assert isinstance(scaffold, Scaffold), scaffold
    return scaffold


def at(case: Case, stage: str) -> Files:
    """The files of a case at a stage."""
    scaffold = scaffolded(case)
    files = edited(project(case), scaffold.edits)
    if stage == "scaffolded":
        return files
    files[scaffold.path] = activated(files[scaffold.path], case.filled)
    if stage == "differs":
        files[case.fault_path] = changed(files[case.fault_path], case.fault)
    return files
