"""Lets one of several workers do what is done once, while the others wait for it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def once(kept: Path) -> Iterator[bool]:
    """Whether this is the worker that writes the file `kept`; the lock is held meanwhile."""
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not kept.exists()
