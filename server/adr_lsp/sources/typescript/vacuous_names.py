"""Which function of the project a name in a TypeScript or JavaScript file leads to."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of
from adr_lsp.sources.definitions.project import Project
from adr_lsp.sources.typescript.importing import resolve
from adr_lsp.sources.typescript.normal import key_text, unwrap
from adr_lsp.sources.typescript.reach import root_of
from adr_lsp.sources.typescript.reach_tests import FUNCTIONS
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_HOPS = 5
_DECLARED = ("function_declaration", "generator_function_declaration")
_CLASSES = ("class_declaration", "abstract_class_declaration", "class")


@dataclass(frozen=True, slots=True)
class Named:
    """The names of a file: its functions (`total`, `Cart.total`) and any other value at any depth,
    what its imports mean (file as written, name there), and the files that it exports whole."""

    functions: dict[str, Node]
    values: dict[str, Node]
    imports: dict[str, tuple[str, str]]
    stars: tuple[str, ...]


Function = tuple[str, "Node"]  # a path, and the function's node


def named(path: str, raw: bytes) -> Named:
    return _named(path.rpartition(".")[2], raw)


@lru_cache(maxsize=64)
def _named(suffix: str, raw: bytes) -> Named:
    found = Named({}, {}, {}, ())
    stars: list[str] = []
    root = root_of(f"a.{suffix}", raw)
    stack: list[Node] = [root] if root is not None else []
    while stack:
        node = stack.pop()
        if node.type in _DECLARED:
            found.functions[_name(node)] = node
        elif node.type in _CLASSES:
            _note_class(node, found)
        elif node.type == "variable_declarator":
            _note_value(node, found)
        elif node.type in ("import_statement", "export_statement"):
            stars += _note_import(node, found)
        stack.extend(reversed(node.named_children))
    return Named(found.functions, found.values, found.imports, tuple(stars))


def _name(node: Node) -> str:
    name = node.child_by_field_name("name")
    return text_of(name) if name is not None else "default"


def _note_class(node: Node, found: Named) -> None:
    body = node.child_by_field_name("body")
    found.values[_name(node)] = node
    for member in body.named_children if body is not None else ():
        value = member.child_by_field_name("value")
        run = member if member.type == "method_definition" else value
        if run is not None and run.type in FUNCTIONS:
            key = member.child_by_field_name("name") or member.child_by_field_name("property")
            found.functions[f"{_name(node)}.{text_of(key) if key is not None else ''}"] = run


def _note_value(node: Node, found: Named) -> None:
    name, value = (node.child_by_field_name(part) for part in ("name", "value"))
    if name is None or value is None:
        return
    inner = unwrap(value)
    if inner.type in FUNCTIONS:
        found.functions[text_of(name)] = inner
        return
    found.values[text_of(name)] = inner
    required = _required(inner)
    if required is not None and name.type == "identifier":
        found.imports[text_of(name)] = (required, "*")
    elif required is not None:
        for one in name.named_children:
            said = one.child_by_field_name("key") or one
            bound = one.child_by_field_name("value") or one
            found.imports[text_of(bound)] = (required, text_of(said))
    elif inner.type == "object":
        for member in inner.named_children:
            held = member.child_by_field_name("value")
            run = held if member.type == "pair" else member
            key = member.child_by_field_name("key") or member.child_by_field_name("name")
            if run is not None and key is not None and run.type in FUNCTIONS:
                found.functions[f"{text_of(name)}.{key_text(key)}"] = run


def _required(value: Node) -> str | None:
    """`./x` of `require("./x")` and of `await import("./x")`."""
    call = value.named_children[0] if value.type == "await_expression" else value
    function = call.child_by_field_name("function") if call.type == "call_expression" else None
    if function is None or text_of(function) not in ("require", "import"):
        return None
    listed = call.child_by_field_name("arguments")
    first = listed.named_children[0] if listed is not None and listed.named_children else None
    return key_text(first) if first is not None and first.type == "string" else None


def _note_import(node: Node, found: Named) -> list[str]:
    """Notes what an import binds; gives what a re-export of everything exports."""
    source = node.child_by_field_name("source")
    if source is None:
        return []
    said = key_text(source)
    stack: list[Node] = list(node.named_children)
    plain = not stack or stack == [source]
    while stack:
        top = stack.pop()
        if top.type in ("import_specifier", "export_specifier"):
            name, alias = (top.child_by_field_name(part) for part in ("name", "alias"))
            if name is not None:
                found.imports[text_of(alias or name)] = (said, text_of(name))
        elif top.type in ("namespace_import", "namespace_export"):
            for bound in top.named_children:
                found.imports[text_of(bound)] = (said, "*")
        elif top.type == "identifier":
            found.imports[text_of(top)] = (said, "default")
        else:
            stack.extend(top.named_children)
    return [said] if node.type == "export_statement" and plain else []


def source_of(project: Project, path: str, name: str) -> str | None:
    """Where an imported name comes from, as it is written."""
    raw = project.contents.get(path)
    imported = named(path, raw).imports.get(name) if raw is not None else None
    return imported[0] if imported else None


def function_of(project: Project, path: str, name: str, hops: int = _HOPS) -> Function | None:
    """The function of the project behind a dotted name; None outside the project."""
    raw = project.contents.get(path)
    if raw is None or hops == 0:
        return None
    here = named(path, raw)
    root, _, rest = name.partition(".")
    if name in here.functions:
        return path, here.functions[name]
    if root in here.imports:
        said, imported = here.imports[root]
        meant = rest if imported == "*" else ".".join(p for p in (imported, rest) if p)
        return _among(project, resolve(project, path, said), meant or "default", hops)
    built = f"{name}.constructor"
    if built in here.functions:
        return path, here.functions[built]
    return _exported(project, path, here, name, hops)


def _exported(project: Project, path: str, here: Named, name: str, hops: int) -> Function | None:
    for said in here.stars:
        found = _among(project, resolve(project, path, said), name, hops)
        if found:
            return found
    value = here.values.get(name)
    if value is not None and value.type == "identifier" and text_of(value) != name:
        return function_of(project, path, text_of(value), hops - 1)
    return None


def _among(project: Project, paths: tuple[str, ...], name: str, hops: int) -> Function | None:
    found = (function_of(project, path, name, hops - 1) for path in paths)
    return next((one for one in found if one), None)
