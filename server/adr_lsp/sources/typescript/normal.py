"""The normal form of TypeScript and JavaScript: equal where the program surely does the same.

Left out: comments, layout, parentheses that only group, trailing commas, semicolons and empty
statements, the kind of quotes, how a character or number is written, quotes around a key, and the
order of imports that bind names, which tools that sort them change. Types are left out, for they
are erased before the code runs: annotations, interfaces, `as`, `!`, `import type`, overloads,
`declare`, access modifiers. What TypeScript makes code of stays: enumerations, namespaces,
parameter properties, decorators; and the types in a class with decorators, which may be emitted.
Kept as well: braces, `a: a` for `a`, the text of templates and of JSX between words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of
from adr_lsp.sources.definitions.passage import Reading

if TYPE_CHECKING:
    from tree_sitter import Node

COMMENTS = frozenset({"comment", "html_comment", "hash_bang_line"})
ERASED = frozenset(
    {
        "type_annotation",
        "type_parameters",
        "type_arguments",
        "interface_declaration",
        "type_alias_declaration",
        "ambient_declaration",
        "function_signature",
        "method_signature",
        "abstract_method_signature",
        "index_signature",
        "implements_clause",
        "override_modifier",
        "asserts_annotation",
        "type_predicate_annotation",
        "opting_type_annotation",
        "omitting_type_annotation",
        "adding_type_annotation",
    }
)
UNWRAPPED = frozenset(
    {
        "as_expression",
        "satisfies_expression",
        "non_null_expression",
        "type_assertion",
        "instantiation_expression",
    }
)
_CLASSES = ("class_declaration", "class", "abstract_class_declaration")
_SAME = {"abstract_class_declaration": "class_declaration"}
_IN_MEMBER = frozenset({"?", "!", "readonly", "abstract", "declare", "accessibility_modifier"})
_IDLE = frozenset({"(", ")", ";", ","})
_CHAINS = ("member_expression", "subscript_expression", "call_expression")
_ESCAPE = re.compile(r"\\(?:u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[\s\S])")
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "\n": ""}
_NAMES = frozenset(
    {
        "identifier",
        "property_identifier",
        "private_property_identifier",
        "shorthand_property_identifier",
        "shorthand_property_identifier_pattern",
    }
)
_WORD = re.compile(r"[\w$#]{1,80}")


def normal(node: Node, without: frozenset[int], *, typed: bool = False) -> Iterator[str]:
    """The words of the code below a node, with its structure."""
    stack: list[tuple[Node | str, bool]] = [(node, typed)]
    while stack:
        top, types = stack.pop()
        if isinstance(top, str):
            yield top
        elif top.id not in without and not _is_idle(top, types):
            types = types or (top.type in _CLASSES and is_decorated(top))
            stack.extend((one, types) for one in reversed(_form(top)))


def is_decorated(definition: Node) -> bool:
    """Whether a class or one of its members has a decorator."""
    body = definition.child_by_field_name("body")
    around = definition.parent
    near = [*definition.children, *(body.children if body is not None else ())]
    if around is not None and around.type == "export_statement":
        near += around.children
    return any(
        child.type == "decorator"
        or any(c.type == "decorator" for c in (*child.children, *_parameters(child)))
        for child in near
    )


def _parameters(member: Node) -> Iterator[Node]:
    listed = member.child_by_field_name("parameters")
    for parameter in listed.named_children if listed is not None else ():
        yield from parameter.children


def is_erased(node: Node) -> bool:
    """What is not there any more when the program runs."""
    kind = node.type
    if kind in COMMENTS or kind in ERASED:
        return True
    if kind in ("import_statement", "export_statement"):
        inner = node.child_by_field_name("declaration")
        return (
            _has(node, "type") or _has(node, "typeof") or (inner is not None and is_erased(inner))
        )
    if kind in ("import_specifier", "export_specifier"):
        return _has(node, "type")
    if kind == "public_field_definition":
        return _has(node, "declare") or _has(node, "abstract")
    if kind == "required_parameter":
        pattern = node.child_by_field_name("pattern")
        return pattern is not None and pattern.type == "this"
    return False


def _has(node: Node, word: str) -> bool:
    return any(child.type == word for child in node.children)


def _is_idle(node: Node, typed: bool) -> bool:
    if node.type == "empty_statement":
        return node.parent is None or node.parent.type != "for_statement"
    if typed and node.type == "type_annotation":
        return False
    if node.type == "class_heritage":
        return all(child.type == "implements_clause" for child in node.named_children)
    if node.type == "jsx_expression":
        return all(child.type in COMMENTS for child in node.named_children)
    return is_erased(node)


def _form(node: Node) -> list[Node | str]:
    """What stands for a node: its type, what is in it, and an end; words for what holds none."""
    kind = node.type
    if kind in UNWRAPPED:
        return [_unwrapped(node)]
    if kind == "parenthesized_expression":
        inside = [child for child in node.named_children if child.type not in COMMENTS]
        return ["<(", *inside, ">"] if _groups(node, inside) else list(inside)
    if kind == "string":
        return _string(node)
    if kind in ("template_string", "regex", "jsx_text"):
        return _verbatim(node)
    if not node.child_count:
        return [] if kind in _IDLE else [_word(node)]
    if kind == "ERROR":  # nobody knows what it means: every sign counts
        return ["<?", *(c if c.child_count else text_of(c) for c in node.children), ">"]
    if kind == "for_statement":
        return _for(node)
    if kind in ("required_parameter", "optional_parameter"):
        return _parameter(node)
    return [f"<{_SAME.get(kind, kind)}", *_children(node), ">"]


def _children(node: Node) -> list[Node | str]:
    kind = node.type
    if kind in ("array", "array_pattern"):
        return _elements(node)
    if kind == "arrow_function":
        return _arrow(node)
    if kind in ("pair", "pair_pattern", "method_definition", "public_field_definition"):
        return _member(node)
    if kind == "abstract_class_declaration":
        return [child for child in node.children if child.type != "abstract"]
    if kind == "new_expression" and node.child_by_field_name("arguments") is None:
        return [*node.children, "<arguments", ">"]
    if kind == "variable_declarator":
        return [child for child in node.children if child.type != "!"]
    return list(node.children)


def _unwrapped(node: Node) -> Node:
    """`x` of `x as T`, `x satisfies T`, `x!`, `x<T>` and `<T>x`."""
    children = [child for child in node.named_children if child.type not in COMMENTS]
    return (children[-1] if node.type == "type_assertion" else children[0]) if children else node


def unwrap(node: Node) -> Node:
    """An expression without the types and parentheses around it."""
    while node.type in UNWRAPPED or node.type == "parenthesized_expression":
        if not node.named_children or (inner := _unwrapped(node)) == node:
            return node
        node = inner
    return node


def _groups(node: Node, inside: list[Node]) -> bool:
    """Whether parentheses mean more than the order of operators."""
    around = node.parent
    while around is not None and around.type in UNWRAPPED:
        around = around.parent
    if around is None or not inside:
        return True
    inner = unwrap(inside[0])
    if around.type == "expression_statement":
        return inner.type == "string"  # else it would be a directive
    return around.type in _CHAINS and _is_optional(inner)


def _is_optional(node: Node) -> bool:
    """`a?.b`, whose end parentheses mark."""
    while node.type in (*_CHAINS, "non_null_expression"):
        if any(child.type in ("optional_chain", "?.") for child in node.children):
            return True
        inner = node.child_by_field_name("object") or node.child_by_field_name("function")
        if inner is None:
            return False
        node = inner
    return False


def _for(node: Node) -> list[Node | str]:
    said: list[Node | str] = ["<for"]
    for part in ("initializer", "condition", "increment", "body"):
        child = node.child_by_field_name(part)
        said.append(part)
        if child is not None:
            said.append(child)
    return [*said, ">"]


def _elements(node: Node) -> list[Node | str]:
    """The elements of an array, with its holes."""
    said: list[Node | str] = []
    empty = True
    for child in node.children:
        if child.type == ",":
            said += ["hole"] if empty else []
            empty = True
        elif child.is_named and child.type not in COMMENTS:
            said.append(child)
            empty = False
    return said


def _arrow(node: Node) -> list[Node | str]:
    """`a => b` and `(a) => b` are one."""
    only = node.child_by_field_name("parameter")
    listed: list[Node | str] = ["<formal_parameters", only, ">"] if only is not None else []
    return [one for child in node.children for one in (listed if child == only else [child])]


def _member(node: Node) -> list[Node | str]:
    key = node.child_by_field_name("key") or node.child_by_field_name("name")
    said: list[Node | str] = []
    for child in node.children:
        if child == key and child.type in ("string", "property_identifier"):
            said.append(key_text(child))
        elif child.type not in _IN_MEMBER:
            said.append(child)
    return said


def key_text(key: Node) -> str:
    """A key, quoted or not; one that is computed, without space."""
    if key.type == "computed_property_name":
        return "".join(text_of(n) for n in _running(key, frozenset()) if not n.child_count)
    return "".join(_said(key)) if key.type == "string" else text_of(key)


def _parameter(node: Node) -> list[Node | str]:
    """A parameter; one that makes a property of itself says so."""
    marks = ("accessibility_modifier", "readonly", "override_modifier")
    kept = [child for child in node.children if child.type not in ("?", *marks)]
    made = any(child.type in marks for child in node.children)
    plain = not made and not any(child.type in ("=", "decorator") for child in kept)
    if plain:
        return list(kept)
    return [*(["<property"] if made else ["<parameter"]), *kept, ">"]


def _string(node: Node) -> list[Node | str]:
    around = node.parent
    if around is not None and around.type == "expression_statement":
        return ["<text", text_of(node)[1:-1], ">"]  # a directive counts as it is written
    return ["<text", *_said(node), ">"]


def _said(string: Node) -> Iterator[str]:
    """The characters of a text."""
    words = (_unescaped(c) if c.type == "escape_sequence" else text_of(c) for c in _inside(string))
    yield "".join(words)


def _inside(string: Node) -> list[Node]:
    return [child for child in string.children if child.is_named]


def _unescaped(node: Node) -> str:
    return _ESCAPE.sub(lambda m: _character(m.group()), text_of(node))


def _character(escape: str) -> str:
    sign, rest = escape[1], escape[2:].strip("{}")
    if sign in "ux" and rest:
        code = int(rest, 16)
        return chr(code) if code < 0x110000 else escape
    return _PLAIN.get(sign, f"\0{escape}" if sign.isdigit() else sign)


def _verbatim(node: Node) -> list[Node | str]:
    """Text that counts to the letter; in JSX, without the breaks of its lines."""
    if node.type == "jsx_text":
        shown = _jsx(text_of(node))
        return ["<jsx", shown, ">"] if shown else []
    if node.type == "regex" or not any(c.type == "template_substitution" for c in node.children):
        return [f"<{node.type}", text_of(node)]
    parts = (c if c.type == "template_substitution" else text_of(c) for c in node.children)
    return ["<template", *parts, ">"]


def _jsx(text: str) -> str:
    """Text of JSX as it is shown: the ends of lines and what indents them mean nothing."""
    lines = text.split("\n")
    kept = []
    for number, line in enumerate(lines):
        shown = line if number == 0 else line.lstrip(" \t")
        shown = shown if number == len(lines) - 1 else shown.rstrip(" \t")
        kept += [shown] if shown else []
    return " ".join(kept)


def _word(node: Node) -> str:
    return _number(text_of(node)) if node.type == "number" else text_of(node)


def _number(word: str) -> str:
    """One way to write each number; JavaScript's are doubles, those that end in `n` are not."""
    digits = word.replace("_", "").lower()
    try:
        if digits[:2] in ("0x", "0o", "0b"):
            return repr(float(int(digits, 0))) if not digits.endswith("n") else digits
        return (
            digits
            if digits.endswith("n") or digits[:1] == "0" < digits[1:2]
            else repr(float(digits))
        )
    except (ValueError, OverflowError):
        return digits


