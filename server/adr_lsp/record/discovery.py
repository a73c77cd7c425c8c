"""Which files of a tree are records, and which log each belongs to.

Paths tell; where a name and a folder leave it open, `look` says what the file looks like.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator

from adr_lsp.record.globs import matches
from adr_lsp.record.key import has_key, names_adr, number_of, stem_of
from adr_lsp.record.logs import Logs, is_log, logs_of
from adr_lsp.record.model import Record, Status
from adr_lsp.record.pages import (
    in_copy,
    is_about_the_log,
    is_catalogue,
    is_overview,
    stands_for_its_folder,
)
from adr_lsp.record.shape import NO_SHAPE, SETTINGS, Shape

__all__ = ["counts_as_record", "has_key", "is_record", "log_of", "matches", "records_among"]

_PLACEHOLDER = re.compile(r"\{[^{}]*\}|\{\{+[^{}]*\}+|\[[^\]]*\]|<[^>]*>")
Look = Callable[[str], Shape]


def _unseen(_path: str) -> Shape:
    return NO_SHAPE


def records_among(
    paths: Iterable[str],
    globs: tuple[str, ...],
    exclude: tuple[str, ...] = (),
    look: Look = _unseen,
) -> dict[str, str]:
    """Every record among the files of a root, with its log.

    Globs say which files are records in place of the usual folders and keys. What `exclude`
    matches is none.
    """
    every = list(paths)
    named = sorted(path for path in every if path.lower().endswith((".md", ".mdx")))
    if exclude:
        named = [path for path in named if not matches(path, exclude)]
    if globs:
        meant = (path for path in named if matches(path, globs))
        return {path: log_of(path) for path in meant if not is_about_the_log(path)}
    declared = {f for path in every if path.endswith(SETTINGS) for f in look(path).folders}
    logs = logs_of(named, frozenset(declared))
    return dict(sorted(_found(named, logs, look)))


def log_of(path: str) -> str:
    """The folder of a record's log: the nearest one named for records, else its own."""
    folder = posixpath.dirname(path)
    parts = folder.split("/")
    for depth in range(len(parts), 0, -1):
        if is_log(parts[depth - 1]):
            return "/".join(parts[:depth])
    return posixpath.dirname(folder) if stands_for_its_folder(path) else folder


def counts_as_record(record: Record) -> bool:
    """A file that was named counts if it has a key and a title."""
    keyed = record.number is not None or has_key(record.stem)
    return (keyed or is_catalogue(record.path)) and bool(record.title)


def is_record(record: Record, *, discovered: bool) -> bool:
    """Whether a file that was read is a record: one that was found, and is no template whose
    name does not tell; or one that was named."""
    if discovered:
        undecided = record.status in (Status.OTHER, Status.NONE)
        return not (undecided and _PLACEHOLDER.fullmatch(record.title))
    return counts_as_record(record)


def _found(named: list[str], logs: Logs, look: Look) -> Iterator[tuple[str, str]]:
    overviews: list[str] = []
    proposals: dict[str, list[str]] = {}
    keyed_folders: set[str] = set()
    for path in named:
        folder = path.rpartition("/")[0]
        log = logs.of(folder)
        if is_catalogue(path):
            yield path, log_of(path)
        elif in_copy(path) or is_about_the_log(path):
            continue
        elif is_overview(path):
            overviews.append(path)
        elif log is not None and has_key(stem_of(path)):
            keyed_folders.add(folder)
            yield path, log
        elif log is not None:
            if _may_lack_a_key(path) and look(path).decides:
                yield path, log
        elif _hidden(path):
            continue
        elif names_adr(path) and look(path).hints:
            keyed_folders.add(folder)
            yield path, folder
        elif proposal := logs.proposals(folder):
            proposals.setdefault(proposal, []).append(path)
        elif path[len(folder) :].lstrip("/")[:3].isdigit() and _called(path, look(path), "ADR"):
            keyed_folders.add(folder)
            yield path, folder
    for folder, members in proposals.items():
        yield from _proposed(folder, members, look)
    for path in overviews:
        yield from _standing(path, logs, keyed_folders, look)


def _called(path: str, shape: Shape, *words: str) -> bool:
    """Whether a title gives the number of the file's name: `0007-x.md` begins `# ADR-0007`."""
    called = shape.called
    same = called is not None and called[1] == number_of(stem_of(path))
    return same and called is not None and called[0] in words and shape.hints


def _may_lack_a_key(path: str) -> bool:
    """Not a second page beside a record that has a folder, and nothing of a tool."""
    return not _hidden(path) and not has_key(posixpath.basename(posixpath.dirname(path)))


def _hidden(path: str) -> bool:
    return path.startswith(".") or "/." in path


def _standing(path: str, logs: Logs, keyed: set[str], look: Look) -> Iterator[tuple[str, str]]:
    """A `README` of a folder with a key, unless it is that of a part of the log."""
    folder = posixpath.dirname(path)
    if folder in keyed:
        return
    log = logs.of(folder)
    if log is not None:
        yield path, log
    elif names_adr(path) and look(path).hints:
        yield path, posixpath.dirname(folder)
    elif (proposal := logs.proposals(folder)) and _proposes(path, look(path)):
        yield path, proposal


def _proposes(path: str, shape: Shape) -> bool:
    return shape.decides or _called(path, shape, "ADR", "RFC", "KEP")


def _proposed(folder: str, members: list[str], look: Look) -> Iterator[tuple[str, str]]:
    """The records of a folder of proposals, where most of what it holds looks like them."""
    shaped = {path for path in members if _proposes(path, look(path))}
    if len(shaped) * 2 <= len(members):
        return
    for path in members:
        if path in shaped or (has_key(stem_of(path)) and not look(path).template):
            yield path, folder
