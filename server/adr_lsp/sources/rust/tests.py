"""Which functions of Rust are tests: what their attributes and the macro around them say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of

if TYPE_CHECKING:
    from tree_sitter import Node

_TESTS = frozenset({"test", "rstest", "test_case", "test_matrix", "wasm_bindgen_test"})
_PROPERTIES = frozenset({"quickcheck", "proptest", "property_test"})
_PROOFS = frozenset({"proof", "proof_for_contract"})
_GENERATING = frozenset({"proptest!", "TestRunner", "quickcheck", "QuickCheck", "arbtest"})
_MACHINES = frozenset({"test_sequential", "sequential_strategy"})
# Macros in which functions are tests: of which method, and whether all of them or only those with
# an attribute that says so.
_MACROS = {
    "proptest": ("property", False),
    "prop_state_machine": ("state-machine", False),
    "quickcheck": ("property", True),
}


def in_macro(name: str) -> tuple[str, bool]:
    """The method of the tests in a macro, and whether every function in it is one."""
    return _MACROS.get(name, ("example", False))


def method_said(attributes: list[str], around: str, called: frozenset[str]) -> str | None:
    """The method of a function with such attributes; None for one that is no test."""
    names = {each.rpartition("::")[2] for each in attributes}
    if names & _PROOFS and any(each.startswith("kani::") for each in attributes):
        return "proof"
    if not names & (_TESTS | _PROPERTIES):
        return None
    if around == "state-machine" or called & _MACHINES:
        return "state-machine"
    if around == "property" or names & _PROPERTIES or called & _GENERATING:
        return "property"
    return "example"


def attribute_names(tree: Node) -> Iterator[str]:
    """What an attribute says, from its node or its tokens; `cfg_attr` says what stands behind its
    condition."""
    tokens = tree.children
    if tree.type == "attribute_item":
        attribute = next((child for child in tokens if child.type == "attribute"), None)
        tokens = attribute.children if attribute else []
    path = _path(tokens)
    if path == "cfg_attr":
        given = next((token for token in tokens if token.type == "token_tree"), None)
        inside = given.children if given else []
        ends = [at for at, token in enumerate(inside) if token.type == ","]
        yield from (_path(inside[at + 1 :]) for at in ends)
    elif path:
        yield path


def _path(tokens: list[Node]) -> str:
    """`tokio::test` at the beginning of some tokens."""
    parts: list[str] = []
    for token in tokens:
        if token.type in ("identifier", "scoped_identifier", "::", "crate", "self"):
            parts.append(text_of(token))
        elif token.type != "[" or parts:
            break
    return "".join(parts)
