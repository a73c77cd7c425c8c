"""The project's modules, and what a name means in one of them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import cached_property

from adr_lsp.scaffold.place import project_of
from adr_lsp.scaffold.typescript.module import Definition, Module, module_of
from adr_lsp.scaffold.typescript.settings import Alias, Settings, settings_of
from adr_lsp.scaffold.typescript.syntax import SUFFIXES
from adr_lsp.snapshot import Tree
from adr_lsp.text import decode
from adr_lsp.value import dataclass

LARGEST = 2_000_000
_WRITTEN_FOR = {".js": (".ts", ".tsx", ".js", ".jsx"), ".mjs": (".mts", ".mjs"),
                ".cjs": (".cts", ".cjs"), ".jsx": (".tsx", ".jsx")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A definition, and where a program imports it from: `name` of the module at `path`, or the
    local name where that is not exported. `member` is a method of a class or an object."""

    definition: Definition
    path: str
    name: str
    exported: bool
    member: str = ""

    @property
    def full_name(self) -> str:
        shown = self.definition.name if self.name == "default" else self.name
        return f"{shown}.{self.member}" if self.member else shown


class Code:
    """Reads modules when they are asked for."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.paths = tree.paths()
        self.files = frozenset(
            path for path in self.paths
            if path.endswith(SUFFIXES) and "node_modules/" not in f"/{path}"
        )  # fmt: skip
        self._modules: dict[str, Module | None] = {}
        self._settings: dict[str, Settings] = {}

    def text(self, path: str) -> str:
        raw = self.tree.read(path)
        return decode(raw)[0] if raw is not None and len(raw) <= LARGEST else ""

    def module(self, path: str) -> Module | None:
        if path not in self._modules:
            known = path in self.files
            self._modules[path] = module_of(path, self.text(path)) if known else None
        return self._modules[path]

    def settings(self, path: str) -> Settings:
        """Those of the project that a file belongs to."""
        folder = project_of(path, self.paths, "package.json")
        if folder not in self._settings:
            self._settings[folder] = settings_of(self.tree, folder)
        return self._settings[folder]

    def resolve(self, specifier: str, importer: str) -> str | None:
        """The file that an import names."""
        if specifier.startswith("."):
            folder = posixpath.dirname(importer)
            return self._file(posixpath.normpath(posixpath.join(folder, specifier)))
        settings = self.settings(importer)
        for alias in (*settings.subpaths, *settings.aliases):
            for path in matched(alias, specifier):
                found = self._file(path)
                if found:
                    return found
        return self._workspace(specifier)

    def _file(self, path: str) -> str | None:
        """The source for a path as an import has it: with, without or with another suffix."""
        path = path.removeprefix("./")
        stem, suffix = posixpath.splitext(path)
        tried = [f"{stem}{other}" for other in _WRITTEN_FOR.get(suffix, ())]
        tried += [path, *(f"{path}{each}" for each in (*SUFFIXES, ".d.ts"))]
        tried += [posixpath.join(path, f"index{each}") for each in SUFFIXES]
        return next((each for each in tried if each in self.files), None)

    def _workspace(self, specifier: str) -> str | None:
        """The source of a package that stands in the same repository."""
        for name, folder in self._packages.items():
            if f"{specifier}/".startswith(f"{name}/"):
                rest = specifier[len(name) + 1 :]
                inside = (f"src/{rest or 'index'}", rest or "index")
                found = (self._file(posixpath.join(folder, each)) for each in inside)
                return next((each for each in found if each), None)
        return None

    @cached_property
    def _packages(self) -> dict[str, str]:
        """The packages of the repository: name → folder."""
        places = sorted(p for p in self.paths if posixpath.basename(p) == "package.json")
        inside = [self.settings(p) for p in places if "node_modules/" not in f"/{p}"]
        return {each.name: each.folder for each in inside if each.name}

    def lookup(self, path: str, name: str) -> Definition | None:
        """What a name means in a module, imports followed."""
        found = self.located(path, name)
        return found[0] if found else None

    def located(
        self, path: str, name: str, seen: frozenset[str] = frozenset()
    ) -> tuple[Definition, str] | None:
        """What a name means in a module, and the file that defines it."""
        module = self.module(path)
        if module is None or f"{path}#{name}" in seen:
            return None
        seen |= {f"{path}#{name}"}
        if name in module.declared:
            return module.declared[name], path
        if name in module.imports:
            specifier, there = module.imports[name]
            at = self.resolve(specifier, path)
            return self.exported(at, there, seen) if at else None
        return None

    def exported(
        self, path: str, name: str, seen: frozenset[str] = frozenset()
    ) -> tuple[Definition, str] | None:
        """What a module exports under a name, re-exports followed."""
        module = self.module(path)
        if module is None or f"{path}!{name}" in seen:
            return None
        seen |= {f"{path}!{name}"}
        if name in module.exports:
            specifier, there = module.exports[name]
            at = self.resolve(specifier, path) if specifier else path
            if at is None:
                return None
            return self.exported(at, there, seen) if specifier else self.located(at, there, seen)
        if name == "*" and "default" in module.exports:
            return self.exported(path, "default", seen)
        for specifier in module.stars if name != "default" else ():
            at = self.resolve(specifier, path)
            found = self.exported(at, name, seen) if at else None
            if found:
                return found
        return None

    def exporters(self, path: str, name: str) -> tuple[str, str] | None:
        """The module and the name that a definition is exported under, its own file first."""
        module = self.module(path)
        own = module.exported_as(name) if module else None
        if own:
            return path, own
        folder = posixpath.dirname(path)
        for index in (posixpath.join(folder, f"index{each}") for each in SUFFIXES):
            found = self.exported(index, name) if index in self.files else None
            if found and found[1] == path:
                return index, name
        return None


def matched(alias: Alias, specifier: str) -> Iterator[str]:
    """The paths that a specifier stands for by an alias."""
    before, star, after = alias.pattern.partition("*")
    if not star:
        yield from alias.paths if specifier == alias.pattern else ()
        return
    fits = specifier.startswith(before) and specifier.endswith(after)
    if fits and len(specifier) >= len(before) + len(after):
        middle = specifier[len(before) : len(specifier) - len(after)]
        yield from (path.replace("*", middle) for path in alias.paths)
