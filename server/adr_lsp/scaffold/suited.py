"""Patterns that a property of one process cannot show, and the method that suits each."""

from __future__ import annotations

_UNSUITED = {
    "atomicity": (
        "model", "what must not be seen half done is seen between steps, by a crash or by another "
        "process, and a call that returns shows neither",
    ),
    "durability": (
        "simulation", "what survives a crash shows only after a crash, and a property's process "
        "does not crash between a write and the read of it",
    ),
    "eventual": (
        "model", "a call that has not happened yet cannot be told from one that never will, "
        "in any number of cases",
    ),
    "latency": (
        "telemetry", "how long a call takes in a test says little of how long it takes in use, "
        "and differs from run to run",
    ),
    "structure": (
        "static", "which module imports which is read off the code, not off what it computes",
    ),
}  # fmt: skip
PROPERTIES = ("property", "state-machine")


def unsuited(pattern: str | None, method: str) -> str | None:
    """Why a pattern is no property, and which method suits it; None where it may be one."""
    if method not in PROPERTIES or pattern not in _UNSUITED:
        return None
    better, why = _UNSUITED[pattern]
    return f"`{pattern}` is no property to test so: {why}; the method `{better}` suits it"


def suited_method(pattern: str | None) -> str:
    """The method to offer first for a pattern."""
    return _UNSUITED[pattern][0] if pattern in _UNSUITED else "property"
