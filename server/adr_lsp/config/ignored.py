"""Which paths a root leaves out: what version control keeps to itself, environments, modules, and
all that patterns of `.gitignore` name. Told by the paths and the patterns alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

NAME = ".gitignore"
NEVER = {".git", ".hg", ".svn", ".jj", ".adr-lsp", "node_modules", "__pycache__", ".venv", "venv"}
ENVIRONMENT = "pyvenv.cfg"


@dataclass(frozen=True, slots=True)
class Ignores:
    """The patterns of one file, for paths below the folder `prefix` (empty, or ending in `/`).

    `outside` is the way from there to the root where the file stands above the root.
    """

    prefix: str
    spec: GitIgnoreSpec
    outside: str = ""

    def verdict(self, path: str) -> bool | None:
        """True: left out, False: kept; None where no pattern says anything of this very path.

        A pattern of pathspec also matches all that is below what it names. The walk has judged
        the folders above already, so that match must not count again.
        """
        inner = self.outside + path[len(self.prefix) :]
        for pattern in reversed(self.spec.patterns):
            if pattern.include is not None and _names(pattern, inner):
                return bool(pattern.include)
        return None

    @property
    def leaves_out_all(self) -> bool:
        """The one pattern is `*`, as in the caches of other tools."""
        pattern: Any = self.spec.patterns[0]
        return len(self.spec.patterns) == 1 and pattern.include and pattern.regex.pattern == ALL


ALL, ALL_FOLDERS = ".", "(?P<ps_d>/)"


def _names(pattern: Any, path: str) -> bool:
    """Whether a pattern names the path itself, or (`a/**`) what is inside a folder above it."""
    regex: re.Pattern[str] = pattern.regex
    if regex.pattern in (ALL, ALL_FOLDERS):
        return regex.pattern == ALL or path.endswith("/")
    found = regex.match(path)
    if found is None:
        return False
    inside = not regex.groupindex
    return found.end() < len(path) if inside else found.end() == len(path)


def ignored(path: str, ignores: tuple[Ignores, ...]) -> bool:
    """The verdict of the deepest file that says anything; a folder's path ends in `/`."""
    for each in reversed(ignores):
        verdict = each.verdict(path)
        if verdict is not None:
            return verdict
    return False


def ignores_of(raw: bytes, prefix: str, outside: str = "") -> tuple[Ignores, ...]:
    """The patterns in the bytes of a file, if it has any."""
    lines = raw.decode("utf-8", errors="replace").splitlines()
    said = [line for line in lines if line.strip() and not line.startswith("#")]
    return _ignores(said, prefix, outside) if said else ()


def _ignores(lines: list[str], prefix: str, outside: str) -> tuple[Ignores, ...]:
    from pathspec import GitIgnoreSpec  # slow to import, and many folders have no patterns

    patterns = list(_valid(lines))
    return (Ignores(prefix, GitIgnoreSpec.from_lines(patterns), outside),) if patterns else ()


def _valid(lines: Iterable[str]) -> Iterator[str]:
    from pathspec import GitIgnoreSpec

    for line in lines:
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError:  # git passes over a pattern that it cannot read
            continue
        yield line
