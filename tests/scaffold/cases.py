"""Cases: a record and its code, the scaffold, what an author fills in, and one line that differs.

Each file in `cases/` is a text. Its first part is the project: fences named by their paths. Under
`## Scaffold` stands the test file that is written, under `## Filled in` what the author changes in
it besides deleting the line `adr-lsp: scaffold`, under `## One line differs` the fault.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from adr_lsp.scaffold import Refusal, Scaffold, scaffold
from adr_lsp.text import apply_edits, decode
from adr_lsp.workspace import Workspace

FOLDER = Path(__file__).parent / "cases"
_FENCE = re.compile(r"^````\w+ (\S+)\n(.*?)^````$", re.MULTILINE | re.DOTALL)
_DIFF = re.compile(r"^````diff(?: (\S+))?\n(.*?)^````$", re.MULTILINE | re.DOTALL)
_HUNK = re.compile(r"((?:^-.*\n)+)((?:^\+.*\n)*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Case:
    file: Path
    project: dict[str, str]
    golden: dict[str, str]
    filled: str
    fault_path: str
    fault: str

    @property
    def name(self) -> str:
        return self.file.stem

    @property
    def method(self) -> str:
        return "example" if self.name.startswith("example_") else "property"


def load(file: Path) -> Case:
    text = file.read_text(encoding="utf-8")
    parts = re.split(r"^## (Scaffold|Filled in|One line differs)\n", text, flags=re.MULTILINE)
    named = dict(zip(parts[1::2], parts[2::2], strict=True))
    fault = _DIFF.search(named.get("One line differs", ""))
    filled = _DIFF.search(named.get("Filled in", ""))
    return Case(
        file,
        dict(_FENCE.findall(parts[0])),
        dict(_FENCE.findall(named.get("Scaffold", ""))),
        filled[2] if filled else "",
        fault[1] if fault else "",
        fault[2] if fault else "",
    )


CASES = [load(file) for file in sorted(FOLDER.glob("*.md"))]


def write(root: Path, files: dict[str, str]) -> None:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content.encode())


def changed(text: str, diff: str) -> str:
    """The text with every hunk of a diff applied, wherever its lines stand."""
    for old, new in _HUNK.findall(diff):
        before, after = (re.sub(r"^.", "", part, flags=re.MULTILINE) for part in (old, new))
        assert before in text, f"not in the text:\n{before}"
        text = text.replace(before, after)
    return text


def activated(test: str, diff: str) -> str:
    """The scaffold as an author leaves it: read, filled in, its line deleted."""
    kept = [line for line in test.splitlines(keepends=True) if "adr-lsp: scaffold" not in line]
    return changed("".join(kept), diff)


def apply(root: Path, made: Scaffold) -> None:
    for path in dict.fromkeys(edit.path for edit in made.edits):
        file = root / path
        old = decode(file.read_bytes())[0] if file.exists() else ""
        new = apply_edits(old, [edit for edit in made.edits if edit.path == path])
        write(root, {path: new})


def made(root: Path, id: str = "INV-1", method: str = "property") -> Scaffold | Refusal:
    """The scaffold of an invariant of the only record that has it."""
    workspace = Workspace(root)
    workspace.refresh()
    snapshot = workspace.snapshot()
    record = next(record for record in snapshot.log if record.invariant(id))
    invariant = record.invariant(id)
    assert invariant is not None
    return scaffold(snapshot, record, invariant, method)


def scaffolded(root: Path, id: str = "INV-1", method: str = "property") -> Scaffold:
    """Write the scaffold of an invariant."""
    scaffold = made(root, id, method)
    assert isinstance(scaffold, Scaffold), scaffold
    apply(root, scaffold)
    return scaffold
