"""What the names that a file imports mean: the functions of test tools and of fast-check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of
from adr_lsp.sources.typescript.syntax import arguments, text_span

if TYPE_CHECKING:
    from tree_sitter import Node

TESTS = frozenset({"test", "it", "specify", "fit", "xit", "xtest", "testProp", "itProp"})
GROUPS = frozenset({"describe", "suite", "context", "fdescribe", "xdescribe"})
FAST_CHECK = "fast-check"
_DEFAULTS = {"node:test": "test", "test": "test", "ava": "test", "tape": "test"}


def meanings(nodes: list[Node]) -> Mapping[str, str]:
    """What each bound name was exported as (`{"spec": "it"}`), where that tells something.

    Names of fast-check have its name before theirs (`fast-check.assert`), the whole of it is
    `fast-check`; the whole of any other module is `*`.
    """
    found: dict[str, str] = {}
    for node in nodes:
        bound = _imported(node) if node.type == "import_statement" else _required(node)
        for name, module, exported in bound:
            if module == FAST_CHECK:
                whole = exported in ("*", "default")
                found[name] = FAST_CHECK if whole else f"{FAST_CHECK}.{exported}"
            elif exported == "default" and module in _DEFAULTS:
                found[name] = _DEFAULTS[module]
            elif exported == "*" or exported in TESTS | GROUPS:
                found[name] = exported
    return found


def _imported(node: Node) -> Iterator[tuple[str, str, str]]:
    module = _module(node.child_by_field_name("source"))
    clause = next((c for c in node.named_children if c.type == "import_clause"), None)
    for part in clause.named_children if clause else ():
        if part.type == "identifier":
            yield text_of(part), module, "default"
        elif part.type == "namespace_import":
            yield from ((text_of(name), module, "*") for name in part.named_children)
        elif part.type == "named_imports":
            for one in part.named_children:
                name, alias = one.child_by_field_name("name"), one.child_by_field_name("alias")
                if name is not None:
                    yield text_of(alias or name), module, text_of(name)


def _required(node: Node) -> Iterator[tuple[str, str, str]]:
    """`const test = require("node:test")`, `const { it } = require("vitest")`."""
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    called = value.child_by_field_name("function") if value is not None else None
    if name is None or value is None or called is None or text_of(called) != "require":
        return
    given = arguments(value)
    module = _module(given[0]) if given else ""
    if name.type == "identifier":
        yield text_of(name), module, "default"
    elif name.type == "object_pattern":
        for one in name.named_children:
            key, bound = one.child_by_field_name("key"), one.child_by_field_name("value")
            plain = one.type == "shorthand_property_identifier_pattern"
            if plain or (key is not None and bound is not None):
                yield text_of(bound or one), module, text_of(key or one)


def _module(node: Node | None) -> str:
    span = text_span(node) if node is not None else None
    return text_of(node)[1:-1] if node is not None and span else ""
