"""Stand-ins for what a call reaches outside: a type that has a trait and keeps every call."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from adr_lsp.scaffold.rust.callee import fields
from adr_lsp.scaffold.rust.draft import Draft
from adr_lsp.scaffold.rust.items import Item, name_of, parts
from adr_lsp.scaffold.rust.keys import KEY
from adr_lsp.scaffold.rust.passing import owned
from adr_lsp.scaffold.rust.types import INTEGERS, UNIT, UNKNOWN, Scope, Type
from adr_lsp.scaffold.rust.written import written
from adr_lsp.sources.code import text_of, walk
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node


@dataclass(frozen=True, slots=True)
class Recorded:
    """A function of the trait: its head as written, what it keeps, what it answers."""

    head: str
    kept: str | None
    answer: str


@dataclass(frozen=True, slots=True)
class StandIn:
    """`of` is the trait; `key` the type of what is kept of each call."""

    name: str
    of: str
    shown: str
    field: str
    key: str
    functions: tuple[Recorded, ...]


def stand_in(draft: Draft, machine: str, trait: Item) -> StandIn:
    """What stands for a trait of the project."""
    scope = Scope(draft.code, trait.module, {})
    keyed = [(node, _key(draft, scope, node)) for node in _functions(trait)]
    main = next((key for _, key in keyed if key is not None), None)
    kept_type = main[1] if main else Type("u64")
    functions = tuple(
        _recorded(draft, scope, node, key if key and key[1] == kept_type else None)
        for node, key in keyed
    )
    shown = draft.names.of_item(trait) or trait.name
    draft.names.use("std::sync::Arc")
    draft.names.use("std::sync::Mutex")
    return StandIn(draft.names.top_level(f"{machine}{trait.name}"), trait.name, shown, "effects",
                   written(draft.names, kept_type), functions)  # fmt: skip


def _functions(trait: Item) -> list[Node]:
    body = trait.node.child_by_field_name("body")
    return [c for c in body.children if c.type == "function_signature_item"] if body else []


def _parameters(scope: Scope, node: Node) -> list[tuple[str, Type]]:
    listed = node.child_by_field_name("parameters")
    found = []
    for child in listed.named_children if listed else ():
        pattern = child.child_by_field_name("pattern")
        if child.type == "parameter" and pattern is not None and text_of(pattern) != "self":
            found.append((text_of(pattern), scope.type_of(child.child_by_field_name("type"))))
    return found


def _key(draft: Draft, scope: Scope, node: Node) -> tuple[str, Type] | None:
    """The source of what tells a call from another, and its type."""
    taken = _parameters(scope, node)
    keyed = [pair for pair in taken if KEY.match(pair[0])]
    for name, type_ in keyed or taken:
        held = owned(type_)
        if held.item is not None and held.item.kind == "struct" and not keyed:
            inner = [p for p, _ in fields(draft.code, held) if KEY.match(p.name)]
            if inner:
                return f"{name}.{inner[0].name}.clone()", owned(inner[0].type)
        source = f"{name}.to_owned()" if type_.name == "&" else name
        if type_.name == "&" and held.name in INTEGERS:
            source = f"*{name}"
        return (source if type_.name == "&" else f"{name}.clone()"), held
    return None


def _recorded(draft: Draft, scope: Scope, node: Node, key: tuple[str, Type] | None) -> Recorded:
    head = text_of(node).rstrip(";").strip()
    kept = key[0] if key else None
    if kept is not None and key is not None and key[1].name in (*INTEGERS, "bool", "char"):
        kept = kept.replace(".clone()", "")
    for name, _ in _parameters(scope, node):
        if kept is None or not re.search(rf"\b{re.escape(name)}\b", kept):
            head = re.sub(rf"\b{re.escape(name)}\s*:", f"_{name.lstrip('_')}:", head, count=1)
    _import_types(draft, scope, node)
    returned = node.child_by_field_name("return_type")
    answer = _answer(draft, scope.type_of(returned) if returned else UNIT, name_of(node))
    return Recorded(head, kept, answer)


def _import_types(draft: Draft, scope: Scope, node: Node) -> None:
    for part in walk(node):
        if part.type in ("type_identifier", "scoped_type_identifier"):
            meant = draft.code.meaning(scope.module, parts(text_of(part)))
            if isinstance(meant, Item):
                draft.names.of_item(meant)
            elif isinstance(meant, str) and "::" in meant and "::" not in text_of(part):
                draft.names.use(meant)


def _answer(draft: Draft, type_: Type, name: str) -> str:
    if type_ == UNIT:
        return ""
    if type_.name in INTEGERS:
        return "1"
    plain = {"bool": "true", "String": '"done".to_owned()', "Vec": "Vec::new()", "Option": "None",
             "f64": "1.0", "f32": "1.0"}.get(type_.name)  # fmt: skip
    if plain:
        return plain
    if type_.name == "Result":
        return f"Ok({_answer(draft, type_.first, name) or '()'})"
    if type_.item is not None and "Default" in draft.traits(type_):
        return f"{written(draft.names, type_)}::default()"
    draft.note(f"say what `{name}` answers")
    return f'todo!("what `{name}` answers")' if type_ != UNKNOWN else "todo!()"
