"""What an answer rests on: the files, folders and links that were looked at, and how they stand.

Imports next to nothing: it decides whether anything else needs to be imported at all.
"""

from __future__ import annotations

import os
import stat
from array import array
from collections.abc import Iterable

TICK = 50_000_000
COARSE_TICK = 2_000_000_000  # of file systems that know no parts of a second
SECOND = 1_000_000_000
MISSING = (0, 0, 0, 0, 0)
MARKS, SIGNS = ("adr-lsp.toml", "pyproject.toml"), (".adr-lsp", ".git")


class Witness:
    """What was looked at. `files` are relative to the root or absolute, and all of how they stand
    counts; of `looked` only whether something is there; of `links` where they lead.
    """

    __slots__ = ("files", "links", "looked")

    def __init__(
        self, files: Iterable[str], looked: Iterable[str] = (), links: Iterable[str] = ()
    ) -> None:
        self.files, self.looked, self.links = list(files), list(looked), list(links)

    def seen(self, root: str) -> tuple[array[int], list[str], list[str]]:
        """How all of it stands now."""
        return stamps(root, self.files), kinds(self.looked), places(self.links)


def stamps(root: str, paths: Iterable[str]) -> array[int]:
    """Kind and rights, identity, size, and both times of change; what cannot be looked at is
    missing."""
    found = array("q")
    for path in paths:
        try:
            status = os.stat(path if path[:1] == "/" else f"{root}/{path}")
        except (OSError, ValueError):
            found.extend(MISSING)
            continue
        times = status.st_mtime_ns, status.st_ctime_ns
        found.extend((status.st_mode, status.st_ino, status.st_size, *times))
    return found


def kinds(paths: Iterable[str]) -> list[str]:
    """A folder, a file, something else or nothing."""
    return [str(_kind(path)) for path in paths]


def _kind(path: str) -> int:
    try:
        return stat.S_IFMT(os.stat(path).st_mode)
    except (OSError, ValueError):
        return 0


def places(paths: Iterable[str]) -> list[str]:
    return [os.path.realpath(path) for path in paths]


def settled(found: array[int], since: int) -> bool:
    """Whether nothing changed after `since`, nor so shortly before it that the clock of the file
    system would not tell."""
    times = [*found[3::5], *found[4::5]]
    coarse = all(time % SECOND == 0 for time in times)
    return max(times, default=0) < since - (COARSE_TICK if coarse else TICK)


def upwards(place: str) -> Witness:
    """What tells where the root of a place is, and what a repository above it ignores."""
    folders = [place]
    while os.path.dirname(folders[-1]) != folders[-1]:
        folders.append(os.path.dirname(folders[-1]))
    files = (*MARKS, ".gitignore", ".git/info/exclude")
    return Witness(
        [f"{folder}/{name}" for folder in folders for name in files],
        [f"{folder}/{name}" for folder in folders for name in SIGNS],
        [place],
    )
