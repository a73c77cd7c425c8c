"""What a pattern asks for: of a method, and of the code that a test of it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable

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
_NEEDS = {
    "round-trip": "two functions of which one undoes the other",
    "idempotence": "a function that can take its own result, or a method that changes its object",
    "commutativity": "a function of two values of one type, or of a list",
    "associativity": "a function that makes one value out of two of its type",
    "monotonic": "a function of something that has an order, or a class whose methods change it",
    "conservation": "amounts in what it takes and in what it returns",
    "bounds": "a result that is a number or has a length",
    "uniqueness": "a result of many values, or a class that holds many",
    "ordering": "a function that returns a list, or a class that holds one",
    "at-most-once": "a call that may be repeated",
    "exactly-once": "a call that may be repeated",
    "oracle": "a function",
    "metamorphic": "a function that takes something and returns something",
    "mutual-exclusion": "a class with a method that takes and one that gives back, "
    "such as `acquire` and `release`",
    "authorization": "a function that takes who acts, such as `user`, and returns a bool or "
    "raises an error to refuse",
    "append-only": "a class whose methods add to what it holds",
    "acyclic": "a graph: a mapping from one to others, or a list of pairs",
    "determinism": "a function that takes something",
    "total": "a function that takes something",
}
PROPERTIES = ("property", "state-machine")


def unsuited(pattern: str | None, method: str) -> str | None:
    """Why a pattern is no property, and which method suits it; None where it may be one."""
    if method not in PROPERTIES or pattern not in _UNSUITED:
        return None
    better, why = _UNSUITED[pattern]
    return f"`{pattern}` is no property to test so: {why}; the method `{better}` suits it"


def unwritable(
    method: str, pattern: str | None, machines: Collection[str], language: str
) -> str | None:
    """Why a test of that method and pattern is not written; `machines` are the patterns that have
    a state machine in the language."""
    if method == "example":
        return None
    if method not in PROPERTIES:
        return f"there is no scaffold for the method `{method}` in {language} yet"
    if method == "state-machine" and pattern not in machines:
        return f"there is a state machine only for the patterns {', '.join(sorted(machines))}"
    return None


def suited_method(pattern: str | None) -> str:
    """The method to offer first for a pattern."""
    return _UNSUITED[pattern][0] if pattern in _UNSUITED else "property"


def lacks(pattern: str | None, names: Iterable[str]) -> str:
    """What the targets would need to be tested for a pattern, in one sentence."""
    listed = " and ".join(f"`{name}`" for name in names)
    return f"{listed} cannot be tested for `{pattern}`, which needs {_NEEDS[pattern or '']}"
