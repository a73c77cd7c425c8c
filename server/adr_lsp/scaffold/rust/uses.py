"""`use` lines: those of a new module, and those that are merged into one that stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.scaffold.rust.expression import WIDTH
from adr_lsp.scaffold.rust.testfile import TestModule, Used
from adr_lsp.sources.code import text_of

if TYPE_CHECKING:
    from tree_sitter import Node

Added = list[tuple[str, str]]
_PLAIN = re.compile(r"use\s+((?:\w+::)*\w+)::(\w+)\s*;\Z")
_LIST = re.compile(r"use\s+((?:\w+::)*\w+)::\{([\w\s,]*?),?\s*\}\s*;\Z")


def lines(added: Added, indent: str = "") -> str:
    """One line for every module that names come from."""
    grouped: dict[str, list[str]] = {}
    for path, alias in sorted(set(added)):
        above, _, name = path.rpartition("::")
        grouped.setdefault(above, []).append(f"{name} as {alias}" if alias else name)
    ordered = sorted(grouped, key=lambda above: (above.split("::")[0] not in _FIRST, above))
    return "".join(_line(above, grouped[above], indent) for above in ordered)


_FIRST = ("crate", "self", "super")


def _line(above: str, names: list[str], indent: str) -> str:
    names = sorted(names, key=_rank)
    if "*" in names:
        others = [name for name in names if name != "*" and " as " in name]
        return "".join(f"{indent}use {above}::{name};\n" for name in ("*", *others))
    if len(names) == 1:
        return f"{indent}use {above}::{names[0]};\n"
    flat = f"{indent}use {above}::{{{', '.join(names)}}};\n"
    if len(flat) <= WIDTH + 1:
        return flat
    inside = "".join(f"{indent}    {name},\n" for name in names)
    return f"{indent}use {above}::{{\n{inside}{indent}}};\n"


def _rank(name: str) -> tuple[int, str]:
    """Functions, then types, then constants, as rustfmt sorts them."""
    return (0 if name[0].islower() or name[0] == "*" else 2 if name.isupper() else 1, name)


def merged(file: TestModule, added: Added) -> Iterator[tuple[int, int, str]]:
    """Changes of the text, by offsets, that add what the module does not use yet."""
    rest = list(dict.fromkeys(added))
    for use in file.uses:
        fitting = _fitting(use, rest)
        if fitting:
            rest = [each for each in rest if each not in fitting]
            yield _extended(file, use, fitting)
    if rest:
        at, lead, end = _place(file)
        new = lines(rest, file.indent)
        yield at, at, lead + new + end


def _fitting(use: Used, added: Added) -> Added:
    text = text_of(use.node)
    found = _PLAIN.match(text) or _LIST.match(text)
    if not found:
        return []
    return [(path, alias) for path, alias in added
            if path.rpartition("::")[0] == found[1] and not path.endswith("::*")]  # fmt: skip


def _extended(file: TestModule, use: Used, added: Added) -> tuple[int, int, str]:
    text = text_of(use.node)
    found = _PLAIN.match(text) or _LIST.match(text)
    assert found is not None
    names = [name.strip() for name in found[2].split(",") if name.strip()]
    for path, alias in added:
        name = path.rpartition("::")[2]
        names.append(f"{name} as {alias}" if alias else name)
    start, end = file.offset(use.node.start_byte), file.offset(use.node.end_byte)
    return start, end, _line(found[1], names, file.indent).strip()


def _place(file: TestModule) -> tuple[int, str, str]:
    """Behind the last `use`, else at the beginning of the module."""
    if file.uses:
        return _after(file, file.uses[-1].node)
    first = [c for c in file.body.children if c.type == "inner_attribute_item" or (
        c.type.endswith("_comment") and text_of(c).startswith(("//!", "/*!")))]  # fmt: skip
    if first:
        at, lead, _ = _after(file, first[-1])
        return at, lead + "\n", ""
    if file.body.type == "source_file":
        return 0, "", "\n"
    opening = file.offset(file.body.children[0].end_byte)
    return opening, "\n", ""


def _after(file: TestModule, node: Node) -> tuple[int, str, str]:
    at = file.offset(node.end_byte)
    content = file.code.content
    if content[at - 1 : at] == "\n":
        return at, "", ""
    line = content.find("\n", at)
    rest = content[at : line if line >= 0 else len(content)]
    if line < 0:
        return len(content), "\n", ""
    return (
        (line + 1, "", "") if not rest.strip() or rest.strip().startswith("//") else (at, "\n", "")
    )
