"""Comments that silence a rule: `<!-- adr-lsp: ignore ADL103 reason -->`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_lsp.markdown import Comment, Document, comments
from adr_lsp.record.model import Suppression
from adr_lsp.text import Text

_MARK = "adr-lsp:"
_ORDER = re.compile(r"\s*adr-lsp:\s*(ignore-file|ignore)\b([\s\S]*)\Z")
_CODES = re.compile(r"(?:\s*,?\s*[A-Z]{3}\d{3}\b)*")
_CODE = re.compile(r"[A-Z]{3}\d{3}")


def suppressions(document: Document, text: Text) -> Iterator[Suppression]:
    """Every suppression of a record."""
    if _MARK not in document.content:
        return
    for comment in comments(document):
        order = _ORDER.match(comment.body)
        if order:
            codes = _CODES.match(order[2])
            taken = codes.end() if codes else 0
            yield Suppression(
                tuple(_CODE.findall(order[2][:taken])),
                " ".join(order[2][taken:].split()).lstrip(":-–— "),
                text.range(comment.start, comment.end),
                None if order[1] == "ignore-file" else (_silenced(comment, text),),
            )


def _silenced(comment: Comment, text: Text) -> int:
    """The line it stands at the end of; the next one with words if it stands alone."""
    first, last = text.position(comment.start), text.position(comment.end)
    if text.line(first.line)[: first.column].strip(" \t->*+"):
        return first.line
    if text.line(last.line)[last.column :].strip():
        return last.line
    line = last.line + 1
    while line < text.line_count and not text.line(line).strip():
        line += 1
    return line
