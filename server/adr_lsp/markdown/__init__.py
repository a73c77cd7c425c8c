"""Reads Markdown: headings, links and comments of a text, and blocks with their places on demand.

Only this package knows the parser and its events. All offsets are code points.
"""

from adr_lsp.markdown.block import Block, below, blocks, inline, walk
from adr_lsp.markdown.document import Comment, Document, Part, comments, parts, read
from adr_lsp.markdown.links import Link
from adr_lsp.markdown.phrase import Phrase, Span
from adr_lsp.markdown.sketch import Heading

__all__ = [
    "Block",
    "Comment",
    "Document",
    "Heading",
    "Link",
    "Part",
    "Phrase",
    "Span",
    "below",
    "blocks",
    "comments",
    "inline",
    "parts",
    "read",
    "walk",
]
