"""What one Python file consists of, in digests that comments and layout do not change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from adr_lsp.sources.code import parse, text_of, walk
from adr_lsp.sources.python.collecting import fixture_call
from adr_lsp.sources.python.names import Names, bound_by, names_in, names_in_body, parameters
from adr_lsp.sources.python.normal import digest, header, normal
from adr_lsp.sources.python.outline import (
    Definition,
    Import,
    assignments,
    definitions,
    imported,
    imports,
    meanings,
)
from adr_lsp.sources.python.syntax import called, string_content
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_IMPORTS = ("import_statement", "import_from_statement", "future_import_statement")
_IMPORT = re.compile(rb"\bimport\b")
_LARGEST = 1 << 20  # bytes of a file that is looked into
_MOST_READ = 16_384
_LINE_END = re.compile(rb"\r\n?")


@dataclass(frozen=True, slots=True)
class Used:
    """Names that a piece of code takes from around it, those of them that it calls, what it
    imports for itself, and the fixtures that it asks for in texts."""

    names: frozenset[str] = frozenset()
    calls: frozenset[str] = frozenset()
    imports: frozenset[Import] = frozenset()
    fixtures: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fixture:
    """`scoped`: it may run before the test that uses it, in the context of another."""

    name: str
    autouse: bool
    scoped: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One definition: what stands in its header (decorators, signature, bases), and in its body
    (of a class: its own statements). `rows` are the lines of function bodies, from 1."""

    is_class: bool
    decorated: bool
    header: str
    body: str
    in_header: Used
    in_body: Used
    parameters: tuple[str, ...]
    fixture: Fixture | None
    bases: tuple[str, ...]
    rows: tuple[tuple[int, int], ...]

    @property
    def digest(self) -> str:
        return self.header + self.body


# Functions by their column and text, on which all of a part rests but its place and what the names
# in its decorators mean.
_READ: dict[tuple[int, bytes], Part] = {}


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of a module. `binds` are the names it binds; `about` the names whose attributes
    or items it sets; `acts` says that it does more than binding."""

    digest: str
    binds: tuple[str, ...]
    about: tuple[str, ...]
    acts: bool
    used: Used


@dataclass(frozen=True, slots=True)
class Shape:
    """A file: its definitions by dotted name, its module's own statements in order, and what
    they import. `plugins` are the modules that `pytest_plugins` names."""

    definitions: dict[str, Part]
    statements: tuple[Statement, ...]
    bindings: dict[str, list[Statement]]
    imports: dict[str, Import]
    stars: tuple[str, ...]
    plugins: tuple[str, ...]
    broken: bool

    def binding(self, name: str) -> list[Statement]:
        """The statements, other than imports, that bind a name of the module."""
        return [] if name in self.imports else self.bindings.get(name, [])

    def mentions(self, name: str) -> bool:
        """Whether any code of the file uses or binds the name."""
        used = (u for p in self.definitions.values() for u in (p.in_header, p.in_body))
        everywhere = [*used, *(s.used for s in self.statements)]
        return any(name in s.binds for s in self.statements) or any(
            name in dotted.split(".") for one in everywhere for dotted in one.names
        )

    def members(self, name: str) -> dict[str, Part]:
        """The functions and classes in a class, by their dotted names."""
        return {n: part for n, part in self.definitions.items() if n.startswith(f"{name}.")}


def shape_of(raw: bytes) -> Shape:
    """The shape of a file's bytes; kept for the files that were asked for last."""
    return _shape(raw)


@lru_cache(maxsize=2048)
def _shape(raw: bytes) -> Shape:
    data = _plain(raw)
    try:
        return _of(parse(data, "python")) if len(data) <= _LARGEST else _opaque(data)
    except RecursionError:
        return _opaque(data)


def _opaque(data: bytes) -> Shape:
    """A file that is too large or too deep to look into: any change is one of all of it."""
    whole = Statement(digest([repr(data)]), (), (), True, Used())
    return Shape({}, (whole,), {}, {}, (), (), broken=True)


def imports_of(raw: bytes) -> tuple[Import, ...]:
    """Every import that stands anywhere in a file, and what `pytest_plugins` names; kept too."""
    return _imports_of(raw)


