"""What a program costs: CPU time of all its threads and children, and its largest memory.

A child's peak memory is never below that of the process that starts it, so the process that
measures stays small: it imports the standard library alone and keeps nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_LEFT_OUT = ("PYTHON", "PYTEST", "ADR_LSP", "COVERAGE", "COV_")
TOOLS = Path(__file__).parents[1] / ".tools"
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds, user and system together, and bytes."""

    cpu: float
    memory: int


class Failed(Exception):
    """A side did not do its work, so that its cost means nothing."""


def program(name: str) -> str:
    """An executable of this environment."""
    found = Path(sys.executable).with_name(name)
    if not found.exists():
        raise Failed(f"{name} is not installed: pip install -r benchmarks/requirements.txt")
    return str(found)


def node_program(name: str) -> list[str]:
    """A peer that npm installed into `.tools/peers`, by the node that the editors' tests use."""
    found = TOOLS / "peers/node_modules/.bin" / name
    if not found.exists():
        raise Failed(f"{name} is not installed: `make bench` installs it")
    command = [str(TOOLS / "bin" / "node"), str(found.resolve())]
    said = subprocess.run([*command, "--help"], capture_output=True, text=True, check=False)
    if name not in said.stdout:  # a program that cannot start is quick, too
        raise Failed(f"{name} does not run: {said.stderr[-500:]}")
    return command


def environment(**more: str) -> dict[str, str]:
    """Ours, without what would make Python, pytest or coverage behave unusually."""
    usual = {name: value for name, value in os.environ.items() if not name.startswith(_LEFT_OUT)}
    return {**usual, **more}


def cost(
    command: Sequence[str],
    folder: Path,
    *,
    exits: Sequence[int] = (0,),
    more: Mapping[str, str] | None = None,
) -> Cost:
    """Run a command to its end; another exit code than expected is no measurement."""
    child = subprocess.Popen(
        command,
        cwd=folder,
        env=environment(**(more or {})),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in exits:
        raise Failed(f"{' '.join(command)} ended with {child.returncode}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss * _MAXRSS_UNIT)


def cpu_of(process: int) -> float:
    """CPU seconds of a process that still runs, with its ended threads (Linux)."""
    return time.clock_gettime(~process << 3 | 2)  # as `clock_getcpuclockid` makes it


def printed_seconds(command: Sequence[str], folder: Path) -> float:
    """What a side measured of itself, where starting it is no part of the question."""
    done = subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Failed(f"{' '.join(command)}: {done.stderr.strip()}")
    return float(done.stdout)
