"""Macros whose input is functions, made readable: `proptest! { fn a(x in 0..9) { … } }`.

The parser sees only tokens there. So such a macro is read again as a module of the same length,
with the lists of parameters left blank; every place stays where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from adr_lsp.sources.code import parse, text_of
from adr_lsp.sources.definitions.passage import plain
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_MACROS = frozenset({"proptest", "prop_state_machine", "quickcheck"})
_TEST = re.compile(rb"#\s*\[\s*(?:\w+\s*::\s*)*test\b")
_MODULE = b"mod __"
_OPEN = b"([{"


@dataclass(frozen=True, slots=True)
class Tree:
    """A file's tree, with the parameters and the macros' names that were left out of it, by where
    they begin."""

    root: Node
    blank: dict[int, Node]

    def parameters(self, function: Node) -> tuple[Node, ...]:
        """The parameters of a function in a macro, as tokens; none of any other."""
        listed = function.child_by_field_name("parameters")
        told = self.blank.get(listed.start_byte) if listed is not None else None
        return (told,) if told is not None else ()

    def macro(self, module: Node) -> tuple[Node, ...]:
        """The name of the macro that was made a module."""
        told = self.blank.get(module.start_byte)
        return (told,) if told is not None else ()


def tree_of(raw: bytes) -> Tree:
    """The tree of a file; kept for the files that were asked for last."""
    return _tree(raw)


@lru_cache(maxsize=256)
def _tree(raw: bytes) -> Tree:
    data = plain(raw)
    root = parse(data, "rust")
    if b"!" not in data:
        return Tree(root, {})
    changed, blank = bytearray(data), {}
    for macro in _macros(root):
        blank.update(_opened(macro, changed))
    if not blank:
        return Tree(root, {})
    again = parse(bytes(changed), "rust")
    return Tree(again, blank) if root.has_error or not again.has_error else Tree(root, {})


def is_module_of_macro(name: str) -> bool:
    """Whether a module's name is one that a macro was given."""
    return name.startswith("__") and not name.strip("_")


def _macros(root: Node) -> Iterator[Node]:
    """The macros that stand as items."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node.type == "macro_invocation":
            name = node.child_by_field_name("macro")
            known = name is not None and text_of(name).rpartition("::")[2] in _MACROS
            if known or _TEST.search(node.text or b""):
                yield node
        elif node.type in ("source_file", "mod_item", "declaration_list", "expression_statement"):
            stack.extend(reversed(node.children))


def _opened(macro: Node, data: bytearray) -> dict[int, Node]:
    """Makes a module of a macro; gives the parameters that are blank now."""
    tree = next((child for child in macro.children if child.type == "token_tree"), None)
    if tree is None or tree.start_byte - macro.start_byte <= len(_MODULE) or not tree.children:
        return {}
    found: dict[int, Node] = {}
    tokens = [t for t in tree.children if t.type not in ("line_comment", "block_comment")]
    for word, name, listed in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if word.type == "fn" and name.type == "identifier" and listed.type == "token_tree":
            found[listed.start_byte] = listed
    if not found:
        return {}
    length = tree.start_byte - macro.start_byte
    data[macro.start_byte : tree.start_byte] = _MODULE.ljust(length, b"_")
    data[tree.start_byte] = ord("{")
    data[tree.end_byte - 1] = ord("}")
    for listed in found.values():
        inside = data[listed.start_byte + 1 : listed.end_byte - 1]
        shown = bytes(c if c == ord("\n") else ord(" ") for c in inside)
        data[listed.start_byte + 1 : listed.end_byte - 1] = shown
    called = macro.child_by_field_name("macro")
    return found | ({macro.start_byte: called} if called is not None else {})
