"""Which operators and theorems a TLA+ module defines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.sources.code import Code, text_of
from adr_lsp.sources.places import Mark, Outline, Place, gather

if TYPE_CHECKING:
    from tree_sitter import Node

_COMMENTS = frozenset({"comment", "block_comment"})
_METHODS = {"operator_definition": "model", "function_definition": "model", "theorem": "proof"}
_WANTED = _COMMENTS | frozenset(_METHODS)


def outline(code: Code) -> Outline:
    """Every named definition and theorem of a file, with its comments."""
    nodes = list(_outermost(gather(code.root, _WANTED)))
    comments = [(n.start_byte, n.end_byte) for n in nodes if n.type in _COMMENTS]
    return Outline(code, filter(None, map(_place, nodes)), comments)


def _outermost(nodes: list[Node]) -> Iterator[Node]:
    """Comments and definitions; not those within one of their kind, as after `LET`."""
    ends = {True: -1, False: -1}
    for node in nodes:
        comment = node.type in _COMMENTS
        if node.start_byte >= ends[comment]:
            ends[comment] = node.end_byte
            yield node


def _place(node: Node) -> Place | None:
    name = node.child_by_field_name("name")
    if node.type not in _METHODS or name is None or name.type != "identifier":
        return None
    span = name.start_byte, name.end_byte
    return Place(
        start=node.start_byte,
        head=name.end_byte,
        end=node.end_byte,
        name=span,
        title=text_of(name),
        method=_METHODS[node.type],
        marks=(Mark(*span, "identifier"),),
    )
