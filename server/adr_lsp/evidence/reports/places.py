"""Which files of the tree a place in a report may mean.

A place may be relative to another folder, absolute on another machine, or written as Windows does;
a package, a crate and a class are named as their languages name them.
"""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from adr_lsp.evidence.reports.names import is_script

Read = Callable[[str], bytes | None]
Parts = tuple[str, ...]

CLASSES = (".java", ".kt", ".groovy", ".scala")
_DRIVE = re.compile(r"(?:file:/*)?(?:[A-Za-z]:)?")
_MODULE = re.compile(rb'^\s*module\s+"?([^\s"/][^\s"]*)', re.MULTILINE)


class Places:
    """The files of one tree by their names. `bases` are the folders that a report's other places
    tell: where one place may mean several files, that below such a folder is meant."""

    def __init__(self, paths: frozenset[str], read: Read) -> None:
        self._paths, self._read = paths, read
        self._by_name = _by_name(paths)
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}

    def of(self, kind: str, place: str) -> tuple[str, ...]:
        """Every file that fits as well as the best; several where it may mean any of them."""
        key = kind, place
        if key not in self._known:
            self._known[key] = tuple(self._found(kind, place))
        return self._known[key]

    def _found(self, kind: str, place: str) -> Iterable[str]:
        if kind == "file":
            return self._files(place)
        if kind == "class":
            return [path for suffix in CLASSES for path in self._files(place + suffix)]
        if kind == "package":
            return self._package(place)
        if kind == "script":
            return sorted(path for path in self._paths if is_script(path))
        return ()

    def _files(self, place: str) -> list[str]:
        parts, absolute = parts_of(place)
        if not parts:
            return []
        scored = [
            (min(len(own), len(parts)), path)
            for path in self._by_name.get(parts[-1], ())
            if _ends(own := tuple(path.split("/")), parts, absolute=absolute)
        ]
        best = max((score for score, _ in scored), default=0)
        return [path for score, path in scored if score == best]

    def _package(self, place: str) -> list[str]:
        """The tests of a Go package, below the module whose path begins the package's."""
        found: list[tuple[int, str]] = []
        for manifest in self._by_name.get("go.mod", ()):
            module = _MODULE.search(self._read(manifest) or b"")
            name = module[1].decode("utf-8", "replace") if module else ""
            if name and (place == name or place.startswith(f"{name}/")):
                rest = place[len(name) :].strip("/")
                found.append((len(name), posixpath.join(posixpath.dirname(manifest), rest)))
        longest = max((length for length, _ in found), default=0)
        folders = {folder for length, folder in found if length == longest}
        return sorted(
            path
            for path in self._paths
            if path.endswith("_test.go") and posixpath.dirname(path) in folders
        )

    def crate(self, binary: str, names: Parts) -> Iterator[tuple[str, Parts]]:
        """The files in which a test of a crate's binary may stand, each with its name there."""
        crate, _, target = binary.partition("::")
        folders = self._crates().get(crate, ())
        for folder in folders:
            for path, rest in _rust_files(target, names):
                whole = posixpath.join(folder, path)
                if whole in self._paths:
                    yield whole, rest

    def _crates(self) -> dict[str, list[str]]:
        crates: dict[str, list[str]] = {}
        for manifest in self._by_name.get("Cargo.toml", ()):
            name = _crate_name(self._read(manifest) or b"")
            crates.setdefault(name, []).append(posixpath.dirname(manifest))
        return crates

    def holds(self, path: str, text: str) -> bool:
        """Whether a file holds a text, as one must that has a test of that name."""
        return text.encode("utf-8", "replace") in (self._read(path) or b"")


def parts_of(place: str) -> tuple[Parts, bool]:
    """The names of a path as it was printed, and whether it is a whole one of some machine."""
    plain = place.replace("\\", "/")
    drive = _DRIVE.match(plain)
    rest = plain[drive.end() :] if drive else plain
    absolute = rest.startswith("/") or (drive is not None and drive.end() > 0)
    parts = tuple(part for part in rest.split("/") if part not in ("", ".", ".."))
    return parts, absolute


def base_of(place: str, path: str) -> tuple[int, Parts]:
    """What lies between a place and the file that it means: the folder in which a tool ran
    (below the root), or that in which the tree stood (around it)."""
    parts, _ = parts_of(place)
    own = tuple(path.split("/"))
    if len(own) >= len(parts):
        return 1, own[: len(own) - len(parts)]
    return -1, parts[: len(parts) - len(own)]


def _ends(own: Parts, parts: Parts, *, absolute: bool) -> bool:
    if len(own) <= len(parts):
        return parts[len(parts) - len(own) :] == own
    return not absolute and own[len(own) - len(parts) :] == parts


@lru_cache(maxsize=4)
def _by_name(paths: frozenset[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted(paths):
        found.setdefault(path.rpartition("/")[2], []).append(path)
    return found


def _crate_name(raw: bytes) -> str:
    try:
        package = tomllib.loads(raw.decode()).get("package", {})
        return str(package.get("name", "")) if isinstance(package, dict) else ""
    except (ValueError, RecursionError):
        return ""


def _rust_files(target: str, names: Parts) -> Iterator[tuple[str, Parts]]:
    """Modules are files or stand inside one: from the file of most modules to that of none."""
    kind, _, own = target.rpartition("/")
    roots = _rust_roots(kind, own)
    for end in range(len(names) - 1, 0, -1):
        inside = "/".join(names[:end])
        for folder in dict.fromkeys(folder for folder, _ in roots):
            yield f"{folder}/{inside}.rs", names[end:]
            yield f"{folder}/{inside}/mod.rs", names[end:]
    for _, file in roots:
        yield file, names


def _rust_roots(kind: str, own: str) -> list[tuple[str, str]]:
    """The folder of a target's modules and its first file."""
    if not own:
        return [("src", "src/lib.rs"), ("src", "src/main.rs")]
    if kind == "bin":
        return [
            ("src", "src/main.rs"),
            ("src/bin", f"src/bin/{own}.rs"),
            (f"src/bin/{own}", f"src/bin/{own}/main.rs"),
        ]
    folder = {"example": "examples", "bench": "benches"}.get(kind, "tests")
    return [(folder, f"{folder}/{own}.rs"), (f"{folder}/{own}", f"{folder}/{own}/main.rs")]
