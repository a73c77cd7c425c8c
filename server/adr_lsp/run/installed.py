"""What is installed for an interpreter of Python.

An environment is read from its files, so nothing in it is started. Any other interpreter is asked,
isolated from the folder that it is started in, unless it lies below the root itself.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from adr_lsp.run.process import CannotStart, run_process
from adr_lsp.value import dataclass

PACKAGES = ("pytest", "hypothesis")
SECONDS = 30.0

_SAID = re.compile(r"\s*([\w-]+)\s*=\s*(.*?)\s*")
_VERSION = re.compile(r"\d+(?:\.\d+)*")
_ANSWER = "adr-lsp: "
_QUESTION = f"""
import json, platform, site, sys
from importlib.metadata import distributions
path = [*sys.path, site.getusersitepackages()]
found = {{}}
for name in {PACKAGES!r}:
    for each in distributions(name=name, path=path):
        found.setdefault(name, each.version)
print("{_ANSWER}" + json.dumps([platform.python_version(), found]))
"""


@dataclass(frozen=True, slots=True)
class Installed:
    """The version of an interpreter, and of those of `PACKAGES` that it has."""

    python: str
    packages: Mapping[str, str]


def installed(python: Path, root: Path, project: Path) -> Installed | None:
    """What an interpreter has that would start in `project`; None if that cannot be known."""
    environment = python.parent.parent  # as it is named: a link leads out of the environment
    said = _configuration(environment)
    if said and said.get("include-system-site-packages", "").lower() != "true":
        return _read(environment, said)
    below = python.is_relative_to(root) or python.resolve().is_relative_to(root)
    return None if below else _asked(python, project)


def _configuration(environment: Path) -> Mapping[str, str]:
    """What an environment says of itself; nothing if it is none."""
    try:
        text = (environment / "pyvenv.cfg").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return {}
    found = filter(None, map(_SAID.fullmatch, text.splitlines()))
    return {each[1].lower(): each[2] for each in found}


def _read(environment: Path, said: Mapping[str, str]) -> Installed:
    version = _VERSION.match(said.get("version") or said.get("version_info") or "")
    names = list(_distributions(environment))
    found = {}
    for package in PACKAGES:
        pattern = re.compile(rf"{package}-(\d.*)\.dist-info", re.IGNORECASE)
        for match in filter(None, map(pattern.fullmatch, names)):
            found[package] = match[1]
    return Installed(version[0] if version else "", found)


def _distributions(environment: Path) -> Iterator[str]:
    for folder in (
        *environment.glob("lib/python*/site-packages"),
        environment / "Lib/site-packages",
    ):
        with suppress(OSError):
            yield from (entry.name for entry in folder.iterdir())


def _asked(python: Path, project: Path) -> Installed | None:
    lines: list[str] = []
    with suppress(CannotStart, OSError):
        run_process(
            (str(python), "-I", "-c", _QUESTION),
            cwd=project,
            environment=os.environ,
            seconds=SECONDS,
            on_line=lines.append,
            cancelled=lambda: False,
        )
    for line in lines:
        if line.startswith(_ANSWER):
            with suppress(ValueError):
                version, packages = json.loads(line[len(_ANSWER) :])
                return Installed(str(version), dict(packages))
    return None
