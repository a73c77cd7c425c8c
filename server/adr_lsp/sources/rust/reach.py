"""What a Rust file consists of, and what surrounds a test in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of
from adr_lsp.sources.definitions.passage import LARGEST, Passage, Reading, Said, Whole, words
from adr_lsp.sources.definitions.shape import Around, Part, Shape, Statement, joined, whole
from adr_lsp.sources.rust.normal import COMMENTS, DOCUMENTED, PLAIN, is_doc, normal, reads_docs
from adr_lsp.sources.rust.reach_macros import Tree, is_module_of_macro, tree_of
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_TYPES = frozenset({"struct_item", "enum_item", "union_item", "type_item", "trait_alias"})
_TESTS = words(
    "test rstest test_case test_matrix wasm_bindgen_test quickcheck proptest property_test"
)
_NAMING = words("fn static ref const struct enum trait type union")
_NAMES = frozenset({"identifier", "type_identifier"})


@dataclass(frozen=True, slots=True)
class _Item:
    """An item with what stands before it: attributes, and doc comments where somebody may read
    them. `test`: it is one; `testing`: it is compiled for tests alone."""

    node: Node
    before: tuple[Node, ...]
    test: bool
    testing: bool
    reading: Reading


@dataclass(frozen=True, slots=True)
class Found:
    """A test's function, with the modules around it and the macro that it stands in."""

    item: _Item
    scopes: tuple[_Item, ...]
    parameters: tuple[Node, ...]


def shape_of(raw: bytes) -> Shape:
    """The shape of a file's bytes; kept for the files that were asked for last."""
    return _shape(raw)


@lru_cache(maxsize=512)
def _shape(raw: bytes) -> Shape:
    if len(raw) > LARGEST:
        return whole(Whole(raw))
    tree = tree_of(raw)
    found = list(_pieces(tree, tree.root, "", testing=False))
    return Shape(
        joined(piece for piece in found if isinstance(piece, Part)),
        tuple(piece for piece in found if isinstance(piece, Statement)),
        broken=tree.root.has_error,
        ordered=False,
    )


def around(_path: str, raw: bytes, name: str) -> Around | None:
    """A test in its file; None if the file holds no such test."""
    return _around(raw, name)


@lru_cache(maxsize=512)
def _around(raw: bytes, name: str) -> Around | None:
    if len(raw) > LARGEST:
        return None
    tree = tree_of(raw)
    tests = find_tests(tree, name)
    if not tests:
        return None
    own: list[tuple[str, bool, Said]] = []
    for test in tests:
        scopes = [_header_of_scope(tree, scope) for scope in test.scopes]
        said = [Passage(_own(test), test.item.reading), *scopes]
        own += [(name, True, each) for each in said]
    shape = _shape(raw)
    short = name.rpartition("::")[2]
    parts = tuple(p for p in shape.parts.values() if p.name != name or short not in p.tags)
    return Around(tuple(own), parts, shape.statements)


def own_definition(raw: bytes, name: str) -> list[str] | None:
    """The words of the test's own function, wherever it stands."""
    tests = find_tests(tree_of(raw), name) if len(raw) <= LARGEST else []
    nodes = [node for test in tests for node in _own(test)]
    return [word for node in nodes for word in normal(node, frozenset())] if tests else None


def _own(test: Found) -> tuple[Node, ...]:
    return (*test.item.before, test.item.node, *test.parameters)


def _header_of_scope(tree: Tree, scope: _Item) -> Passage:
    """A module's attributes; of a macro, its name and what stands before its functions as well."""
    body = scope.node.child_by_field_name("body")
    inner = [c for c in (body.children if body else ()) if c.type == "inner_attribute_item"]
    return Passage((*scope.before, *tree.macro(scope.node), *inner), PLAIN)


def find_tests(tree: Tree, name: str) -> list[Found]:
    """The functions of a name (`tests::merge`), in the modules and macros of a file."""
    found: list[Found] = []
    stack: list[tuple[Node, str, tuple[_Item, ...]]] = [(tree.root, name, ())]
    while stack:
        scope, rest, around = stack.pop()
        for item in _items(scope, testing=False):
            title = _name(item.node)
            body = item.node.child_by_field_name("body")
            if item.node.type in ("function_item", "function_signature_item") and title == rest:
                found.append(Found(item, around, tree.parameters(item.node)))
            elif item.node.type == "mod_item" and body is not None:
                if is_module_of_macro(title):
                    stack.append((body, rest, (*around, item)))
                elif rest.startswith(f"{title}::"):
                    stack.append((body, rest[len(title) + 2 :], (*around, item)))
    return found


