"""How code is called: what it takes, gives back, changes and refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from adr_lsp.scaffold.typescript import jsdoc
from adr_lsp.scaffold.typescript.code import Code
from adr_lsp.scaffold.typescript.hint import NUMBER, STRING, UNKNOWN, Hint, Types
from adr_lsp.scaffold.typescript.infer import returned
from adr_lsp.scaffold.typescript.module import Definition
from adr_lsp.scaffold.typescript.syntax import CLASSES, FUNCTIONS, field, has, named, said, string
from adr_lsp.sources.code import walk
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_MUTATORS = frozenset({"push", "pop", "shift", "unshift", "splice", "sort", "reverse", "fill",
                       "set", "add", "delete", "clear", "copyWithin"})  # fmt: skip
_ROOT = re.compile(r"(this|[A-Za-z_$][\w$]*)\s*[.\[]")


@dataclass(frozen=True, slots=True)
class Parameter:
    """`required` is false where a call may leave it out."""

    name: str
    hint: Hint
    required: bool = True
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Callee:
    """`kind` is function, method (of an object: `owner`) or class (called with `new`).

    `mutates` names what the call changes: parameters, and `this`. `refuses` are the errors that
    it throws. `returns` is what there is after `await`, and a list for a generator.
    """

    name: str
    expression: str
    kind: str
    parameters: tuple[Parameter, ...]
    returns: Hint
    path: str
    owner: Definition | None = None
    is_async: bool = False
    is_generator: bool = False
    mutates: frozenset[str] = frozenset()
    refuses: tuple[str, ...] = ()

    @property
    def required(self) -> tuple[Parameter, ...]:
        return tuple(parameter for parameter in self.parameters if parameter.required)

    def call(self, values: Mapping[str, str], receiver: str = "") -> str:
        """The source of a call with the values by parameter."""
        given = []
        for parameter in self.parameters:
            if parameter.name not in values:
                break
            given.append(("..." if parameter.rest else "") + values[parameter.name])
        source = f"{self.expression}({', '.join(given)})"
        if self.kind == "method":
            source = f"{receiver}.{source}"
        if self.is_generator:
            return f"await Array.fromAsync({source})" if self.is_async else f"[...{source}]"
        return f"await {source}" if self.is_async else source


def function_callee(
    types: Types, node: Node, path: str, name: str, expression: str,
    owner: Definition | None = None, bound: Mapping[str, Hint] | None = None,
    kind: str = "function",
) -> Callee:  # fmt: skip
    """A function or a method, as its signature and its body tell."""
    generics = Definition("function", name, path, node)
    known = {**(bound or {}), **types.bound(generics, ())}
    comment = jsdoc.comment_of(node)
    parameters = tuple(_parameters(types, node, path, known, comment))
    returns = _returns(types, node, path, known, comment, parameters)
    is_async = has(node, "async") or returns.name == "Promise"
    is_generator = has(node, "*") or returns.name in _GENERATORS
    is_async = is_async or returns.name in ("AsyncGenerator", "AsyncIterable", "AsyncIterator")
    if returns.name == "Promise":
        returns = returns.arguments[0] if returns.arguments else UNKNOWN
    if returns.name in _GENERATORS:
        returns = Hint("array", returns.arguments[:1] or (UNKNOWN,))
    elif is_generator:
        returns = Hint("array", (UNKNOWN,))
    mutated = _mutated(node, {parameter.name for parameter in parameters})
    return Callee(name, expression, kind, parameters, returns, path, owner, is_async, is_generator,
                  mutated, _refused(node))  # fmt: skip


_GENERATORS = frozenset({"Generator", "IterableIterator", "Iterator", "AsyncGenerator",
                         "AsyncIterable", "AsyncIterableIterator", "AsyncIterator"})  # fmt: skip


def _parameters(
    types: Types, node: Node, path: str, bound: Mapping[str, Hint], comment: str
) -> Iterator[Parameter]:
    said_in_comment = jsdoc.parameters(comment)
    single = field(node, "parameter")
    if single is not None:  # `x => x + 1`
        yield _documented(types, said(single), said_in_comment, path)
        return
    for place, part in enumerate(named(field(node, "parameters"))):
        pattern = field(part, "pattern")
        if pattern is None or said(pattern) == "this":
            continue
        rest = pattern.type == "rest_pattern"
        name = said(pattern).removeprefix("...") if "pattern" not in pattern.type or rest else ""
        annotation, default = field(part, "type"), field(part, "value")
        hint = types.of(annotation, path, bound)
        if annotation is None and default is not None:
            hint = _of_default(default)
        found = _documented(types, name, said_in_comment, path) if annotation is None else None
        if found and name in said_in_comment:
            hint, optional = found.hint, not found.required
        else:
            optional = part.type == "optional_parameter"
        yield Parameter(name or _plain_name(hint, place), hint,
                        not (optional or default is not None), rest)  # fmt: skip


def _documented(
    types: Types, name: str, said_in_comment: Mapping[str, tuple[str, bool]], path: str
) -> Parameter:
    written, optional = said_in_comment.get(name, ("", False))
    node = jsdoc.type_node(written) if written else None
    return Parameter(name, types.of(node, path), not optional)


def _plain_name(hint: Hint, place: int) -> str:
    """A name for a parameter that is taken apart: `{ price, count }: Line`."""
    name = hint.short if hint.is_own else "options"
    return name[:1].lower() + name[1:] if place == 0 or hint.is_own else f"{name}{place}"


def _of_default(node: Node) -> Hint:
    kinds = {"number": NUMBER, "unary_expression": NUMBER, "string": STRING, "template_string":
             STRING, "true": Hint("boolean"), "false": Hint("boolean"),
             "array": Hint("array", (UNKNOWN,))}  # fmt: skip
    return kinds.get(node.type, UNKNOWN)


def _returns(
    types: Types, node: Node, path: str, bound: Mapping[str, Hint], comment: str,
    parameters: tuple[Parameter, ...],
) -> Hint:  # fmt: skip
    annotation = field(node, "return_type")
    if annotation is not None:
        return types.of(annotation, path, bound)
    written = jsdoc.tagged(comment, "returns", "return")
    tree = jsdoc.type_node(written) if written else None
    if tree is not None:
        return types.of(tree, path, bound)
    return returned(types, node, path, {p.name: p.hint for p in parameters})


def constructor(
    types: Types, cls: Definition, expression: str, bound: Mapping[str, Hint]
) -> Callee:
    """What `new` takes: that of the class, else of the class that it extends."""
    for owner in lineage(types.code, cls):
        for member in members(owner):
            if said(field(member, "name")) == "constructor":
                made = function_callee(
                    types, member, owner.path, cls.name, f"new {expression}", cls, bound, "class"
                )
                return Callee(cls.name, f"new {expression}", "class", made.parameters,
                              Hint(cls.key), cls.path, cls, refuses=made.refuses)  # fmt: skip
    return Callee(cls.name, f"new {expression}", "class", (), Hint(cls.key), cls.path, cls)


def is_hidden(cls: Definition) -> bool:
    """Whether `new` cannot be called from outside: a private constructor, an abstract class."""
    if cls.node.type == "abstract_class_declaration":
        return True
    made = (m for m in members(cls) if said(field(m, "name")) == "constructor")
    return any(_access(member) in ("private", "protected") for member in made)


def lineage(code: Code, cls: Definition) -> Iterator[Definition]:
    """The class and those of the project that it extends."""
    seen = set()
    found: Definition | None = cls
    while found is not None and found.key not in seen:
        seen.add(found.key)
        yield found
        heritage = next((c for c in named(found.node) if c.type == "class_heritage"), None)
        clause = next((c for c in named(heritage) if c.type == "extends_clause"), None)
        above = code.lookup(found.path, said(field(clause, "value"))) if clause else None
        found = above if above is not None and above.kind == "class" else None


def members(cls: Definition) -> Iterator[Node]:
    """What stands in a class, an interface or an object literal."""
    body = field(cls.node, "body") if cls.kind in ("class", "interface") else cls.node
    yield from named(body)


def _access(member: Node) -> str:
    return said(next((c for c in member.children if c.type == "accessibility_modifier"), None))


def is_public(member: Node) -> bool:
    name = said(field(member, "name"))
    return _access(member) not in ("private", "protected") and not name.startswith(("#", "_"))


def is_static(member: Node) -> bool:
    return has(member, "static")


def is_accessor(member: Node) -> bool:
    return member.type == "method_definition" and has(member, "get", "set") and (
        said(field(member, "name")) not in ("get", "set")
    )  # fmt: skip


def methods(types: Types, cls: Definition, bound: Mapping[str, Hint]) -> Iterator[Callee]:
    """The public methods that are called on an object of the class."""
    seen = {"constructor"}
    for owner in lineage(types.code, cls):
        for member in members(owner):
            name = said(field(member, "name"))
            called = _callable(member)
            if called is None or name in seen or is_accessor(member) or is_static(member):
                continue
            seen.add(name)
            if is_public(member):
                yield function_callee(types, called, owner.path, name, name, cls, bound, "method")


def _callable(member: Node) -> Node | None:
    """The function that a member is: a method, or an arrow that a field holds."""
    if member.type in FUNCTIONS:
        return member
    value = field(member, "value")
    return value if value is not None and value.type in FUNCTIONS else None


def member_callee(
    types: Types, holder: Definition, name: str, expression: str, bound: Mapping[str, Hint]
) -> Callee | None:
    """A method of a class or of an object literal by its name; a `static` one is a function."""
    for owner in lineage(types.code, holder) if holder.kind == "class" else (holder,):
        for member in members(owner):
            key = field(member, "name") or field(member, "key")
            called = _callable(member)
            if said(key) != name or called is None or is_accessor(member):
                continue
            plain = holder.kind == "object" or is_static(member)
            return function_callee(
                types, called, owner.path, name, f"{expression}.{name}" if plain else name,
                None if plain else holder, bound, "function" if plain else "method",
            )  # fmt: skip
    return None


def _mutated(node: Node, names: set[str]) -> frozenset[str]:
    """The parameters that the body changes inside, and `this`."""
    body = field(node, "body")
    found: set[str] = set()
    for inner in walk(body) if body is not None else ():
        changed = _changed(inner)
        root = _ROOT.match(said(changed)) if changed is not None else None
        if root and (root[1] == "this" or root[1] in names):
            found.add(root[1])
    return frozenset(found)


def _changed(node: Node) -> Node | None:
    """What a statement writes to: the left side, or what has `push` called on it."""
    if node.type in ("assignment_expression", "augmented_assignment_expression"):
        return field(node, "left")
    if node.type == "update_expression" or said(node)[:7] == "delete ":
        return field(node, "argument")
    called = field(node, "function") if node.type == "call_expression" else None
    if said(field(called, "property")) not in _MUTATORS:
        return None
    return called if "(" not in said(field(called, "object")) else None


def _refused(node: Node) -> tuple[str, ...]:
    """The classes of the errors that the body throws."""
    body = field(node, "body")
    found: dict[str, None] = {}
    for inner in walk(body) if body is not None else ():
        if inner.type == "throw_statement":
            thrown = next(named(inner), None)
            if thrown is not None and thrown.type == "new_expression":
                found[said(field(thrown, "constructor"))] = None
    return tuple(found)


def static_makers(types: Types, cls: Definition) -> Iterator[Callee]:
    """The static methods that give an object of the class."""
    for member in members(cls) if cls.node.type in CLASSES else ():
        if member.type == "method_definition" and is_static(member) and is_public(member):
            name = said(field(member, "name"))
            made = function_callee(types, member, cls.path, name, f"{cls.name}.{name}")
            if made.returns.name == cls.key:
                yield made


def text(node: Node | None) -> str:
    return string(node) or said(node)
