"""The definitions and statements of a scope of TypeScript or JavaScript."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of
from adr_lsp.sources.definitions.passage import Passage, Whole, words
from adr_lsp.sources.definitions.shape import Part, Statement
from adr_lsp.sources.typescript.normal import (
    COMMENTS,
    ERASING,
    TYPED,
    is_decorated,
    is_erased,
    key_text,
    normal,
    unwrap,
)
from adr_lsp.sources.typescript.reach_tests import FUNCTIONS, callback, title

if TYPE_CHECKING:
    from tree_sitter import Node

HOOKS = frozenset({"beforeEach", "afterEach", "beforeAll", "afterAll", "before", "after"})
_TESTS = ("it", "test", "describe", "suite", "context", "fit", "xit", "fdescribe", "xdescribe")
_MODIFIERS = words(
    "only skip todo each for prop concurrent sequential shuffle serial parallel fails failing fail"
    " fixme skipIf runIf slow"
)
_CLASSES = frozenset({"class_declaration", "abstract_class_declaration", "class"})
_UNASKED = ("constructor", "toString", "valueOf", "toJSON", "then")
_NAMED = frozenset({"function_declaration", "generator_function_declaration"})
_DECLARING = ("lexical_declaration", "variable_declaration")


def callee(call: Node) -> list[str]:
    """`["test", "each"]` of `test.each(table)("title", …)`."""
    names: list[str] = []
    node = call.child_by_field_name("function")
    while node is not None:
        if node.type == "member_expression":
            last = node.child_by_field_name("property")
            names.insert(0, text_of(last) if last is not None else "")
            node = node.child_by_field_name("object")
        elif node.type == "call_expression":
            node = node.child_by_field_name("function")
        else:
            return [text_of(node), *names] if node.type == "identifier" else names
    return names


def pieces(nodes: Iterable[Node], prefix: str = "") -> Iterator[Part | Statement]:
    """The definitions and statements among the nodes of a scope."""
    for node in nodes:
        if not is_erased(node) and node.type != "empty_statement":
            yield from _piece(node, node, prefix)


def _piece(node: Node, outer: Node, prefix: str) -> Iterator[Part | Statement]:
    """One statement; `outer` is it with its `export`."""
    kind = node.type
    if kind == "import_statement":
        yield from _imported(node)
    elif kind == "export_statement":
        yield from _export(node, prefix)
    elif kind in _NAMED:
        yield _function(prefix + _name(node), node, outer, plain=not _is_default(outer))
    elif kind in _CLASSES:
        yield from _class(prefix + _name(node), node, outer)
    elif kind in _DECLARING:
        for declarator in node.named_children:
            yield from _declared(declarator, node, outer, prefix)
    elif kind in ("internal_module", "module"):
        yield from _namespace(node, outer, prefix)
    elif kind == "expression_statement":
        yield from _expression(node, prefix)
    else:
        binds = (_name(node),) if kind == "enum_declaration" else _declared_inside(node)
        tests = _tests_in(node)
        yield Statement(Passage([outer], ERASING, tests), binds, acts=kind != "enum_declaration")


def _export(node: Node, prefix: str) -> Iterator[Part | Statement]:
    inner = node.child_by_field_name("declaration") or node.child_by_field_name("value")
    if inner is None and node.child_by_field_name("source") is not None:
        yield from _imported(node)
    elif inner is None:
        yield Statement(Passage([node], ERASING))
    elif inner.type in (*_NAMED, *_CLASSES, *_DECLARING, "internal_module", "enum_declaration"):
        yield from _piece(inner, node, prefix)
    else:
        yield from _value(prefix + "default", inner, node, (node,), "default")


def _is_default(outer: Node) -> bool:
    return any(child.type == "default" for child in outer.children)


def _name(node: Node) -> str:
    name = node.child_by_field_name("name")
    return text_of(name) if name is not None else "default"


def _function(
    name: str,
    node: Node,
    outer: Node,
    *,
    tags: Iterable[str] = (),
    plain: bool = False,
    typed: bool = False,
) -> Part:
    body = node.child_by_field_name("body")
    reading = TYPED if typed else ERASING
    return Part(
        name=name,
        function=True,
        header=(Passage([outer], reading, [body] if body is not None else []),),
        body=(Passage([body], reading),) if body is not None else (),
        tags=frozenset((name.rpartition(".")[2], *tags)),
        called=frozenset(_calling(name, tags)),
        rows=((body.start_point.row + 1, body.end_point.row + 1),) if body is not None else (),
        plain=plain,
    )


def _calling(name: str, tags: Iterable[str]) -> Iterator[str]:
    """The names that run a function: its own, and its class's for what runs unasked."""
    *_, holder, last = ("", *name.split("."))
    yield last
    if last in _UNASKED or "[" in last:
        yield holder
    if last == "default":
        yield from tags


