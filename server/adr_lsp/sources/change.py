"""How code that a test rests on differs between two moments."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from adr_lsp.value import dataclass

Memo = dict[object, Any]  # what was made of the same bytes before
Read = Callable[[str], bytes | None]
Covered = Mapping[str, Collection[int]]


@dataclass(frozen=True, slots=True)
class Change:
    """One definition, or the import-time statements of one file, that differs.

    `name` is a qualified name (`Ledger.add`), or "" for a module's own statements.
    `kind`: `test` (the test's own definition), `reached` (a fixture, helper or module-level name
    that it reaches), `covered` (a body that ran), `module` (statements and headers that run at
    import), `gone` (the file or the definition is no longer there), `unparsed`.
    `function` is False for a class or a constant.
    """

    kind: str
    path: str
    name: str
    function: bool = True

    def __str__(self) -> str:
        shown = f"{self.name}()" if self.name and self.function else self.name or self.path
        return f"{shown} is gone" if self.kind == "gone" else f"{shown} changed"
