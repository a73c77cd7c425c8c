"""What `.gitignore` files leave out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pathspec import GitIgnoreSpec

NAME = ".gitignore"


@dataclass(frozen=True, slots=True)
class Ignores:
    """The patterns of one file, for paths below the folder `prefix` (empty, or ending in `/`).

    `outside` is the way from there to the root where the file stands above the root.
    """

    prefix: str
    spec: GitIgnoreSpec
    outside: str = ""

    def verdict(self, path: str) -> bool | None:
        """True: left out, False: kept; None where no pattern says anything."""
        return self.spec.check_file(self.outside + path[len(self.prefix) :]).include


def ignored(path: str, ignores: tuple[Ignores, ...]) -> bool:
    """The verdict of the deepest file that says anything; a folder's path ends in `/`."""
    for each in reversed(ignores):
        verdict = each.verdict(path)
        if verdict is not None:
            return verdict
    return False


def read_ignores(file: Path, prefix: str, outside: str = "") -> tuple[Ignores, ...]:
    """The patterns of a file, if it has any."""
    try:
        lines = file.read_bytes().decode("utf-8", errors="replace").splitlines()
    except OSError:
        return ()
    patterns = list(_valid(lines))
    return (Ignores(prefix, GitIgnoreSpec.from_lines(patterns), outside),) if patterns else ()


def above(root: Path) -> tuple[Ignores, ...]:
    """Those of the repository that the root is a folder of; none if they leave out the root."""
    upwards = [root, *root.parents]
    top = next((folder for folder in upwards if (folder / ".git").exists()), None)
    if top is None:
        return ()
    found = _file(root, top, top / ".git/info/exclude")
    for folder in reversed(upwards[1 : upwards.index(top) + 1]):
        found += _file(root, folder, folder / NAME)
    return () if any(each.outside and each.verdict("") for each in found) else found


def _file(root: Path, folder: Path, file: Path) -> tuple[Ignores, ...]:
    way = root.relative_to(folder).as_posix()
    return read_ignores(file, "", "" if way == "." else f"{way}/") if file.is_file() else ()


def _valid(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError:  # git passes over a pattern that it cannot read
            continue
        yield line