def _class(name: str, node: Node, outer: Node) -> Iterator[Part]:
    """The class with its fields, and each method."""
    typed = is_decorated(node)
    reading = TYPED if typed else ERASING
    body = node.child_by_field_name("body")
    short = name.rpartition(".")[2]
    members = [m for m in (body.named_children if body is not None else ()) if not is_erased(m)]
    methods = [(member, run) for member in members if (run := _method(member)) is not None]
    yield Part(
        name=name,
        function=False,
        header=(Passage([outer], reading, [member for member, _ in methods]),),
        body=(),
        tags=frozenset({short}),
    )
    for member, run in methods:
        yield _function(
            f"{name}.{_key(member)}", run, _decorated(member), tags=[short], typed=typed
        )


def _decorated(member: Node) -> Node:
    return member


def _method(member: Node) -> Node | None:
    """What of a member is a function: a method, or a field that holds one."""
    if member.type == "method_definition":
        return member
    value = member.child_by_field_name("value")
    if member.type in ("public_field_definition", "field_definition", "pair") and value is not None:
        return unwrap(value) if unwrap(value).type in FUNCTIONS else None
    return None


def _key(member: Node) -> str:
    fields = ("name", "key", "property")
    key = next((k for f in fields if (k := member.child_by_field_name(f)) is not None), None)
    return key_text(key) if key is not None else ""


def _declared(
    declarator: Node, declaration: Node, outer: Node, prefix: str
) -> Iterator[Part | Statement]:
    if declarator.type in COMMENTS:
        return
    name, value = (declarator.child_by_field_name(part) for part in ("name", "value"))
    all_of_it = [d for d in declaration.named_children if d.type not in COMMENTS]
    nodes = (outer,) if len(all_of_it) == 1 else (declaration.children[0], declarator)
    if name is None or value is None or name.type != "identifier":
        binds = tuple(prefix + one for one in _names_in(name)) if name is not None else ()
        yield Statement(Passage(nodes, ERASING), binds)
    else:
        yield from _value(prefix + text_of(name), value, nodes[-1], nodes, text_of(name))


def _value(
    name: str, value: Node, outer: Node, nodes: tuple[Node, ...], tag: str
) -> Iterator[Part | Statement]:
    """A name's value: a function, a class, an object with functions, or anything else."""
    inner = unwrap(value)
    if inner.type in FUNCTIONS:
        yield _function(name, inner, outer, tags=[tag], plain=tag != "default")
    elif inner.type in _CLASSES:
        yield from _class(name, inner, outer)
    elif inner.type == "object" and (methods := _methods(inner)):
        yield Statement(Passage(nodes, ERASING, [run for _, run in methods]), (name,))
        for member, run in methods:
            yield _function(f"{name}.{_key(member)}", run, member, tags=[tag])
    else:
        yield Statement(Passage(nodes, ERASING), (name,))


def _methods(table: Node) -> list[tuple[Node, Node]]:
    found = [(member, _method(member)) for member in table.named_children]
    return [(member, run) for member, run in found if run is not None]


def _namespace(node: Node, outer: Node, prefix: str) -> Iterator[Part | Statement]:
    body = node.child_by_field_name("body")
    name = prefix + _name(node)
    yield Statement(Passage([outer], ERASING, [body] if body is not None else []), (name,))
    for piece in pieces(body.named_children if body is not None else (), f"{name}."):
        if isinstance(piece, Part):
            yield Part(
                piece.name,
                piece.function,
                piece.header,
                piece.body,
                piece.tags | {_name(node)},
                piece.called,
                piece.rows,
            )
        else:
            yield Statement(piece.said, (*piece.binds, name), piece.about, piece.acts)