@lru_cache(maxsize=4096)
def _imports_of(raw: bytes) -> tuple[Import, ...]:
    if b"import" not in raw and b"pytest_plugins" not in raw:
        return ()
    data = _plain(raw)
    root = parse(data, "python")
    found: dict[Import, None] = {}
    for word in _IMPORT.finditer(data):
        node = root.descendant_for_byte_range(word.start(), word.end())
        if node is not None and node.type in ("import", "from") and node.parent is not None:
            found.update(dict.fromkeys(imported(node.parent)))
    if b"pytest_plugins" in raw:
        found.update({Import("", plugin, None): None for plugin in _plugins(root)})
    return tuple(found)


def _plain(raw: bytes) -> bytes:
    """UTF-8 with plain line ends, whatever the file has."""
    data = _LINE_END.sub(b"\n", raw.removeprefix(b"\xef\xbb\xbf"))
    return data if data.isascii() else data.decode(errors="replace").encode()


def _of(root: Node) -> Shape:
    names = meanings(root)
    own = list(imports(root))
    statements = tuple(_statements(root))
    return Shape(
        definitions=_parts(root, names),
        statements=statements,
        bindings=_bindings(statements),
        imports={item.bound: item for item in own if item.attribute != "*"},
        stars=tuple(item.module for item in own if item.attribute == "*"),
        plugins=tuple(_plugins(root)),
        broken=root.has_error,
    )