def names(node: Node, without: frozenset[int]) -> Iterator[str]:
    """Every name that the code says, and every short text that could be one."""
    for one in _running(node, without):
        if one.type in _NAMES or (one.type == "string_fragment" and _WORD.fullmatch(text_of(one))):
            yield text_of(one)


def calls(node: Node, without: frozenset[int]) -> Iterator[str]:
    """The last names of what is called or made, of what is handed to a call, and every member
    that is asked for, which may be an accessor."""
    for one in _running(node, without):
        kind = one.type
        if kind in ("call_expression", "new_expression", "decorator"):
            listed = one.child_by_field_name("arguments")
            callee = one.child_by_field_name("function") or one.child_by_field_name("constructor")
            for asked in (callee, *one.named_children, *(listed.named_children if listed else ())):
                if asked is not None and (inner := unwrap(asked)).type == "identifier":
                    yield text_of(inner)
        elif kind in ("property_identifier", "private_property_identifier"):
            if one.parent is not None and one.parent.type == "member_expression":
                yield text_of(one)
        elif kind == "identifier" and one.parent is not None and _is_made(one.parent.type):
            yield text_of(one)


def _is_made(around: str) -> bool:
    """Whether a name stands as an element of JSX or as the class that another extends."""
    return around.startswith("jsx_") or around in ("extends_clause", "class_heritage")


def _running(node: Node, without: frozenset[int]) -> Iterator[Node]:
    """The nodes of code that is there when the program runs."""
    stack = [node]
    while stack:
        top = stack.pop()
        if top.id in without or is_erased(top):
            continue
        yield top
        stack.extend(reversed(top.children))


def _normal_typed(node: Node, without: frozenset[int]) -> Iterator[str]:
    return normal(node, without, typed=True)


ERASING = Reading(normal, names, calls)
TYPED = Reading(_normal_typed, names, calls)
