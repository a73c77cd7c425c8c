"""Keeps time from failing a test that waits in a debugger: for this run Hypothesis has no deadline.

Stands in the recorder's place in every start under a debugger. Python 3.8 and pytest 7 or later.
"""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from typing import Any

SETTINGS = "_hypothesis_internal_use_settings"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    hypothesis = sys.modules.get("hypothesis")
    test: Any = getattr(item, "obj", None)
    if hypothesis is None or test is None:
        return
    with contextlib.suppress(Exception):  # a fault of ours fails no test
        test = getattr(test, "__func__", test)
        known = getattr(test, SETTINGS, None) or hypothesis.settings.default
        setattr(test, SETTINGS, hypothesis.settings(known, deadline=None))
