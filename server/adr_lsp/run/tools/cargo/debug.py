"""Values as Rust's `{:?}` and `{:#?}` print them."""

from __future__ import annotations

import re

OPEN, CLOSE = "([{", ")]}"
NAME = re.compile(r"(?:(?:mut|ref) )*(?:r#)?([^\W\d]\w*)")
STRUCT = re.compile(r"\w $")
TEXT = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\(?:u\{[^}]*\}|.))\'', re.DOTALL)


def on_one_line(written: str) -> str:
    """What is spread over lines, as the plain form would have it."""
    out: list[str] = []
    open_: list[bool] = []  # whether the bracket stands after a name: `Point { x: 1 }`
    at = 0
    written = written.strip()
    while at < len(written):
        text = TEXT.match(written, at)
        char = written[at]
        if text:
            out.append(text[0])
            at = text.end()
            continue
        at += 1
        if char in OPEN:
            open_.append(char == "{" and bool(STRUCT.search("".join(out[-2:]))))
        if char == "\n":
            at += len(written[at:]) - len(written[at:].lstrip())
            _join(out, written[at : at + 1], open_)
            continue
        if char in CLOSE and open_:
            open_.pop()
        out.append(char)
    return "".join(out)


def _join(out: list[str], following: str, open_: list[bool]) -> None:
    """What stands for a line end, between what was written and what follows."""
    before = out[-1] if out else ""
    is_struct = bool(open_) and open_[-1]
    if following and following in CLOSE and before == ",":
        out.pop()
        out.append(" " if is_struct else "")
    elif before in OPEN:
        out.append(" " if is_struct else "")
    else:
        out.append(" ")


def arguments(text: str) -> dict[str, str] | None:
    """`n = 1, s = "a"` as argument and value; None where a pattern is no plain name."""
    found: dict[str, str] = {}
    for part in _parts(text):
        name, equals, value = part.partition(" = ")
        plain = NAME.fullmatch(name) if equals else None
        if plain:
            found[plain[1]] = value
        elif equals or not found:
            return None
        else:  # a value that is written with a comma
            found[next(reversed(found))] += f", {part}"
    return found


def _parts(text: str) -> list[str]:
    """What stands between commas that are in no bracket and no text."""
    parts, start, depth, at = [], 0, 0, 0
    while at < len(text):
        quoted = TEXT.match(text, at)
        if quoted:
            at = quoted.end()
            continue
        char = text[at]
        depth += (char in OPEN) - (char in CLOSE)
        if depth <= 0 and text.startswith(", ", at):
            parts.append(text[start:at])
            start = at + 2
        at += 1
    return [*parts, text[start:]]
