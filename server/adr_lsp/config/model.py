"""The settings of one root, validated."""

from __future__ import annotations

from adr_lsp.text import Range
from adr_lsp.value import dataclass

OwnMethod = tuple[str, tuple[str, ...], tuple[str, ...], str, str]

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
    """`path` is the file that the settings came from, relative to the root; None for defaults.

    `select` and `ignore` hold codes, beginnings of codes (`ADL5`) or names; an empty `select`
    means the rules that are on by default. `severity` gives a rule's name or code another
    severity, or `off`; one that is off by default is on with it. `per_file_ignores` holds globs
    with what is ignored there. `since` is a date (`2026-01-01`) or a record's key: older records
    owe no invariants. `baseline` is a path relative to the root; empty for none. `needs` gives a
    status or a pattern the methods of which one is needed (`property|model`). `reports` are globs
    of what other tools wrote. `scaffold_paths` gives a language other than Python the place of
    its scaffolds. `commands` gives a tool the command that starts it; `time_limit` is in seconds.
    `methods` are the team's own: name, globs of files, command, report's path, report's format.
    """

    path: str | None = None
    records: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    since: str | None = None
    baseline: str = "adr-lsp-baseline.json"
    required_sections: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    template: str | None = None
    prefixes: tuple[str, ...] = ("INV",)
    min_cases: int = 10
    scaffold_path: str = "tests/test_{slug}.py"
    needs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    reports: tuple[str, ...] = ()
    scaffold_paths: tuple[tuple[str, str], ...] = ()
    commands: tuple[tuple[str, tuple[str, ...]], ...] = ()
    time_limit: int = 600
    methods: tuple[OwnMethod, ...] = ()
    problems: tuple[ConfigProblem, ...] = ()

    def command(self, tool: str) -> tuple[str, ...]:
        """The command that starts a tool; empty where it is to be looked for."""
        return dict(self.commands).get(tool, ())


def is_configuration(name: str, raw: bytes) -> bool:
    """Whether a file makes its folder a root."""
    return name == "adr-lsp.toml" or (name == "pyproject.toml" and b"[tool.adr-lsp" in raw)
