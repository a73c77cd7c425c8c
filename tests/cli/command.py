"""Runs the command line as a user does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KEPT_OUT = ("ADR_LSP_EVIDENCE", "ADR_LSP_COVERAGE", "PYTEST_ADDOPTS", "PYTHONPATH", "NO_COLOR")


def environment(python: str = sys.executable, **more: str) -> dict[str, str]:
    """Ours without what would lead a child to our own root; `python` is first on the PATH."""
    kept = {k: v for k, v in os.environ.items() if k not in KEPT_OUT and "PYTEST_" not in k}
    path = f"{Path(python).parent}{os.pathsep}{kept.get('PATH', '')}"
    return {**kept, "PATH": path, "PYTHONDONTWRITEBYTECODE": "1", **more}


@dataclass(frozen=True, slots=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def adr_lsp(folder: Path, *arguments: str, **more: str) -> Done:
    command = [sys.executable, "-m", "adr_lsp", *arguments]
    return run(command, folder, **more)


def run(command: list[str], folder: Path, **more: str) -> Done:
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment(**more),
        capture_output=True,
        timeout=300,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())
