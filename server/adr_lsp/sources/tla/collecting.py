"""Which operators and theorems a TLA+ module defines."""

from __future__ import annotations

from collections.abc import Callable

from adr_lsp.sources.code import Code
from adr_lsp.sources.offsets import to_bytes
from adr_lsp.sources.places import Mark, Outline, Place
from adr_lsp.sources.tla.lexing import Definition, comments, definitions, plain


def outline(code: Code) -> Outline:
    """Every named definition and theorem of a file, with its comments."""
    content, byte = code.content, to_bytes(code.content)
    places = (_place(content, byte, each) for each in definitions(plain(content)))
    return Outline(code, places, [(byte(start), byte(end)) for start, end in comments(content)])


def _place(content: str, byte: Callable[[int], int], found: Definition) -> Place:
    span = byte(found.name[0]), byte(found.name[1])
    return Place(
        start=byte(found.start),
        head=span[1],
        end=byte(found.end),
        name=span,
        title=content[slice(*found.name)],
        method="proof" if found.proved else "model",
        marks=(Mark(*span, "identifier"),),
    )
