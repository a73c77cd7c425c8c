"""Other people's text inside a Markdown comment: it reads as it is, and does nothing.

On GitHub and GitLab a comment notifies whom it mentions, closes what it refers to, and shows
images from anywhere; so names and texts of files become code, or lose all that has a meaning.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from adr_lsp.features.formats.escape import safe

LONGEST = 300
# A zero-width space: no site reads a mention, a reference or an address across it.
APART = "&#8203;"

_MARKS = re.compile(r"[\\`*_{}\[\]<>()#+\-.!|~&:@$%^=\"'/]")
_CALLS = re.compile(r"[@#!$%&~^:/.](?=\S)|(?<=\b[Gg][HhLl])-(?=\d)")
_HASH = re.compile(r"[0-9A-Fa-f]{7,}")
_FIVE = re.compile(r".{5}(?=.)")
_RUN = re.compile(r"`+")
_ENTITIES = {"|": "&#124;", "<": "&lt;", ">": "&gt;", "&": "&amp;"}


def prose(text: str) -> str:
    """A text outside code, on one line."""
    text = _HASH.sub(lambda found: _FIVE.sub("\\g<0>\0", found.group()), _cut(text))
    apart = _CALLS.sub(lambda found: f"{found.group()}\0", text)
    marked = _MARKS.sub(lambda found: _ENTITIES.get(found.group(), f"\\{found.group()}"), apart)
    return marked.replace("\0", APART)


def code(text: str) -> str:
    """A text as a code span, also inside a table."""
    shown = _cut(text).replace("\\|", "\\¦").replace("|", "\\|")
    if not shown.strip():
        return "`␠`"
    ticks = "`" * (1 + max((len(run) for run in _RUN.findall(shown)), default=0))
    pad = " " if shown[0] in "` " or shown[-1] in "` " or shown.endswith("\\") else ""
    return f"{ticks}{pad}{shown}{pad}{ticks}"


def message(text: str) -> str:
    """A finding's message: what it quotes as code, the rest as prose."""
    parts = _cut(text).split("`")
    if len(parts) % 2 == 0:
        return prose(text)
    return "".join(code(p) if at % 2 else prose(p) for at, p in enumerate(parts) if p)


def link(text: str, path: str, line: int | None) -> str:
    """A link to a line of a file, never to a host; `line` counts from 0."""
    target = quote(path.encode("utf-8", "replace"), safe="/").lstrip("/") or "."
    return f"[{code(text)}]({target}{'' if line is None else f'#L{line + 1}'})"


def fenced(text: str) -> str:
    """Lines as a block of code."""
    kept = [_cut(line) for line in text.splitlines()]
    ticks = "`" * max(3, 1 + max((len(r) for line in kept for r in _RUN.findall(line)), default=0))
    return "\n".join((f"{ticks}text", *kept, ticks))


def _cut(text: str) -> str:
    shown = safe(text.replace("\t", " "))
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"
