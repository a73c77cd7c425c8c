"""`use` lines: those of a new module, and those that are merged into one that stands."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.scaffold.opening import head_end
from adr_lsp.scaffold.rust.expression import WIDTH
from adr_lsp.scaffold.rust.testfile import TestModule, Used
from adr_lsp.sources.code import text_of

if TYPE_CHECKING:
    from tree_sitter import Node

Added = list[tuple[str, str]]
Order = tuple[tuple[int, int, str], ...]
_PLAIN = re.compile(r"use\s+((?:\w+::)*\w+)::(\w+)\s*;\Z")
_OUTER = re.compile(r"///(?!/)|/\*\*(?![*/])")
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
    return _line_behind(file, file.offset(file.uses[-1].node.end_byte))


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
    nodes = file.body.children
    inside = file.body.type != "source_file"
    end = head_end(nodes[:-1] if inside else nodes, _is_comment, _is_head)
    if not end:
        return 0, "", _gap(file.code.content)
    if inside and end == nodes[0].end_byte:
        return file.offset(end), "\n", ""
    at, lead = _line_behind(file, file.offset(end))
    return at, f"{lead}\n", _gap(file.code.content[at:])


def _gap(below: str) -> str:
    """A blank line above what stands below, where there is none."""
    return "" if below[:1] in ("\r", "\n") or below.lstrip()[:1] in ("", "}") else "\n"


def _is_comment(node: Node) -> bool:
    """Whether it is no documentation: that belongs to what it is about, whatever stands between."""
    return node.type.endswith("_comment") and not (_is_head(node) or _OUTER.match(text_of(node)))


def _is_head(node: Node) -> bool:
    """What is about the file or module in which it stands, and the brace of a module."""
    about = node.type.endswith("_comment") and text_of(node).startswith(("//!", "/*!"))
    return about or node.type in ("inner_attribute_item", "shebang", "{")


def _split(path: str, ending: str | None) -> tuple[str, list[str]]:
    if ending:
        return path, [ending[-1]]
    above, _, name = path.rpartition("::")
    return above, [name]


def _line_behind(file: TestModule, at: int) -> tuple[int, str]:
    """Below what ends there and a comment beside it; in the same line where code follows."""
    content = file.code.content
    line = content.find("\n", at)
    rest = content[at : line if line >= 0 else len(content)].strip()
    if line < 0:
        return len(content), "\n"
    return (line + 1, "") if not rest or rest.startswith("//") else (at, "\n")
