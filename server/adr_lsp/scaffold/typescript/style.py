"""How a file is written: its quotes, semicolons, indentation. A scaffold is written the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from adr_lsp.scaffold.typescript.syntax import tree
from adr_lsp.sources.code import text_of, walk
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_STATEMENT = re.compile(r"^(?:import|export|const|let|return|throw)\b.*?(;?)[ \t]*$", re.MULTILINE)
_ENDED = frozenset({"expression_statement", "lexical_declaration", "import_statement",
                    "return_statement", "throw_statement", "type_alias_declaration",
                    "variable_declaration", "export_statement"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    quote: str = '"'
    semicolons: bool = True
    indent: str = "  "


def style_of(*contents: str) -> Style:
    """The style of the first file that shows one."""
    content = next((text for text in contents if text.strip()), "")
    double, single = len(re.findall(r'"[^"\'\n]*"', content)), len(
        re.findall(r"'[^'\"\n]*'", content)
    )  # fmt: skip
    endings = [match[1] for match in _STATEMENT.finditer(content) if _whole(match[0])]
    steps = [match[1] for match in re.finditer(r"^([ \t]+)[^\s*]", content, re.MULTILINE)]
    first = min(steps, key=len, default="  ")
    indent = "\t" if first.startswith("\t") else first if len(first) in (2, 4) else "  "
    return Style(
        "'" if single > double else '"',
        not endings or endings.count(";") * 2 >= len(endings),
        indent,
    )


def _whole(line: str) -> bool:
    """A statement that ends on its line."""
    return line.rstrip("; \t")[-1:] not in ("{", "(", "[", ",", "=", "}", "")


def styled(text: str, style: Style) -> str:
    """A text in our own style (double quotes, semicolons, two spaces) in another one."""
    raw = text.encode()
    changes: list[tuple[int, int, bytes]] = []
    for node in walk(tree("test.ts", text)):
        if node.type == "string" and style.quote == "'":
            source = text_of(node)
            if source[0] == '"' and "'" not in source and "\\" not in source:
                changes.append((node.start_byte, node.end_byte, f"'{source[1:-1]}'".encode()))
        elif node.type == ";" and not style.semicolons and _ends(node, raw):
            changes.append((node.start_byte, node.end_byte, b""))
    for start, end, new in sorted(changes, reverse=True):
        raw = raw[:start] + new + raw[end:]
    if style.indent == "  ":
        return raw.decode()
    return re.sub(
        r"^(?: {2})+", lambda m: style.indent * (len(m[0]) // 2), raw.decode(), flags=re.MULTILINE
    )


def _ends(node: Node, raw: bytes) -> bool:
    """It ends a statement behind which the next line begins with none of `(`, `[`, `` ` ``."""
    if node.parent is None or node.parent.type not in _ENDED:
        return False
    following = raw[node.end_byte : node.end_byte + 200].lstrip(b" \t")
    rest = following.lstrip()
    return following[:1] in (b"\n", b"", b"/") and rest[:1] not in (b"(", b"[", b"`", b"+", b"-")
