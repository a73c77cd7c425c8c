"""The crates of a project: packages by their manifests, modules by `mod` lines."""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.scaffold.rust.items import Crate, Module, attributes, child_of, fill, parsed
from adr_lsp.snapshot import Tree
from adr_lsp.text import decode
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_PATH = re.compile(r'path\s*=\s*"([^"]+)"')
_MOST = 5_000


@dataclass(frozen=True, slots=True)
class Package:
    """One `Cargo.toml` with a package: where it stands, what it holds, and its crates."""

    folder: str
    manifest: dict[str, object]
    crates: tuple[Crate, ...]


def packages(tree: Tree) -> Iterator[Package]:
    """Every package of the tree; a manifest that cannot be read has none."""
    paths = tree.paths()
    for path in sorted(p for p in paths if p == "Cargo.toml" or p.endswith("/Cargo.toml")):
        manifest = read_manifest(tree, path)
        about = manifest.get("package") if manifest else None
        if manifest and isinstance(about, dict) and isinstance(about.get("name"), str):
            folder = posixpath.dirname(path)
            crates = tuple(_crates(tree, folder, manifest, str(about["name"])))
            yield Package(folder, manifest, crates)


def read_manifest(tree: Tree, path: str) -> dict[str, object] | None:
    try:
        return tomllib.loads(decode(tree.read(path) or b"")[0])
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _crates(tree: Tree, folder: str, manifest: dict[str, object], package: str) -> Iterator[Crate]:
    """The library first, then each program."""
    plain = package.replace("-", "_")
    library = manifest.get("lib")
    library = library if isinstance(library, dict) else {}
    root = posixpath.normpath(posixpath.join(folder, str(library.get("path", "src/lib.rs"))))
    if root in tree.paths():
        name = str(library.get("name", plain)).replace("-", "_")
        yield Crate(name, folder, root, True)
    for name, path in _programs(tree, folder, manifest, plain):
        yield Crate(name, folder, path, False)


def _programs(
    tree: Tree, folder: str, manifest: dict[str, object], plain: str
) -> Iterator[tuple[str, str]]:
    listed = manifest.get("bin")
    seen = set()
    for entry in listed if isinstance(listed, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("path"), str):
            path = posixpath.normpath(posixpath.join(folder, entry["path"]))
            seen.add(path)
            yield str(entry.get("name", plain)).replace("-", "_"), path
    below = posixpath.join(folder, "src")
    for path in sorted(tree.paths()):
        if path in seen or not path.startswith(f"{below}/"):
            continue
        if path == f"{below}/main.rs":
            yield plain, path
        elif posixpath.dirname(path) == f"{below}/bin" and path.endswith(".rs"):
            yield posixpath.basename(path)[:-3].replace("-", "_"), path


def load(tree: Tree, crate: Crate) -> None:
    """Read every module of a crate."""
    if crate.modules:
        return
    root = Module(crate, (), crate.root_path, _tree_of(tree, crate.root_path), None)
    crate.modules.append(root)
    folder = posixpath.dirname(crate.root_path)
    waiting = [(root, folder)]
    read = {crate.root_path}
    while waiting and len(read) < _MOST:
        module, folder = waiting.pop()
        for owner, name, declared in fill(module):
            inside = posixpath.join(folder, *owner.path[len(module.path) :])
            found = _file_of(tree, module, inside, name, declared)
            if found and found[0] not in read:
                path, below = found
                read.add(path)
                child = child_of(owner, name, path, _tree_of(tree, path), declared)
                waiting.append((child, below))


def _file_of(
    tree: Tree, module: Module, folder: str, name: str, declared: Node
) -> tuple[str, str] | None:
    """The file of `mod name;`, and the folder below which its own modules stand."""
    named = _PATH.search("".join(attributes(declared)))
    if named:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(module.file), named[1]))
        return (path, posixpath.dirname(path)) if path in tree.paths() else None
    below = posixpath.join(folder, name)
    for path in (f"{below}.rs", f"{below}/mod.rs"):
        if path in tree.paths():
            return path, below
    return None


def _tree_of(tree: Tree, path: str) -> Node:
    return parsed(tree.read(path) or b"")
