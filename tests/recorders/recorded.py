"""Runs the real pytest in a folder, and reads what the recorder wrote there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RECORDER = Path(__file__).parents[2] / "server/adr_lsp/recorders/pytest"
ON = {"adr-lsp.toml": ""}
PLUGIN = {"PYTHONPATH": str(RECORDER), "PYTEST_ADDOPTS": "-p adr_lsp_pytest"}
OURS = ("ADR_LSP", "COV", "PYTEST", "HYPOTHESIS", "CI", "PYTHONPATH")

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Recorded:
    """One run of pytest: how it ended, what it printed, and the lines of its evidence file."""

    exit: int
    output: str
    lines: tuple[Line, ...]

    def of(self, kind: str) -> list[Line]:
        return [line for line in self.lines if line["type"] == kind]

    @property
    def results(self) -> dict[str, Line]:
        """Results by node id, without the file's name."""
        return {
            line["test"].partition("::")[2] + (line["parameter"] or ""): line
            for line in self.of("result")
        }

    @property
    def outcomes(self) -> dict[str, str]:
        return {test: line["outcome"] for test, line in self.results.items()}

    @property
    def content(self) -> dict[str, str]:
        return {path: d for line in self.of("content") for path, d in line["files"].items()}

    def covered(self, path: str) -> dict[str, list[list[int]]]:
        return {
            line["test"].partition("::")[2] + (line["parameter"] or ""): line["files"][path]
            for line in self.of("coverage")
            if path in line["files"]
        }


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def evidence_files(root: Path) -> list[Path]:
    return sorted((root / ".adr-lsp/evidence").glob("*.jsonl"))


def run(
    folder: Path,
    *arguments: str,
    python: str | Path = sys.executable,
    root: Path | None = None,
    command: tuple[str, ...] = ("-m", "pytest"),
    **env: str,
) -> Recorded:
    """Run pytest in `folder`; the evidence is expected below `root`, in at most one new file."""
    before = evidence_files(root or folder)
    inherited = {name: v for name, v in os.environ.items() if not name.startswith(OURS)}
    done = subprocess.run(
        [str(python), *command, "-q", "-p", "no:cacheprovider", "--tb=short", *arguments],
        cwd=folder,
        env={**inherited, "PYTHONDONTWRITEBYTECODE": "1", **PLUGIN, **env},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=120,
        check=False,
    )
    new = [path for path in evidence_files(root or folder) if path not in before]
    assert len(new) <= 1, "one run, one file"
    lines = new[0].read_bytes().split(b"\n")[:-1] if new else []
    return Recorded(done.returncode, done.stdout + done.stderr, tuple(map(json.loads, lines)))
