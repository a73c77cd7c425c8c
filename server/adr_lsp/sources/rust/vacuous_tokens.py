"""Conditions among the tokens of a macro of Rust that hold whatever the code does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of, walk
from adr_lsp.sources.definitions.passage import words
from adr_lsp.sources.rust.normal import COMMENTS

if TYPE_CHECKING:
    from tree_sitter import Node

_LITERALS = words(
    "integer_literal float_literal boolean_literal string_literal char_literal raw_string_literal"
)
_REFLEXIVE = ("==", "<=", ">=")


def macro_holds(name: str, tree: Node | None) -> bool:
    """Whether an assertion passes whatever the code does: `assert!(true)`, `assert_eq!(x, x)`."""
    given = arguments(tree) if tree is not None else []
    if name.endswith("_eq"):
        return len(given) > 1 and _are_same(given[0], given[1])
    if name.endswith("assert") and given:
        return _holds(given[0])
    return False


def never_holds(tree: Node | None) -> bool:
    """`prop_assume!(false)`."""
    given = arguments(tree) if tree is not None else []
    return bool(given) and _text(given[0]) == ["false"]


def arguments(tree: Node) -> list[list[Node]]:
    """The tokens of a list, by its commas."""
    found: list[list[Node]] = [[]]
    for token in tree.children[1:-1]:
        if token.type == ",":
            found.append([])
        elif token.type not in COMMENTS:
            found[-1].append(token)
    return [one for one in found if one]


def _holds(condition: list[Node]) -> bool:
    """`true`, `x == x`, `1 < 2`, `a || true`; `&&` of such."""
    condition = _bare(condition)
    for operator, every in (("||", False), ("&&", True)):
        sides = _split(condition, (operator,))
        if len(sides) > 1:
            holding = [_holds(side) for side in sides]
            return all(holding) if every else any(holding)
    if _text(condition) in (["true"], ["!", "false"]):
        return True
    compared = _split(condition, ("==", "<=", ">=", "<", ">", "!="))
    if len(compared) != 2:
        return False
    if all(_is_literal(side) for side in compared):
        return True
    signs = [token.type for token in condition if token.type in _REFLEXIVE]
    return bool(signs) and _are_same(*compared)


def _bare(tokens: list[Node]) -> list[Node]:
    """Without parentheses around all of it."""
    while len(tokens) == 1 and tokens[0].type == "token_tree" and tokens[0].child_count > 2:
        if tokens[0].children[0].type != "(":
            break
        tokens = tokens[0].children[1:-1]
    return tokens


def _split(tokens: list[Node], signs: tuple[str, ...]) -> list[list[Node]]:
    found: list[list[Node]] = [[]]
    for token in tokens:
        if token.type in signs or text_of(token) in signs:
            found.append([])
        else:
            found[-1].append(token)
    return found


def _are_same(one: list[Node], other: list[Node]) -> bool:
    """Two expressions that read the same and call nothing, or two constants."""
    if _is_literal(one) and _is_literal(other):
        return True
    first, second = _text(_bare(one)), _text(_bare(other))
    return bool(first) and first == second and not {"(", "!", "?"} & set(first)


def _is_literal(tokens: list[Node]) -> bool:
    plain = [token for token in _bare(tokens) if token.type not in ("-", "&")]
    return len(plain) == 1 and plain[0].type in _LITERALS


def _text(tokens: list[Node]) -> list[str]:
    return [
        text_of(leaf)
        for token in tokens
        for leaf in walk(token)
        if not leaf.child_count and leaf.type not in COMMENTS
    ]
