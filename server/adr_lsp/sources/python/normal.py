"""The normal form of Python code: equal where only comments, layout or docstrings differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of

if TYPE_CHECKING:
    from tree_sitter import Node

_LAYOUT = frozenset("(),;")
_SAME = {
    "expression_list": "tuple",
    "pattern_list": "tuple",
    "tuple_pattern": "tuple",
    "list_pattern": "list",
}
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[\s\S])")
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "\n": "", "\\": "\\", "'": "'", '"': '"'}


def digest(parts: Iterable[str]) -> str:
    return blake2b("\0".join(parts).encode(errors="replace"), digest_size=16).hexdigest()


def normal(node: Node, *, headers_only: bool = False) -> Iterator[str]:
    """The words of the code below a node, with its structure.

    With `headers_only`, functions and classes inside are there without their bodies.
    """
    stack: list[Node | str] = [node]
    while stack:
        top = stack.pop()
        if isinstance(top, str):
            yield top
        elif top.type in ("string", "concatenated_string"):
            stack.extend(reversed(list(_text(top))))
        elif not _is_idle(top):
            inside = header(top) if headers_only and _is_definition(top) else top.children
            stack.extend(reversed(list(_form(top, inside))))


def header(definition: Node) -> list[Node]:
    """The children of a function or class without its body and an empty list of bases."""
    left_out = [definition.child_by_field_name("body")]
    bases = definition.child_by_field_name("superclasses")
    if bases is not None and not bases.named_children:
        left_out.append(bases)
    return [c for c in definition.children if c not in left_out and c.type != "comment"]


def _is_definition(node: Node) -> bool:
    return node.type in ("function_definition", "class_definition")


def _is_idle(node: Node) -> bool:
    """What does nothing: comments, `pass`, `...` and texts (docstrings) as statements."""
    if node.type in ("comment", "line_continuation", "pass_statement"):
        return True
    if node.type != "expression_statement" or len(node.named_children) != 1:
        return False
    only = node.named_children[0]
    return only.type == "ellipsis" or (
        only.type in ("string", "concatenated_string") and not _interpolates(only)
    )


def _interpolates(text: Node) -> bool:
    parts = text.children if text.type == "concatenated_string" else [text]
    return any(child.type == "interpolation" for part in parts for child in part.children)


def _form(node: Node, children: list[Node]) -> Iterator[Node | str]:
    """What stands for a node: its type, what is in it, and an end; words for what holds none."""
    if not children or node.type == "format_specifier":
        if node.type not in _LAYOUT:
            yield _word(node)
    elif node.type == "parenthesized_expression":
        yield from children
    elif node.type == "subscript":
        yield from _subscript(children)
    else:
        yield f"<{_SAME.get(node.type, node.type)}"
        for child in _arguments(node, children):
            if _is_bare_generator(node, child):
                yield from ("<argument_list", child, ">")
            else:
                yield child
        yield ">"


def _arguments(node: Node, children: list[Node]) -> list[Node]:
    if node.type == "class_definition":
        return [c for c in children if c.type != "argument_list" or c.named_children]
    return children


def _is_bare_generator(node: Node, child: Node) -> bool:
    """`f(x for x in y)`, where the arguments are the generator itself."""
    return node.type == "call" and child.type == "generator_expression"


def _subscript(children: list[Node]) -> Iterator[Node | str]:
    """`x[a, b]` and `x[(a, b)]` are one."""
    several = any(child.type == "," for child in children)
    inside = [c for c in children[1:] if c.is_named]
    yield from ("<subscript", children[0])
    if several:
        yield "<tuple"
    yield from inside
    if several:
        yield ">"
    yield ">"


def _word(node: Node) -> str:
    word = text_of(node)
    if node.type == "integer" and len(word) < 40:
        try:
            return str(int(word, 0))
        except ValueError:
            return word.lower()
    return word


def _text(node: Node) -> Iterator[Node | str]:
    """A text, whatever its quotes; texts that stand side by side are one."""
    parts = node.named_children if node.type == "concatenated_string" else [node]
    yield "<text"
    said = ""
    for part in (p for p in parts if p.type == "string"):
        prefix = text_of(part.children[0]).lower().rstrip("'\"")
        said += "".join(sorted(set(prefix) & set("bt")))
        for child in part.children:
            if child.type == "string_content":
                said += _characters(text_of(child), prefix)
            elif child.type == "interpolation":
                yield said
                yield child
                said = ""
    yield from (said, ">")


def _characters(content: str, prefix: str) -> str:
    if "f" in prefix or "t" in prefix:
        content = content.replace("{{", "{").replace("}}", "}")
    if "r" in prefix:
        return content
    return _ESCAPE.sub(lambda m: _unescaped(m.group()), content)


def _unescaped(escape: str) -> str:
    sign = escape[1]
    if sign in "xu" and len(escape) > 2:
        return chr(int(escape[2:], 16))
    return _PLAIN.get(sign, f"\0{escape}")
