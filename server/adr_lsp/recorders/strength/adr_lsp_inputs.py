"""What Hypothesis draws while a test runs: how large, how often nothing, which events.

The standard library alone, from Python 3.8 on.
"""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Sized
from numbers import Real
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    import pytest

    Json = dict[str, Any]

MOST_EVENTS, LONGEST = 20, 80
OF_HYPOTHESIS = ("Retried draw from ", "Aborted test because ", "invalid because: ")


class Drawn:
    """What Hypothesis draws for each argument: how large, how often nothing."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, str], Values] = {}
        self.cases: dict[str, int] = {}
        self.events: dict[str, dict[str, int]] = {}

    @contextlib.contextmanager
    def watching(self, items: Iterable[pytest.Item]) -> Iterator[None]:
        handles = []
        for item in items:
            handle: Any = getattr(getattr(item, "obj", None), "hypothesis", None)
            if getattr(handle, "inner_test", None) is not None:
                handles.append((handle, handle.inner_test))
                handle.inner_test = self._watched(item.nodeid, handle.inner_test)
        try:
            yield
        finally:
            for handle, inner in handles:
                handle.inner_test = inner

    def _watched(self, test: str, inner: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(inner)
        def watched(*args: Any, **kwargs: Any) -> Any:
            for name, value in kwargs.items():
                self.seen.setdefault((test, name), Values()).add(value)
            self.cases[test] = self.cases.get(test, 0) + 1
            try:
                return inner(*args, **kwargs)
            finally:
                self._count_events(test)

        return watched

    def _count_events(self, test: str) -> None:
        """What the test, or a strategy, called `hypothesis.event` with in this case."""
        control: Any = sys.modules.get("hypothesis.control")
        with contextlib.suppress(Exception):
            for event in control.current_build_context().data.events:
                if str(event).startswith(OF_HYPOTHESIS):
                    continue
                counted = self.events.setdefault(test, {})
                if len(counted) < MOST_EVENTS or str(event) in counted:
                    counted[str(event)[:LONGEST]] = counted.get(str(event)[:LONGEST], 0) + 1

    def told(self) -> Iterator[tuple[str, str, Json]]:
        for (test, name), values in self.seen.items():
            yield test, name, values.told()


class Values:
    """The distribution of one argument."""

    def __init__(self) -> None:
        self.count = self.none = self.zero = self.negative = self.empty = self.true = 0
        self.least: Any = None
        self.most: Any = None
        self.sizes: list[int] = []
        self.kinds: dict[str, int] = {}

    def add(self, value: Any) -> None:
        self.count += 1
        kind = type(value).__name__
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        with contextlib.suppress(Exception):
            self._measure(value)

    def _measure(self, value: Any) -> None:
        if value is None:
            self.none += 1
        elif isinstance(value, bool):
            self.true += value
        elif isinstance(value, Real) or kind_of_decimal(value):
            self.zero += value == 0
            self.negative += value < 0
            self.least = value if self.least is None or value < self.least else self.least
            self.most = value if self.most is None or value > self.most else self.most
        elif isinstance(value, Sized):
            self.sizes.append(len(value))
            self.empty += not len(value)

    def told(self) -> Json:
        found: Json = {"count": self.count, "kinds": self.kinds}
        if self.none:
            found["none"] = self.none
        if self.kinds.get("bool"):
            found["true"] = self.true
        if self.least is not None:
            found.update(min=str(self.least)[:40], max=str(self.most)[:40], zero=self.zero,
                         negative=self.negative)  # fmt: skip
        if self.sizes:
            sizes = sorted(self.sizes)
            found.update(smallest=sizes[0], median=sizes[len(sizes) // 2], largest=sizes[-1],
                         empty=self.empty)  # fmt: skip
        return found


def kind_of_decimal(value: Any) -> bool:
    return type(value).__name__ == "Decimal" and value == value