def _items(scope: Node, *, testing: bool) -> Iterator[_Item]:
    """The items of a file or module, each with its attributes."""
    attributes: list[Node] = []
    docs: list[Node] = []
    for node in scope.children:
        if node.type == "attribute_item":
            attributes.append(node)
        elif node.type in COMMENTS:
            docs += [node] if is_doc(node) else []
        elif node.is_named:
            read = reads_docs(attributes)
            before = (*docs, *attributes) if read else tuple(attributes)
            said = [_path(each) for each in attributes]
            test = any(path.rpartition("::")[2] in _TESTS for path in said)
            only = any(_is_test_only(each) for each in attributes)
            reading = DOCUMENTED if read else PLAIN
            yield _Item(node, before, test, testing or test or only, reading)
            attributes, docs = [], []


def _path(attribute: Node) -> str:
    inner = next((c for c in attribute.children if c.type == "attribute"), None)
    return text_of(inner.children[0]) if inner is not None and inner.children else ""


def _is_test_only(attribute: Node) -> bool:
    """`#[cfg(test)]`, also among other conditions that must all hold."""
    words = "".join(text_of(attribute).split())
    return words == "#[cfg(test)]" or words.startswith(("#[cfg(all(test,", "#[cfg(all(test)"))


def _name(node: Node) -> str:
    name = node.child_by_field_name("name")
    return text_of(name).removeprefix("r#") if name is not None else ""


def _pieces(tree: Tree, scope: Node, prefix: str, *, testing: bool) -> Iterator[Part | Statement]:
    for item in _items(scope, testing=testing):
        yield from _piece(tree, item, prefix)


def _piece(tree: Tree, item: _Item, prefix: str) -> Iterator[Part | Statement]:
    node, kind = item.node, item.node.type
    if kind in ("use_declaration", "extern_crate_declaration"):
        yield from _used(item)
    elif kind == "mod_item":
        yield from _module(tree, item, prefix)
    elif kind in ("function_item", "function_signature_item"):
        yield _function(tree, item, prefix + _name(node), plain=True)
    elif kind in ("const_item", "static_item"):
        said = Passage((*item.before, node), item.reading)
        yield Statement(said, (_name(node),), testing=item.testing)
    elif kind in _TYPES:
        yield _whole(item, prefix + _name(node))
    elif kind == "macro_definition":
        yield _whole(item, f"{_name(node)}!")
    elif kind == "trait_item":
        yield from _holding(tree, item, prefix + _name(node), prefix + _name(node), {_name(node)})
    elif kind == "impl_item":
        yield from _implementation(tree, item, prefix)
    else:
        yield _other(item)


def _whole(item: _Item, name: str) -> Part:
    """A definition that counts as it is: a type, a macro."""
    tag = name.rpartition("::")[2].rstrip("!")
    said = Passage((*item.before, item.node), item.reading)
    return Part(name, False, (said,), (), frozenset({tag}), testing=item.testing)


def _function(
    tree: Tree, item: _Item, name: str, *, tags: Iterable[str] = (), plain: bool = False
) -> Part:
    node = item.node
    body = node.child_by_field_name("body")
    left_out = [body] if body is not None else []
    header = (*item.before, node, *tree.parameters(node))
    return Part(
        name=name,
        function=True,
        header=(Passage(header, item.reading, left_out),),
        body=(Passage(left_out, PLAIN),) if left_out else (),
        tags=frozenset({_name(node), *tags}),
        called=frozenset({_name(node), *tags}),
        rows=tuple((b.start_point.row + 1, b.end_point.row + 1) for b in left_out),
        plain=plain and not item.before,
        testing=item.testing,
    )


def _holding(
    tree: Tree, item: _Item, shown: str, prefix: str, tags: set[str], *, plain: bool = False
) -> Iterator[Part]:
    """A trait or an implementation: its header with types and constants, and each method. `tags`
    are the names that run a method unasked."""
    body = item.node.child_by_field_name("body")
    inside = list(_items(body, testing=item.testing)) if body is not None else []
    methods = [one for one in inside if one.node.type == "function_item"]
    others = [one for one in inside if one.node.type != "function_item"]
    left_out = [node for one in methods for node in (*one.before, one.node)]
    names = {_name(one.node) for one in others}
    yield Part(
        name=shown,
        function=False,
        header=(Passage((*item.before, item.node), item.reading, left_out),),
        body=(),
        tags=frozenset({*tags, *names, prefix.rpartition("::")[2]} - {""}),
        testing=item.testing,
    )
    for method in methods:
        name = f"{prefix}::{_name(method.node)}"
        yield _function(tree, method, name, tags=tags, plain=plain)


