"""The files of a project at one moment, and which of them a file loads."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import field
from functools import lru_cache
from typing import Any, TypeVar

from adr_lsp.sources.change import Read
from adr_lsp.value import dataclass

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Project:
    """The bytes of every file that code may load. What is found out is remembered."""

    contents: Mapping[str, bytes]
    memo: dict[object, Any] = field(default_factory=dict)

    def remember(self, key: object, find: Callable[[], T]) -> T:
        """What `find` gives; looked for once."""
        if key not in self.memo:
            self.memo[key] = find()
        found: T = self.memo[key]
        return found


Loads = Callable[[Project, str], Iterable[str]]


def closure(project: Project, roots: Iterable[str], loads: Loads) -> tuple[str, ...]:
    """The roots and every file that they load, transitively."""
    known = frozenset(root for root in roots if root in project.contents)
    return project.remember(("closure", known), lambda: _loaded(project, known, loads))


def _loaded(project: Project, roots: Iterable[str], loads: Loads) -> tuple[str, ...]:
    found: set[str] = set()
    pending = list(roots)
    while pending:
        path = pending.pop()
        if path not in found:
            found.add(path)
            pending.extend(_loaded_by(project, path, loads))
    return tuple(sorted(found))


def _loaded_by(project: Project, path: str, loads: Loads) -> tuple[str, ...]:
    def find() -> tuple[str, ...]:
        return tuple(one for one in loads(project, path) if one in project.contents)

    return project.remember(("loads", path), find)


def project(files: Collection[str], read: Read, beside: Collection[str], now: Read) -> Project:
    """The project at one moment; that of the same bytes is the same.

    `beside` are files of settings that the run did not keep; they are taken as they are now.
    """
    kept = [(path, raw) for path in sorted(files) if (raw := read(path)) is not None]
    kept += [(path, raw) for path in sorted(beside) if (raw := now(path)) is not None]
    return _project(tuple(kept))


@lru_cache(maxsize=4)
def _project(contents: tuple[tuple[str, bytes], ...]) -> Project:
    return Project(dict(contents))
