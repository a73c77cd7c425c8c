"""The settings of one root, validated."""

from __future__ import annotations

from dataclasses import dataclass

from adr_lsp.text import Range

FILES = ("adr-lsp.toml", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class ConfigProblem:
    """A key that is unknown, or (`fatal`) a value that is not allowed, at its place."""

    path: str
    range: Range
    message: str
    fatal: bool


@dataclass(frozen=True, slots=True)
class Config:
    """`path` is the file that the settings came from, relative to the root; None for defaults."""

    path: str | None = None
    records: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ("INV",)
    min_cases: int = 10
    scaffold_path: str = "tests/test_{slug}.py"
    pytest: tuple[str, ...] = ()
    problems: tuple[ConfigProblem, ...] = ()


def is_configuration(name: str, raw: bytes) -> bool:
    """Whether a file makes its folder a root."""
    return name == "adr-lsp.toml" or (name == "pyproject.toml" and b"[tool.adr-lsp" in raw)
