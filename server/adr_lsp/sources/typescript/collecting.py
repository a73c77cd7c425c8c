"""Which tests a file of TypeScript or JavaScript holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from adr_lsp.sources.calls import Calls
from adr_lsp.sources.code import Code, text_of
from adr_lsp.sources.places import Mark, Outline, Place, gather
from adr_lsp.sources.typescript.methods import calls_of, method
from adr_lsp.sources.typescript.names import GROUPS, TESTS, meanings
from adr_lsp.sources.typescript.syntax import (
    FUNCTIONS,
    arguments,
    chain,
    first_parameter,
    function_in,
    spoken,
    text_span,
    texts_in,
)
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_CALL = "call_expression"
_BINDING = frozenset({"import_statement", "variable_declarator"})
_NAMED = frozenset(
    {"function_declaration", "generator_function_declaration", "variable_declarator"}
)
_COMMENTS = frozenset({"comment", "html_comment"})
_WANTED = _COMMENTS | _BINDING | _NAMED | {"ERROR", _CALL}
_BOUND = frozenset({"each", "for", "prop", "skipIf", "runIf"})  # give the function that is called
_PENDING = frozenset({"todo", "skip", "fixme", "failing", "fail", "fails"})
_MODIFIERS = (
    _BOUND
    | _PENDING
    | GROUPS
    | TESTS
    | frozenset({"only", "concurrent", "sequential", "shuffle", "serial", "parallel", "slow"})
)
_NO_BODY = frozenset({"string", "template_string", "number", "true", "false", "null", "undefined"})
_LONGEST = 300  # of a title that is no text
_TAGS = ("tag", "tags")


@dataclass(frozen=True, slots=True)
class _Declared:
    """A call that makes a test or a group of tests."""

    call: Node
    group: bool
    title: Node | None
    body: Node | None


def outline(code: Code, nodes: list[Node] | None = None) -> Outline:
    """Every test and group of a file, with its comments."""
    nodes = gather(code.root, _WANTED) if nodes is None else nodes
    calls = [node for node in nodes if node.type == _CALL]
    names = meanings([node for node in nodes if node.type in _BINDING])
    called = calls_of(calls, [node for node in nodes if node.type in _NAMED], names)
    places = [_place(each, called) for each in _declared(calls, names)]
    for node in nodes:
        if node.type == "ERROR":
            places += _open(node, names)
    comments = [(n.start_byte, n.end_byte) for n in nodes if n.type in _COMMENTS]
    return Outline(code, places, comments)


def _open(error: Node, names: Mapping[str, str]) -> Iterator[Place]:
    """Tests and groups that are not closed yet, while one types: `describe("a", () => {`."""
    tokens = error.children
    for word, sign, title in zip(tokens, tokens[1:], tokens[2:], strict=False):
        meant = names.get(text_of(word), text_of(word)) if word.type == "identifier" else ""
        span = text_span(title) if sign.type == "(" and meant in TESTS | GROUPS else None
        if span:
            method = None if meant in GROUPS else "example"
            shown = text_of(title)[1:-1]
            marks = (Mark(*span, "title"),)
            head, end = title.end_byte, error.end_byte
            yield Place(word.start_byte, head, end, span, shown, method, spoken(shown), marks)


def _declared(calls: list[Node], names: Mapping[str, str]) -> Iterator[_Declared]:
    """The calls that make tests; those of `t.test` only where a test around them gives `t`."""
    contexts: list[tuple[int, str | None]] = []
    for call in calls:
        while contexts and contexts[-1][0] <= call.start_byte:
            contexts.pop()
        known = [name for _, name in contexts if name]
        found = _declaration(call, names, known)
        if found:
            body = found.body
            given = first_parameter(body) if body is not None and not found.group else None
            contexts.append((call.end_byte, given))
            yield found


def _declaration(call: Node, names: Mapping[str, str], contexts: list[str]) -> _Declared | None:
    found = chain(call)
    if found is None:
        return None
    path, bound = _meant(found[0], names, contexts), found[1]
    if path is None or bound != bool(_BOUND & set(path)):
        return None
    group = not GROUPS.isdisjoint(path)
    given = arguments(call)
    body = function_in(given)
    if not given:
        return None
    title = given[0] if given[0].type not in FUNCTIONS else None
    if title is None:
        return _Declared(call, True, None, body) if group else None
    if _is_title(title):
        lacking = len(given) == 1 and not (_PENDING & set(path) or path[0] in ("it", "xit"))
        ends = lacking or (len(given) > 1 and given[1].type in _NO_BODY)
        return None if ends else _Declared(call, group, title, body)
    plain = title.type not in _NO_BODY and title.end_byte - title.start_byte <= _LONGEST
    return _Declared(call, group, title, body) if plain and body is not None else None


def _meant(path: list[str], names: Mapping[str, str], contexts: list[str]) -> list[str] | None:
    """`["test", "only"]` whatever the names are here; None for a call of something else."""
    root, *rest = path
    meant = names.get(root, root)
    if rest and (meant in ("*", "Deno", "QUnit") or (root in contexts and rest[0] == "test")):
        meant, *rest = rest
    if meant not in TESTS | GROUPS or not _MODIFIERS.issuperset(rest):
        return None
    return [meant, *rest]


def _is_title(node: Node) -> bool:
    return text_span(node) is not None or _parts(node) is not None


def _parts(node: Node) -> list[Node] | None:
    """The texts of `"a" + "b"`; None for anything else."""
    parts: list[Node] = []
    while node.type == "binary_expression":
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None or text_span(right) is None:
            return None
        parts.append(right)
        node = left
    return [node, *reversed(parts)] if parts and text_span(node) else None


def _place(found: _Declared, called: Calls) -> Place:
    call, title = found.call, found.title
    body = found.body.child_by_field_name("body") if found.body is not None else None
    span = _span(title) if title is not None else (call.start_byte, call.start_byte)
    return Place(
        start=call.start_byte,
        head=body.start_byte if body is not None else call.end_byte,
        end=call.end_byte,
        name=span,
        title=_title(title) if title is not None else "",
        method=None if found.group else method(call, called),
        spoken=_spoken(title) if title is not None else "",
        marks=tuple(_marks(found)),
    )


def _span(title: Node) -> tuple[int, int]:
    return text_span(title) or (title.start_byte, title.end_byte)


def _title(title: Node) -> str:
    shown = text_of(title)
    return shown[1:-1] if text_span(title) else shown


def _spoken(title: Node) -> str:
    parts = [title] if text_span(title) else _parts(title)
    if parts:
        return "".join(spoken(text_of(part)[1:-1]) for part in parts)
    return text_of(title).removesuffix(".name")


def _marks(found: _Declared) -> Iterator[Mark]:
    if found.title is not None and _is_title(found.title):
        for part in _parts(found.title) or [found.title]:
            yield Mark(*_span(part), "title")
    for value in arguments(found.call):
        pairs = value.named_children if value.type == "object" else ()
        for pair in pairs:
            key, listed = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            if key is not None and listed is not None and text_of(key).strip("'\"") in _TAGS:
                yield from (Mark(*_span(text), "marker") for text in texts_in(listed))
