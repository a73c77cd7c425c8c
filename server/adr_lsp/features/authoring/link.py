"""A Markdown link from one file of the root to another."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import quote

_SPECIAL = re.compile(r"[%#?<>|\\\x00-\x1f]")


def link(words: str, here: str, there: str) -> str:
    """`words` are Markdown; `here` is the path of the page that the link stands in."""
    return f"[{words}]({target(here, there)})"


def target(here: str, there: str) -> str:
    """Signs that would end a target, or a table's cell, or mean something else are escaped."""
    path = posixpath.relpath(there, posixpath.dirname(here) or ".")
    path = _SPECIAL.sub(lambda sign: quote(sign.group(), safe=""), path)
    return f"<{path}>" if any(sign in path for sign in " ()") else path
