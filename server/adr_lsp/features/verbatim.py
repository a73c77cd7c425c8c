"""Where a record shows text as it is: fenced code and HTML, in which nothing is read."""

from __future__ import annotations

import re

from adr_lsp.markdown import Block, blocks, read, walk
from adr_lsp.record import Record
from adr_lsp.record.front_matter import blanked, front_matter

_MAY_HIDE = re.compile(r"```|~~~|<|^[ >]*(?: {4}|\t)|^[ ]*(?:[-*+>]|\d+[.)])[ ]{5}", re.MULTILINE)


def verbatim(record: Record) -> list[Block]:
    """The blocks of code and HTML, in order."""
    content = record.text.content
    front = front_matter(content)
    return _hiding(blanked(content, front.end, front.start))


def is_verbatim(record: Record, offset: int) -> bool:
    """Whether what is typed there stands in such a block. None goes beyond a heading, so no more
    is parsed than what stands between two."""
    content = record.text.content
    starts = [section.start for section in record.sections]
    front = front_matter(content)
    first = max((start for start in starts if start <= offset), default=front.end)
    last = min((start for start in starts if start > offset), default=len(content))
    if not _MAY_HIDE.search(content, first, offset):
        return False
    at, open_end = offset - first, last == len(content)
    found = _hiding(content[first:last])
    return any(b.start < at < b.end or (open_end and at == b.end == last - first) for b in found)


def _hiding(content: str) -> list[Block]:
    return [b for b in walk(blocks(read(content))) if b.kind in ("code", "html")]
