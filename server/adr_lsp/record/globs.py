"""The globs of the configuration, which mean whole paths."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

_GLOB_SIGNS = re.compile(r"\*\*/|\*\*|[\s\S]")
_SIGNS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def matches(path: str, globs: Iterable[str]) -> bool:
    """Whether any of the globs of the configuration means the whole path."""
    return any(_pattern(glob).fullmatch(path) for glob in globs)


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
