"""Cases in Rust: the files of each as scaffolded, as filled in, and with the fault."""

from __future__ import annotations

import re
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


_MADE: dict[str, Scaffold] = {}


def scaffolded(case: Case) -> Scaffold:
    """The scaffold of a case, made once."""
    if case.name not in _MADE:
        _MADE[case.name] = _made(case)
    return _MADE[case.name]


def _made(case: Case) -> Scaffold:
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


BLANK: Files = {
    "docs/adr/0150-nothing-is-known.md": (
        "# 150. Nothing is known\n\n## Invariants\n\n"
        "- **INV-1** *(bounds)*: Lost code holds at most 3 things.\n  - Target: `lost::code`\n"
        "- **INV-2** *(bounds)*: A known result stays in good limits.\n"
        "  - Target: `crate::found`\n"
        "- **INV-3** *(oracle)*: Some result agrees with another.\n  - Target: `crate::found`\n"
        "- **INV-4** *(metamorphic)*: Something changes nothing.\n  - Target: `crate::found`\n"
        "- **INV-5** *(append-only)*: Nothing in the dark is removed.\n"
        "  - Target: `crate::Dark`\n"
        "- **INV-6** *(at-most-once)*: Darkness falls at most once.\n  - Target: `crate::Dark`\n"
        "- **INV-7** *(authorization)*: Only a stranger may find.\n  - Target: `crate::tried`\n"
        "- **INV-8** *(conservation)*: The sum of all equals something.\n"
        "  - Target: `crate::Sum`\n"
        "- **INV-9**: Nobody says what this is about.\n"
    ),
    "src/lib.rs": (
        "pub fn found(n: i64) -> i64 {\n    n\n}\n\n"
        "pub fn tried(n: u8) -> Result<u8, u8> {\n    Ok(n)\n}\n\n"
        "#[derive(Debug)]\npub struct Sum {\n    pub total: i64,\n}\n\n"
        "#[derive(Debug, Default)]\npub struct Dark;\n\n"
        "impl Dark {\n    pub fn fall(&mut self, key: &str) {\n        let _ = key;\n    }\n}\n"
    ),
}
"""What no scaffold knows: with its line deleted and nothing filled in, each still fails."""
_EXAMPLES = (
    ("One result is known.", "\n  - Target: `crate::found`"),
    ("Two results are not.", ""),
)
BLANKS = tuple(f"INV-{number}" for number in range(1, 10))


def blank(stage: str) -> Files:
    """All scaffolds of the blank project in one file, and an example beside them."""
    files = {"Cargo.toml": MANIFEST.format(name="blank"), **BLANK}
    for id in BLANKS:
        files = edited(files, _scaffold(files, id, "property").edits)
    for number, (statement, target) in enumerate(_EXAMPLES, 151):
        only = {path: text for path, text in files.items() if not path.endswith(".md")}
        line = f"- **INV-1**: {statement}{target}\n"
        only[f"docs/adr/0{number}-{statement[:3].lower()}.md"] = (
            f"# {number}. It\n\n## Invariants\n\n{line}"
        )
        files |= edited(only, _scaffold(only, "INV-1", "example").edits)
    if stage != "scaffolded":
        files = {p: activated(t, "") if p.startswith("tests/") else t for p, t in files.items()}
    return files


def _scaffold(files: Files, id: str, method: str) -> Scaffold:
    scaffold = made(files, id, method)
    assert isinstance(scaffold, Scaffold), scaffold
    return scaffold


def varied(stage: str) -> Files:
    """One project with a target of every further kind; nothing in its scaffolds is blank."""
    folder = FOLDER.parent / "varied"
    files = {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in folder.rglob("*.*")}
    files["Cargo.toml"] = MANIFEST.format(name="varied")
    (record,) = [text for path, text in files.items() if path.endswith(".md")]
    for id in re.findall(r"INV-\d+", record):
        files = edited(files, _scaffold(files, id, "property").edits)
    if stage != "scaffolded":
        files = {p: activated(t, "") if p.startswith("tests/") else t for p, t in files.items()}
    return files
