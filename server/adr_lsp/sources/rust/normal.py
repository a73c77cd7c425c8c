"""The normal form of Rust: equal where the program surely does the same.

Left out: comments, layout, parentheses that only group, trailing commas, the grouping of digits,
and the order of items and of `use`. In the input of a macro a trailing comma is left out only where
the macro is one of those known not to tell (`vec!`, `assert_eq!`, `proptest!`). Doc comments are
left out unless a derive or an attribute that is not known may read them. Semicolons, braces,
visibility and every other token stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of
from adr_lsp.sources.definitions.passage import Reading, words

if TYPE_CHECKING:
    from tree_sitter import Node

COMMENTS = frozenset({"line_comment", "block_comment"})
_TEXTS = frozenset({"string_literal", "raw_string_literal", "char_literal"})
_NUMBERS = frozenset({"integer_literal", "float_literal"})
_TUPLES = frozenset({"tuple_type", "tuple_pattern", "tuple_expression"})
_NAMES = frozenset(
    {"identifier", "type_identifier", "field_identifier", "shorthand_field_identifier"}
)
# Macros that take a list of expressions, or functions as they stand.
_LISTING = words(
    "vec assert assert_eq assert_ne debug_assert debug_assert_eq debug_assert_ne print println"
    " eprint eprintln format format_args write writeln panic todo unimplemented unreachable"
    " matches dbg prop_assert prop_assert_eq prop_assert_ne prop_assume prop_oneof proptest"
    " prop_compose prop_state_machine quickcheck thread_local concat env include_str"
)
_KEYWORDS = words("return in match if while else break mut ref let move await as => =")
_WORD = re.compile(r"[A-Za-z_]\w*")
# Derives and attributes that do not look at doc comments.
_DEAF = words(
    "Debug Clone Copy PartialEq Eq PartialOrd Ord Hash Default Serialize Deserialize Arbitrary"
    " Error Display From Into Deref DerefMut Add Sub Constructor AsRef"
    " derive cfg cfg_attr test"
    "     allow warn deny forbid expect must_use inline repr doc non_exhaustive"
    " deprecated default cold track_caller should_panic ignore serde proptest rstest case fixture"
    " tokio async_std macro_use macro_export path automatically_derived no_mangle target_feature"
    " test_case error from source transparent rustfmt clippy feature"
)


def normal(node: Node, without: frozenset[int], *, documented: bool = False) -> Iterator[str]:
    """The words of the code below a node, with its structure."""
    stack: list[tuple[Node | str, bool]] = [(node, False)]
    while stack:
        top, listing = stack.pop()
        if isinstance(top, str):
            yield top
        elif top.id in without:
            continue
        elif top.type in COMMENTS:
            if documented and is_doc(top):
                yield text_of(top)
        elif not top.child_count or top.type in _TEXTS:
            yield _word(top)
        else:
            listing = _is_listing(top, listing)
            stack.extend((one, listing) for one in reversed(_form(top, listing)))


def is_doc(comment: Node) -> bool:
    return any(child.type == "doc_comment" for child in comment.children)


def _is_listing(node: Node, around: bool) -> bool:
    """Whether the tokens below a node are known to be plain lists."""
    if node.type == "macro_invocation":
        name = node.child_by_field_name("macro")
        return name is not None and text_of(name).rpartition("::")[2] in _LISTING
    return node.type == "attribute_item" or around


def _form(node: Node, listing: bool) -> list[Node | str]:
    kind = node.type
    if kind == "parenthesized_expression" and not _calls_field(node):
        return [child for child in node.children if child.type not in ("(", ")")]
    if kind == "token_tree":
        children = _tokens(node) if listing else node.children
        return ["<tokens", *children, ">"]
    kept = [child for child in node.children if child.type != ","]
    single = kind in _TUPLES and len(kept) < len(node.children) and _holds_one(node)
    return [f"<{kind}", *(["one"] if single else []), *kept, ">"]


def _holds_one(node: Node) -> bool:
    return sum(child.type not in COMMENTS for child in node.named_children) == 1


def _calls_field(node: Node) -> bool:
    """`(x.f)(y)`, which is not `x.f(y)`."""
    around, inside = node.parent, node.named_children
    called = around is not None and around.type == "call_expression"
    return called and any(child.type == "field_expression" for child in inside)


def _tokens(tree: Node) -> list[Node]:
    """The tokens of a list without the comma behind the last one; a tuple of one keeps it."""
    tokens = [token for token in tree.children if token.type not in COMMENTS]
    if len(tokens) > 2 and tokens[-2].type == "," and not _may_be_tuple(tree):
        del tokens[-2]
    return tokens


def _may_be_tuple(tree: Node) -> bool:
    """Parentheses that do not follow what is called."""
    around, before = tree.parent, tree.prev_sibling
    if around is not None and around.type in ("macro_invocation", "attribute"):
        return False
    if not tree.children or tree.children[0].type != "(":
        return False
    while before is not None and before.type in COMMENTS:
        before = before.prev_sibling
    called = before is not None and (before.type in (*_NAMES, "token_tree", ">", "self"))
    return not called or text_of(before) in _KEYWORDS if before is not None else True


def _word(node: Node) -> str:
    word = text_of(node)
    return word.replace("_", "") if node.type in _NUMBERS else word


def names(node: Node, without: frozenset[int]) -> Iterator[str]:
    """Every name that the code says, also in the texts of attributes."""
    stack = [node]
    while stack:
        top = stack.pop()
        if top.id in without or top.type in COMMENTS:
            continue
        if top.type in _NAMES:
            yield text_of(top).removeprefix("r#")
        elif top.type in ("attribute_item", "inner_attribute_item"):
            yield from _WORD.findall(text_of(top))
        else:
            stack.extend(reversed(top.children))


def calls(node: Node, without: frozenset[int]) -> Iterator[str]:
    """The last names of what is called, and of what is handed to a call by its name."""
    stack = [node]
    while stack:
        top = stack.pop()
        if top.id in without:
            continue
        if top.type == "call_expression":
            listed = top.child_by_field_name("arguments")
            called = top.child_by_field_name("function")
            handed = listed.named_children if listed is not None else []
            for one in (called, *handed):
                yield from _last_name(one)
        elif top.type == "identifier" and _has_tokens(top.next_sibling):
            yield text_of(top)
        stack.extend(reversed(top.children))


def _has_tokens(following: Node | None) -> bool:
    return following is not None and following.type == "token_tree"


def _last_name(node: Node | None) -> Iterator[str]:
    """`new` of `Cart::new`, `total` of `cart.total`, `f` of `f::<T>`."""
    fields = {
        "scoped_identifier": "name",
        "field_expression": "field",
        "generic_function": "function",
    }
    while node is not None and node.type in fields:
        node = node.child_by_field_name(fields[node.type])
    if node is not None and node.type in _NAMES:
        yield text_of(node)


def reads_docs(attributes: Iterable[Node]) -> bool:
    """Whether something that stands at an item may look at its doc comments."""
    heads = (word for each in attributes for word in _heads(each))
    return any(word not in _DEAF for word in heads)


def _heads(attribute: Node) -> Iterator[str]:
    """What an attribute is, and what it derives."""
    inner = next((c for c in attribute.children if c.type == "attribute"), None)
    if inner is None or not inner.children:
        return
    path = text_of(inner.children[0])
    yield path.partition("::")[0].strip()
    if path == "derive":
        listed = inner.child_by_field_name("arguments")
        for token in listed.children if listed is not None else ():
            if token.type == "identifier" and (
                token.next_sibling is None or token.next_sibling.type != "::"
            ):
                yield text_of(token)


def _normal_documented(node: Node, without: frozenset[int]) -> Iterator[str]:
    return normal(node, without, documented=True)


PLAIN = Reading(normal, names, calls)
DOCUMENTED = Reading(_normal_documented, names, calls)
