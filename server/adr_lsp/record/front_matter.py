"""YAML at the head of a record, as strings with their places; nothing in it is ever constructed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from adr_lsp.record.plain_yaml import lone_fields, plain_fields
from adr_lsp.record.yaml_value import Field, Value, texts
from adr_lsp.text import Position, Range, Text

_OPENING = re.compile(r"---[ \t]*(?=\r|\n)")
_CLOSING = re.compile(r"(\r\n|\n|\r)(?:---|\.\.\.)[ \t]*(?=\r|\n|\Z)")
_ALL_BUT_LINE_ENDS = re.compile(r"[^\r\n]")
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """`end` is where the rest of the record begins; `fault` a line and what is wrong there.

    Where the YAML is broken, the fields before the fault and lines that stand alone are kept.
    """

    fields: tuple[Field, ...] = ()
    end: int = 0
    fault: tuple[int, str] | None = None

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
    """Reads the block between `---` lines with which a text begins."""
    opening = _OPENING.match(content)
    if not opening:
        return NO_FRONT_MATTER
    closing = _CLOSING.search(content, opening.end())
    if not closing:
        return NO_FRONT_MATTER
    line_end = _LINE_END.match(content, opening.end())
    start = line_end.end() if line_end else opening.end()
    body = content[start : closing.end(1)]
    fields = plain_fields(body, start)
    if fields is not None:
        return FrontMatter(fields, closing.end())
    from adr_lsp.record.guarded_yaml import guarded_fields  # PyYAML is slow to import

    found = guarded_fields(body, start)
    if found.fields is None:
        return NO_FRONT_MATTER
    if not found.message:
        return FrontMatter(found.fields, closing.end())
    read = {key.text for key, _ in found.fields}
    more = [field for field in lone_fields(body, start) if field[0].text not in read]
    return FrontMatter((*found.fields, *more), closing.end(), (found.line + 1, found.message))


def blanked(content: str, end: int) -> str:
    """The text with its front matter turned into white space, every offset as it was."""
    return _ALL_BUT_LINE_ENDS.sub(" ", content[:end]) + content[end:] if end else content


def fault_range(text: Text, line: int) -> Range:
    """All of a line."""
    return Range(Position(line, 0), Position(line, len(text.line(line))))
