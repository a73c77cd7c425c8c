"""Which tests a file of Java holds, by the annotations of JUnit, TestNG, jqwik and ArchUnit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.sources.code import Code, text_of, walk
from adr_lsp.sources.places import Mark, Outline, Place, gather

if TYPE_CHECKING:
    from tree_sitter import Node

_COMMENTS = frozenset({"line_comment", "block_comment"})
_CLASSES = frozenset(
    {"class_declaration", "record_declaration", "interface_declaration", "enum_declaration"}
)
_MEMBERS = frozenset({"method_declaration", "field_declaration"})
_WANTED = _COMMENTS | _CLASSES | _MEMBERS | {"ERROR"}
_EXAMPLES = frozenset(
    {"Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "TestTemplate", "Example"}
)
_MACHINES = ("ActionChain", "ActionSequence")


def outline(code: Code) -> Outline:
    """Every test and class of a file, with its comments."""
    nodes = gather(code.root, _WANTED)
    comments = [(n.start_byte, n.end_byte) for n in nodes if n.type in _COMMENTS]
    return Outline(code, _places(nodes), comments)


def _places(nodes: list[Node]) -> Iterator[Place]:
    for node in nodes:
        if node.type == "ERROR":
            yield from _open_classes(node)
        elif node.type in _CLASSES:
            yield from _declared(node, None)
        elif node.type in _MEMBERS:
            method = _method(node, {name for name, _ in _annotations(node)})
            if method:
                yield from _declared(node, method)


def _open_classes(error: Node) -> Iterator[Place]:
    """Classes that are not closed yet, while one types."""
    tokens = error.children
    for word, name, brace in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if (word.type, name.type, brace.type) == ("class", "identifier", "{"):
            span = name.start_byte, name.end_byte
            yield Place(word.start_byte, brace.start_byte, error.end_byte, span, text_of(name))


def _method(member: Node, annotations: set[str]) -> str | None:
    """By which method it verifies; None for what is no test."""
    if member.type == "field_declaration" or "ArchTest" in annotations:
        return "static" if "ArchTest" in annotations else None
    if "Property" in annotations:
        given = member.child_by_field_name("parameters")
        machine = given is not None and any(word in text_of(given) for word in _MACHINES)
        return "state-machine" if machine else "property"
    return "example" if annotations & _EXAMPLES else None


def _declared(node: Node, method: str | None) -> Iterator[Place]:
    field = node.child_by_field_name("declarator")
    name = (node if field is None else field).child_by_field_name("name")
    if name is None or not name.text:
        return
    body = node.child_by_field_name("body")
    shown = _displayed(node)
    yield Place(
        start=node.start_byte,
        head=body.start_byte if body is not None else name.end_byte,
        end=node.end_byte,
        name=(name.start_byte, name.end_byte),
        title=text_of(name),
        method=method,
        spoken=text_of(shown) if shown is not None and method else "",
        marks=tuple(_marks(node)),
    )


def _annotations(node: Node) -> Iterator[tuple[str, Node]]:
    """The annotations of a declaration, and those in them, by their plain names."""
    modifiers = next((child for child in node.children if child.type == "modifiers"), None)
    if modifiers is None:
        return
    for each in gather(modifiers, frozenset({"annotation", "marker_annotation"})):
        name = each.child_by_field_name("name")
        if name is not None:
            yield text_of(name).rpartition(".")[2].strip(), each


def _displayed(node: Node) -> Node | None:
    """The words of `@DisplayName`."""
    named = (each for name, each in _annotations(node) if name == "DisplayName")
    return next((text for each in named for text in _texts(each)), None)


def _marks(node: Node) -> Iterator[Mark]:
    for name, each in _annotations(node):
        form = {"Tag": "marker", "DisplayName": "title"}.get(name)
        for text in _texts(each) if form else ():
            yield Mark(text.start_byte, text.end_byte, form or "")


def _texts(annotation: Node) -> Iterator[Node]:
    given = annotation.child_by_field_name("arguments")
    if given is not None:
        yield from (node for node in walk(given) if node.type == "string_fragment")
