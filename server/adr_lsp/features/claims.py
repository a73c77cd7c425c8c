"""What all records say of files, by file: collected once, however many files are asked for."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from adr_lsp.record import Invariant, Record
from adr_lsp.record.globs import matches
from adr_lsp.record.model import Glob
from adr_lsp.snapshot import Snapshot, standing, tests_of
from adr_lsp.text import Position

_WILD = re.compile(r"[*?{]")


@dataclass(frozen=True, slots=True)
class Claim:
    """A record, or an invariant of it, is about a file; `by` says what says so, `place` where.

    `text` is the glob or the module that means the file.
    """

    record: Record
    invariant: Invariant | None
    by: str
    place: Position
    text: str = ""


@dataclass(frozen=True, slots=True)
class Claims:
    """By the folder that a glob begins with, by the last name of a module, by a file's path."""

    by_folder: dict[str, list[Claim]] = field(default_factory=dict)
    by_module: dict[str, list[Claim]] = field(default_factory=dict)
    by_path: dict[str, list[Claim]] = field(default_factory=dict)

    def of(self, path: str) -> Iterator[Claim]:
        for folder in _and_above(path):
            yield from (c for c in self.by_folder.get(folder, ()) if _means(c.text, path))
        name = _module(path).rpartition("/")[2]
        yield from (c for c in self.by_module.get(name, ()) if _is_module(c.text, path))
        yield from self.by_path.get(path, ())


def claims(snapshot: Snapshot) -> Claims:
    if claims not in snapshot.memo:
        snapshot.memo[claims] = _collected(snapshot)
    found: Claims = snapshot.memo[claims]
    return found


def _collected(snapshot: Snapshot) -> Claims:
    all_of_them = Claims()
    for record in snapshot.log:
        for claim in _globs(record, None, record.applies_to):
            all_of_them.by_folder.setdefault(_folder(claim.text), []).append(claim)
        for invariant in record.invariants:
            _collect(snapshot, all_of_them, record, invariant)
    return all_of_them


def _collect(snapshot: Snapshot, found: Claims, record: Record, invariant: Invariant) -> None:
    for claim in _globs(record, invariant, invariant.applies_to):
        found.by_folder.setdefault(_folder(claim.text), []).append(claim)
    for target in invariant.targets:
        module = target.text.partition(":")[0].replace(".", "/")
        claim = Claim(record, invariant, "target", target.range.start, module)
        found.by_module.setdefault(module.rpartition("/")[2], []).append(claim)
    for test in tests_of(snapshot, record, invariant):
        claim = Claim(record, invariant, "test", invariant.range.start)
        found.by_path.setdefault(test.path, []).append(claim)
    for path in standing(snapshot, record, invariant).covered:
        claim = Claim(record, invariant, "coverage", invariant.range.start)
        found.by_path.setdefault(path, []).append(claim)


def _globs(record: Record, invariant: Invariant | None, globs: Iterable[Glob]) -> Iterator[Claim]:
    """A glob is relative to the root; one that begins with a dot to the record."""
    for glob in globs:
        written = glob.text.replace("\\", "/")
        folder = posixpath.dirname(record.path) if written.startswith(("./", "../")) else ""
        meant = posixpath.normpath(posixpath.join(folder, written.lstrip("/")))
        meant += "/**" if written.endswith("/") and _WILD.search(meant) else ""
        yield Claim(record, invariant, "applies to", glob.range.start, meant)


def _folder(glob: str) -> str:
    """The longest path that all that a glob means stands at or below."""
    wild = _WILD.search(glob)
    return glob[: wild.start()].rpartition("/")[0] if wild else glob.removesuffix(".").rstrip("/")


def _and_above(path: str) -> Iterator[str]:
    """A path and every folder that it stands in; the root is empty."""
    while path:
        yield path
        path = path.rpartition("/")[0]
    yield ""


def _means(glob: str, path: str) -> bool:
    """A glob without stars means also all that stands below."""
    if glob == ".":
        return True
    return matches(path, (glob,) if "*" in glob else (glob, f"{glob}/**"))


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__")


def _is_module(name: str, path: str) -> bool:
    """Whether a dotted name may mean the file, whatever folder is the source root."""
    return path.endswith(".py") and bool(name) and f"/{_module(path)}".endswith(f"/{name}")
