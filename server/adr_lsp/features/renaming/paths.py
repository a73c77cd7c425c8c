"""What a written path means in a file, and how it is written when files have moved."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote, unquote

from adr_lsp.record.key import stem_of
from adr_lsp.snapshot import Snapshot

_PAGES = (".md", ".mdx")
_ENDINGS = ("", *_PAGES)
_ODD = re.compile(r"[^\w.@+~%-]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BRACKETS = re.compile(r"[\[\]()<>]")
_UNSAFE = re.compile(r"[\s()<>]")


@dataclass(frozen=True, slots=True)
class Moves:
    """The files that move, the folders that move whole, and how to look for their names.

    `names` leads from a file's name, with and without its ending, to the old paths of those that
    move; `alike` from a name to every path of the root. `odd` are names that are no plain words.
    """

    snapshot: Snapshot
    files: Mapping[str, str]
    folders: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    alike: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    odd: tuple[str, ...] = ()

    def after(self, path: str) -> str:
        return self.files.get(path) or self.folders.get(path) or path

    def moved(self, path: str) -> bool:
        return path in self.files or path in self.folders


@dataclass(frozen=True, slots=True)
class Meant:
    """A file or folder that is named. `ending` is what was left out of its name; `cut` what was
    left out before it, None where the path is relative to the page."""

    path: str
    ending: str = ""
    cut: str | None = None


def moves_of(snapshot: Snapshot, files: Mapping[str, str]) -> Moves:
    folders = _folders(snapshot, files)
    names: dict[str, list[str]] = {}
    for path in (*files, *folders):
        base = posixpath.basename(path)
        stem = posixpath.splitext(base)[0] if base.endswith(_PAGES) else base
        for name in {base, stem, f"{stem}.html", stem_of(path) if path in files else base}:
            names.setdefault(name, []).append(path)
    alike: dict[str, list[str]] = {}
    for path in snapshot.tree.paths():
        base = posixpath.basename(path)
        if base in names:
            alike.setdefault(base, []).append(path)
    odd = tuple(sorted(name for name in names if _ODD.search(name)))
    return Moves(snapshot, files, folders, _frozen(names), _frozen(alike), odd)


def of_records(moves: Moves) -> Moves:
    """The same, of which only records and the folders that hold some are looked for."""
    records = [path for path in moves.files if path in moves.snapshot.log.records]
    kept = {*records, *(folder for path in records for folder in _above(path))}
    narrow = {name: tuple(p for p in paths if p in kept) for name, paths in moves.names.items()}
    return replace(moves, names={name: paths for name, paths in narrow.items() if paths})


def _frozen(found: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(sorted(paths)) for name, paths in found.items()}


def _folders(snapshot: Snapshot, files: Mapping[str, str]) -> dict[str, str]:
    """Folders all of whose files move together to another one."""
    meant: dict[str, set[str]] = {}
    leaving: Counter[str] = Counter()
    for path, new_path in files.items():
        for old, new in zip(_above(path), _above(new_path), strict=False):
            if path[len(old) :] == new_path[len(new) :] and old != new:
                meant.setdefault(old, set()).add(new)
        leaving.update(_above(path))
    if not meant:
        return {}
    there = Counter(folder for path in snapshot.tree.paths() for folder in _above(path))
    return {
        old: next(iter(new))
        for old, new in meant.items()
        if len(new) == 1 and leaving[old] == there[old]
    }


def _above(path: str) -> list[str]:
    """The folders that a path lies in, the nearest first."""
    found = []
    while path := posixpath.dirname(path):
        found.append(path)
    return found


def meant_by(moves: Moves, page: str, written: str, *, loose: bool = False) -> Meant | None:
    """What a path without fragment means in a page: relative to it, or from the root.

    `loose`: also relative to the root, or to a folder between it and the file, if only one file
    answers to that.
    """
    path = spoken(written).rstrip("/")
    if not path or "://" in path:
        return None
    if not path.startswith("/"):
        found = _at(moves, posixpath.normpath(posixpath.join(posixpath.dirname(page), path)), None)
        if found or not loose:
            return found
    bare = posixpath.normpath(path.lstrip("/"))
    found = _at(moves, bare, "")
    return found or (_ending_with(moves, bare) if "/" in path else None)


def spoken(written: str) -> str:
    """A path as the file system has it: without escapes of addresses and of Markdown."""
    plain = _ESCAPED.sub(r"\1", written) if "\\" in written else written
    return unquote(plain) if "%" in plain else plain


def _at(moves: Moves, path: str, cut: str | None) -> Meant | None:
    for ending in _ENDINGS:
        if moves.moved(path + ending):
            return Meant(path + ending, ending, cut)
    if path.endswith(".html"):
        stem = path.removesuffix(".html")
        page = next((e for e in _PAGES if stem + e in moves.files), None)
        if page:
            return Meant(stem + page, page, cut)
    if path.startswith(("../", "/")) or not moves.snapshot.tree.exists(path):
        return None
    return Meant(path, "", cut)


def _ending_with(moves: Moves, path: str) -> Meant | None:
    """The only file whose path ends so."""
    name = posixpath.basename(path)
    for ending in _ENDINGS:
        behind = f"/{path}{ending}"
        found = [p for p in moves.alike.get(name + ending, ()) if p.endswith(behind)]
        if found:
            return Meant(found[0], ending, found[0][: 1 - len(behind)]) if not found[1:] else None
    return None


def anew(moves: Moves, meant: Meant, written: str, page: str, *, plain: bool) -> str | None:
    """The path as it is written in the page when all has moved; None where it cannot be.

    `plain`: spaces need no escape there.
    """
    new = moves.after(meant.path)
    if meant.ending and posixpath.splitext(new)[1] in _PAGES:
        new = posixpath.splitext(new)[0]
    new = f"{new}.html" if written.endswith(".html") and meant.ending else new
    if meant.cut is None:
        new = posixpath.relpath(new, posixpath.dirname(moves.after(page)) or ".")
        new = f"./{new}" if written.startswith("./") and not new.startswith("..") else new
    elif new.startswith(meant.cut):
        new = ("/" if written.startswith("/") else "") + new[len(meant.cut) :]
    else:
        return None
    return _escaped(new, written, plain) + ("/" if written.endswith("/") else "")


def _escaped(path: str, like: str, plain: bool) -> str:
    """A path escaped as the old one was; names that stay keep their spelling."""
    spelled = {spoken(part): part for part in like.rstrip("/").split("/")}
    return "/".join(spelled.get(part) or _spelled(part, like, plain) for part in path.split("/"))


def _spelled(part: str, like: str, plain: bool) -> str:
    if "\\" in like:
        return _BRACKETS.sub(r"\\\g<0>", part)
    return quote(part) if "%" in like or (not plain and _UNSAFE.search(part)) else part
