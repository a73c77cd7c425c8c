"""Which files of the project a Rust file is compiled with.

A crate is one: its files are tied together by `mod`, in both directions, for an `impl` anywhere in
it may act. Another crate of the workspace comes in where its name is said. Files that a text names
by their path (`include_str!`, data of a test) come in as they are.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache

from adr_lsp.sources.definitions.project import Project
from adr_lsp.sources.rust.importing_settings import Crate, crates, package_folder

_MOD = re.compile(rb"\bmod[ \t]+(?:r#)?(\w+)\s*;")
_ATTRIBUTES = 500  # bytes before a module in which its attributes are looked for
_PATH = re.compile(rb'\bpath\s*=\s*"([^"]+)"')
_TEXT = re.compile(rb'"((?:[^"\\\n]|\\.){1,200})"')
_OWN_FOLDER = ("mod.rs", "lib.rs", "main.rs", "build.rs")
_RUNS_PROGRAM = (b"CARGO_BIN_EXE", b"cargo_bin")


def loads(project: Project, path: str) -> Iterator[str]:
    """The files that a file needs to compile, and those that may act on it."""
    if not path.endswith(".rs"):
        return
    yield from _children(project, path)
    yield from _parents(project).get(path, ())
    yield from _crates_named(project, path)
    yield from _files_named(project, path)
    package = package_folder(project, path)
    if package is not None:
        yield posixpath.join(package, "build.rs")
        if posixpath.relpath(path, package or ".").split("/")[0] in (
            "tests",
            "benches",
            "examples",
        ):
            yield from _tested(project, package, project.contents[path])


def _tested(project: Project, package: str, raw: bytes) -> Iterator[str]:
    """The library of a package whose `tests/` a file stands in, and the programs that it starts."""
    library = posixpath.join(package, "src/lib.rs")
    yield library
    if library not in project.contents or any(word in raw for word in _RUNS_PROGRAM):
        start = posixpath.join(package, "src/")
        yield from (p for p in project.contents if p.startswith(start) and _is_program(p, start))


def _is_program(path: str, start: str) -> bool:
    return path == f"{start}main.rs" or path.startswith(f"{start}bin/")


@lru_cache(maxsize=2048)
def _modules(raw: bytes) -> tuple[tuple[str, str | None], ...]:
    """The modules that a file declares, with the path that an attribute says."""
    found = []
    for each in _MOD.finditer(raw):
        before = raw[max(0, each.start() - _ATTRIBUTES) : each.start()]
        said = _PATH.findall(re.split(rb"[;{}]", before)[-1])
        path = said[-1].decode(errors="replace") if said else None
        found.append((each[1].decode(errors="replace"), path))
    return tuple(found)


def _children(project: Project, path: str) -> tuple[str, ...]:
    key = ("modules", path)
    return project.remember(key, lambda: tuple(_declared(project, path)))


def _declared(project: Project, path: str) -> Iterator[str]:
    folder, base = posixpath.split(path)
    inner = posixpath.join(folder, base.removesuffix(".rs"))
    for name, said in _modules(project.contents[path]):
        if said is not None:
            places = [posixpath.normpath(posixpath.join(f, said)) for f in (folder, inner)]
        else:
            folders = (folder, inner) if base in _OWN_FOLDER else (inner, folder)
            places = [
                posixpath.join(f, end) for f in folders for end in (f"{name}.rs", f"{name}/mod.rs")
            ]
        known = [place for place in places if place in project.contents]
        yield from known or _deeper(project, folder, name)


def _deeper(project: Project, folder: str, name: str) -> Iterator[str]:
    """A module that is declared within another of the same file."""
    start = f"{folder}/" if folder else ""
    ends = (f"/{name}.rs", f"/{name}/mod.rs")
    yield from (p for p in project.contents if p.startswith(start) and p.endswith(ends))


def _parents(project: Project) -> dict[str, list[str]]:
    """The files that declare each file as a module."""

    def find() -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in project.contents:
            for child in _children(project, path) if path.endswith(".rs") else ():
                found.setdefault(child, []).append(path)
        return found

    return project.remember("parents", find)


def _crates_named(project: Project, path: str) -> Iterator[str]:
    """The roots of other crates whose name stands in the file."""
    raw = project.contents[path]
    for crate in crates(project):
        if crate.root != path and _says(raw, crate):
            yield crate.root


def _says(raw: bytes, crate: Crate) -> bool:
    return any(re.search(rb"\b%s\b" % re.escape(name.encode()), raw) for name in crate.names)


def _files_named(project: Project, path: str) -> Iterator[str]:
    """Files whose path a text says, from the file's folder or from its package."""
    package = package_folder(project, path) or ""
    for said in _TEXT.findall(project.contents[path]):
        text = said.decode(errors="replace")
        if "." in text or "/" in text:
            for folder in (posixpath.dirname(path), package, ""):
                place = posixpath.normpath(posixpath.join(folder, text.lstrip("/")))
                if place in project.contents and place != path:
                    yield place
