"""`use` lines: those of a new module, and those that are merged into one that stands."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.scaffold.rust.expression import WIDTH
from adr_lsp.scaffold.rust.testfile import TestModule, Used
from adr_lsp.sources.code import text_of

if TYPE_CHECKING:
    from tree_sitter import Node

Added = list[tuple[str, str]]
Order = tuple[tuple[int, int, str], ...]
_PLAIN = re.compile(r"use\s+((?:\w+::)*\w+)::(\w+)\s*;\Z")
_LIST = re.compile(r"use\s+((?:\w+::)*\w+)::\{([\w\s,]*?),?\s*\}\s*;\Z")


def lines(added: Added, indent: str = "") -> str:
    """One line for every module that names come from."""
    return "".join(line for _, line in _each(added, indent))


def _each(added: Added, indent: str) -> Iterator[tuple[Order, str]]:
    """The lines in their order, each with what it is sorted by."""
    grouped: dict[str, list[str]] = {}
    for path, alias in sorted(set(added)):
        above, _, name = path.rpartition("::")
        grouped.setdefault(above, []).append(f"{name} as {alias}" if alias else name)
    keyed = [(_order(above, names), above) for above, names in grouped.items()]
    for order, above in sorted(keyed):
        yield order, _line(above, grouped[above], indent)


def _order(above: str, names: list[str]) -> Order:
    """As rustfmt sorts: this crate first, functions and modules, types, constants, all, lists."""
    last = names[0] if len(names) == 1 else "{"
    return tuple(_segment(part) for part in (*above.split("::"), last))


def _segment(part: str) -> tuple[int, int, str]:
    fixed = {"self": 0, "super": 1, "crate": 2, "*": 4, "{": 5}
    return fixed.get(part, 3), _rank(part)[0], part


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
    inside = textwrap.fill(f"{', '.join(names)},", WIDTH, initial_indent=f"{indent}    ",
                           subsequent_indent=f"{indent}    ", break_long_words=False)  # fmt: skip
    return f"{indent}use {above}::{{\n{inside}\n{indent}}};\n"


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
    if rest and not file.uses:
        at, lead, end = _place(file)
        yield at, at, lead + lines(rest, file.indent) + end
    elif rest:
        placed: dict[tuple[int, str], str] = {}
        for order, line in _each(rest, file.indent):
            place = _before(file, order)
            placed[place] = placed.get(place, "") + line
        for (at, lead), new in placed.items():
            yield at, at, lead + new


def _before(file: TestModule, order: Order) -> tuple[int, str]:
    """In front of the first `use` that is sorted after it, else behind the last."""
    for use in file.uses:
        found = re.match(r"use\s+([\w:]*\w)(::[{*])?", text_of(use.node))
        above = use.node.prev_sibling
        free = above is None or above.type == "use_declaration"
        standing = found and _order(*_split(found[1], found[2]))
        if standing and free and standing > order:
            return file.offset(use.node.start_byte) - len(file.indent), ""
    at, lead, _ = _after(file, file.uses[-1].node)
    return at, lead


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
    """At the beginning of the module."""
    first = [c for c in file.body.children if c.type == "inner_attribute_item" or (
        c.type.endswith("_comment") and text_of(c).startswith(("//!", "/*!")))]  # fmt: skip
    if first:
        at, lead, _ = _after(file, first[-1])
        return at, lead + "\n", ""
    if file.body.type == "source_file":
        return 0, "", "\n"
    opening = file.offset(file.body.children[0].end_byte)
    return opening, "\n", ""


def _split(path: str, ending: str | None) -> tuple[str, list[str]]:
    if ending:
        return path, [ending[-1]]
    above, _, name = path.rpartition("::")
    return above, [name]


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
