"""The files that `Target:` lines name."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache

from adr_lsp.record import Record, Target
from adr_lsp.snapshot.model import Snapshot
from adr_lsp.value import dataclass

_PARTS = re.compile(r"(?P<place>[^:#]+)(?P<sign>::|[:#])?(?P<name>(?<=[:#]).+)?\Z")
_UPWARDS = re.compile(r"(?:\.\.?/)+")
_ENDS = (".py", "/__init__.py", ".ts", ".tsx", ".js", ".rs", "/mod.rs", "/index.ts")
CODE = frozenset(
    [
        *(".py", ".pyi", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".rs"),
        *(".go", ".java", ".kt", ".cs", ".rb", ".swift", ".tla"),
    ]
)
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
    paths = snapshot.tree.paths()
    for folder in (posixpath.dirname(record.path), ""):
        path = posixpath.normpath(posixpath.join(folder, place))
        if path in paths:
            return path
    bare = _UPWARDS.sub("", place).strip("/")
    stem, suffix = posixpath.splitext(bare)
    if suffix not in CODE:
        stem = bare if "/" in bare else bare.replace(".", "/")
    ends = (f"/{bare}",) if suffix in CODE else tuple(f"/{stem}{end}" for end in _ENDS)
    alike = modules(paths).get(posixpath.basename(stem), ())
    found = [path for path in alike if f"/{path}".endswith(ends)]
    return min(found, key=lambda path: (path.count("/"), path), default=None)


@lru_cache(maxsize=4)
def modules(paths: frozenset[str]) -> dict[str, list[str]]:
    """The files of code by the last part of the module that each is. The same paths are asked for
    from one keystroke to the next."""
    found: dict[str, list[str]] = {}
    for path in paths:
        stem, suffix = posixpath.splitext(path)
        if suffix in CODE:
            folder, name = posixpath.split(stem)
            found.setdefault(name, []).append(path)
            if name in _FOLDERS_OWN:
                found.setdefault(posixpath.basename(folder), []).append(path)
    return found


@lru_cache(maxsize=4)
def packages(paths: frozenset[str]) -> dict[str, set[str]]:
    """The folders that hold code, or hold folders that do, by their names."""
    found: dict[str, set[str]] = {}
    for path in paths:
        folder = posixpath.dirname(path)
        while folder and posixpath.splitext(path)[1] in CODE:
            known = found.setdefault(posixpath.basename(folder), set())
            if folder in known:
                break
            known.add(folder)
            folder = posixpath.dirname(folder)
    return found