def _implementation(tree: Tree, item: _Item, prefix: str) -> Iterator[Part]:
    """`impl Type`, whose methods run when they are named, or `impl Trait for Type`, whose methods
    may run wherever one of both is."""
    kind, trait = (item.node.child_by_field_name(part) for part in ("type", "trait"))
    held = _last(kind)
    if trait is None:
        yield from _holding(tree, item, f"impl {held}", prefix + held, set(), plain=True)
    else:
        shown = f"impl {_last(trait)} for {held}"
        tags = {word for node in (kind, trait) if node is not None for word in _names_in(node)}
        yield from _holding(tree, item, shown, prefix + held, tags)


def _last(kind: Node | None) -> str:
    """`Cart` of `shop::Cart<T>`."""
    names = list(_names_in(kind)) if kind is not None else []
    if kind is not None and kind.type == "generic_type":
        return _last(kind.child_by_field_name("type"))
    return names[-1] if names else text_of(kind) if kind is not None else ""


def _names_in(node: Node) -> Iterator[str]:
    stack = [node]
    while stack:
        top = stack.pop()
        if top.type in _NAMES:
            yield text_of(top)
        stack.extend(reversed(top.children))


def _module(tree: Tree, item: _Item, prefix: str) -> Iterator[Part | Statement]:
    name, body = _name(item.node), item.node.child_by_field_name("body")
    if body is not None and is_module_of_macro(name):
        for piece in _pieces(tree, body, prefix, testing=True):
            if isinstance(piece, Part):
                yield piece  # what the macro is told belongs to its tests
        return
    inner = [body] if body is not None else []
    said = Passage((*item.before, item.node), item.reading, inner)
    yield Statement(said, (name,), testing=item.testing)
    if body is not None:
        yield from _pieces(tree, body, f"{prefix}{name}::", testing=item.testing)


def _used(item: _Item) -> Iterator[Statement]:
    """One statement for each name that a `use` brings; for `*`, one that acts."""
    told = " ".join(word for node in item.before for word in normal(node, frozenset()))
    shown = next((text_of(c) for c in item.node.children if c.type == "visibility_modifier"), "")
    if item.node.type == "extern_crate_declaration":
        words = " ".join(normal(item.node, frozenset()))
        alias = item.node.child_by_field_name("alias")
        name = text_of(alias) if alias is not None else _name(item.node)
        yield Statement(Whole(f"{told} {words}".encode()), (name,), testing=item.testing)
        return
    argument = item.node.child_by_field_name("argument")
    for path, name in _leaves(argument) if argument is not None else ():
        said = Whole(f"use {told} {shown} {path} as {name}".encode())
        binds = (name,) if name != "*" else ()
        acts = name[:1].isupper() or name in ("*", "_")  # it may be a trait, which is not named
        yield Statement(said, binds, acts=acts, testing=item.testing, imports=True)


def _leaves(argument: Node) -> Iterator[tuple[str, str]]:
    """Each path that a `use` names, with the name that it gets here."""
    stack = [(argument, "")]
    while stack:
        node, prefix = stack.pop()
        if node.type == "scoped_use_list":
            path, listed = (node.child_by_field_name(part) for part in ("path", "list"))
            start = f"{prefix}{_spaceless(path)}::" if path is not None else f"{prefix}::"
            stack += [(child, start) for child in reversed(listed.named_children if listed else [])]
        elif node.type == "use_list":
            stack += [(child, prefix) for child in reversed(node.named_children)]
        elif node.type == "use_as_clause":
            path, alias = (node.child_by_field_name(part) for part in ("path", "alias"))
            yield f"{prefix}{_spaceless(path)}", text_of(alias) if alias is not None else ""
        elif node.type == "use_wildcard":
            yield f"{prefix}{_spaceless(node)}", "*"
        elif node.type not in COMMENTS:
            path_text = _spaceless(node)
            full = (prefix + path_text).removesuffix("::self")
            yield full, full.rpartition("::")[2]


def _spaceless(node: Node | None) -> str:
    return "".join(text_of(node).split()) if node is not None else ""


def _other(item: _Item) -> Statement:
    """Attributes of the file, and what a macro makes: by the names that it defines, if any."""
    said = Passage((*item.before, item.node), item.reading)
    names = tuple(_defined(item.node))
    return Statement(said, names, acts=not names, testing=item.testing)


def _defined(node: Node) -> Iterator[str]:
    """The names behind `fn`, `static`, `struct` and the like among the tokens of a macro."""
    stack, last = [node], ""
    while stack:
        top = stack.pop()
        if not top.child_count:
            word = text_of(top)
            if last in _NAMING and top.type == "identifier" and word not in _NAMING:
                yield word
            last = word
        stack.extend(reversed(top.children))
