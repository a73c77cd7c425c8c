"""By which method a test verifies: whether it, or a helper of its file, runs fast-check."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of
from adr_lsp.sources.typescript.names import FAST_CHECK
from adr_lsp.sources.typescript.syntax import FUNCTIONS, arguments, chain

if TYPE_CHECKING:
    from tree_sitter import Node

_PROPERTY = frozenset({"assert", "check", "property", "asyncProperty"})
_MACHINE = frozenset({"commands", "modelRun", "asyncModelRun", "scheduledModelRun"})

Span = tuple[int, int]


class Methods:
    """The calls of a file by their place, and its functions by their name."""

    def __init__(self, calls: list[Node], functions: list[Node], names: Mapping[str, str]) -> None:
        self._names = names
        self._starts = [call.start_byte for call in calls]
        self._calls = [self._meant(call) for call in calls]
        self._functions = dict(filter(None, map(_named, functions)))
        self._known: dict[Span, frozenset[str]] = {}

    def of(self, call: Node) -> str:
        """That of the test which a call makes."""
        found = set(self._reached((call.start_byte, call.end_byte)))
        for argument in arguments(call):
            span = self._functions.get(text_of(argument)) if argument.type == "identifier" else None
            found |= self._reached(span) if span else set()
        return _method(found)

    def _meant(self, call: Node) -> str:
        found = chain(call)
        if found is None:
            return ""
        root, *rest = found[0]
        meant = self._names.get(root, FAST_CHECK if root == "fc" else root)
        return ".".join([meant, *rest])

    def _reached(self, span: Span) -> frozenset[str]:
        """All that is called in a part of the file, and in the functions of the file it calls."""
        if span in self._known:
            return self._known[span]
        found: set[str] = set()
        pending, seen = [span], {span}
        while pending:
            start, end = pending.pop()
            inside = self._calls[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
            for name in set(inside) - found:
                found.add(name)
                helper = self._functions.get(name)
                if helper and helper not in seen:
                    seen.add(helper)
                    pending.append(helper)
        self._known[span] = frozenset(found)
        return self._known[span]


def _method(called: set[str]) -> str:
    own = {name.partition(".")[2] for name in called if name.partition(".")[0] == FAST_CHECK}
    if own & _MACHINE:
        return "state-machine"
    prop = any(name.endswith(".prop") or name in ("testProp", "itProp") for name in called)
    return "property" if prop or own & _PROPERTY else "example"


def _named(node: Node) -> tuple[str, Span] | None:
    """A function of the file by its name."""
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    function = node if node.type in FUNCTIONS else value
    if name is None or function is None or function.type not in FUNCTIONS:
        return None
    return text_of(name), (function.start_byte, function.end_byte)