def _expression(node: Node, prefix: str) -> Iterator[Part | Statement]:
    inner = node.named_children[0] if node.named_children else node
    if inner.type == "internal_module":
        yield from _namespace(inner, node, prefix)
    elif inner.type == "assignment_expression":
        yield from _assigned(inner, node)
    elif inner.type == "call_expression" and _is_test(inner):
        yield Statement(Passage([node], ERASING), acts=True, testing=True)
    elif inner.type == "call_expression" and callee(inner)[-1:] and callee(inner)[-1] in HOOKS:
        yield Statement(Passage([node], ERASING), acts=True, name=callee(inner)[-1])
    else:
        yield Statement(Passage([node], ERASING, _tests_in(inner)), acts=True)


def _is_test(call: Node) -> bool:
    """A call of what is called like a test: `it.each(table)`, `test.describe`, `suite.test`."""
    path = callee(call)
    if path and path[-1] in _TESTS:
        return path[0] in _TESTS or (title(call) is not None and callback(call) is not None)
    return bool(path) and path[0] in _TESTS and path[-1] in _MODIFIERS


def _tests_in(statement: Node) -> list[Node]:
    """The tests that a loop or a condition makes, which are apart from each other."""
    found: list[Node] = []
    stack = [statement]
    while stack:
        node = stack.pop()
        if node.type == "call_expression" and node != statement and _is_test(node):
            found.append(node)
        else:
            stack.extend(node.named_children)
    return found


def _assigned(assignment: Node, statement: Node) -> Iterator[Part | Statement]:
    """`exports.f = function…`, `module.exports = {…}`, `C.prototype.m = …`, and any other."""
    left, right = (assignment.child_by_field_name(side) for side in ("left", "right"))
    path = text_of(left).split(".") if left is not None else []
    exported = path[:1] == ["exports"] or path[:2] == ["module", "exports"]
    if right is None or left is None or left.type != "member_expression":
        yield Statement(Passage([statement], ERASING), acts=True)
    elif exported:
        kept = path[1:] if path[0] == "exports" else path[2:]
        name = ".".join(kept) or "default"
        yield from _value(name, right, statement, (statement,), path[-1])
    elif unwrap(right).type in FUNCTIONS and all(one.isidentifier() for one in path):
        name = ".".join(one for one in path if one != "prototype")
        yield _function(name, unwrap(right), statement, tags=[path[0]])
    else:
        yield Statement(Passage([statement], ERASING), about=(path[0],), acts=True)


def _imported(node: Node) -> Iterator[Statement]:
    """Each name that an import or a re-export binds; one statement for what binds none."""
    source = node.child_by_field_name("source")
    rest = [c for c in node.named_children if c.type == "import_attribute"]
    where = key_text(source) if source is not None else ""
    told = ["import" if node.type == "import_statement" else "export", where]
    told += [word for each in rest for word in normal(each, frozenset())]
    bound = list(_bound(node))
    for name, said in bound:
        yield Statement(Whole("\0".join([*told, *said]).encode()), (name,), imports=True)
    if not bound:
        stars = [child.type for child in node.children if child.type == "*"]
        whole_file = Whole("\0".join([*told, *stars]).encode())
        yield Statement(whole_file, acts=node.type == "import_statement", imports=True)


def _bound(node: Node) -> Iterator[tuple[str, list[str]]]:
    """A bound name, and what it means in the other module."""
    stack = list(reversed(node.named_children))
    while stack:
        top = stack.pop()
        if is_erased(top) or top.type == "import_attribute":
            continue
        if top.type in ("import_specifier", "export_specifier"):
            name, alias = (top.child_by_field_name(part) for part in ("name", "alias"))
            if name is not None:
                yield text_of(alias or name), [key_text(name), text_of(alias or name)]
        elif top.type in ("namespace_import", "namespace_export", "identifier"):
            names = [top] if top.type == "identifier" else top.named_children
            yield from ((text_of(each), [top.type, text_of(each)]) for each in names)
        elif top.type != "string":
            stack.extend(reversed(top.named_children))


def _names_in(pattern: Node) -> Iterator[str]:
    stack = [pattern]
    while stack:
        node = stack.pop()
        if node.type in ("identifier", "shorthand_property_identifier_pattern"):
            yield text_of(node)
        stack.extend(reversed(node.named_children))


def _declared_inside(statement: Node) -> tuple[str, ...]:
    """What `var` declares in a loop or a condition."""
    found: list[str] = []
    stack = [statement]
    while stack:
        node = stack.pop()
        if node.type == "variable_declarator":
            name = node.child_by_field_name("name")
            found += _names_in(name) if name is not None else ()
        if node.type not in FUNCTIONS:
            stack.extend(reversed(node.named_children))
    return tuple(found)
