"""Whether what a Python test's result rests on surely differs, found with the least reading.

Most results of a long history are out of date, and the first difference on the way from the test
along its imports says so. Which differences there are, `changing` tells.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping

from adr_lsp.sources.change import Covered, Read
from adr_lsp.sources.python import changing
from adr_lsp.sources.python.fixtures import conftests
from adr_lsp.sources.python.project import Project, project


def surely_changed(
    test_path: str,
    test_name: str,
    old: Read,
    new: Read,
    files: Collection[str],
    covered: Covered | None,
) -> bool:
    """True only where `what_changed` finds something; False leaves it open.

    `old` gives the bytes of every one of the files.
    """
    paths = frozenset(path for path in (*files, test_path) if path.endswith(".py"))
    added = {p for p in conftests(test_path) if p not in paths and new(p) is not None}
    before = Project(_Asked(old, paths), paths)
    after = project(paths | added, new)
    test = test_path, test_name
    near = {test_path, *conftests(test_path)}
    differing = (path for path in _closure(before, test_path, covered) if old(path) != new(path))
    for path in differing:
        if next(changing.file_changes(before, after, covered, path, far=path not in near), None):
            return True
    return bool(
        changing.lost(before, after, *test)
        or changing.reached_changes(before, after, test, covered)
    )


def _closure(before: Project, test_path: str, covered: Covered | None) -> Iterator[str]:
    """What a test rests on, from the near to the far."""
    around = (*conftests(test_path), *before.packages(test_path), *(covered or ()))
    pending = deque(dict.fromkeys(p for p in (test_path, *around) if p in before.files))
    seen = {*pending}
    while pending:
        path = pending.popleft()
        yield path
        for other in before.imported_by(path):
            if other not in seen:
                seen.add(other)
                pending.append(other)


class _Asked(Mapping[str, bytes]):
    """Files that are read when they are asked for."""

    __slots__ = ("_paths", "_read")

    def __init__(self, read: Callable[[str], bytes | None], paths: frozenset[str]) -> None:
        self._read, self._paths = read, paths

    def __getitem__(self, path: str) -> bytes:
        if path not in self._paths:
            raise KeyError(path)
        return self._read(path) or b""

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)
