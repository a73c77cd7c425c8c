"""A project on disk whose tests are really run, and what its snapshot then says."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from adr_lsp.snapshot import Standing, standing
from adr_lsp.workspace import Workspace
from recorders.recorded import PLUGIN

SECONDS = 120
OURS = Path(sys.executable)
PLAIN = ("-p", "no:asyncio", "-p", "no:pytest-lsp", "-p", "no:cacheprovider")


@dataclass(frozen=True, slots=True)
class Project:
    root: Path

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text
        self.write(path, text.replace(old, new))

    def pytest(
        self,
        *arguments: str,
        coverage: bool = False,
        python: Path = OURS,
        flags: tuple[str, ...] = (),
    ) -> str:
        """Run pytest here, as a user would; with our coverage as `adr-lsp run` does."""
        process = self.start(*arguments, coverage=coverage, python=python, flags=flags)
        return process.communicate(timeout=SECONDS)[0]

    def start(
        self,
        *arguments: str,
        coverage: bool = False,
        python: Path = OURS,
        flags: tuple[str, ...] = (),
    ) -> subprocess.Popen[str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTEST", "COV", "ADR_LSP", "PYTHONPATH"))
        }
        return subprocess.Popen(
            [str(python), *flags, "-m", "pytest", "-q", *PLAIN, *arguments],
            cwd=self.root,
            env=kept
            | {"PYTHONDONTWRITEBYTECODE": "1", "ADR_LSP_COVERAGE": str(int(coverage))}
            | ({} if python == OURS else PLUGIN),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def stands(self, id: str = "INV-1") -> Standing:
        """What a scan from scratch says of one invariant of the only record."""
        workspace = Workspace(self.root)
        workspace.refresh()
        snapshot = workspace.snapshot()
        (record,) = snapshot.log
        invariant = record.invariant(id)
        assert invariant is not None
        return standing(snapshot, record, invariant)

    def said(self, id: str = "INV-1") -> str:
        found = self.stands(id)
        return f"{found.verdict}: {found.reason}"
