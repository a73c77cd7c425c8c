"""Which tests a file of Rust holds, in its modules and in its macros."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.sources.calls import Calls
from adr_lsp.sources.code import Code, text_of
from adr_lsp.sources.places import Mark, Outline, Place, gather
from adr_lsp.sources.rust.tests import attribute_names, in_macro, method_said
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_COMMENTS = frozenset({"line_comment", "block_comment"})
_ATTRIBUTE, _FUNCTION, _MODULE = "attribute_item", "function_item", "mod_item"
_CALL, _MACRO = "call_expression", "macro_invocation"
_WANTED = _COMMENTS | {"ERROR", _ATTRIBUTE, _FUNCTION, _MODULE, _CALL, _MACRO}
_BEFORE_FN = frozenset({"pub", "async", "unsafe", "const", "extern", "identifier"})


@dataclass(frozen=True, slots=True)
class _Function:
    """A function or module: where it begins with its attributes, and what these say."""

    start: int
    node: Node
    name: Node
    body: Node | None
    end: int
    attributes: tuple[str, ...]


def outline(code: Code, nodes: list[Node] | None = None) -> Outline:
    """Every test and module of a file, with its comments."""
    nodes = gather(code.root, _WANTED) if nodes is None else nodes
    comments = [(n.start_byte, n.end_byte) for n in nodes if n.type in _COMMENTS]
    return Outline(code, _places(code, nodes), comments)


def is_inner(comment: bytes) -> bool:
    """Whether a comment is about what it stands in."""
    return comment.startswith((b"//!", b"/*!"))


def _places(code: Code, nodes: list[Node]) -> Iterator[Place]:
    calls = _calls(nodes)
    above = [node for node in nodes if node.type in _COMMENTS or node.type == _ATTRIBUTE]
    ends = [node.end_byte for node in above]
    inside = -1
    for node in nodes:
        if node.type == "ERROR":
            yield from _open_modules(node)
        elif node.start_byte < inside:
            continue  # what stands in a function is no test
        elif node.type == _MODULE:
            found = _found(code, node, above, ends)
            if found and found.body is not None:
                yield _place(found, None)
        elif node.type == _FUNCTION:
            inside = node.end_byte
            found = _found(code, node, above, ends)
            called = calls.within((node.start_byte, node.end_byte))
            method = method_said(list(found.attributes), "", called) if found else None
            if found and method:
                yield _place(found, method)
        elif node.type == _MACRO:
            inside = node.end_byte
            yield from _in_macro(node)


def _open_modules(error: Node) -> Iterator[Place]:
    """Modules that are not closed yet, while one types."""
    tokens = error.children
    for word, name, brace in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if (word.type, name.type, brace.type) == ("mod", "identifier", "{"):
            module = _Function(word.start_byte, word, name, brace, error.end_byte, ())
            yield _place(module, None)


def _found(code: Code, node: Node, above: list[Node], ends: list[int]) -> _Function | None:
    """A definition with the attributes that stand before it."""
    name = node.child_by_field_name("name")
    if name is None or not name.text:
        return None
    start, at = node.start_byte, node.start_byte
    said: list[str] = []
    index = bisect_right(ends, at) - 1
    while index >= 0 and not code.data[ends[index] : at].strip():
        at = above[index].start_byte
        if above[index].type == _ATTRIBUTE:
            start = at
            said += attribute_names(above[index])
        index -= 1
    body = node.child_by_field_name("body")
    return _Function(start, node, name, body, node.end_byte, tuple(said))


def _place(found: _Function, method: str | None) -> Place:
    span = found.name.start_byte, found.name.end_byte
    return Place(
        start=found.start,
        head=found.body.start_byte if found.body is not None else found.end,
        end=found.end,
        name=span,
        title=text_of(found.name).removeprefix("r#"),
        method=method,
        marks=(Mark(*span, "identifier"),),
    )


def _in_macro(macro: Node) -> Iterator[Place]:
    """The tests among the tokens of a macro."""
    name = macro.child_by_field_name("macro")
    tree = next((child for child in macro.children if child.type == "token_tree"), None)
    if name is None or tree is None:
        return
    method, every = in_macro(text_of(name).rpartition("::")[2])
    for found in _functions(tree.children):
        said = [*found.attributes, *(["test"] if every else [])]
        meant = method_said(said, method, frozenset())
        if meant:
            yield _place(found, meant)


def _functions(tokens: list[Node]) -> Iterator[_Function]:
    """Every `fn name` among tokens, with the attributes right before it."""
    start: int | None = None
    said: list[str] = []
    for at, token in enumerate(tokens):
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.type == "fn" and following is not None and following.type == "identifier":
            body, end = _body(tokens, at + 2)
            first = token.start_byte if start is None else start
            yield _Function(first, token, following, body, end, tuple(said))
        if token.type == "token_tree" and at and tokens[at - 1].type == "#":
            said += attribute_names(token)
        elif token.type == "#" or token.type in _BEFORE_FN:
            start = token.start_byte if start is None else start
        elif token.type not in _COMMENTS:
            start, said = None, []


def _body(tokens: list[Node], at: int) -> tuple[Node | None, int]:
    """The braces of a function, and where it ends."""
    for token in tokens[at : at + 64]:
        if token.type == "token_tree" and token.children and token.children[0].type == "{":
            return token, token.end_byte
        if token.type in (";", "fn"):
            return None, token.end_byte if token.type == ";" else token.start_byte
    last = tokens[min(at, len(tokens)) - 1]
    return None, last.end_byte


def _calls(nodes: list[Node]) -> Calls:
    called: list[tuple[int, str]] = []
    functions: dict[str, tuple[int, int]] = {}
    for node in nodes:
        if node.type == _CALL:
            called += [(node.start_byte, part) for part in _parts(node)]
        elif node.type == _MACRO:
            name = node.child_by_field_name("macro")
            called.append(
                (node.start_byte, f"{text_of(name).rpartition('::')[2]}!" if name else "")
            )
        elif node.type == _FUNCTION:
            name = node.child_by_field_name("name")
            functions[text_of(name) if name else ""] = (node.start_byte, node.end_byte)
    return Calls(called, functions)


def _parts(call: Node) -> list[str]:
    """The names of a called path: `["TestRunner", "new"]`; the method of anything else."""
    function = call.child_by_field_name("function")
    if function is not None and function.type == "field_expression":
        function = function.child_by_field_name("field")
    if function is None or function.type not in (
        "identifier",
        "scoped_identifier",
        "field_identifier",
    ):
        return []
    return [part.strip() for part in text_of(function).split("::")]
