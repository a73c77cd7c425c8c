"""Which files of a tree are records, and which log each belongs to; told by their paths alone."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from adr_lsp.record.key import has_key, number_of, stem_of
from adr_lsp.record.model import Record

__all__ = ["counts_as_record", "has_key", "log_of", "matches", "records_among"]

_FOLDERS = frozenset(
    {
        "adr",
        "adrs",
        "decisions",
        "architecture-decisions",
        "decision-records",
        "architecture-decision-record",
        "architecture-decision-records",
    }
)
_CATALOGUES = ("INVARIANTS.md", "INVARIANTS.mdx")
_NO_RECORDS = frozenset({"readme", "index", "template", "templates", "toc", "summary"})
_TEMPLATE = re.compile(r"(?:[a-z]+[-_])*(?:template|index|readme)(?:[-_.][a-z]+)*\Z")
_GLOB_SIGNS = re.compile(r"\*\*/|\*\*|[\s\S]")
_SIGNS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
_ZERO = re.compile(r"[a-z_-]*?0+[-_. ]*")


def records_among(
    paths: Iterable[str], globs: tuple[str, ...], exclude: tuple[str, ...] = ()
) -> dict[str, str]:
    """Every record among the files of a root, with its log.

    Globs say which files are records in place of the usual folders and keys. What `exclude`
    matches is none.
    """
    named = sorted(path for path in paths if path.lower().endswith((".md", ".mdx")))
    if exclude:
        named = [path for path in named if not matches(path, exclude)]
    if globs:
        meant = (path for path in named if matches(path, globs))
        return {path: log_of(path) for path in meant if not _is_about_the_log(path)}
    numbered = _numbered_architecture(named)
    found = (path for path in named if _is_record(path, numbered))
    return {path: log_of(path) for path in found}


def matches(path: str, globs: Iterable[str]) -> bool:
    """Whether any of the globs of the configuration means the whole path."""
    return any(_pattern(glob).fullmatch(path) for glob in globs)


def log_of(path: str) -> str:
    """The folder of a record's log: the nearest one named for records, else its own."""
    folder = posixpath.dirname(path)
    parts = folder.split("/")
    for depth in range(len(parts), 0, -1):
        if parts[depth - 1].lower() in _FOLDERS:
            return "/".join(parts[:depth])
    return posixpath.dirname(folder) if _stands_for_its_folder(path) else folder


def counts_as_record(record: Record) -> bool:
    """A file that was named counts if it has a key and a title."""
    keyed = record.number is not None or has_key(record.stem)
    return (keyed or _is_catalogue(record.path)) and bool(record.title)


def _is_record(path: str, numbered: frozenset[str]) -> bool:
    if _is_catalogue(path):
        return True
    in_log = _below_log(path) or posixpath.dirname(path) in numbered
    return in_log and has_key(stem_of(path)) and not _is_about_the_log(path)


def _below_log(path: str) -> bool:
    return any(part.lower() in _FOLDERS for part in path.split("/")[:-1])


def _is_catalogue(path: str) -> bool:
    return posixpath.basename(path) in _CATALOGUES


def _stands_for_its_folder(path: str) -> bool:
    name = posixpath.splitext(posixpath.basename(path))[0]
    return name.lower() == "readme" and has_key(stem_of(path))


def _is_about_the_log(path: str) -> bool:
    """A README, an index or a template, by its own name or that of a folder inside the log."""
    if _stands_for_its_folder(path):
        return False
    folders = {part.lower() for part in path.split("/")[:-1]}
    stem = posixpath.splitext(posixpath.basename(path))[0].lower()
    if folders & {"template", "templates"} or stem in _NO_RECORDS:
        return True
    slug = _ZERO.sub("", stem, count=1) if number_of(stem) == 0 else stem
    return (slug != stem or number_of(stem) is None) and bool(_TEMPLATE.match(slug))


def _numbered_architecture(paths: Iterable[str]) -> frozenset[str]:
    """The folders `docs/architecture` where most files have a key."""
    keyed: dict[str, list[bool]] = {}
    for path in paths:
        folder = posixpath.dirname(path)
        named = folder == "docs/architecture" or folder.endswith("/docs/architecture")
        if named and not _is_about_the_log(path):
            keyed.setdefault(folder, []).append(has_key(stem_of(path)))
    return frozenset(f for f, keys in keyed.items() if sum(keys) * 2 > len(keys))


@lru_cache(maxsize=256)
def _pattern(glob: str) -> re.Pattern[str]:
    """`**` stands for any folders, `*` and `?` for what a name may hold, `{a,b}` for a choice."""
    return re.compile("".join(_translated(glob.removeprefix("./"))))


def _translated(glob: str) -> Iterator[str]:
    choices = 0
    for sign in _GLOB_SIGNS.findall(glob):
        if sign == "{":
            choices += 1
            yield "(?:"
        elif sign == "}" and choices:
            choices -= 1
            yield ")"
        elif sign == "," and choices:
            yield "|"
        else:
            yield _SIGNS.get(sign) or re.escape(sign)
    yield ")" * choices
