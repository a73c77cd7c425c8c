"""A test file as it stands: the names that it binds, its imports, its tests, where things go."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.scaffold.opening import head_end
from adr_lsp.scaffold.typescript.code import Code
from adr_lsp.scaffold.typescript.module import Module, module_of
from adr_lsp.scaffold.typescript.names import Import
from adr_lsp.scaffold.typescript.syntax import field, named, said, string
from adr_lsp.sources.code import walk
from adr_lsp.text import Text
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

# Comments that a tool reads for the whole file, wherever a test begins.
_OF_FILE = re.compile(
    r"\A///\s*<|@(?:ts-(?:no)?check|(?:jest|vitest)-|jsx|flow|license|file(?:overview)?\b)"
    r"|\A/[/*]+\s*(?:eslint(?:-(?:disable|enable|env))?(?!-)\b|globals?\b|biome-ignore-all)"
)
_BESIDE = re.compile(r"[ \t]*(?://[^\r\n]*|/\*(?:(?!\*/)[^\r\n])*\*/[ \t]*(?=[\r\n]|\Z))")
_RUNS = re.compile(r"(?:test|it)(?:\.\w+(?:\([^()]*\))?)*\Z")


@dataclass(frozen=True, slots=True, eq=False)
class TestFile:
    """`opening` is the offset behind what must stand before imports."""

    path: str
    text: Text
    module: Module
    titles: frozenset[str]
    opening: int

    __test__ = False

    @property
    def is_empty(self) -> bool:
        return not self.text.content.strip()


def read(path: str, content: str) -> TestFile | None:
    """A test file as read; None if it cannot be parsed."""
    module = module_of(path, content)
    if module.root.has_error:
        return None
    return TestFile(path, Text(content), module, frozenset(_titles(module.root)),
                    _opening(module.root, content))  # fmt: skip


def bound(file: TestFile, code: Code) -> dict[str, tuple[str, str] | None]:
    """Every top-level name, with what is imported under it."""
    names: dict[str, tuple[str, str] | None] = dict.fromkeys(file.module.declared)
    for local, (specifier, name) in file.module.imports.items():
        key = code.resolve(specifier, file.path) or specifier
        names[local] = (key, name)
    return names


def _titles(root: Node) -> Iterator[str]:
    for node in walk(root):
        if node.type == "call_expression" and _RUNS.match(said(field(node, "function"))):
            title = string(next(named(field(node, "arguments")), None))
            if title:
                yield title


def _opening(root: Node, content: str) -> int:
    """Behind the `#!` line, `"use strict"` and the comments that are about the file."""
    end = head_end(
        root.children,
        lambda node: node.type == "comment",
        lambda node: node.type == "hash_bang_line" or _is_directive(node),
        _is_of_file,
    )
    return _line_after(Text(content), _offset(content, end)) if end else 0


def _is_directive(node: Node) -> bool:
    return node.type == "expression_statement" and [n.type for n in named(node)] == ["string"]


def _is_of_file(comment: Node) -> bool:
    return bool(_OF_FILE.search(said(comment)))


def _line_after(text: Text, offset: int) -> int:
    line = text.position(offset).line + 1
    return text.starts[line] if line < text.line_count else len(text.content)


def merged(file: TestFile, imports: list[Import], *, commonjs: bool) -> list[tuple[int, int, str]]:
    """What the file's imports become: (start, end, text with LF line ends), in characters."""
    edits: list[tuple[int, int, str]] = []
    left: list[Import] = []
    groups: dict[int, tuple[Node, list[Import]]] = {}
    for wanted in sorted(imports):
        clause = _clause(file, wanted)
        if clause is None:
            left.append(wanted)
        else:
            groups.setdefault(clause.start_byte, (clause, []))[1].append(wanted)
    for clause, items in groups.values():
        edits.append(_extended(file, clause, [_part(item, commonjs) for item in items]))
    if left:
        edits.append(_lines(file, written(left, commonjs=commonjs)))
    return edits


def _extended(file: TestFile, clause: Node, parts: list[str]) -> tuple[int, int, str]:
    """More names behind the last one of a clause."""
    last = _last(clause)
    at = _offset(file.text.content, last.end_byte if last is not None else clause.start_byte + 1)
    if last is None:
        return at, at, f" {', '.join(parts)} "
    return at, at, "".join(f",{_lead(clause, last)}{part}" for part in parts)


