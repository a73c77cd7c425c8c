"""The names that a test file binds, and those that a scaffold adds to them by imports."""

from __future__ import annotations

import builtins
from collections.abc import Mapping

from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Import:
    """`from module import name as alias`; `import module` where `name` is empty."""

    module: str
    name: str = ""
    alias: str = ""

    @property
    def full_name(self) -> str:
        return f"{self.module}.{self.name}" if self.name else self.module

    @property
    def bound(self) -> str:
        return self.alias or self.name or self.module

    def __str__(self) -> str:
        renamed = f" as {self.alias}" if self.alias else ""
        start = f"from {self.module} import {self.name}" if self.name else f"import {self.module}"
        return start + renamed


class Names:
    """What each name of the file means: a full name, or "" for something of the file's own."""

    def __init__(self, bound: Mapping[str, str] | None = None) -> None:
        self._bound = dict(bound or {})
        self.added: list[Import] = []
        self._locals: set[str] = set()

    def use(self, module: str, name: str = "", alias: str = "") -> str:
        """The name under which the file has it, imported if need be."""
        wanted = Import(module, name, alias)
        known = [n for n, full in self._bound.items() if full == wanted.full_name]
        if known:
            return wanted.bound if wanted.bound in known else known[0]
        other = alias or f"{module.rpartition('.')[2]}_{name}".strip("_")
        while wanted.bound in self._bound:
            wanted = Import(module, name, other)
            other += "_"
        self._bound[wanted.bound] = wanted.full_name
        self.added.append(wanted)
        return wanted.bound

    def local(self, name: str) -> str:
        """A name of a variable that hides nothing."""
        name = name.lstrip("_") or "value"
        while self._bound.get(name) is not None or hasattr(builtins, name):
            name += "_"
        self._bound[name] = ""
        self._locals.add(name)
        return name

    def leave(self) -> None:
        """The variables of a function are none of the next one's."""
        for name in self._locals:
            del self._bound[name]
        self._locals.clear()

    def top_level(self, name: str) -> str:
        """A name for a new definition of the file."""
        while name in self._bound:
            name += "_"
        self._bound[name] = ""
        return name
