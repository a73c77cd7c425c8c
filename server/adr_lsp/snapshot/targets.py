"""The files that `Target:` lines name."""

from __future__ import annotations

import posixpath
import re

from adr_lsp.record import Record, Target
from adr_lsp.snapshot.model import Snapshot
from adr_lsp.value import dataclass

_PARTS = re.compile(r"(?P<place>[^:#]+)(?P<sign>::|[:#])?(?P<name>(?<=[:#]).+)?\Z")
_UPWARDS = re.compile(r"(?:\.\.?/)+")
_SUFFIXES = (".py", "/__init__.py", ".ts", ".tsx", ".js", ".rs", "/mod.rs", "/index.ts")
_FOLDERS_OWN = ("__init__", "mod", "index")


@dataclass(frozen=True, slots=True)
class Named:
    """The parts of a target: a path or a module, the sign behind it, and a name with dots; empty
    where they are left out."""

    place: str
    sign: str = ""
    name: str = ""


def named(target: Target) -> Named | None:
    """Its parts; None where it names no place."""
    found = _PARTS.match(target.text.strip("` ").removesuffix("()"))
    if found is None:
        return None
    name = (found["name"] or "").replace("::", ".").replace("#", ".")
    return Named(found["place"], found["sign"] or "", name)


def file_of(snapshot: Snapshot, record: Record, place: str) -> str | None:
    """A path from the record or from the root; else one that ends so, or a module of that name,
    whatever folder is its root."""
    for folder in (posixpath.dirname(record.path), ""):
        path = posixpath.normpath(posixpath.join(folder, place))
        if path in snapshot.tree.paths():
            return path
    bare = _UPWARDS.sub("", place).strip("/")
    stem, suffix = posixpath.splitext(bare)
    if suffix not in _SUFFIXES:
        stem = bare if "/" in bare else bare.replace(".", "/")
    ends = (f"/{bare}",) if suffix in _SUFFIXES else tuple(f"/{stem}{end}" for end in _SUFFIXES)
    alike = modules(snapshot).get(posixpath.basename(stem), ())
    found = [path for path in alike if f"/{path}".endswith(ends)]
    return min(found, key=lambda path: (path.count("/"), path), default=None)


def modules(snapshot: Snapshot) -> dict[str, list[str]]:
    """The files of code by the last part of the module that each is."""
    if modules not in snapshot.memo:
        found: dict[str, list[str]] = {}
        for path in snapshot.tree.paths():
            if path.endswith(_SUFFIXES):
                folder, name = posixpath.split(posixpath.splitext(path)[0])
                found.setdefault(name, []).append(path)
                if name in _FOLDERS_OWN:
                    found.setdefault(posixpath.basename(folder), []).append(path)
        snapshot.memo[modules] = found
    known: dict[str, list[str]] = snapshot.memo[modules]
    return known
