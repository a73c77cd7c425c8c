"""Reads Markdown: headings, links and comments of a text, and blocks with their places on demand.

Only this package knows the parser and its events. All offsets are code points.
"""

from adr_lsp.markdown.block import Block, blocks, inline, walk
from adr_lsp.markdown.document import Comment, Document, Heading, Link, comments, read
from adr_lsp.markdown.phrase import Phrase, Span

__all__ = [
    "Block",
    "Comment",
    "Document",
    "Heading",
    "Link",
    "Phrase",
    "Span",
    "blocks",
    "comments",
    "inline",
    "read",
    "walk",
]
