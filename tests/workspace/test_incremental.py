"""Whatever happened before, a workspace is what a new one would be."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from adr_lsp.features.code_lens import code_lenses
from adr_lsp.features.definition import references
from adr_lsp.features.diagnostics import diagnostics
from adr_lsp.snapshot import Snapshot, standing
from adr_lsp.workspace import Workspace
from evidence.writing import END, as_bytes, cases, content, file_name, header, result

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
FIRST, SECOND, TEST = "docs/adr/0001-a.md", "docs/adr/0002-b.md", "tests/test_a.py"

RECORDS = (
    "# 1. A\n\n## Status\n\nAccepted\n",
    "# 1. A\n\n## Invariants\n\n- **INV-1**: It holds.\n- **INV-2**: It is usually fast.\n",
    "# 1. A\n\n## Invariants\n\n- **INV-1**: It holds still.\n"
    "  - Verified by: [`test_a`](../../tests/test_a.py), `tests/test_b.py`\n",
    "# 2. B\n\n## Status\n\nSuperseded by [ADR-0001](0001-a.md)\n\n## Invariants\n\n"
    "- **LAW-1**: It holds.\n  - Verified by: `tests`\n- It holds as well.\n",
    "# 3. C <!-- adr-lsp: ignore ADL101 young -->\n\n[first](0001-a.md) [lib](../../lib.py)\n",
    "---\nstatus: proposed\n---\n# 1. A\n\n## Invariants\n\n- **INV-1**: It holds.\n"
    "  - Waived until 2026-06-15: soon\n",
)
CODE = (
    "",
    "from lib import X\n\ndef test_a():\n    assert X\n",
    "def test_a():\n    '''Verifies: ADR-0001/INV-1'''\n    assert make()\n\n"
    "def make():\n    return 1\n",
    "# Verifies: ADR-0001/INV-1, INV-2, INV-9\ndef test_a():\n    assert 1\n\n"
    "# Verifies: ADR-0002/LAW-1\ndef test_b():\n    assert True\n",
    "X = 1\n",
    "# Verifies: ADR-0003/INV-1\nX = 2\n",
)
IGNORES = ("", "tests/\n", "*.md\n!0001*.md\n", "docs/adr/sub/\n/lib.py\n", "svc\n", "[\n\\\n")
CONFIGS = (
    "",
    'prefixes = ["INV", "LAW"]\n',
    'records = ["notes/*.md", "docs/adr/0002*"]\n',
    'records = ["docs/**/*.md"]\n',
    "min-cases = 1\nbogus = 2\n",
    'reports = ["ci/**/*.xml"]\n',
    "records = 7\n",
    "not toml",
)
PYPROJECTS = ("[project]\n", '[tool.adr-lsp]\nprefixes = ["LAW"]\n')
PAGES = (  # of which only the contents tell whether they are records
    "# Use x\n\n## Status\n\nAccepted\n\n## Context\n",
    "# Use x\n\n## Motivation\n\n## Alternatives\n",
    "# {short title}\n\n## Status\n\n## Context\n\n## Decision\n",
    "# How to install\n",
)
CASE = '<testcase classname="tests.test_a" name="test_a">{}</testcase>'
JUNITS = (
    f'<testsuites name="pytest tests">{CASE.format("")}</testsuites>',
    f'<testsuites name="pytest tests">{CASE.format("<failure/>")}</testsuites>',
    f'<testsuites name="pytest tests">{CASE.format("")}',
)
KINDS: Mapping[str, tuple[str, ...]] = {
    FIRST: RECORDS,
    SECOND: RECORDS,
    "docs/adr/sub/0003-c.md": RECORDS,
    "svc/docs/adr/0001-x.md": RECORDS,
    "docs/architecture/0004-d.md": RECORDS,
    "docs/architecture/notes.md": RECORDS,
    "docs/architecture/more.md": RECORDS,
    "notes/plain.md": RECORDS,
    "notes/adr-0009-x.md": PAGES,
    "docs/adr/use-x.md": PAGES,
    "docs/proposals/use-x.md": PAGES,
    "docs/proposals/0001-y.md": PAGES,
    ".adr-dir": ("notes\n", "docs\n", "..\n"),
    "svc/adr-lsp.toml": ("",),
    "svc/pyvenv.cfg": ("",),
    ".venv/docs/adr/0007-v.md": RECORDS,
    TEST: CODE,
    "tests/test_b.py": CODE,
    "tests/deep/test_c.py": CODE,
    "lib.py": CODE,
    "ci/junit.xml": JUNITS,
    "ci/deep/junit.xml": JUNITS,
    ".gitignore": IGNORES,
    "docs/.gitignore": IGNORES,
    "adr-lsp.toml": CONFIGS,
    "pyproject.toml": PYPROJECTS,
}
FOLDERS = (
    "ci",
    "docs",
    "docs/adr",
    "docs/adr/sub",
    "svc",
    "tests",
    ".adr-lsp",
    "docs/architecture",
)
OUTCOMES = ("passed", "failed", "skipped", "error")

MAIN = (FIRST, SECOND, TEST)
SETTINGS = ("adr-lsp.toml", ".gitignore", "ci/junit.xml")

paths = st.sampled_from(MAIN) | st.sampled_from(sorted(KINDS)) | st.sampled_from(SETTINGS)
written = paths.flatmap(lambda path: st.tuples(st.just(path), st.sampled_from(KINDS[path])))


def shown(snapshot: Snapshot) -> dict[str, Any]:
    """All that users see of a snapshot."""
    declared = [(r, i) for r in snapshot.log for i in r.invariants]
    files = sorted({*snapshot.log.records, *snapshot.sources})
    return {
        "configuration": snapshot.config,
        "records": dict(snapshot.log.records),
        "names": dict(snapshot.log.by_name),
        "sources": dict(snapshot.sources),
        "references in code": dict(snapshot.references.by_name),
        "runs": snapshot.runs,
        "reports": snapshot.reports,
        "findings": diagnostics(snapshot),
        "standings": [(i.path, i.range, standing(snapshot, r, i)) for r, i in declared],
        "lenses": {path: code_lenses(snapshot, path) for path in files},
        "references": [
            references(snapshot, r.path, i.id_range.start, declaration=True) for r, i in declared
        ],
    }


class Incremental(RuleBasedStateMachine):
    """A folder, the editor's open texts, and a workspace that hears of both."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp()).resolve()
        self.open: dict[str, str] = {}
        self.runs = 0
        self.stale = False
        self.workspace = self.new()
        self.workspace.refresh()

    def new(self) -> Workspace:
        return Workspace(self.folder, clock=lambda: NOW)

    def teardown(self) -> None:
        self.refresh()
        self.same_as_from_scratch()
        shutil.rmtree(self.folder)

    @initialize()
    def a_decision_and_its_test(self) -> None:
        self.written_outside((FIRST, RECORDS[1]))
        self.written_outside((TEST, CODE[2]))

    # In the editor

    @rule(text=written)
    def edited(self, text: tuple[str, str]) -> None:
        path, content = text
        self.open[path] = content
        self.workspace.edit(path, content)

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def typed(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(sorted(self.open)))
        self.edited((path, data.draw(st.sampled_from(KINDS[path]))))

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def saved(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(sorted(self.open)))
        self.written_outside((path, self.open[path]))
        self.refresh()

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def closed(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(sorted(self.open)))
        del self.open[path]
        self.workspace.close(path)
        self.stale = False

    @rule(texts=st.lists(written, max_size=3), closing=st.booleans())
    def edited_during_a_refresh(self, texts: list[tuple[str, str]], closing: bool) -> None:
        edits: dict[str, str | None] = dict(texts)
        if closing and self.open:
            edits[min(self.open)] = None
        kept = {**self.open, **edits}
        self.open = {path: content for path, content in kept.items() if content is not None}
        self.workspace.refresh(edits=edits)
        self.stale = False

    # Outside it

    @rule(text=written)
    def written_outside(self, text: tuple[str, str]) -> None:
        path, content = text
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
        self.stale = True

    @rule(path=paths)
    def deleted(self, path: str) -> None:
        assume((self.folder / path).is_file())
        (self.folder / path).unlink()
        self.stale = True

    @rule(path=paths, to=paths)
    def renamed(self, path: str, to: str) -> None:
        assume((self.folder / path).is_file())
        (self.folder / to).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).replace(self.folder / to)
        self.stale = True

    @rule(name=st.sampled_from(FOLDERS), to=st.sampled_from(FOLDERS))
    def folder_moved_or_deleted(self, name: str, to: str) -> None:
        folder, target = self.folder / name, self.folder / to
        assume(folder.is_dir())
        if target.exists() or not target.parent.is_dir() or target.is_relative_to(folder):
            shutil.rmtree(folder)
        else:
            folder.rename(target)
        self.stale = True

    @rule(outcome=st.sampled_from(OUTCOMES), cut=st.booleans(), keeps=st.booleans())
    def tests_ran(self, outcome: str, cut: bool, keeps: bool) -> None:
        """A run of `test_a` over the files as they are, perhaps without copies of them."""
        self.runs += 1
        kept = {p: (self.folder / p).read_bytes() for p in KINDS if (self.folder / p).is_file()}
        files = {path: hashlib.sha256(raw).hexdigest() for path, raw in kept.items()}
        for path, digest in files.items() if keeps else ():
            self.store(digest, kept[path])
        told = result(outcome, f"{TEST}::test_a", cases=cases(self.runs * 7))
        lines = [header(self.runs, pid=2**22 + 1), content(**files), told, *([] if cut else [END])]
        file = self.folder / file_name(self.runs)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(as_bytes(*lines))
        os.utime(file, (1, self.runs))
        self.stale = True

    def store(self, digest: str, raw: bytes) -> None:
        file = self.folder / ".adr-lsp/objects" / digest[:2] / digest[2:]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(zlib.compress(raw))

    @precondition(lambda self: self.runs)
    @rule(which=st.integers(1, 9))
    def run_removed(self, which: int) -> None:
        file = self.folder / file_name(which)
        assume(file.is_file())
        file.unlink()
        self.stale = True

    @rule()
    def refresh(self) -> None:
        self.workspace.refresh()
        self.stale = False

    @precondition(lambda self: not self.stale)
    @invariant()
    def same_as_from_scratch(self) -> None:
        """Verifies: ADR-0006/INV-1"""
        fresh = self.new()
        fresh.refresh(edits=self.open)
        mine, other = shown(self.workspace.snapshot()), shown(fresh.snapshot())
        for what, seen in mine.items():
            assert seen == other[what], what


Incremental.TestCase.settings = settings(
    max_examples=30,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestIncremental = Incremental.TestCase
