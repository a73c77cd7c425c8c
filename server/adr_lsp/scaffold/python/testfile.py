"""A test file as it stands: the names that it binds, its imports, and where things can go."""

from __future__ import annotations

import re
from collections.abc import Iterator

import tree_sitter_python
from tree_sitter import Language, Node, Parser

from adr_lsp.scaffold.opening import head_end
from adr_lsp.scaffold.python.names import Import
from adr_lsp.text import Text
from adr_lsp.value import dataclass

_LANGUAGE = Language(tree_sitter_python.language())
# Comments that a shell or a tool reads for the whole file, wherever a definition begins.
_OF_FILE = re.compile(
    r"#!|#.*?coding[:=]|#\s*(?:type:\s*ignore|ruff:\s*noqa|flake8:|mypy:|pyright:)"
)


@dataclass(frozen=True, slots=True)
class Imported:
    """One import statement at the top level: what it binds, and its characters."""

    imports: tuple[Import, ...]
    start: int
    end: int
    starred: bool = False


@dataclass(frozen=True, slots=True)
class TestFile:
    """`opening` is the offset behind the docstring and what else must stand before imports."""

    text: Text
    imports: tuple[Imported, ...]
    definitions: frozenset[str]
    opening: int

    __test__ = False

    @property
    def bound(self) -> dict[str, str]:
        """Every top-level name, with the full name of what is imported under it."""
        names = dict.fromkeys(self.definitions, "")
        for statement in self.imports:
            for item in statement.imports:
                if item.name or item.alias:
                    names[item.bound] = item.full_name
                else:
                    names[item.module.partition(".")[0]] = item.module.partition(".")[0]
        return names


@dataclass(frozen=True, slots=True)
class Parsed:
    """A syntax tree, with offsets in characters."""

    root: Node
    raw: bytes

    def offset(self, byte: int) -> int:
        return len(self.raw[:byte].decode("utf-8", "replace"))

    def source(self, node: Node) -> str:
        return (node.text or b"").decode("utf-8", "replace")


def parsed(content: str) -> Parsed | None:
    """The tree of a file; None if it cannot be parsed whole."""
    raw = content.encode("utf-8", "replace")
    root = Parser(_LANGUAGE).parse(raw).root_node
    return None if root.has_error else Parsed(root, raw)


def read(content: str) -> TestFile | None:
    """A test file as read; None if it cannot be parsed."""
    tree = parsed(content)
    if tree is None:
        return None
    imports = tuple(_import(tree, node) for node in tree.root.children if "import" in node.type)
    names = frozenset(name for node in tree.root.children for name in _defined(tree, node))
    return TestFile(Text(content), imports, names, _opening(tree, content))


def _import(tree: Parsed, node: Node) -> Imported:
    start, end = tree.offset(node.start_byte), tree.offset(node.end_byte)
    module_node = node.child_by_field_name("module_name")
    if node.type == "future_import_statement":
        module = "__future__"
    else:
        module = tree.source(module_node) if module_node else ""
    found = [_item(tree, item, module) for item in node.children_by_field_name("name")]
    starred = any(child.type == "wildcard_import" for child in node.children)
    return Imported(tuple(found), start, end, starred)


def _item(tree: Parsed, item: Node, module: str) -> Import:
    name, alias = item, ""
    if item.type == "aliased_import":
        inner, renamed = item.child_by_field_name("name"), item.child_by_field_name("alias")
        name = inner or item
        alias = tree.source(renamed) if renamed else ""
    written = tree.source(name)
    return Import(module, written, alias) if module else Import(written, "", alias)


def _defined(tree: Parsed, node: Node) -> Iterator[str]:
    """The names that a top-level statement binds, imports aside."""
    if node.type == "decorated_definition":
        node = node.child_by_field_name("definition") or node
    if node.type in ("function_definition", "class_definition"):
        name = node.child_by_field_name("name")
        if name:
            yield tree.source(name)
    elif node.type == "expression_statement" and node.children:
        yield from _assigned(tree, node.children[0])
    elif node.type.endswith("_statement") and "import" not in node.type:
        yield from _within(tree, node)


def _within(tree: Parsed, node: Node) -> Iterator[str]:
    """Names bound inside an `if`, a `try` or a `with`."""
    for child in node.children:
        if child.type == "block" or child.type.endswith("_clause"):
            yield from _within(tree, child)
        elif "import" in child.type:
            yield from (item.bound.partition(".")[0] for item in _import(tree, child).imports)
        else:
            yield from _defined(tree, child)


def _assigned(tree: Parsed, node: Node) -> Iterator[str]:
    if node.type not in ("assignment", "augmented_assignment"):
        return
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    for target in (left, *(left.children if left else ())):
        if target is not None and target.type == "identifier":
            yield tree.source(target)
    if right is not None:
        yield from _assigned(tree, right)


def _opening(tree: Parsed, content: str) -> int:
    """Behind the module's docstring and the comments that are about the module."""
    nodes = tree.root.children
    first = next((node for node in nodes if node.type != "comment"), None)
    head = first if first is not None and _is_text(first) else None
    end = head_end(
        nodes,
        lambda node: node.type == "comment",
        lambda node: node == head,
        lambda node: bool(_OF_FILE.match(tree.source(node))),
    )
    text = Text(content)
    line = text.position(tree.offset(end)).line
    return (
        text.starts[line + 1] if end and line + 1 < text.line_count else len(content) if end else 0
    )


def _is_text(node: Node) -> bool:
    return node.type == "expression_statement" and node.children[0].type in (
        "string", "concatenated_string")  # fmt: skip