def _lines(file: TestFile, lines: list[str]) -> tuple[int, int, str]:
    """Whole statements, behind the last import."""
    last = [n for n in named(file.module.root) if n.type == "import_statement" or _requires(n)]
    block = "\n".join(lines)
    content = file.text.content
    if last:
        at = _behind(content, _offset(content, last[-1].end_byte))
        return at, at, f"\n{block}"
    gap = "" if file.opening == 0 else "\n"
    below = content[file.opening :]
    gap_below = "" if below[:1] in ("\r", "\n") or not below.strip() else "\n"
    unended = file.opening and content[file.opening - 1] not in "\r\n"
    start = "\n" if unended else ""
    return file.opening, file.opening, f"{start}{gap}{block}\n{gap_below}"


def _behind(content: str, at: int) -> int:
    """Behind a comment that stands in the same line."""
    rest = _BESIDE.match(content, at)
    return rest.end() if rest else at


def _requires(node: Node) -> bool:
    return node.type in ("lexical_declaration", "variable_declaration") and any(
        said(field(field(d, "value"), "function")) == "require" for d in named(node)
    )


def _clause(file: TestFile, wanted: Import) -> Node | None:
    """The braces of an import of the same module that can take one more name."""
    if wanted.name in ("default", "*"):
        return None
    for node in named(file.module.root):
        if node.type == "import_statement":
            if string(field(node, "source")) != wanted.specifier:
                continue
            only_types = any(child.type == "type" for child in node.children)
            clause = next((c for c in walk(node) if c.type == "named_imports"), None)
            if clause is not None and not only_types:
                return clause
        elif _requires(node):
            for declarator in named(node):
                source = next(named(field(field(declarator, "value"), "arguments")), None)
                pattern = field(declarator, "name")
                same = string(source) == wanted.specifier
                if same and pattern is not None and pattern.type == "object_pattern":
                    return pattern
    return None


def _last(clause: Node) -> Node | None:
    found = list(named(clause))
    return found[-1] if found else None


def _lead(clause: Node, last: Node) -> str:
    """A space, or the line end and indentation that the other names have."""
    if last.start_point[0] == clause.start_point[0]:
        return " "
    return "\n" + " " * last.start_point[1]


def _offset(content: str, byte: int) -> int:
    return len(content.encode("utf-8", "replace")[:byte].decode("utf-8", "replace"))


def _part(wanted: Import, commonjs: bool) -> str:
    renames = ": " if commonjs else " as "
    name = wanted.name if wanted.name == wanted.local else f"{wanted.name}{renames}{wanted.local}"
    return f"type {name}" if wanted.is_type and not commonjs else name


def written(imports: list[Import], *, commonjs: bool) -> list[str]:
    """Import statements, one a module, packages first; a blank line between them and the rest."""
    if commonjs:
        imports = [each for each in imports if not each.is_type]
    groups: dict[str, list[Import]] = {}
    for each in sorted(imports, key=_order):
        groups.setdefault(each.specifier, []).append(each)
    lines: list[str] = []
    for specifier, items in groups.items():
        own = specifier.startswith(".") or items[0].key != specifier
        if own and lines and not any(line == "" for line in lines):
            lines.append("")
        lines += _statements(specifier, items, commonjs)
    return lines


def _order(each: Import) -> tuple[bool, bool, str, str]:
    own = each.specifier.startswith(".") or each.key != each.specifier
    plain = each.specifier.removeprefix("node:")
    return own, not each.specifier.startswith("node:"), posixpath.normpath(plain), each.name


def _statements(specifier: str, items: list[Import], commonjs: bool) -> Iterator[str]:
    whole = next((i.local for i in items if i.name in ("default", "*")), "")
    spaced = any(i.name == "*" for i in items)
    names = ", ".join(_part(i, commonjs) for i in items if i.name not in ("default", "*"))
    if commonjs:
        if whole:
            yield f'const {whole} = require("{specifier}");'
        if names:
            yield f'const {{ {names} }} = require("{specifier}");'
        return
    only_types = all(item.is_type for item in items) and not whole
    plain = re.sub(r"\btype ", "", names) if only_types else names
    braces = f"{{ {plain} }}" if names else ""
    lead = f"* as {whole}" if spaced else whole
    bound = ", ".join(part for part in (lead, braces) if part)
    yield f'import {"type " if only_types else ""}{bound} from "{specifier}";'
