"""Which file of a crate holds which module, so that `a::b::tests::adds` is found in `a/b.rs`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from adr_lsp.run.recording.content import read_regular
from adr_lsp.run.tools.cargo.manifest import Package, Target

if TYPE_CHECKING:
    from tree_sitter import Node

Modules = Mapping[str, str]
DECLARES = re.compile(rb"\bmod\s+(?:r#)?\w+\s*;")
MOST_FILES = 5_000


def modules_of(package: Package, target: Target) -> Modules:
    """Every module of a crate that has a file of its own, by its path (`a::b`; empty for the
    crate itself): the file, relative to the package."""
    found: dict[str, str] = {}
    waiting = [("", target.path)]
    while waiting and len(found) < MOST_FILES:
        module, path = waiting.pop()
        if module in found or not (package.folder / path).is_file():
            continue
        found[module] = path
        waiting += _declared(package.folder, module, path, is_root=path == target.path)
    return found


def module_in(modules: Modules, path: str) -> str | None:
    """The module that a file holds; None if it belongs to none."""
    return next((module for module, file in modules.items() if file == path), None)


def split(modules: Modules, name: str) -> tuple[str, str] | None:
    """A test as its crate names it: the file that it stands in, and its name inside that."""
    parts = name.split("::")
    for end in range(len(parts) - 1, -1, -1):
        path = modules.get("::".join(parts[:end]))
        if path is not None:
            return path, "::".join(parts[end:])
    return None


def _declared(folder: Path, module: str, path: str, *, is_root: bool) -> Iterator[tuple[str, str]]:
    """The modules that a file declares with `mod name;`, and where their files may stand."""
    raw = read_regular(folder / path) or b""
    if not DECLARES.search(raw):
        return
    from adr_lsp.sources.code import parse

    own = posixpath.basename(path) == "mod.rs" or is_root
    around = posixpath.dirname(path) if own else path.removesuffix(".rs")
    for inner, name, placed in _walk(parse(raw, "rust"), ()):
        full = "::".join(filter(None, (module, *inner, name)))
        base = posixpath.join(around, *inner)
        if placed is not None:
            start = base if inner else posixpath.dirname(path)
            yield full, posixpath.normpath(posixpath.join(start, placed))
        else:
            yield full, posixpath.join(base, f"{name}.rs")
            yield full, posixpath.join(base, name, "mod.rs")


def _walk(node: Node, inner: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, str | None]]:
    """Modules without a body: those around them in the file, the name, what `#[path]` says."""
    placed: str | None = None
    for child in node.named_children:
        if child.type == "attribute_item":
            placed = _path_attribute(child) or placed
        elif child.type == "mod_item":
            named = child.child_by_field_name("name")
            name = (named.text or b"").decode().removeprefix("r#") if named else ""
            body = child.child_by_field_name("body")
            if body is None:
                yield inner, name, placed
            else:
                yield from _walk(body, (*inner, name))
            placed = None
        elif child.type not in ("line_comment", "block_comment"):
            placed = None


def _path_attribute(node: Node) -> str | None:
    said = re.fullmatch(rb'#\[\s*path\s*=\s*"([^"]*)"\s*\]', node.text or b"", re.DOTALL)
    return said[1].decode(errors="replace") if said else None
