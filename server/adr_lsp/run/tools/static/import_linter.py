"""import-linter: the contracts of a `pyproject.toml` or an `.importlinter`."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import tomllib
from itertools import pairwise
from pathlib import Path

from adr_lsp.config import Config
from adr_lsp.run.interpreter import pytest_command
from adr_lsp.run.tool import Asked, Command, Missing, Tool, ToolRun
from adr_lsp.run.tools.static.watch import Broken, Judged, RuleWatch
from adr_lsp.sources.model import Source

NAME = "import-linter"
FILES = ("pyproject.toml", ".importlinter")
PROGRAM = "lint-imports"
_START = "from importlinter.cli import lint_imports_command; lint_imports_command()"
_VERDICT = re.compile(r"^(.*\S) (KEPT|BROKEN)(?: \([^)]*\))?$")
_CHAIN = re.compile(r"([\w.]+) -> ([\w.]+) \(l\.(\d+)")
_WIDE = ("COLUMNS", "2000")  # a name is not wrapped


def project_of(root: Path, _config: Config, path: str, source: Source | None) -> Path | None:
    """The folder of the file: where import-linter looks for the packages."""
    told = source is not None and any(test.method == "static" for test in source.tests)
    return (root / path).parent if Path(path).name in FILES and told else None


def plan(asked: Asked) -> ToolRun | Missing:
    command = _command(asked)
    if command is None:
        reason = "no lint-imports found: install import-linter in the project's environment"
        return Missing(NAME, reason, asked.tests)
    file = Path(asked.tests[0].path).name
    folders = [str(asked.project), str(asked.project / "src"), os.environ.get("PYTHONPATH", "")]
    return ToolRun(
        tool=NAME,
        project=asked.project,
        command=command,
        arguments=("--config", file, "--no-cache"),
        tests=tuple(test for test in asked.tests if Path(test.path).name == file),
        environment=(_WIDE, ("PYTHONPATH", os.pathsep.join(filter(None, folders)))),
        watch=lambda run: _watch(asked, run, file),
    )


def _command(asked: Asked) -> Command | None:
    """In the interpreter that pytest has, if import-linter is there; else the one on PATH."""
    found = pytest_command(asked.project, asked.root, asked.config.command("pytest"))
    words = found.arguments if found else ()
    if found and words[-2:] == ("-m", "pytest"):
        beside = Path(words[0]).parent / PROGRAM
        if len(words) > 3:  # uv run python
            return Command((*words[:-2], "-c", _START), found.origin)
        if beside.is_file():
            return Command((str(beside),), found.origin)
    program = shutil.which(PROGRAM)
    return Command((program,), f"{PROGRAM} on PATH") if program else None


def _watch(asked: Asked, run: ToolRun, file: str) -> RuleWatch:
    packages = root_packages(asked.project / file)
    places = [_place(asked.project, name) for name in packages]
    folders = [p.relative_to(asked.root).as_posix() for p in places if p is not None]
    below = [folder for folder in folders if folder != "."]

    def judge(lines: list[str]) -> Judged | None:
        return judged(lines, lambda module: _located(asked, module))

    return RuleWatch(asked.root, run, (".py",), below, judge, lambda test: (test.name,))


def root_packages(file: Path) -> tuple[str, ...]:
    """The packages that the contracts are about, as the file names them."""
    try:
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".toml":
            settings = tomllib.loads(text).get("tool", {}).get("importlinter", {})
        else:
            parser = configparser.ConfigParser()
            parser.read_string(text)
            settings = dict(parser["importlinter"]) if "importlinter" in parser else {}
    except (OSError, ValueError, configparser.Error, AttributeError):
        return ()
    several = settings.get("root_packages") or settings.get("root_package") or ()
    names = several.split() if isinstance(several, str) else several
    return tuple(str(name) for name in names)


def _place(project: Path, package: str) -> Path | None:
    for above in (project, project / "src"):
        found = above / package.replace(".", "/")
        if found.is_dir():
            return found
    return None


def _located(asked: Asked, module: str) -> str | None:
    """The file of a module, relative to the root."""
    stem = module.replace(".", "/")
    for above in (asked.project, asked.project / "src"):
        for end in (f"{stem}.py", f"{stem}/__init__.py"):
            if (above / end).is_file():
                return (above / end).relative_to(asked.root).as_posix()
    return None


def judged(lines: list[str], located: object) -> Judged | None:
    """`Name KEPT`, `Name BROKEN`, and further down what breaks it."""
    assert callable(located)
    found: Judged = {}
    for line in lines:
        verdict = _VERDICT.match(line.rstrip())
        if verdict:
            found[verdict[1]] = None if verdict[2] == "KEPT" else Broken(())
    for name, offences in _details(lines, found):
        chain = next(filter(None, map(_CHAIN.search, offences)), None)
        path = located(chain[1]) if chain else None
        place = (path, int(chain[3])) if chain and path else None
        found[name] = Broken(tuple(offences) or ("broken",), place)
    return found or None


def _details(lines: list[str], found: Judged) -> list[tuple[str, list[str]]]:
    """Below each broken contract's name, underlined: the imports, or what else is said."""
    broken = {name for name, verdict in found.items() if verdict is not None}
    told: dict[str, list[str]] = {name: [] for name in broken}
    current = ""
    for above, line in pairwise(lines):
        if line.startswith("---") and above.strip() in broken:
            current = above.strip()
        elif (
            current
            and line.strip()
            and not set(line.strip()) <= {"-"}
            and line.strip() not in broken
        ):
            told[current].append(line.strip().lstrip("- ").strip())
    chains = {name: [line for line in said if "->" in line] for name, said in told.items()}
    return [(name, chains[name] or said) for name, said in told.items()]


IMPORT_LINTER = Tool(NAME, project_of, plan)
