"""A progress bar on a terminal, for work that lasts."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE_SECONDS = 0.5
WIDTH = 30


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Gives `report(done, total)`. Silent where stderr is no terminal, and for short work."""
    began = time.monotonic()
    shown = 0.0

    def report(done: int, total: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if now - began > PATIENCE_SECONDS and now - shown > 0.1:
            shown = now
            filled = WIDTH * done // max(total, 1)
            bar = "█" * filled + "░" * (WIDTH - filled)
            print(f"\r{label} {bar} {done}/{total}", end="", file=sys.__stderr__, flush=True)

    try:
        yield report if sys.stderr.isatty() else lambda _done, _total: None
    finally:
        if shown:
            print("\r\x1b[K", end="", file=sys.__stderr__, flush=True)
