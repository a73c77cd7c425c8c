"""The globs of the configuration, which mean whole paths.

A glob becomes a regular expression whose groups never give back what they took. That is exact:
of a piece between two wildcards the first place that fits is as good as any later one. So no
glob takes longer than its length times that of the path.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice, product

MOST_CHOICES = 64
_CHOICE = re.compile(r"\{([^{}]*)\}")
_STARS = re.compile(r"\*+")
_FOLDERS = "(?:[^/]*/)*?"


def matches(path: str, globs: Iterable[str]) -> bool:
    """Whether any of the globs of the configuration means the whole path."""
    return any(_pattern(glob).fullmatch(path) for glob in globs)


@lru_cache(maxsize=256)
def _pattern(glob: str) -> re.Pattern[str]:
    """`**` between slashes stands for any folders, `*` and `?` for what a name may hold,
    `{a,b}` for a choice; choices inside choices are read as they are written."""
    meant = islice(_chosen(glob.removeprefix("./")), MOST_CHOICES)
    return re.compile("|".join(map(_path, meant)), re.DOTALL)


def _chosen(glob: str) -> Iterable[str]:
    """The globs without choices that a glob stands for."""
    fixed = _CHOICE.split(glob)
    choices = (part.split(",") if at % 2 else [part] for at, part in enumerate(fixed))
    return map("".join, product(*choices))


def _path(glob: str) -> str:
    """The names between two `**` are looked for from the left; the last ones end the path."""
    groups: list[list[str]] = [[]]
    for name in glob.split("/"):
        if _STARS.fullmatch(name) and len(name) > 1:
            groups += [[]] if groups[-1] or len(groups) == 1 else []
        else:
            groups[-1].append(_name(name))
    first, *others = ("/".join(group) for group in groups)
    if not others:
        return first
    *between, last = others
    found = "".join(f"(?>{_FOLDERS}{group}/)" for group in between)
    return (f"{first}/" if first else "") + found + (f"{_FOLDERS}{last}" if last else ".*")


def _name(name: str) -> str:
    first, *others = (re.escape(part).replace(r"\?", "[^/]") for part in _STARS.split(name))
    if not others:
        return first
    *between, last = others
    return first + "".join(f"(?>[^/]*?{part})" for part in between) + f"[^/]*{last}"