def _bindings(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = {}
    for statement in statements:
        for name in statement.binds:
            found.setdefault(name, []).append(statement)
    return found


def _parts(root: Node, names: dict[str, str]) -> dict[str, Part]:
    found: dict[str, list[Part]] = {}
    for definition in definitions(root):
        found.setdefault(".".join(definition.path), []).append(_part(definition, names))
    return {name: _joined(parts) if len(parts) > 1 else parts[0] for name, parts in found.items()}


def _joined(parts: list[Part]) -> Part:
    """Definitions of one name (overloads, accessors) are one part."""
    return Part(
        is_class=all(part.is_class for part in parts),
        decorated=any(part.decorated for part in parts),
        header=digest(part.header for part in parts),
        body=digest(part.body for part in parts),
        in_header=_all_used(part.in_header for part in parts),
        in_body=_all_used(part.in_body for part in parts),
        parameters=tuple(sorted({name for part in parts for name in part.parameters})),
        fixture=next((part.fixture for part in reversed(parts) if part.fixture), None),
        bases=tuple(dict.fromkeys(base for part in parts for base in part.bases)),
        rows=tuple(rows for part in parts for rows in part.rows),
    )


def _all_used(several: Iterable[Used]) -> Used:
    uses = list(several)
    return Used(
        frozenset().union(*(used.names for used in uses)),
        frozenset().union(*(used.calls for used in uses)),
        frozenset().union(*(used.imports for used in uses)),
        frozenset().union(*(used.fixtures for used in uses)),
    )


def _part(definition: Definition, names: dict[str, str]) -> Part:
    """What one definition is; a function that stands in many versions of a file is read once."""
    text = definition.outer.text
    if definition.is_class or text is None or definition.outer.has_error:
        return _read(definition, names)
    key = definition.outer.start_point.column, text
    known = _READ.get(key)
    if known is None:
        if len(_READ) >= _MOST_READ:
            _READ.clear()
        known = _READ[key] = _read(definition, names)
        return known
    rows = known.rows if definition.body is None else (_rows(definition.body),)
    return replace(known, rows=rows, fixture=_fixture(definition, names))


def _read(definition: Definition, names: dict[str, str]) -> Part:
    inner, body = definition.inner, definition.body
    heading = [*definition.decorators, *header(inner)]
    own = _own(body) if definition.is_class and body is not None else []
    if definition.is_class:
        content = digest(word for node in own for word in normal(node, headers_only=True))
        in_body = _used(names_in(*own))
    else:
        content = digest(normal(body)) if body is not None else ""
        in_body = _used(names_in_body(inner))
    return Part(
        is_class=definition.is_class,
        decorated=bool(definition.decorators),
        header=digest(word for node in heading for word in ("@", *normal(node))),
        body=content,
        in_header=_header_names(definition),
        in_body=in_body,
        parameters=() if definition.is_class else parameters(inner),
        fixture=_fixture(definition, names),
        bases=tuple(definition.bases) if definition.is_class else (),
        rows=() if definition.is_class or body is None else (_rows(body),),
    )


def _header_names(definition: Definition) -> Used:
    """Decorators are called; so is what they and the defaults call."""
    fields = ("superclasses", "return_type")
    listed = definition.inner.child_by_field_name("parameters")
    decorators = [d for d in definition.outer.children if d.type == "decorator"]
    rest = [definition.inner.child_by_field_name(name) for name in fields]
    return _used(names_in(*decorators, *rest, *_defaults(listed)))


def _defaults(listed: Node | None) -> Iterator[Node]:
    for parameter in listed.named_children if listed is not None else ():
        for part in ("value", "type"):
            child = parameter.child_by_field_name(part)
            if child is not None:
                yield child


def _used(names: Names) -> Used:
    return Used(
        frozenset(names.uses),
        frozenset(names.calls),
        frozenset(names.imports),
        frozenset(names.fixtures),
    )


def _own(scope: Node) -> list[Node]:
    """A scope's statements without the definitions that stand in it directly."""
    held = ("function_definition", "class_definition", "decorated_definition", "comment")
    return [node for node in scope.named_children if node.type not in held]


def _rows(body: Node) -> tuple[int, int]:
    return body.start_point.row + 1, body.end_point.row + 1


def _fixture(definition: Definition, names: dict[str, str]) -> Fixture | None:
    decorator = next((d for d in definition.decorators if fixture_call(d, names)), None)
    if decorator is None or definition.is_class:
        return None
    arguments = _keywords(decorator)
    name, scope = (string_text(arguments.get(key)) for key in ("name", "scope"))
    auto = arguments.get("autouse")
    return Fixture(
        name=name or definition.name,
        autouse=auto is not None and text_of(auto) != "False",
        scoped="scope" in arguments and scope != "function",
    )


def _keywords(call: Node) -> dict[str, Node]:
    arguments = call.child_by_field_name("arguments") if called(call) != call else None
    found: dict[str, Node] = {}
    for argument in arguments.named_children if arguments is not None else ():
        key, value = (argument.child_by_field_name(part) for part in ("name", "value"))
        if argument.type == "keyword_argument" and key is not None and value is not None:
            found[text_of(key)] = value
    return found


def string_text(node: Node | None) -> str | None:
    """The characters of a plain text; None for anything else."""
    content = string_content(node) if node is not None and node.type == "string" else None
    return text_of(content) if content is not None else None


def _statements(root: Node) -> Iterator[Statement]:
    """Imports that follow each other are one statement: their order means nothing."""
    run: list[Node] = []
    for node in _own(root):
        if node.type in _IMPORTS:
            run.append(node)
            continue
        if run:
            yield _import_statement(run)
            run = []
        if words := list(normal(node, headers_only=True)):
            yield _statement(node, words)
    if run:
        yield _import_statement(run)


def _import_statement(run: Iterable[Node]) -> Statement:
    made = sorted({item for node in run for item in imported(node)}, key=repr)
    names = tuple(sorted({item.bound for item in made}))
    return Statement(digest(map(repr, made)), names, (), False, Used())


def _statement(node: Node, words: list[str]) -> Statement:
    targets = list(_targets(node))
    set_on = [target for target in targets if target.type != "identifier"]
    return Statement(
        digest=digest(words),
        binds=tuple(bound_by(node)),
        about=tuple(sorted({_root(target) for target in set_on})),
        acts=not targets or bool(set_on),
        used=_used(names_in(node)),
    )


def _targets(statement: Node) -> Iterator[Node]:
    """What an assignment sets: names, attributes, items; nothing for any other statement."""
    only = statement.named_children[0] if statement.named_children else None
    while only is not None and only.type in ("assignment", "augmented_assignment"):
        left = only.child_by_field_name("left")
        yield from _flat(left) if left is not None else ()
        only = only.child_by_field_name("right")


def _flat(target: Node) -> Iterator[Node]:
    stack = [target]
    while stack:
        node = stack.pop()
        if node.type in ("pattern_list", "tuple_pattern", "list_pattern", "list_splat_pattern"):
            stack.extend(reversed(node.named_children))
        else:
            yield node


def _root(target: Node) -> str:
    """The name that an attribute or item hangs on."""
    while target.type in ("attribute", "subscript") and target.children:
        target = target.children[0]
    return text_of(target)


def _plugins(root: Node) -> Iterator[str]:
    for assignment in assignments(root):
        left, right = (assignment.child_by_field_name(side) for side in ("left", "right"))
        if left is not None and right is not None and text_of(left) == "pytest_plugins":
            yield from filter(None, map(string_text, walk(right)))
