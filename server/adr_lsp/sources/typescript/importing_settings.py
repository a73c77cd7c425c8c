"""Settings that say what an import means: `tsconfig.json`, `package.json`, their comments."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any

from adr_lsp.sources.definitions.project import Project
from adr_lsp.value import dataclass

CONFIGS = ("tsconfig.json", "jsconfig.json")
_TOKEN = re.compile(r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*[\s\S]*?\*/|,(?=\s*[}\]])')
_MOST = 20  # files that extend each other, conditions within conditions


@dataclass(frozen=True, slots=True)
class Package:
    """A `package.json` and where it stands."""

    folder: str
    name: str
    said: dict[str, Any]

    def imports(self, said: str) -> tuple[str, ...]:
        """What `#name` means in the package."""
        return tuple(_mapped(self.said.get("imports"), said))

    def exports(self, rest: str) -> tuple[str, ...]:
        """The files that the package's name, or its name with a path, means."""
        exports = self.said.get("exports")
        if isinstance(exports, dict) and any(key.startswith(".") for key in exports):
            told = list(_mapped(exports, f"./{rest}" if rest else "."))
        else:
            told = [] if rest else _targets(exports)
        if rest:
            return (*told, rest, f"src/{rest}")
        entries = [self.said.get(key) for key in ("source", "module", "main", "types")]
        plain = [entry for entry in entries if isinstance(entry, str)]
        return (*told, *plain, "index", "src/index")


def object_in(raw: bytes | None) -> dict[str, Any]:
    """The object of a JSON file that may have comments and trailing commas; {} for anything
    else."""
    return _object(raw) if raw is not None else {}


@lru_cache(maxsize=256)
def _object(raw: bytes) -> dict[str, Any]:
    text = raw.decode(errors="replace").removeprefix("\ufeff")
    bare = _TOKEN.sub(lambda m: _kept(m.group()), _TOKEN.sub(lambda m: _kept(m.group()), text))
    try:
        said = json.loads(bare)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _kept(token: str) -> str:
    return token if token[0] == '"' else " "


def folders(paths: Collection[str]) -> Iterator[str]:
    """Every folder that holds one of the paths, and those around it."""
    found: set[str] = set()
    for path in paths:
        folder = posixpath.dirname(path)
        while folder not in found:
            found.add(folder)
            folder = posixpath.dirname(folder)
    yield from sorted(found)


def above(path: str) -> Iterator[str]:
    """The folders around a path, the nearest first."""
    folder = posixpath.dirname(path)
    yield folder
    while folder != (around := posixpath.dirname(folder)):
        folder = around
        yield folder


def packages(project: Project) -> tuple[Package, ...]:
    """Every package of the workspace."""
    return project.remember("packages", lambda: tuple(_packages(project)))


def _packages(project: Project) -> Iterator[Package]:
    for path, raw in project.contents.items():
        if posixpath.basename(path) == "package.json":
            said = object_in(raw)
            name = said.get("name")
            yield Package(posixpath.dirname(path), name if isinstance(name, str) else "", said)


def package_around(project: Project, path: str) -> Package | None:
    """The nearest package around a file."""
    by_folder = {package.folder: package for package in packages(project)}
    return next((by_folder[f] for f in above(path) if f in by_folder), None)


def aliases(project: Project, path: str, said: str) -> tuple[str, ...]:
    """Where `paths` and `baseUrl` of the settings around a file lead an import."""
    for folder in above(path):
        for name in CONFIGS:
            config = posixpath.join(folder, name)
            if config in project.contents:
                return tuple(_aliased(project, config, said))
    return ()


def _aliased(project: Project, config: str, said: str) -> Iterator[str]:
    base: str | None = None
    paths: tuple[str, dict[str, Any]] | None = None
    for file in extended(project, config):
        options = object_in(project.contents.get(file)).get("compilerOptions")
        options = options if isinstance(options, dict) else {}
        folder = posixpath.dirname(file)
        url, listed = options.get("baseUrl"), options.get("paths")
        if base is None and isinstance(url, str):
            base = posixpath.normpath(posixpath.join(folder, url))
        if paths is None and isinstance(listed, dict):
            paths = folder, listed
    for target in _mapped(paths[1], said) if paths else ():
        yield posixpath.join(base if base is not None else paths[0] if paths else "", target)
    if base is not None:
        yield posixpath.join(base, said)


def extended(project: Project, config: str) -> tuple[str, ...]:
    """A file of settings and those that it extends, the nearest first."""
    found: list[str] = []
    pending = [config]
    while pending and len(found) < _MOST:
        file = pending.pop(0)
        if file in found or file not in project.contents:
            continue
        found.append(file)
        bases = object_in(project.contents[file]).get("extends")
        listed = bases if isinstance(bases, list) else [bases]
        for base in reversed([one for one in listed if isinstance(one, str)]):
            at = posixpath.normpath(posixpath.join(posixpath.dirname(file), base))
            pending += [at, f"{at}.json", posixpath.join(at, "tsconfig.json")]
    return tuple(found)


def _mapped(table: Any, said: str) -> Iterator[str]:
    """The targets of a name in a table of names with one `*`; the longest fitting name wins."""
    if not isinstance(table, dict):
        return
    fitting = []
    for key in table:
        start, star, end = str(key).partition("*")
        if key == said or (star and said.startswith(start) and said.endswith(end)):
            fitting.append((key != said, -len(start), key))
    if fitting:
        key = min(fitting)[2]
        start, star, end = key.partition("*")
        meant = said[len(start) : len(said) - len(end)] if star else ""
        for target in _targets(table[key]):
            yield target.replace("*", meant)


def _targets(value: Any) -> list[str]:
    """Every path in a target, whatever its conditions."""
    found: list[str] = []
    pending = [(value, 0)]
    while pending:
        one, depth = pending.pop(0)
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one, dict | list) and depth < _MOST:
            inside = one.values() if isinstance(one, dict) else one
            pending += [(each, depth + 1) for each in inside]
    return found
