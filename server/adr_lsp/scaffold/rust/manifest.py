"""The development dependencies that a test needs, in the package's `Cargo.toml`."""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Mapping

from adr_lsp.scaffold.rust.crates import read_manifest
from adr_lsp.snapshot import Tree
from adr_lsp.text import Edit, Range, Text, decode

VERSIONS = {"proptest": "1", "proptest-state-machine": "0.9"}
_HEADER = re.compile(r"^[ \t]*\[dev-dependencies\][ \t]*(?:#.*)?$", re.MULTILINE)
_NEXT = re.compile(r"^[ \t]*\[", re.MULTILINE)


def missing(tree: Tree, folder: str, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the crates that the package does not depend on."""
    manifest = read_manifest(tree, posixpath.join(folder, "Cargo.toml")) or {}
    known: set[str] = set()
    for table in ("dependencies", "dev-dependencies"):
        held = manifest.get(table)
        known |= {name.replace("_", "-") for name in held} if isinstance(held, dict) else set()
    return tuple(name for name in wanted if name not in known)


def edits(tree: Tree, folder: str, wanted: tuple[str, ...]) -> tuple[Edit, ...] | None:
    """The edit that adds them; None where the file is not to be changed safely."""
    path = posixpath.join(folder, "Cargo.toml")
    raw = tree.read(path)
    content, fault = decode(raw or b"")
    if raw is None or fault is not None:
        return None
    shared = _shared(tree, folder)
    added = {n: {"workspace": True} if n in shared else VERSIONS[n] for n in wanted}
    at, new = _insertion(content, added)
    text = Text(content)
    after = content[:at] + new + content[at:]
    if not _adds(content, after, added):
        return None
    position = text.position(at)
    return (Edit(path, Range(position, position), new.replace("\n", text.line_end)),)


def _insertion(content: str, added: Mapping[str, object]) -> tuple[int, str]:
    lines = "".join(
        f"{name}.workspace = true\n" if isinstance(value, dict) else f'{name} = "{value}"\n'
        for name, value in added.items()
    )
    header = _HEADER.search(content)
    if header is None:
        gap = "" if not content or content.endswith("\n") else "\n"
        return len(content), f"{gap}\n[dev-dependencies]\n{lines}"
    following = _NEXT.search(content, header.end())
    end = following.start() if following else len(content)
    body = content[header.end() : end].rstrip()
    at = header.end() + len(body)
    line = content.find("\n", at)
    return (at, "\n" + lines.rstrip("\n")) if line < 0 else (line + 1, lines)


def _adds(before: str, after: str, added: Mapping[str, object]) -> bool:
    """The change does this and nothing else."""
    try:
        old, new = tomllib.loads(before), tomllib.loads(after)
    except (tomllib.TOMLDecodeError, RecursionError):
        return False
    held = old.get("dev-dependencies", {})
    return isinstance(held, dict) and new == old | {"dev-dependencies": {**held, **added}}


def _shared(tree: Tree, folder: str) -> set[str]:
    """What the workspace above names for all its packages."""
    while True:
        manifest = read_manifest(tree, posixpath.join(folder, "Cargo.toml")) or {}
        workspace = manifest.get("workspace")
        if isinstance(workspace, dict):
            named = workspace.get("dependencies")
            return set(named) if isinstance(named, dict) else set()
        if not folder:
            return set()
        folder = posixpath.dirname(folder)
