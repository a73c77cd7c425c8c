"""By which method a test verifies: whether it, or a helper of its file, runs fast-check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from adr_lsp.sources.calls import Calls, Span
from adr_lsp.sources.code import text_of
from adr_lsp.sources.typescript.names import FAST_CHECK
from adr_lsp.sources.typescript.syntax import FUNCTIONS, arguments, chain

if TYPE_CHECKING:
    from tree_sitter import Node

_PROPERTY = frozenset({"assert", "check", "property", "asyncProperty"})
_MACHINE = frozenset({"commands", "modelRun", "asyncModelRun", "scheduledModelRun"})


def calls_of(calls: list[Node], functions: list[Node], names: Mapping[str, str]) -> Calls:
    """The calls of a file by what the called names mean."""
    called = [(call.start_byte, _meant(call, names)) for call in calls]
    return Calls(called, dict(filter(None, map(_named, functions))))


def method(call: Node, calls: Calls) -> str:
    """That of the test which a call makes."""
    called = set(calls.within((call.start_byte, call.end_byte)))
    for argument in arguments(call):
        called |= calls.of(text_of(argument)) if argument.type == "identifier" else set()
    own = {name.partition(".")[2] for name in called if name.partition(".")[0] == FAST_CHECK}
    if own & _MACHINE:
        return "state-machine"
    prop = any(name.endswith(".prop") or name in ("testProp", "itProp") for name in called)
    return "property" if prop or own & _PROPERTY else "example"


def _meant(call: Node, names: Mapping[str, str]) -> str:
    found = chain(call)
    if found is None:
        return ""
    root, *rest = found[0]
    meant = names.get(root, FAST_CHECK if root == "fc" else root)
    return ".".join([meant, *rest])


def _named(node: Node) -> tuple[str, Span] | None:
    """A function of the file by its name."""
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    function = node if node.type in FUNCTIONS else value
    if name is None or function is None or function.type not in FUNCTIONS:
        return None
    return text_of(name), (function.start_byte, function.end_byte)
