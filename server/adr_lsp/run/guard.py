"""Ends what was started here also where this process is killed and can end nothing itself."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress

# It waits for a line that is written at the end; if we are gone instead, its input just ends.
_WAITS = 'read -r line || kill -s KILL -- "-$1"'


@contextmanager
def guarded(leader: int) -> Iterator[None]:
    """Within, a process of its own kills the group of `leader` as soon as this one is gone."""
    guard = _started(leader)
    try:
        yield
    finally:
        if guard:
            with suppress(OSError):
                guard.communicate(b"\n")


def _started(leader: int) -> subprocess.Popen[bytes] | None:
    if os.name == "nt":
        return None
    with suppress(OSError):
        return subprocess.Popen(
            ["/bin/sh", "-c", _WAITS, "adr-lsp", str(leader)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )
    return None
