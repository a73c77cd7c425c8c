"""Findings that a reader hears of as one: those of a record that say one thing of many invariants.

Each is judged alone, so that a comment, a baseline or a base may know some of them and not others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from adr_lsp.diagnostic import Diagnostic, Silenced

Group = tuple[str, str, str]


def together(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Several that go together are one, at the first of them."""
    every = list(found)
    groups: dict[Group, list[Diagnostic]] = {}
    for each in every:
        if each.together:
            groups.setdefault(_group(each), []).append(each)
    return list(_joined(every, groups)) if groups else every


def silenced_together(silenced: Iterable[Silenced]) -> list[Silenced]:
    """The same of those for which there is one reason."""
    reasons: dict[tuple[str, str], list[Diagnostic]] = {}
    for each in silenced:
        reasons.setdefault((each.by, each.reason), []).append(each.finding)
    return [
        Silenced(finding, by, reason)
        for (by, reason), found in reasons.items()
        for finding in together(found)
    ]


def apart(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Every finding by itself again."""
    for each in found:
        yield from each.parts or (each,)


def _joined(
    every: Iterable[Diagnostic], groups: dict[Group, list[Diagnostic]]
) -> Iterator[Diagnostic]:
    for each in every:
        parts = groups[_group(each)] if each.together else [each]
        if parts[0] is each:
            yield each if len(parts) == 1 else _one(parts)


def _group(each: Diagnostic) -> Group:
    return each.path, each.code, each.together


def _one(parts: list[Diagnostic]) -> Diagnostic:
    message = f"{len(parts)} {parts[0].together}"
    return replace(parts[0], message=message, parts=tuple(parts), related=())
