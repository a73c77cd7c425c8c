"""Where a record shows text as it is: fenced code and HTML, in which nothing is read."""

from __future__ import annotations

from adr_lsp.markdown import Block, blocks, read, walk
from adr_lsp.record import Record
from adr_lsp.record.front_matter import blanked, front_matter


def verbatim(record: Record) -> list[Block]:
    """The blocks of code and HTML, in order."""
    content = record.text.content
    front = front_matter(content)
    found = walk(blocks(read(blanked(content, front.end, front.start))))
    return [block for block in found if block.kind in ("code", "html")]


def is_verbatim(record: Record, offset: int) -> bool:
    """Whether what is typed there stands in such a block."""
    last = len(record.text.content)
    return any(b.start < offset < b.end or offset == b.end == last for b in verbatim(record))
