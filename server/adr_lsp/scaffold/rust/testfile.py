"""The module that a test is written into, as it stands: what it binds, and where things can go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.scaffold.rust.items import name_of, names_used
from adr_lsp.sources.code import Code, text_of
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_TEST = re.compile(r"\bfn\s+(?:r#)?(\w+)")
_STRATEGY = re.compile(r"(?:impl\s+Strategy<\s*Value\s*=\s*|BoxedStrategy<)(.*)>\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Used:
    """A `use` line: the paths it names, with what they bind; the node to change."""

    names: tuple[tuple[tuple[str, ...], str], ...]
    node: Node


@dataclass(frozen=True, slots=True)
class TestModule:
    """A file, or the body of a module in it. `indent` is that of what stands inside."""

    code: Code
    body: Node
    indent: str
    uses: tuple[Used, ...]
    definitions: frozenset[str]
    strategies: dict[str, str]

    __test__ = False

    @property
    def bound(self) -> dict[str, str]:
        """Every name of the module, with the path of what it uses under it."""
        names = dict.fromkeys(self.definitions, "")
        for use in self.uses:
            names |= {bound: "::".join(path) for path, bound in use.names if bound != "*"}
        return names

    @property
    def globs(self) -> set[str]:
        found = (name for use in self.uses for name in use.names)
        return {"::".join(path) for path, bound in found if bound == "*"}

    def offset(self, byte: int) -> int:
        return self.code.text.offset(self.code.position(byte))


def read(raw: bytes, modules: tuple[str, ...] = ()) -> TestModule | None:
    """The module of that path in a file; None if it is not there or the file cannot be parsed."""
    code = Code(raw, "rust")
    if code.root.has_error:
        return None
    body: Node | None = code.root
    for name in modules:
        body = _module(body, name) if body else None
    if body is None:
        return None
    uses = tuple(_used(node) for node in body.children if node.type == "use_declaration")
    names = frozenset(name for node in body.children for name in _defined(node))
    found = [(node, text_of(node.child_by_field_name("return_type") or node))
             for node in body.children if node.type == "function_item"]  # fmt: skip
    strategies = {
        m[1].strip(): name_of(node) for node, text in found if (m := _STRATEGY.match(text))
    }
    return TestModule(code, body, "    " * len(modules), uses, names, strategies)


def _module(body: Node, name: str) -> Node | None:
    for node in body.children:
        if node.type == "mod_item" and name_of(node) == name:
            return node.child_by_field_name("body")
    return None


def _used(node: Node) -> Used:
    argument = node.child_by_field_name("argument")
    return Used(tuple(names_used(argument)) if argument else (), node)


def _defined(node: Node) -> Iterator[str]:
    if node.type.endswith("_item") and name_of(node):
        yield name_of(node)
    elif node.type in ("macro_invocation", "expression_statement"):
        yield from _TEST.findall(text_of(node))
