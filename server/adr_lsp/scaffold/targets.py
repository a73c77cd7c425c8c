"""Which code a scaffold is about, and what is not known of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from adr_lsp.record import Invariant

F = TypeVar("F")


def known_code(
    invariant: Invariant, resolve: Callable[[str], F | str], named: Callable[[], list[F]], get: str
) -> tuple[list[F], list[str]]:
    """What `resolve` makes of each `Target:` line, or, where there is none, what the statement
    names; and what to note in the test. `get` is the language's word for making code known."""
    found: list[F] = []
    problems: list[str] = []
    for target in invariant.targets:
        meant = resolve(target.text)
        if isinstance(meant, str):
            problems.append(f"target `{target.text.strip('`')}` was not found: {meant}")
        else:
            found.append(meant)
    if not invariant.targets:
        found = named()
        if not found:
            problems.append(f"no `Target:` line names the code: {get} it and call it here")
    return found, problems
