"""What a project's package.json and tsconfig.json say: its kind of modules, tools and paths."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from adr_lsp.scaffold.typescript.jsonc import mapping, read
from adr_lsp.snapshot import Tree
from adr_lsp.value import dataclass

_DEEPEST = 8
_DEPENDENCIES = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")


@dataclass(frozen=True, slots=True)
class Alias:
    """`@/*` and the paths, relative to the root, that it may stand for."""

    pattern: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """`folder` holds the package.json; "" is the root. `aliases` are those of tsconfig's `paths`,
    `subpaths` those of package.json's `imports`. `options` are the compiler's."""

    folder: str
    has_package: bool
    name: str
    is_module: bool
    packages: frozenset[str]
    scripts: str
    aliases: tuple[Alias, ...]
    subpaths: tuple[Alias, ...]
    options: dict[str, Any]
    has_compiler: bool

    def option(self, name: str) -> str:
        return str(self.options.get(name, "")).lower()


def settings_of(tree: Tree, folder: str) -> Settings:
    """What the project in a folder says of itself."""
    place = posixpath.join(folder, "package.json")
    package = read(tree.read(place))
    config = _nearest_tsconfig(tree, folder)
    options, base = _compiler_options(tree, config) if config else ({}, folder)
    named = {name for key in _DEPENDENCIES for name in mapping(package.get(key))}
    named |= _above(tree, folder)
    return Settings(
        folder,
        tree.exists(place),
        str(package.get("name", "")),
        package.get("type") == "module",
        frozenset(named),
        "\n".join(str(script) for script in mapping(package.get("scripts")).values()),
        tuple(_aliases(options, base)),
        tuple(_subpaths(package, folder)),
        options,
        config is not None,
    )


def _above(tree: Tree, folder: str) -> set[str]:
    """The packages of the workspace's root, which every project in it can use."""
    found: set[str] = set()
    while folder:
        folder = posixpath.dirname(folder)
        package = read(tree.read(posixpath.join(folder, "package.json")))
        found |= {name for key in _DEPENDENCIES for name in mapping(package.get(key))}
    return found


def _nearest_tsconfig(tree: Tree, folder: str) -> str | None:
    while True:
        for name in ("tsconfig.json", "jsconfig.json"):
            if tree.read(posixpath.join(folder, name)) is not None:
                return posixpath.join(folder, name)
        if not folder:
            return None
        folder = posixpath.dirname(folder)


def _compiler_options(
    tree: Tree, path: str, seen: frozenset[str] = frozenset()
) -> tuple[dict[str, Any], str]:
    """The options with those that they extend, and the folder that `paths` count from."""
    config = read(tree.read(path))
    folder = posixpath.dirname(path)
    own = mapping(config.get("compilerOptions"))
    merged: dict[str, Any] = {}
    base = folder
    extended = config.get("extends", [])
    for name in extended[:_DEEPEST] if isinstance(extended, list) else [extended]:
        above = _extended(tree, folder, name)
        if above and above not in seen and len(seen) < _DEEPEST:
            more, where = _compiler_options(tree, above, seen | {path, above})
            base = where if "paths" in more or "baseUrl" in more else base
            merged |= more
    if "paths" in own or "baseUrl" in own:
        base = posixpath.normpath(posixpath.join(folder, str(own.get("baseUrl", "."))))
        base = "" if base == "." else base
    return merged | own, base


def _extended(tree: Tree, folder: str, name: object) -> str | None:
    if not isinstance(name, str) or not name.startswith("."):
        return None
    path = posixpath.normpath(posixpath.join(folder, name))
    tried = (path, f"{path}.json", posixpath.join(path, "tsconfig.json"))
    return next((p for p in tried if tree.read(p) is not None), None)


def _aliases(options: dict[str, Any], base: str) -> Iterator[Alias]:
    for pattern, paths in mapping(options.get("paths")).items():
        named = [p for p in paths if isinstance(p, str)] if isinstance(paths, list) else []
        yield Alias(pattern, tuple(posixpath.normpath(posixpath.join(base, p)) for p in named))


def _subpaths(package: dict[str, Any], folder: str) -> Iterator[Alias]:
    for pattern, value in mapping(package.get("imports")).items():
        inside = (path for path in _strings(value) if path.startswith("./"))
        joined = (posixpath.normpath(posixpath.join(folder, path)) for path in inside)
        yield Alias(pattern, tuple(joined))


def _strings(value: object, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif depth < _DEEPEST:
        listed = list(value.values()) if isinstance(value, dict) else value
        for part in listed if isinstance(listed, list) else ():
            yield from _strings(part, depth + 1)
