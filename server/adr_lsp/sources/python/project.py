"""The Python files of a project at one moment: their shapes, and what a module name means."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import field
from functools import lru_cache
from typing import Any, TypeVar

from adr_lsp.sources.change import Read
from adr_lsp.sources.python.outline import Import
from adr_lsp.sources.python.shape import Shape, imports_of, shape_of
from adr_lsp.value import dataclass

T = TypeVar("T")
Modules = dict[str, tuple[tuple[tuple[str, ...], str], ...]]


@dataclass(slots=True, eq=False)
class Project:
    """The bytes of every file that a module name may lead to. What is found out is remembered."""

    contents: Mapping[str, bytes]
    files: frozenset[str]
    memo: dict[object, Any] = field(default_factory=dict)
    _found: dict[tuple[str, str], str | None] = field(init=False)
    _runs: dict[str, tuple[tuple[Import, ...], tuple[str, ...]]] = field(init=False)

    def __post_init__(self) -> None:
        self._found, self._runs = _led_to(self.files)

    def shape(self, path: str) -> Shape | None:
        raw = self.contents.get(path)
        return shape_of(raw) if raw is not None else None

    def module(self, name: str, from_path: str) -> str | None:
        """The file of a module, absolute (`ledger.money`) or relative (`..money`)."""
        key = (name, posixpath.dirname(from_path))
        if key not in self._found:
            self._found[key] = self._relative(*key) if name[:1] == "." else self._absolute(*key)
        return self._found[key]

    def _relative(self, name: str, folder: str) -> str | None:
        rest = name.lstrip(".")
        for _ in range(len(name) - len(rest) - 1):
            folder = posixpath.dirname(folder)
        base = posixpath.join(folder, *rest.split(".")) if rest else folder
        candidates = (f"{base}.py", posixpath.join(base, "__init__.py"))
        return next((path for path in candidates if path in self.files), None)

    def _absolute(self, name: str, folder: str) -> str | None:
        """By its end, below a folder that is no package; the nearest to the importing file."""
        parts = tuple(name.split("."))
        found = [
            path
            for candidate, path in _modules(self.files).get(parts[-1], ())
            if candidate[-len(parts) :] == parts and self._is_root(candidate[: -len(parts)])
        ]
        here = folder.split("/")
        return min(
            found, key=lambda path: (-_shared(path, here), path.count("/"), path), default=None
        )

    def _is_root(self, folder: tuple[str, ...]) -> bool:
        return not folder or "/".join([*folder, "__init__.py"]) not in self.files

    def locate(self, name: str, from_path: str) -> tuple[str, str] | None:
        """The file that the longest part of a dotted name leads to, and the rest of the name."""
        rest = name.lstrip(".")
        dots = name[: len(name) - len(rest)]
        parts = rest.split(".") if rest else []
        for end in range(len(parts), -1 if dots else 0, -1):
            path = self.module(dots + ".".join(parts[:end]), from_path)
            if path:
                return path, ".".join(parts[end:])
        return None

    def imported_by(self, path: str) -> tuple[str, ...]:
        """Every file of the project that an import anywhere in a file runs."""
        imports = imports_of(self.contents[path])
        known = self._runs.get(path)
        if known is None or known[0] is not imports:
            run = (other for item in imports for other in self._run_by(item, path))
            self._runs[path] = known = imports, tuple(dict.fromkeys(run))
        return known[1]

    def _run_by(self, item: Import, path: str) -> Iterator[str]:
        yield from self._with_packages(self.module(item.module, path))
        if item.attribute not in (None, "*"):
            dot = "" if item.module.endswith(".") else "."
            yield from self._with_packages(self.module(f"{item.module}{dot}{item.attribute}", path))

    def _with_packages(self, path: str | None) -> Iterator[str]:
        if path:
            yield path
            yield from self.packages(path)

    def packages(self, path: str) -> Iterator[str]:
        """The `__init__.py` of each package around a file."""
        folder = posixpath.dirname(path)
        while (init := posixpath.join(folder, "__init__.py")) in self.files:
            yield init
            if not folder:
                return
            folder = posixpath.dirname(folder)

    def closure(self, roots: Iterable[str]) -> tuple[str, ...]:
        """The roots and every file of the project that they import, transitively."""
        known = frozenset(root for root in roots if root in self.files)
        return self.remember(("closure", known), lambda: tuple(sorted(self._imported_from(known))))

    def remember(self, key: object, find: Callable[[], T]) -> T:
        """What `find` gives; looked for once."""
        if key not in self.memo:
            self.memo[key] = find()
        found: T = self.memo[key]
        return found

    def _imported_from(self, roots: Iterable[str]) -> set[str]:
        found: set[str] = set()
        pending = list(roots)
        while pending:
            path = pending.pop()
            if path not in found:
                found.add(path)
                pending.extend(self.imported_by(path))
        return found


def project(files: Collection[str], read: Read) -> Project:
    """The project at one moment; that of the same bytes is the same."""
    paths = sorted(path for path in files if path.endswith(".py"))
    return _project(tuple((path, raw) for path in paths if (raw := read(path)) is not None))


@lru_cache(maxsize=4)
def _project(contents: tuple[tuple[str, bytes], ...]) -> Project:
    return Project(dict(contents), frozenset(path for path, _ in contents))


@lru_cache(maxsize=128)
def _led_to(
    _files: frozenset[str],
) -> tuple[
    dict[tuple[str, str], str | None], dict[str, tuple[tuple[Import, ...], tuple[str, ...]]]
]:
    """Where names of modules and the imports of files led to before, among the same files."""
    return {}, {}


@lru_cache(maxsize=8)
def _modules(files: frozenset[str]) -> Modules:
    """Files by the last part of their module's name."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for path in sorted(files):
        parts = tuple(path.removesuffix(".py").removesuffix("/__init__").split("/"))
        found.setdefault(parts[-1], []).append((parts, path))
    return {last: tuple(modules) for last, modules in found.items()}


def _shared(path: str, here: list[str]) -> int:
    shared = 0
    for one, other in zip(path.split("/"), here, strict=False):
        if one != other:
            break
        shared += 1
    return shared
