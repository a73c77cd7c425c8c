"""One child process: its output line by line, cancelled with all that it started."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

GRACE_SECONDS = 5.0
POLL_SECONDS = 0.1


class CannotStart(Exception):
    """The program is missing, or may not be executed."""


def run_process(
    arguments: Sequence[str],
    *,
    cwd: Path,
    environment: Mapping[str, str],
    on_line: Callable[[str], None],
    cancelled: Callable[[], bool],
) -> int | None:
    """The exit code; None if it was cancelled. Raises CannotStart.

    The child leads a process group of its own, so that a cancelled run leaves nothing behind.
    """
    child = _started(arguments, cwd, environment)
    reader = threading.Thread(target=_drain, args=(child, on_line), daemon=True)
    reader.start()
    try:
        while True:
            with suppress(subprocess.TimeoutExpired):
                code = child.wait(POLL_SECONDS)
                reader.join(GRACE_SECONDS)
                return code
            if cancelled():
                return None
    finally:
        _end(child)


def _started(
    arguments: Sequence[str], cwd: Path, environment: Mapping[str, str]
) -> subprocess.Popen[str]:
    try:
        return subprocess.Popen(
            list(arguments),
            cwd=cwd,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
    except OSError as fault:
        raise CannotStart(f"{arguments[0]}: {fault.strerror or fault}") from fault


def _drain(child: subprocess.Popen[str], on_line: Callable[[str], None]) -> None:
    if child.stdout:
        with suppress(ValueError):
            for line in child.stdout:
                on_line(line.rstrip("\n"))


def _end(child: subprocess.Popen[str]) -> None:
    """Ask the whole group to stop, then make it."""
    _signal(child, signal.SIGINT if child.poll() is None else signal.SIGTERM)
    try:
        child.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        _signal(child, signal.SIGKILL)
        child.wait()
    _signal(child, signal.SIGKILL)


def _signal(child: subprocess.Popen[str], number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, number)
        else:
            child.terminate()
