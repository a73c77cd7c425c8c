"""Types that comments give: `@param {number} price`, `@returns`, `@typedef`, `@type`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.scaffold.typescript.syntax import field, named, said, tree
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_TAG = re.compile(r"@(\w+)")
_NAME = re.compile(r"\s*(\[)?\s*([\w$][\w$.]*)")
_SIMPLE = (
    (re.compile(r"\b(Array|Object|Promise|Map|Set|Record)\.<"), r"\1<"),
    (re.compile(r"^\?(.+)$", re.DOTALL), r"\1 | null"),
    (re.compile(r"^(.+)\?$", re.DOTALL), r"\1 | null"),
    (re.compile(r"^!(.+)$", re.DOTALL), r"\1"),
    (re.compile(r"^\*$"), "any"),
    (re.compile(r"\b(?:Number|String|Boolean)\b(?!\w)"), lambda m: m[0].lower()),
    (re.compile(r"\bObject<"), "Record<"),
    (re.compile(r"\binteger\b"), "number"),
)


@dataclass(frozen=True, slots=True)
class Documented:
    """One tag with a type; `path` is `item.price` for a part of a parameter."""

    tag: str
    type: str
    path: str
    optional: bool


def documented(comment: str) -> Iterator[Documented]:
    """The tags of a `/** … */` that give types."""
    body = re.sub(r"(?m)^\s*\*? ?", "", comment.removeprefix("/**").removesuffix("*/"))
    for tag in _TAG.finditer(body):
        at = tag.end()
        while at < len(body) and body[at] in " \t":
            at += 1
        written, at = _braced(body, at) if body[at : at + 1] == "{" else ("", at)
        name = _NAME.match(body, at)
        optional = written.endswith("=") or bool(name and name[1])
        if written or tag[1] == "typedef":
            path = name[2] if name else ""
            yield Documented(tag[1], _plain(written.removesuffix("=")), path, optional)


def _braced(body: str, start: int) -> tuple[str, int]:
    depth = 0
    for place in range(start, min(len(body), start + 4000)):
        depth += (body[place] == "{") - (body[place] == "}")
        if depth == 0:
            return body[start + 1 : place].strip(), place + 1
    return "", start + 1


def _plain(written: str) -> str:
    """A type as TypeScript writes it."""
    for pattern, new in _SIMPLE:
        written = pattern.sub(new, written.strip())
    return written.removeprefix("...") + ("[]" if written.startswith("...") else "")


def type_node(written: str) -> Node | None:
    """The tree of a type; None if it cannot be read."""
    root = tree("type.ts", f"type X = {written};")
    declared = next(named(root), None)
    if root.has_error or declared is None or declared.type != "type_alias_declaration":
        return None
    return field(declared, "value")


def typedefs(comment: str) -> Iterator[tuple[str, Node]]:
    """The types that a comment declares, as declarations."""
    tags = list(documented(comment))
    for place, tag in enumerate(tags):
        if tag.tag == "typedef" and tag.path:
            parts = [t for t in tags[place + 1 :] if t.tag in ("property", "prop")]
            plain = tag.type.lower() in ("", "object")
            written = _object(parts) if plain and parts else tag.type
            root = tree("type.ts", f"type {tag.path} = {written or 'object'};")
            declared = next(named(root), None)
            if declared is not None and not root.has_error:
                yield tag.path, declared


def _object(parts: list[Documented]) -> str:
    top = [part for part in parts if "." not in part.path]
    lines = (f"{p.path}{'?' if p.optional else ''}: {_part(p, parts)}" for p in top)
    return "{ " + "; ".join(lines) + " }"


def _part(part: Documented, parts: list[Documented]) -> str:
    """`@param {Object} item` with `@param {number} item.price` is an object with that field."""
    inner = [
        Documented(p.tag, p.type, p.path.removeprefix(f"{part.path}."), p.optional)
        for p in parts
        if p.path.startswith(f"{part.path}.")
    ]
    return _object(inner) if inner and part.type.lower() == "object" else part.type


def parameters(comment: str) -> dict[str, tuple[str, bool]]:
    """The type of each parameter, and whether it may be left out."""
    tags = [tag for tag in documented(comment) if tag.tag in ("param", "arg", "argument")]
    return {tag.path: (_part(tag, tags), tag.optional) for tag in tags if "." not in tag.path}


def tagged(comment: str, *names: str) -> str:
    """The type that the first of these tags gives."""
    return next((tag.type for tag in documented(comment) if tag.tag in names), "")


def comment_of(node: Node) -> str:
    """The `/** … */` that stands before a definition or a statement."""
    holder: Node | None = node
    while holder is not None and holder.type not in ("program", "class_body", "object"):
        before = holder.prev_sibling
        while before is not None and before.type in ("decorator", ",", ";"):
            before = before.prev_sibling
        if before is not None and before.type == "comment":
            return said(before) if said(before).startswith("/**") else ""
        if holder.parent is None or holder.parent.type == "statement_block":
            return ""
        holder = holder.parent
    return ""
