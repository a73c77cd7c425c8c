"""The project's Python code, read statically: modules by name, and what a name means in them.

Nothing is imported: griffe reads source text that the tree hands out.
"""

from __future__ import annotations

import posixpath
import sys
from collections.abc import Iterator
from pathlib import Path

import griffe

from adr_lsp.snapshot import Tree
from adr_lsp.text import decode
from adr_lsp.value import dataclass

_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Found:
    """A definition, the module that it was asked from and its name there."""

    object: griffe.Object
    module: str
    name: str
    path: str


class Code:
    """Modules of one tree; of several with one name, the one nearest to `near`."""

    def __init__(self, tree: Tree, near: str) -> None:
        self._tree = tree
        self._near = near
        self.paths = tree.paths()
        self._files = frozenset(path for path in self.paths if path.endswith(".py"))
        self._modules: dict[str, griffe.Module | None] = {}

    @property
    def files(self) -> frozenset[str]:
        return self._files

    def text(self, path: str) -> str:
        return decode(self._tree.read(path) or b"")[0]

    def path_of(self, dotted: str) -> str | None:
        """The file of a module."""
        stem = dotted.replace(".", "/")
        ends = (f"{stem}.py", f"{stem}/__init__.py")
        found = [path for end in ends for path in self._ending(end)]
        return min(found, key=self._distance, default=None)

    def _ending(self, end: str) -> Iterator[str]:
        """Files that an import of that name can mean: no package stands above them."""
        outside = end.split("/")[0].removesuffix(".py") in sys.stdlib_module_names
        for path in self._files:
            if path == end or (path.endswith(f"/{end}") and not outside):
                above = path[: -len(end)].rstrip("/")
                if not above or f"{above}/__init__.py" not in self._files:
                    yield path

    def _distance(self, path: str) -> tuple[int, int, str]:
        shared = posixpath.commonpath([f"/{path}", f"/{self._near}"])
        return -len(shared), path.count("/"), path

    def module(self, dotted: str) -> griffe.Module | None:
        """A module as read; None if there is none, or it cannot be parsed."""
        if dotted not in self._modules:
            path = self.path_of(dotted)
            self._modules[dotted] = self._read(dotted, path) if path else None
        return self._modules[dotted]

    def _read(self, dotted: str, path: str) -> griffe.Module | None:
        parent: griffe.Module | None = None
        *above, name = dotted.split(".")
        for package in above:
            parent = griffe.Module(package, filepath=Path("__init__.py"), parent=parent)
        try:
            return griffe.visit(name, Path(path), self.text(path), parent=parent)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None

    def definition(self, dotted: str) -> griffe.Object | None:
        """What a full name means, through re-exports."""
        return self._definition(dotted, 0)

    def _definition(self, dotted: str, depth: int) -> griffe.Object | None:
        parts = dotted.split(".")
        for length in range(len(parts), 0, -1):
            module = self.module(".".join(parts[:length]))
            if module is not None:
                return self._walk(module, parts[length:], depth)
        return None

    def _walk(self, scope: griffe.Object, parts: list[str], depth: int) -> griffe.Object | None:
        for index, part in enumerate(parts):
            member = scope.members.get(part)
            if isinstance(member, griffe.Alias):
                rest = ".".join([member.target_path, *parts[index + 1 :]])
                return self._definition(rest, depth + 1) if depth < _DEEPEST else None
            if member is None:
                return self._inherited(scope, parts[index:], depth)
            scope = member
        return scope

    def _inherited(
        self, scope: griffe.Object, parts: list[str], depth: int
    ) -> griffe.Object | None:
        """A name that a base class has, or a module that this one imports everything of."""
        if depth >= _DEEPEST:
            return None
        if isinstance(scope, griffe.Class):
            sources: list[griffe.Object | None] = [base for _, base in self.bases(scope)]
        else:
            stars = [name for name in scope.members if name.endswith("/*")]
            sources = [self.module(name[:-2].replace("/", ".")) for name in stars]
        found = (self._walk(source, parts, depth + 1) for source in sources if source)
        return next((definition for definition in found if definition), None)

    def bases(self, scope: griffe.Class) -> list[tuple[str, griffe.Class | None]]:
        """The full name of each base, and its definition where that is ours."""
        full = [self.meaning(str(base).partition("[")[0], scope) for base in scope.bases]
        found = [(name, self.definition(name)) for name in full]
        return [(name, base if isinstance(base, griffe.Class) else None) for name, base in found]

    def lineage(self, scope: griffe.Class) -> list[griffe.Class]:
        """The class and the bases that are ours, the class first."""
        line: list[griffe.Class] = [scope]
        for ancestor in line:
            known = [base for _, base in self.bases(ancestor) if base and base not in line]
            line.extend(known[:_DEEPEST])
        return line[:_DEEPEST]

    def base_names(self, scope: griffe.Class) -> set[str]:
        """The full names of all bases."""
        return {name for ancestor in self.lineage(scope) for name, _ in self.bases(ancestor)}

    def meaning(self, name: str, scope: griffe.Object) -> str:
        """The full name of what `name` (maybe dotted) means in a scope; builtins as they are."""
        first, dot, rest = name.partition(".")
        return self._first(first, scope) + dot + rest

    def _first(self, name: str, scope: griffe.Object) -> str:
        inner: griffe.Object | None = scope
        while inner is not None and not isinstance(inner, griffe.Module):
            member = inner.members.get(name)
            if isinstance(member, griffe.Class):
                return member.path
            inner = inner.parent if isinstance(inner.parent, griffe.Object) else None
        member = inner.members.get(name) if inner is not None else None
        if isinstance(member, griffe.Alias):
            return member.target_path
        if member is not None:
            return member.path
        stars = (
            m[:-2].replace("/", ".") for m in (inner.members if inner else ()) if m[-2:] == "/*"
        )
        return next((f"{star}.{name}" for star in stars if self.definition(f"{star}.{name}")), name)

    def source(self, thing: griffe.Object) -> str:
        """The lines of a definition."""
        lines = self.text(str(thing.filepath)).splitlines()
        return "\n".join(lines[(thing.lineno or 1) - 1 : thing.endlineno or 0])
