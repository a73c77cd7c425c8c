"""A property of proptest as it stands in a file: its arguments, its body, where it ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.scaffold.rust.items import name_of
from adr_lsp.sources.code import Code, text_of, walk
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_ATTRIBUTES = ("property_test", "proptest")


@dataclass(frozen=True, slots=True)
class Argument:
    """`name` as bound, `mutable` or not; the type or the strategy that is written for it."""

    name: str
    mutable: bool
    type: str = ""
    strategy: str = ""


@dataclass(frozen=True, slots=True)
class Property:
    """`body` is what stands between the braces; `end` the byte behind the item that holds it.

    `arguments` are None where one is no plain name.
    """

    arguments: tuple[Argument, ...] | None
    body: str
    end: int


def find(code: Code, name: str) -> Property | None:
    """The property of that name, the modules before it; None if there is none of proptest."""
    *modules, own = name.split("::")
    body: Node | None = code.root
    for each in modules:
        body = _module(body, each) if body else None
    for item in body.children if body else ():
        inner = item.named_children[0] if item.type == "expression_statement" else item
        if inner.type == "macro_invocation" and _called(inner) == "proptest":
            found = _in_macro(code, inner, own)
            if found:
                return Property(*found, _end(item))
        elif item.type == "function_item" and name_of(item) == own and _is_property(item):
            return _function(code, item)
    return None


def _end(item: Node) -> int:
    after = item.next_sibling
    closed = after is not None and after.type == ";" and after.start_byte == item.end_byte
    return after.end_byte if after is not None and closed else item.end_byte


def _module(body: Node, name: str) -> Node | None:
    for node in body.children:
        if node.type == "mod_item" and name_of(node) == name:
            return node.child_by_field_name("body")
    return None


def _called(macro: Node) -> str:
    name = macro.child_by_field_name("macro")
    return text_of(name).rpartition("::")[2] if name else ""


def _in_macro(code: Code, macro: Node, own: str) -> tuple[tuple[Argument, ...] | None, str] | None:
    tree = next((child for child in macro.children if child.type == "token_tree"), None)
    tokens = list(tree.children) if tree else []
    for at, token in enumerate(tokens[:-3]):
        name, given, body = tokens[at + 1], tokens[at + 2], tokens[at + 3]
        named = token.type == "fn" and text_of(name).removeprefix("r#") == own
        if named and given.type == "token_tree" and body.type == "token_tree":
            return _arguments(code, given), _inside(code, body)
    return None


def _inside(code: Code, braces: Node) -> str:
    return code.data[braces.start_byte + 1 : braces.end_byte - 1].decode("utf-8", "replace")


def _arguments(code: Code, listed: Node) -> tuple[Argument, ...] | None:
    found = [_argument(code, part) for part in _between_commas(listed.children[1:-1])]
    return tuple(a for a in found if a) if all(found) else None


def _between_commas(tokens: list[Node]) -> Iterator[list[Node]]:
    """What stands between the commas; those between `<` and `>` of a type part nothing."""
    part: list[Node] = []
    open_ = 0
    for token in tokens:
        said = text_of(token)
        open_ += said.count("<") - (said.count(">") if said != "->" and said != "=>" else 0)
        if token.type == "," and open_ <= 0:
            yield part
            part = []
        elif token.type not in ("line_comment", "block_comment"):
            part.append(token)
    if part:
        yield part


def _argument(code: Code, tokens: list[Node]) -> Argument | None:
    """`n in 0..3`, `mut n: u64`."""
    words = [text_of(token) for token in tokens]
    mutable = words[:1] == ["mut"]
    name, *rest = words[1:] if mutable else words
    signs = tokens[2 if mutable else 1 :]
    if len(rest) < 2 or rest[0] not in ("in", ":") or not name.isidentifier():
        return None
    said = code.data[signs[1].start_byte : signs[-1].end_byte].decode("utf-8", "replace")
    return Argument(name, mutable, said if rest[0] == ":" else "", said if rest[0] == "in" else "")


def _is_property(function: Node) -> bool:
    """`#[property_test]`, or the attribute of test-strategy."""
    above = function.prev_sibling
    while above is not None and above.type in ("attribute_item", "line_comment", "block_comment"):
        said = text_of(above).removeprefix("#[").rstrip("]").partition("(")[0].strip()
        if above.type == "attribute_item" and said.rpartition("::")[2] in _ATTRIBUTES:
            return True
        above = above.prev_sibling
    return False


def _function(code: Code, function: Node) -> Property:
    listed = function.child_by_field_name("parameters")
    body = function.child_by_field_name("body")
    found: list[Argument] = []
    simple = True
    for parameter in listed.named_children if listed else ():
        if parameter.type != "parameter":
            continue
        pattern, type_ = (parameter.child_by_field_name(n) for n in ("pattern", "type"))
        mutable = any(child.type == "mutable_specifier" for child in walk(parameter))
        if pattern is None or type_ is None or pattern.type not in ("identifier", "mut_pattern"):
            simple = False
            break
        name = text_of(pattern).removeprefix("mut ").strip()
        found.append(Argument(name, mutable and "&" not in text_of(type_), text_of(type_)))
    inside = _inside(code, body) if body else ""
    return Property(tuple(found) if simple else None, inside, function.end_byte)
