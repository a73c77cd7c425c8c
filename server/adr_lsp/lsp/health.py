"""What failed of late, and what is therefore left alone: a feature that fails again and again is
answered with nothing, and the client is told once."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from pathlib import Path

MOST = 3
WITHIN_SECONDS = 60.0


class Health:
    """Failures by feature. `tell` hears of each feature that goes off."""

    def __init__(
        self, tell: Callable[[str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._tell = tell
        self._clock = clock
        self._failures: dict[str, list[float]] = {}
        self._off: set[str] = set()

    def failed(self, feature: str) -> None:
        now = self._clock()
        recent = [then for then in self._failures.get(feature, ()) if now - then < WITHIN_SECONDS]
        self._failures[feature] = [*recent, now][-MOST:]
        if len(recent) + 1 >= MOST and feature not in self._off:
            self._off.add(feature)
            self._tell(f"{feature} failed {MOST} times and is off until the server restarts")

    def is_off(self, feature: str) -> bool:
        return feature in self._off


def told(fault: BaseException) -> str:
    """A fault for the log, which people paste into reports: without their home."""
    return without_home("".join(traceback.format_exception(fault)))


def without_home(text: str) -> str:
    home = str(Path.home())
    return text.replace(home, "~") if len(home) > 1 else text
