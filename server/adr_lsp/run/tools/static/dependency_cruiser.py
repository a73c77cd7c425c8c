"""dependency-cruiser: the rules of a `.dependency-cruiser.json`, with the node that is on PATH."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from adr_lsp.config import Config
from adr_lsp.run.tool import Asked, Command, Missing, Tool, ToolRun, nearest
from adr_lsp.run.tools.static.watch import Broken, Idle, Judged, RuleWatch
from adr_lsp.sources.model import Source

NAME = "dependency-cruiser"
FILES = (".dependency-cruiser.json", ".dependency-cruiser.adr.json")
CODE = (".js", ".mjs", ".cjs", ".jsx", ".ts", ".tsx", ".mts", ".cts", ".vue", ".svelte", ".coffee")
_PROGRAM = "node_modules/.bin/depcruise"
_FOLDERS = ("src", "lib", "app", "packages")


def project_of(root: Path, _config: Config, path: str, _source: Source | None) -> Path | None:
    return (root / path).parent if Path(path).name in FILES else None


def plan(asked: Asked) -> ToolRun | Missing:
    home = nearest(asked.root, asked.tests[0].path, lambda folder: (folder / _PROGRAM).exists())
    if home is None:
        reason = "no node_modules/.bin/depcruise: npm install --save-dev dependency-cruiser"
        return Missing(NAME, reason, asked.tests)
    file = Path(asked.tests[0].path).name
    folders = [name for name in _FOLDERS if (asked.project / name).is_dir()] or ["."]
    arguments = ("--config", file, "--output-type", "json", *folders)
    below = [(asked.project / name).relative_to(asked.root).as_posix() for name in folders]
    return ToolRun(
        tool=NAME,
        project=asked.project,
        command=Command((str(home / _PROGRAM),), _PROGRAM),
        arguments=arguments,
        tests=tuple(test for test in asked.tests if Path(test.path).name == file),
        watch=lambda run: RuleWatch(
            asked.root, run, CODE, ["" if each == "." else each for each in below],
            lambda lines: judged(lines, asked), lambda test: (test.name,),
        ),
    )  # fmt: skip


def judged(lines: list[str], asked: Asked) -> Judged | None:
    """Rules without a violation held, if any module was looked at."""
    report = _report(lines)
    summary = report.get("summary", {})
    if not summary.get("totalCruised"):
        return None
    rules = summary.get("ruleSetUsed", {})
    listed = (*rules.get("forbidden", ()), *rules.get("required", ()))
    names = [rule.get("name", "") for rule in listed]
    found: Judged = dict.fromkeys(names)
    for name in names:
        broken = [v for v in summary.get("violations", ()) if v.get("rule", {}).get("name") == name]
        if broken:
            found[name] = Broken(tuple(map(_shown, broken)), _place(broken[0], asked))
    modules = [str(module.get("source")) for module in report.get("modules", ())]
    for rule in listed:
        missing = _about_nothing(rule, modules)
        if missing and found.get(rule.get("name", "")) is None:
            found[rule.get("name", "")] = Idle(f"no file matches {missing}")
    return found


def _about_nothing(rule: dict[str, Any], modules: list[str]) -> str | None:
    """A pattern that the rule begins at, or that others may not reach, and that no file has."""
    start, end = rule.get("from") or {}, rule.get("to") or {}
    for given in (start.get("path"), end.get("path") if start.get("pathNot") else None):
        patterns = [given] if isinstance(given, str) else list(given or ())
        own = [pattern for pattern in patterns if "node_modules" not in pattern]
        with suppress(re.error):
            if own and not any(re.search(pattern, each) for pattern in own for each in modules):
                return " or ".join(own)
    return None


def _report(lines: list[str]) -> dict[str, Any]:
    """The JSON; what else is printed stands before or behind it."""
    starts = (number for number, line in enumerate(lines) if line.startswith("{"))
    for start in starts:
        try:
            found, _ = json.JSONDecoder().raw_decode("\n".join(lines[start:]))
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            return found
    return {}


def _shown(violation: dict[str, Any]) -> str:
    cycle = [
        step["name"] if isinstance(step, dict) else step for step in violation.get("cycle", ())
    ]
    steps = [violation.get("from", "?"), *(cycle or [violation.get("to", "?")])]
    return " -> ".join(map(str, steps))


def _place(violation: dict[str, Any], asked: Asked) -> tuple[str, int] | None:
    """The file that has the import, and the first line that names the other."""
    path = asked.project / str(violation.get("from", ""))
    steps = violation.get("cycle") or ()
    first = steps[0] if steps else violation.get("to", "")
    stem = Path(str(first["name"] if isinstance(first, dict) else first)).name.partition(".")[0]
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        shown = path.relative_to(asked.root).as_posix()
    except (OSError, ValueError):
        return None
    number = next((n for n, line in enumerate(lines, 1) if stem and f"/{stem}" in line), 1)
    return shown, number


DEPENDENCY_CRUISER = Tool(NAME, project_of, plan)
