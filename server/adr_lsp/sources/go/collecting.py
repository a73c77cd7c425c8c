"""Which tests a file of Go holds; subtests belong to the test that runs them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.sources.calls import Calls
from adr_lsp.sources.code import Code, text_of
from adr_lsp.sources.places import Mark, Outline, Place, gather

if TYPE_CHECKING:
    from tree_sitter import Node

_COMMENT, _CALL, _PACKAGE = "comment", "call_expression", "package_clause"
_FUNCTIONS = frozenset({"function_declaration", "method_declaration"})
_WANTED = _FUNCTIONS | {_COMMENT, _CALL, _PACKAGE}
_TEST = re.compile(r"(Test|Fuzz|Example)(?![a-z])")
_PARAMETER = {"Test": ".T", "Fuzz": ".F"}
_TEXTS = ("interpreted_string_literal", "raw_string_literal")
_PROPERTY = frozenset(
    {
        *("rapid.Check", "rapid.MakeCheck", "rapid.MakeFuzz"),
        *("quick.Check", "quick.CheckEqual", "prop.ForAll"),
    }
)
_MACHINE = frozenset({"rapid.Run", "rapid.StateMachineActions", "commands.Prop"})


def outline(path: str, code: Code) -> Outline:
    """Every test of a file, with its comments; only files named for tests hold some."""
    nodes = gather(code.root, _WANTED)
    comments = [(n.start_byte, n.end_byte) for n in nodes if n.type == _COMMENT]
    places = list(_places(code, nodes)) if path.endswith("_test.go") else []
    return Outline(code, places, comments)


def _places(code: Code, nodes: list[Node]) -> Iterator[Place]:
    calls = _calls(nodes)
    test: Place | None = None
    for node in nodes:
        if node.type == _PACKAGE:
            end = node.end_byte
            yield Place(node.start_byte, end, len(code.data), (node.start_byte, end), "")
        elif node.type in _FUNCTIONS:
            test = _test(node, calls)
            if test:
                yield test
        elif node.type == _CALL and test and node.end_byte <= test.end:
            subtest = _subtest(node)
            if subtest:
                yield subtest


def _test(node: Node, calls: Calls) -> Place | None:
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    if name is None or body is None or not _TEST.match(text_of(name)):
        return None
    kind = text_of(name)[:4].replace("Exam", "Example")
    suite = _receiver(node)
    wanted = "" if suite else _PARAMETER.get(kind, "")
    if not _takes(node, wanted) or (suite and kind != "Test"):
        return None
    called = calls.within((body.start_byte, body.end_byte))
    span = name.start_byte, name.end_byte
    return Place(
        start=node.start_byte,
        head=body.start_byte,
        end=node.end_byte,
        name=span,
        title=f"{suite}::{text_of(name)}" if suite else text_of(name),
        method="property" if kind == "Fuzz" else _method(called),
        marks=(Mark(*span, "identifier"),),
    )


def _receiver(node: Node) -> str:
    """The type of the suite that a method belongs to."""
    receiver = node.child_by_field_name("receiver")
    return text_of(receiver).strip("()").rpartition(" ")[2].lstrip("*") if receiver else ""


def _takes(node: Node, wanted: str) -> bool:
    """Whether a function takes what `go test` gives: one parameter of such a type, or none."""
    listed = node.child_by_field_name("parameters")
    given = [c for c in listed.named_children if c.type != _COMMENT] if listed else []
    if not wanted:
        return not given
    return len(given) == 1 and text_of(given[0]).endswith(wanted)


def _method(called: frozenset[str]) -> str:
    if called & _MACHINE or any(name.endswith(".Repeat") for name in called):
        return "state-machine"
    generated = called & _PROPERTY or any(name.endswith(".TestingRun") for name in called)
    return "property" if generated else "example"


def _subtest(call: Node) -> Place | None:
    """`t.Run("name", func…)`."""
    function, given = (call.child_by_field_name(part) for part in ("function", "arguments"))
    first = given.named_children[0] if given and given.named_children else None
    if function is None or first is None or not text_of(function).endswith(".Run"):
        return None
    if first.type not in _TEXTS or len(given.named_children if given else ()) < 2:
        return None
    span = first.start_byte + 1, max(first.start_byte + 1, first.end_byte - 1)
    marks = (Mark(*span, "title"), Mark(*span, "identifier"))
    return Place(call.start_byte, first.end_byte, call.end_byte, span, "", marks=marks, part=True)


def _calls(nodes: list[Node]) -> Calls:
    called: list[tuple[int, str]] = []
    functions: dict[str, tuple[int, int]] = {}
    for node in nodes:
        if node.type == _CALL:
            function = node.child_by_field_name("function")
            called.append((node.start_byte, _name(function) if function else ""))
        elif node.type == "function_declaration":
            name = node.child_by_field_name("name")
            functions[text_of(name) if name else ""] = (node.start_byte, node.end_byte)
    return Calls(called, functions)


def _name(function: Node) -> str:
    """`rapid.Check`, also of `rapid.Run[*Machine]`."""
    if function.type in ("index_expression", "type_instantiation_expression"):
        function = function.child_by_field_name("operand") or function.children[0]
    return text_of(function) if function.type in ("identifier", "selector_expression") else ""
