"""Runs a check as a user does, within limits of memory, file size and patience."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli.command import environment

PATIENCE_SECONDS = 120
CHECK = (sys.executable, "-m", "adr_lsp", "--check")


@dataclass(frozen=True)
class Checked:
    code: int
    out: bytes
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def codes(self) -> list[str]:
        return [finding["code"] for finding in self.json["findings"]]


def check(
    root: Path,
    *arguments: str,
    before: Callable[[], None] | None = None,
    more: dict[str, str] | None = None,
) -> Checked:
    """`--check -f json` unless the arguments say otherwise."""
    command = [*CHECK, *(arguments or ("-f", "json"))]
    child = subprocess.Popen(
        command,
        cwd=root,
        env=environment(**(more or {})),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=before,
    )
    try:
        out, err = child.communicate(timeout=PATIENCE_SECONDS)
    finally:
        child.kill()
    return Checked(child.returncode, out, err.decode())


def peak_of(root: Path) -> int:
    """The largest memory of one check alone, in bytes: asked of a process that has no other."""
    measure = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", measure, *CHECK, "-f", "json"],
        cwd=root,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=True,
    )
    return int(done.stdout)


def write(root: Path, path: str, content: str | bytes) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    (root / path).write_bytes(raw)


def adopted(root: Path) -> Path:
    """A root with a configuration: nothing is held back."""
    write(root, "adr-lsp.toml", "")
    return root


def is_quiet(checked: Checked) -> bool:
    """No rule crashed, no traceback was printed, the exit code is one that is promised."""
    return checked.code in (0, 1, 2) and "Traceback" not in checked.err
