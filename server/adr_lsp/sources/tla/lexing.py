"""Comments and definitions of TLA+, read by their signs: no half-typed line loses another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_lsp.value import dataclass

_UNREAD = re.compile(r'\\\*[^\n]*|\(\*|\*\)|"(?:[^"\\\n]|\\.)*"?')
DEFINED = re.compile(
    r"^[ \t]*(?:LOCAL\s+"
    r"|(?P<proved>THEOREM|LEMMA|COROLLARY|PROPOSITION|ASSUME|ASSUMPTION|AXIOM)\s+)?"
    r"(?P<name>[A-Za-z_]\w*)(?:\([^=\n]{0,500}?\)|\[[^=\n]{0,500}?\])?\s*==(?!=)",
    re.MULTILINE,
)
_STRUCTURE = re.compile(r"\b(?:LET|IN)\b|^(?=[ \t]*[A-Za-z_])", re.MULTILINE)
_END = re.compile(
    r"^[ \t]*(?:-{4,}|={4,}|(?:VARIABLES?|CONSTANTS?|INSTANCE|EXTENDS|THEOREM|LEMMA|COROLLARY"
    r"|PROPOSITION|ASSUME|ASSUMPTION|AXIOM|RECURSIVE)\b)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A named operator or theorem; `start` to `end` are its text, `proved` says it is no
    operator."""

    name: tuple[int, int]
    start: int
    end: int
    proved: bool


def comments(text: str) -> Iterator[tuple[int, int]]:
    """Each comment with its signs; of those that nest, the outermost."""
    depth = start = 0
    for found in _UNREAD.finditer(text):
        mark = found.group()
        if mark == "(*":
            start = start if depth else found.start()
            depth += 1
        elif mark == "*)" and depth:
            depth -= 1
            if not depth:
                yield start, found.end()
        elif depth and ("(*" in mark or "*)" in mark):
            depth = max(0, depth + mark.count("(*") - mark.count("*)"))
            if not depth:
                yield start, found.start() + mark.rindex("*)") + 2
        elif not depth and mark.startswith("\\*"):
            yield found.span()
    if depth:
        yield start, len(text)


def plain(text: str) -> str:
    """The text, as long, without comments (which nest) and the contents of strings."""
    shown: list[str] = []
    at = 0
    for start, end in comments(text):
        shown += (_unquoted(text[at:start]), _blank(text[start:end]))
        at = end
    return "".join((*shown, _unquoted(text[at:])))


def _unquoted(text: str) -> str:
    return re.sub(r'"(?:[^"\\\n]|\\.)*"?', lambda found: _blank(found.group()), text)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def definitions(shown: str) -> Iterator[Definition]:
    """Those of a module without comments; not those between `LET` and `IN`."""
    inside = _let_rows(shown)
    found = [each for each in DEFINED.finditer(shown) if each.start("name") not in inside]
    starts = [each.start() for each in found] + [len(shown)]
    for each, following in zip(found, starts[1:], strict=True):
        stop = _END.search(shown, each.end(), following)
        end = each.start() + len(shown[each.start() : stop.start() if stop else following].rstrip())
        start = each.end() - len(each.group().lstrip())
        yield Definition(each.span("name"), start, max(end, each.end()), bool(each["proved"]))


def _let_rows(shown: str) -> frozenset[int]:
    """Where the lines begin that stand between `LET` and `IN`, at their first letter."""
    depth, inside = 0, []
    for found in _STRUCTURE.finditer(shown):
        if found.group() == "LET":
            depth += 1
        elif found.group() == "IN":
            depth = max(0, depth - 1)
        elif shown[found.start() : found.start() + 1] not in (" ", "\t"):
            depth = 0  # a line that is not indented begins something of its own
        elif depth:
            rest = re.compile(r"[ \t]*").match(shown, found.start())
            inside.append(rest.end() if rest else found.start())
    return frozenset(inside)
