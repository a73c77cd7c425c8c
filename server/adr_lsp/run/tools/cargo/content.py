"""The files that the tests of a package rest on."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from adr_lsp.run.recording.content import files_below, read_regular
from adr_lsp.run.tools.cargo.manifest import MANIFEST, Package, has_package, package_in

INCLUDED = re.compile(rb'\binclude(?:_str|_bytes)?!\s*[(\[{]\s*"([^"\n]+)"')
LOCK = "Cargo.lock"
BESIDE = (LOCK, "rust-toolchain", "rust-toolchain.toml", ".cargo/config.toml")


def content_of(root: Path, package: Package) -> Iterator[str]:
    """Paths relative to the root: all Rust of the package and of those below the root that it
    depends on by path, their manifests, what the workspace says, and what is included."""
    for folder in dict.fromkeys((package.workspace, package.folder)):
        yield from _below(root, (folder / name for name in (MANIFEST, *BESIDE)))
    for each in _with_beside(package):
        if each.folder.is_relative_to(root):
            yield from _of_package(root, each)


def lock_of(root: Path, package: Package) -> Iterator[str]:
    """What cargo settled of the versions."""
    return _below(root, [package.workspace / LOCK])


def _with_beside(package: Package) -> Iterator[Package]:
    waiting, seen = [package], {package.folder}
    while waiting:
        each = waiting.pop()
        yield each
        new = [package_in(folder) for folder in each.beside if folder not in seen]
        seen |= {*each.beside}
        waiting += [found for found in new if found]


def _of_package(root: Path, package: Package) -> Iterator[str]:
    start = package.folder.relative_to(root).as_posix()
    start = "" if start == "." else start
    yield from _below(root, [package.folder / MANIFEST])
    for path in files_below(root, (".rs",), _is_apart, start):
        yield path
        raw = read_regular(root / path) or b""
        for included in INCLUDED.findall(raw):
            name = posixpath.join(posixpath.dirname(path), included.decode(errors="replace"))
            yield from _below(root, [root / posixpath.normpath(name)])


def _is_apart(folder: str, names: frozenset[str]) -> bool:
    """Packages of their own, and what cargo has built."""
    if "CACHEDIR.TAG" in names:
        return True
    return MANIFEST in names and has_package(Path(folder))


def _below(root: Path, files: Iterable[Path]) -> Iterator[str]:
    for file in files:
        if file.is_relative_to(root) and file.is_file():
            yield file.relative_to(root).as_posix()
