"""How long ago, in one short word."""

from __future__ import annotations

from datetime import datetime, timedelta

STEPS = ((timedelta(days=1), "d"), (timedelta(hours=1), "h"), (timedelta(minutes=1), "min"))


def age(then: datetime, now: datetime) -> str:
    """`2 d`, `5 h`, `12 min`, or `now`."""
    passed = now - then
    for step, unit in STEPS:
        if passed >= step:
            return f"{passed // step} {unit}"
    return "now"
