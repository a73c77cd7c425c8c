"""One child process: its output line by line, ended with all that it started."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from adr_lsp.run.guard import guarded
from adr_lsp.run.tool import Ended

GRACE_SECONDS = 5.0
POLL_SECONDS = 0.1
LONGEST_LINE = 1 << 20
MARK = "ADR_LSP_STARTED"
KILL: signal.Signals = getattr(signal, "SIGKILL", signal.SIGTERM)  # Windows has none


class CannotStart(Exception):
    """The program is missing, or may not be executed."""


def run_process(
    arguments: Sequence[str],
    *,
    cwd: Path,
    environment: Mapping[str, str],
    seconds: float,
    on_line: Callable[[str], None],
    cancelled: Callable[[], bool],
    on_start: Callable[[int], None] = lambda _: None,
) -> Ended:
    """How it ended. Raises CannotStart.

    The child leads a session of its own, so that whatever ends it leaves nothing behind.
    """
    mark = f"{MARK}={secrets.token_hex(16)}"
    child = _started(arguments, cwd, {**environment, **dict([mark.split("=")])})
    on_start(child.pid)
    reader = threading.Thread(target=_drain, args=(child, on_line), daemon=True)
    reader.start()
    with guarded(child.pid):
        try:
            return _waited(child, time.monotonic() + seconds, cancelled)
        finally:
            _end(child, mark.encode())
            reader.join(GRACE_SECONDS)


def _waited(child: subprocess.Popen[str], deadline: float, cancelled: Callable[[], bool]) -> Ended:
    while True:
        with suppress(subprocess.TimeoutExpired):
            return Ended(child.wait(POLL_SECONDS))
        if cancelled():
            return Ended(None, cancelled=True)
        if time.monotonic() > deadline:
            return Ended(None, too_long=True)


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
    except (OSError, ValueError) as fault:  # a ValueError: a NUL in an argument
        raise CannotStart(f"{arguments[0]}: {getattr(fault, 'strerror', '') or fault}") from fault


def _drain(child: subprocess.Popen[str], on_line: Callable[[str], None]) -> None:
    if child.stdout:
        with suppress(ValueError):
            while line := child.stdout.readline(LONGEST_LINE):
                on_line(line.rstrip("\n"))


def _end(child: subprocess.Popen[str], mark: bytes) -> None:
    """Ask the whole group to stop, then make all that it started."""
    _signal(child, signal.SIGINT if child.poll() is None else signal.SIGTERM)
    try:
        child.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        _signal(child, KILL)
        child.wait()
    _signal(child, KILL)
    deadline = time.monotonic() + GRACE_SECONDS
    while (left := list(_left(child.pid, mark))) and time.monotonic() < deadline:
        for process in left:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(process, KILL)
        time.sleep(0.01)


def _signal(child: subprocess.Popen[str], number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, number)
        else:
            child.terminate()


def _left(leader: int, mark: bytes) -> Iterator[int]:
    """The processes that are left of a session, in whatever groups, for a runner may give each test
    a group of its own, and those that left it (daemons), by the mark in their environment. Only
    where the system tells."""
    with suppress(OSError):
        for entry in os.scandir("/proc"):
            if entry.name.isdecimal():
                with suppress(OSError, ValueError, IndexError):
                    process = Path(entry.path)
                    facts = (process / "stat").read_bytes().rpartition(b") ")[2].split()
                    is_gone = facts[0] in (b"Z", b"X")
                    if not is_gone and (int(facts[3]) == leader or _bears(process, mark)):
                        yield int(entry.name)


def _bears(process: Path, mark: bytes) -> bool:
    """Whether a process was started with the mark. That of another user is none of ours."""
    return mark in (process / "environ").read_bytes().split(b"\0")
