"""What the project asked for."""

from __future__ import annotations

from dataclasses import dataclass

from adr_lsp.text import NOWHERE, Range


@dataclass(frozen=True, slots=True)
class ConfigProblem:
    """A key that is unknown or a value that is not allowed, at its place in the file."""

    path: str
    range: Range
    message: str
    fatal: bool


@dataclass(frozen=True, slots=True)
class Config:
    """Validated settings of one root; `path` is the file they came from, None for defaults."""

    path: str | None = None
    records: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ("INV",)
    min_cases: int = 10
    scaffold_path: str = "tests/test_{slug}.py"
    pytest: tuple[str, ...] = ()
    problems: tuple[ConfigProblem, ...] = ()


__all__ = ["NOWHERE", "Config", "ConfigProblem"]
