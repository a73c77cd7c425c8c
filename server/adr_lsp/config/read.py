"""Reads a configuration file. pydantic is imported only when there is something to validate."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from adr_lsp.config.model import Config, ConfigProblem, OwnMethod
from adr_lsp.text import NOWHERE, Range, Text, decode, span

if TYPE_CHECKING:
    import tomllib

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails


def read(path: str, raw: bytes) -> Config:
    """The settings of `adr-lsp.toml` or `pyproject.toml`; what cannot be read is a problem.

    A fatal problem leaves every setting at its default.
    """
    import tomllib  # here, since most roots have no configuration

    content, _ = decode(raw)
    try:
        document = tomllib.loads(content)
    except tomllib.TOMLDecodeError as fault:
        problem = ConfigProblem(path, _fault_place(content, fault), f"invalid TOML: {fault}", True)
        return Config(path, problems=(problem,))
    own = path.rpartition("/")[2] == "adr-lsp.toml"
    tools = document.get("tool", {})
    table = document if own else tools.get("adr-lsp", {}) if isinstance(tools, dict) else {}
    if isinstance(table, dict):
        return _validated(path, Text(content), table) if table else Config(path)
    said = "`tool.adr-lsp` is no table: `[tool.adr-lsp]` is to stand before the settings"
    place = _place(Text(content), "adr-lsp")
    return Config(path, problems=(ConfigProblem(path, place, said, True),))


def _fault_place(content: str, fault: tomllib.TOMLDecodeError) -> Range:
    """The line that the fault names; the last one where it names the end of the document."""
    named = re.search(r"at line (\d+), column (\d+)", str(fault))
    text = Text(content)
    line = int(named[1]) - 1 if named else text.position(len(content.rstrip())).line
    return span(line, 0, len(text.line(line)))


def _validated(path: str, text: Text, table: dict[str, Any]) -> Config:
    from pydantic import ValidationError

    from adr_lsp.config.schema import Settings

    problems: list[ConfigProblem] = []
    for _ in range(2):  # once more without the unknown keys
        try:
            return _of(path, Settings.model_validate(table), tuple(problems))
        except ValidationError as fault:
            found = [_problem(path, text, error) for error in fault.errors()]
            problems += found
            if any(problem.fatal for problem in found):
                break
            table = _without(table, [error["loc"] for error in fault.errors()])
    return Config(path, problems=tuple(problems))


def _of(path: str, settings: Any, problems: tuple[ConfigProblem, ...]) -> Config:
    return Config(
        path=path,
        records=tuple(settings.records),
        exclude=tuple(settings.exclude),
        select=tuple(settings.select),
        ignore=tuple(settings.ignore),
        severity=tuple(settings.severity.items()),
        per_file_ignores=tuple((g, tuple(c)) for g, c in settings.per_file_ignores.items()),
        since=settings.since,
        baseline=settings.baseline,
        required_sections=tuple(settings.required_sections),
        evidence=tuple(settings.evidence),
        template=settings.template,
        prefixes=tuple(settings.prefixes),
        min_cases=settings.min_cases,
        scaffold_path=settings.scaffold_path,
        needs=tuple((name, _listed(methods)) for name, methods in settings.needs.items()),
        reports=tuple(settings.reports),
        scaffold_paths=tuple(settings.scaffold_paths.items()),
        commands=_commands(settings.run),
        time_limit=settings.run.time_limit,
        methods=tuple(_own(name, method) for name, method in settings.run.methods.items()),
        problems=problems,
    )


def _listed(methods: str) -> tuple[str, ...]:
    return tuple(method.strip() for method in methods.split("|"))


def _commands(run: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    given = ((tool, tuple(getattr(run, tool))) for tool in ("pytest", "vitest", "node", "cargo"))
    return tuple((tool, command) for tool, command in given if command)


def _own(name: str, method: Any) -> OwnMethod:
    return name, tuple(method.files), tuple(method.command), method.report, method.format


def _without(table: dict[str, Any], places: list[tuple[int | str, ...]]) -> dict[str, Any]:
    kept = dict(table)
    for first, *rest in places:
        if rest:
            kept[str(first)] = _without(kept[str(first)], [tuple(rest)])
        else:
            kept.pop(str(first), None)
    return kept


def _problem(path: str, text: Text, error: ErrorDetails) -> ConfigProblem:
    from adr_lsp.config.wrong import keys_of, wrong

    keys = keys_of(error)
    name = ".".join(keys)
    where = _place(text, keys[-1])
    if error["type"] != "extra_forbidden":
        return ConfigProblem(path, where, wrong(error), fatal=True)
    import difflib

    known = _known(keys[:-1])
    close = difflib.get_close_matches(keys[-1], known, n=1, cutoff=0.5)
    hint = f"; did you mean `{close[0]}`?" if close else f"; known keys: {', '.join(known)}"
    return ConfigProblem(path, where, f"unknown key `{name}`{hint}", fatal=False)


def _known(parents: list[str]) -> list[str]:
    from adr_lsp.config.schema import MethodSettings, RunSettings, Settings

    if parents[:2] == ["run", "methods"]:
        model: type[BaseModel] = MethodSettings
    else:
        model = RunSettings if parents == ["run"] else Settings
    return sorted(field.alias or name for name, field in model.model_fields.items())


def _place(text: Text, key: str) -> Range:
    """The first line of our table that assigns `key`, else the table's header."""
    inside, header = "[tool.adr-lsp" not in text.content, NOWHERE
    for number in range(text.line_count):
        line = text.line(number)
        start = len(line) - len(line.lstrip())
        if line.lstrip().startswith("["):
            inside = (
                line.lstrip().startswith("[tool.adr-lsp") or "[tool.adr-lsp" not in text.content
            )
            header = span(number, start, len(line)) if inside else header
        name = line.partition("=")[0].strip().strip("\"'")
        if inside and (name == key or line.strip("[] \t").endswith(f".{key}")):
            return span(number, start, start + len(name) if "=" in line else len(line))
    return header
