"""What type of value a strategy of proptest draws, as far as its source text tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from adr_lsp.scaffold.rust.items import Module
from adr_lsp.scaffold.rust.types import FLOATS, INTEGERS, UNKNOWN, Scope, Type
from adr_lsp.sources.code import parse, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

_SUFFIX = re.compile(rf"(?:\d[\w.]*?_?|\b)({'|'.join((*INTEGERS, *FLOATS))})(?:::\w+)?\Z")
_ANY = re.compile(rf"num::({'|'.join((*INTEGERS, *FLOATS))})::\w+\Z")
_HELD = {"vec": "Vec", "btree_set": "BTreeSet", "hash_set": "HashSet", "vec_deque": "VecDeque",
         "linked_list": "LinkedList", "binary_heap": "BinaryHeap", "of": "Option",
         "btree_map": "BTreeMap", "hash_map": "HashMap"}  # fmt: skip
_DRAWN = re.compile(r"(?:Strategy<\s*Value\s*=\s*|BoxedStrategy<)(.*)>", re.DOTALL)
_PASSED_ON = frozenset({"boxed", "no_shrink", "prop_filter", "prop_recursive"})


def type_of_text(scope: Scope, text: str) -> Type:
    """A type as it is written."""
    root = parse(f"type T = {text};".encode("utf-8", "replace"), "rust")
    item = root.named_children[0] if root.named_children else None
    known = item is not None and item.type == "type_item" and not root.has_error
    return scope.type_of(item.child_by_field_name("type")) if item and known else UNKNOWN


def drawn(scope: Scope, strategy: str) -> Type:
    """The type of what is drawn; unknown where a function makes it from something else."""
    root = parse(f"const S: T = {strategy};".encode("utf-8", "replace"), "rust")
    item = root.named_children[0] if root.named_children else None
    if item is None or item.type != "const_item" or root.has_error:
        return UNKNOWN
    return _of(scope, item.child_by_field_name("value"), 8)


def _of(scope: Scope, node: Node | None, depth: int) -> Type:
    if node is None or depth == 0:
        return UNKNOWN
    if node.type in ("string_literal", "raw_string_literal"):
        return Type("String")
    if node.type == "range_expression":
        found = [m for end in node.named_children if (m := _SUFFIX.search(text_of(end)))]
        return Type(found[0][1]) if found else UNKNOWN
    if node.type == "tuple_expression":
        return Type("()", tuple(_of(scope, part, depth - 1) for part in node.named_children))
    if node.type == "scoped_identifier":
        known = _ANY.search(text_of(node))
        return Type(known[1]) if known else UNKNOWN
    if node.type == "macro_invocation":
        return _of_choice(scope, node, depth)
    return _of_call(scope, node, depth) if node.type == "call_expression" else UNKNOWN


def _of_call(scope: Scope, node: Node, depth: int) -> Type:
    function = node.child_by_field_name("function")
    listed = node.child_by_field_name("arguments")
    given = listed.named_children if listed else []
    if function is None:
        return UNKNOWN
    if function.type == "generic_function":
        return _of_any(scope, function)
    if function.type == "field_expression":
        method = function.child_by_field_name("field")
        kept = method is not None and text_of(method) in _PASSED_ON
        return _of(scope, function.child_by_field_name("value"), depth - 1) if kept else UNKNOWN
    name = text_of(function).rpartition("::")[2]
    if name in _HELD and given:
        count = 2 if name.endswith("map") else 1
        return Type(_HELD[name], tuple(_of(scope, part, depth - 1) for part in given[:count]))
    if name in ("Just", "select") and given and _texts(given[0]):
        return Type("&", (Type("str"),))
    return _of_function(scope.module, name, scope)


def _of_any(scope: Scope, function: Node) -> Type:
    name, types = function.child_by_field_name("function"), function.child_by_field_name(
        "type_arguments"
    )  # fmt: skip
    is_any = name is not None and text_of(name).rpartition("::")[2] == "any"
    inside = types.named_children if types else []
    return scope.type_of(inside[0]) if is_any and len(inside) == 1 else UNKNOWN


def _texts(node: Node) -> bool:
    """`"a"`, or a list of texts."""
    return bool(re.match(r'(?:&|vec!|\s)*\[?\s*(?:"|r#*")', text_of(node))) and (
        "to_" not in text_of(node) and "into" not in text_of(node)
    )


def _of_choice(scope: Scope, node: Node, depth: int) -> Type:
    """`prop_oneof![a, 3 => b]`: the first that tells its type."""
    inner = text_of(node).partition("!")[2].strip()[1:-1]
    listed = parse(f"fn f() {{ x({re.sub(r'[0-9]+ *=>', '', inner)}) }}".encode(), "rust")
    if listed.has_error:
        return UNKNOWN
    stack = [listed]
    while stack:
        top = stack.pop(0)
        if top.type == "arguments":
            found = (_of(scope, part, depth - 1) for part in top.named_children)
            return next((each for each in found if each != UNKNOWN), UNKNOWN)
        stack.extend(top.children)
    return UNKNOWN


def _of_function(module: Module, name: str, scope: Scope) -> Type:
    """What a strategy function of the module, or one that `prop_compose!` makes, draws."""
    item = module.items.get(name)
    made = item.node.child_by_field_name("return_type") if item else None
    told = _DRAWN.search(text_of(made)) if made else None
    if told:
        return type_of_text(scope, told[1])
    head = rf"prop_compose!\s*[({{\[][^{{]*?\bfn\s+{re.escape(name)}\b[^{{]*?->\s*([^{{]+?)\s*\{{"
    composed = re.search(head, text_of(module.node))
    return type_of_text(scope, composed[1]) if composed else UNKNOWN
