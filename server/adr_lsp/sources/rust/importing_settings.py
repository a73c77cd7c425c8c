"""The packages of a Rust workspace, by what their `Cargo.toml` says and where their code stands."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from adr_lsp.sources.definitions.project import Project
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Crate:
    """A library of the workspace: the file that it begins with, and every name that it goes by."""

    root: str
    names: tuple[str, ...]


def table_in(raw: bytes | None) -> dict[str, Any]:
    """The table of a TOML file; {} for anything else."""
    return _table(raw) if raw is not None else {}


@lru_cache(maxsize=256)
def _table(raw: bytes) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(raw.decode(errors="replace"))
    except (ValueError, RecursionError):
        return {}


def above(path: str) -> Iterator[str]:
    """The folders around a path, the nearest first."""
    folder = posixpath.dirname(path)
    yield folder
    while folder != (around := posixpath.dirname(folder)):
        folder = around
        yield folder


def package_folder(project: Project, path: str) -> str | None:
    """The folder of the package that a file belongs to."""
    for folder in above(path):
        manifest = table_in(project.contents.get(posixpath.join(folder, "Cargo.toml")))
        if "package" in manifest or _has_code(project, folder):
            return folder
    return None


def _has_code(project: Project, folder: str) -> bool:
    ends = ("src/lib.rs", "src/main.rs")
    return any(posixpath.join(folder, end) in project.contents for end in ends)


def crates(project: Project) -> tuple[Crate, ...]:
    """Every library whose files are known."""
    return project.remember("crates", lambda: tuple(_crates(project)))


def _crates(project: Project) -> Iterator[Crate]:
    renamed = _renamed(project)
    folders = {posixpath.dirname(p)[: -len("/src")] for p in project.contents if _is_library(p)}
    manifests = {p for p in project.contents if posixpath.basename(p) == "Cargo.toml"}
    for folder in sorted({*folders, *map(posixpath.dirname, manifests)}):
        manifest = table_in(project.contents.get(posixpath.join(folder, "Cargo.toml")))
        package, library = _inner(manifest, "package"), _inner(manifest, "lib")
        root = posixpath.normpath(posixpath.join(folder, str(library.get("path", "src/lib.rs"))))
        name = str(package.get("name") or posixpath.basename(folder))
        names = {name, str(library.get("name", name)), *renamed.get(name, ())} - {""}
        if root in project.contents:
            yield Crate(root, tuple(sorted(each.replace("-", "_") for each in names)))


def _is_library(path: str) -> bool:
    return f"/{path}".endswith("/src/lib.rs")


def _inner(table: dict[str, Any], key: str) -> dict[str, Any]:
    inner = table.get(key)
    return inner if isinstance(inner, dict) else {}


def _renamed(project: Project) -> dict[str, set[str]]:
    """The names that dependencies are given where they are named (`package = "…"`)."""
    found: dict[str, set[str]] = {}
    for path, raw in project.contents.items():
        pending = [table_in(raw)] if posixpath.basename(path) == "Cargo.toml" else []
        while pending:
            for key, value in pending.pop().items():
                if isinstance(value, dict):
                    pending.append(value)
                    if isinstance(value.get("package"), str):
                        found.setdefault(value["package"], set()).add(key)
    return found
