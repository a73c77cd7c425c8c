"""YAML at the head of a record, as strings with their places; nothing in it is ever constructed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_lsp.record.plain_yaml import lone_fields, plain_fields
from adr_lsp.record.yaml_value import Field, Value, texts
from adr_lsp.text import Position, Range, Text
from adr_lsp.value import dataclass

_OPENING = re.compile(r"---[ \t]*(?=\r|\n)")
_BEFORE = re.compile(
    r"(?:[ \t]*(?:\r\n|\n|\r)|<!--(?:(?!-->)[\s\S]){0,2000}-->[ \t]*(?:\r\n|\n|\r))+"
    r"(?=---[ \t]*[\r\n])"
)
_UNOPENED = re.compile(r"[A-Za-z][\w-]{0,40}:(?=[ \r\n])")
_OWN_NAMES = frozenset({"status", "date", "title", "id", "deciders", "decision-makers", "tags"})
_CLOSING = re.compile(r"(\r\n|\n|\r)(?:---|\.\.\.)[ \t]*(?=\r|\n|\Z)")
_ALL_BUT_LINE_ENDS = re.compile(r"[^\r\n]")
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """`start` and `end` are where it stands; `fault` a line and what is wrong there.

    Where the YAML is broken, the fields before the fault and lines that stand alone are kept.
    """

    fields: tuple[Field, ...] = ()
    end: int = 0
    fault: tuple[int, str] | None = None
    start: int = 0

    def values(self, *names: str) -> Iterator[Value]:
        """Every scalar of the fields of these names, which are lower case with `-`."""
        for key, value in self.fields:
            if key.text.lower().replace("_", "-") in names:
                yield from texts(value)

    def first(self, *names: str) -> Value | None:
        """The first scalar that says something."""
        return next((v for v in self.values(*names) if v.text.strip()), None)


NO_FRONT_MATTER = FrontMatter()


def front_matter(content: str) -> FrontMatter:
    """Reads the block between `---` lines with which a text begins.

    White space and comments may stand before it, and the first `---` may be missing, if what
    follows is nothing but sound fields.
    """
    opening = _OPENING.match(content)
    if opening:
        return _between(content, opening.end(), 0)
    before = _BEFORE.match(content)
    opening = _OPENING.match(content, before.end()) if before else None
    if opening and before:
        found = _between(content, opening.end(), before.end())
        return NO_FRONT_MATTER if found.fault else found
    return _unopened(content) if _UNOPENED.match(content) else NO_FRONT_MATTER


def _between(content: str, opened: int, start: int) -> FrontMatter:
    """What stands behind an opening line, which begins at `start` and ends at `opened`."""
    closing = _CLOSING.search(content, opened)
    if not closing:
        return NO_FRONT_MATTER
    line_end = _LINE_END.match(content, opened)
    first = line_end.end() if line_end else opened
    body = content[first : closing.end(1)]
    fields = plain_fields(body, first)
    if fields is not None:
        return FrontMatter(fields, closing.end(), None, start)
    from adr_lsp.record.guarded_yaml import guarded_fields  # PyYAML is slow to import

    found = guarded_fields(body, first)
    if found.fields is None:
        return NO_FRONT_MATTER
    if not found.message:
        return FrontMatter(found.fields, closing.end(), None, start)
    read = {key.text for key, _ in found.fields}
    more = [field for field in lone_fields(body, first) if field[0].text not in read]
    line = content.count("\n", 0, start) + found.line + 1
    return FrontMatter((*found.fields, *more), closing.end(), (line, found.message), start)


def _unopened(content: str) -> FrontMatter:
    """Fields from the first line on to a line `---`; one of them has a name that records use."""
    closing = _CLOSING.search(content)
    fields = plain_fields(content[: closing.end(1)], 0) if closing else None
    if not closing or not fields or not any(k.text.lower() in _OWN_NAMES for k, _ in fields):
        return NO_FRONT_MATTER
    return FrontMatter(fields, closing.end())


def blanked(content: str, end: int, start: int = 0) -> str:
    """The text with its front matter turned into white space, every offset as it was."""
    if not end:
        return content
    return content[:start] + _ALL_BUT_LINE_ENDS.sub(" ", content[start:end]) + content[end:]


def fault_range(text: Text, line: int) -> Range:
    """All of a line."""
    return Range(Position(line, 0), Position(line, len(text.line(line))))
