"""State machines: how an object is made, what can be done to it, and where its history shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import griffe

from adr_lsp.scaffold.python.annotations import Hint, hint_of
from adr_lsp.scaffold.python.callee import (
    Callee,
    constructor,
    function_callee,
    text_of,
    view_callee,
)
from adr_lsp.scaffold.python.draft import Argument, Draft, plural, snake
from adr_lsp.scaffold.python.expression import Call
from adr_lsp.value import dataclass

_RESERVED = frozenset({"bundle", "bundles", "check_invariants", "invariants", "rules", "teardown",
                       "name_counter", "names_list", "names_to_values", "initialize_rules",
                       "seen", "calls", "retry", "attempt", "effects", "create"})  # fmt: skip
SEQUENCES = frozenset({"list", "tuple", "collections.deque"}) | {
    f"{module}.{name}"
    for module in ("typing", "collections.abc")
    for name in ("List", "Tuple", "Sequence", "Iterable", "Iterator", "Collection", "Generator")
}
_TEXTS = frozenset({"str", "bytes"})
_EMPTY = {"list": "[]", "dict": "{}", "set": "set()", "tuple": "()", "frozenset": "frozenset()",
          "collections.abc.MutableMapping": "{}", "collections.abc.MutableSequence": "[]",
          "collections.abc.MutableSet": "set()", "collections.abc.Sequence": "()",
          "collections.abc.Mapping": "{}"}  # fmt: skip
_FAVOURED = ("entries", "events", "records", "items", "history", "log", "lines", "rows", "all",
             "messages", "captures", "journal")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that the machine can do."""

    name: str
    arguments: tuple[Argument, ...]
    call: str
    refusals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Objects of one type that several rules take."""

    name: str
    argument: Argument


def taken(draft: Draft) -> tuple[Argument, ...]:
    """What has been drawn since the last time: the arguments of one rule."""
    arguments = tuple(draft.arguments)
    draft.arguments.clear()
    draft.names.leave()
    return arguments


def owner_of(draft: Draft) -> griffe.Class | None:
    """The class that a target is, or that it is a method of."""
    for found in draft.targets:
        if isinstance(found.object, griffe.Class):
            return found.object
        if isinstance(found.object.parent, griffe.Class):
            return found.object.parent
    return None


def methods(draft: Draft, cls: griffe.Class) -> Iterator[Callee]:
    """The public methods of a class and of its bases that are called on an object."""
    seen: set[str] = set()
    for ancestor in draft.code.lineage(cls):
        for name, member in ancestor.members.items():
            bound = isinstance(member, griffe.Function) and not (
                {"classmethod", "staticmethod"} & member.labels
            )
            if name not in seen and bound and isinstance(member, griffe.Function):
                seen.add(name)
                if not name.startswith("_") or name == "__call__":
                    yield function_callee(draft.code, member, f"{cls.name}.{name}")


def rule_of(draft: Draft, callee: Callee, receiver: str) -> Rule:
    """A rule that calls a method with drawn arguments."""
    values = draft.draw_all(callee.required)
    if callee.is_async:
        draft.names.use("asyncio")
    call = callee.call(values, receiver)
    return Rule(rule_name(callee.name), taken(draft), call, refusals(draft, callee))


def rule_name(name: str) -> str:
    name = name.strip("_") or "call"
    return f"{name}_" if name in _RESERVED else name


def met(draft: Draft, rules: tuple[Rule, ...]) -> tuple[tuple[Rule, ...], tuple[Bundle, ...]]:
    """Objects that several rules take are drawn from one bundle, so that the rules meet."""
    taken_by = Counter(name for r in rules for name in {a.hint.name for a in r.arguments})
    bundles: dict[str, Bundle] = {}
    for argument in (a for rule in rules for a in rule.arguments):
        shared = taken_by[argument.hint.name] > 1 and isinstance(argument.strategy, Call)
        if shared and "." in argument.hint.name and argument.hint.name not in bundles:
            names = {rule.name for rule in rules} | {b.name for b in bundles.values()}
            name = plural(snake(argument.hint.name.rpartition(".")[2]))
            while name in names or name in _RESERVED:
                name += "_"
            bundles[argument.hint.name] = Bundle(name, argument)
    if bundles:
        draft.names.use("hypothesis.stateful", "Bundle")
    return tuple(_from_bundles(rule, bundles) for rule in rules), tuple(bundles.values())


def _from_bundles(rule: Rule, bundles: dict[str, Bundle]) -> Rule:
    arguments = (
        replace(a, strategy=bundles[a.hint.name].name) if a.hint.name in bundles else a
        for a in rule.arguments
    )
    return replace(rule, arguments=tuple(arguments))


def refusals(draft: Draft, callee: Callee) -> tuple[str, ...]:
    """The names, in the test, of what the call raises to refuse."""
    known = []
    for name in callee.refusals:
        imported = draft.strategies.name_of(draft.code.meaning(name, callee.scope))
        if imported is not None:
            known.append(imported)
    if known:
        draft.names.use("contextlib", "suppress")
    return tuple(known)


def views(draft: Draft, cls: griffe.Class) -> list[tuple[str, Hint]]:
    """How the content of an object can be read: `.entries`, `.all()`, "" for iteration."""
    found = []
    for ancestor in draft.code.lineage(cls):
        for name, member in ancestor.members.items():
            view = _view(draft, name, member)
            if view and view[1].name in SEQUENCES | _TEXTS:
                found.append(view)
    found.sort(key=lambda view: _rank(*view))
    iterates = any("__iter__" in c.members for c in draft.code.lineage(cls))
    if iterates or draft.code.base_names(cls) & {"list", "collections.UserList"}:
        found.append(("", _element_of_iteration(draft, cls)))
    return found


def _view(draft: Draft, name: str, member: object) -> tuple[str, Hint] | None:
    if name.startswith("_"):
        return None
    if isinstance(member, griffe.Attribute):
        hint = hint_of(draft.code, view_callee(member).returns, member)
        unhinted = hint.name == "?" and str(member.value or "").startswith(("[", "list("))
        return (f".{name}", Hint("list") if unhinted else hint)
    if isinstance(member, griffe.Function) and len(member.parameters) == 1:
        return (f".{name}()", hint_of(draft.code, text_of(member.returns), member))
    return None


def _element_of_iteration(draft: Draft, cls: griffe.Class) -> Hint:
    member = draft.code.definition(f"{cls.path}.__iter__")
    returns = member.returns if isinstance(member, griffe.Function) else None
    return hint_of(draft.code, text_of(returns), member or cls)


def _rank(name: str, hint: Hint) -> tuple[bool, int]:
    plain = name.strip(".()")
    place = _FAVOURED.index(plain) if plain in _FAVOURED else len(_FAVOURED)
    return hint.name in _TEXTS, place


def made(draft: Draft, hint: Hint, fakes: dict[str, str], depth: int = 0) -> str | None:
    """The source of a fresh object: empty, or built of fresh objects; drawn if it is data.

    `fakes` maps a class to the source of what stands for it.
    """
    if hint.name in fakes:
        return fakes[hint.name]
    if hint.name in _EMPTY:
        return _EMPTY[hint.name]
    thing = draft.code.definition(hint.name) if "." in hint.name else None
    if not isinstance(thing, griffe.Class) or depth > 4:
        return None
    name = draft.strategies.name_of(thing.path) or thing.name
    build = constructor(draft.code, thing, name)
    values = {}
    for parameter in build.required:
        inner = made(draft, draft.hint(parameter), fakes, depth + 1)
        values[parameter.name] = inner or draft.draw(parameter)
    return build.call(values)


def collaborates(draft: Draft, hint: Hint, has_state: bool) -> bool:
    """Whether a parameter is something to work on, not a value: a store, a gateway, a list.

    To a method, whose object `has_state`, a list is a value.
    """
    if hint.name in ("collections.abc.Callable", "typing.Callable"):
        return True
    if (
        not has_state
        and hint.name in _EMPTY
        and hint.name not in ("tuple", "frozenset", "collections.abc.Sequence")
    ):
        return True
    thing = draft.code.definition(hint.name) if "." in hint.name else None
    if not isinstance(thing, griffe.Class):
        return False
    line = draft.code.lineage(thing)
    value = any("dataclass" in c.labels for c in line) or draft.code.base_names(thing) & _VALUES
    mutable = any(m.mutates for m in methods(draft, thing))
    return not value or mutable


_VALUES = frozenset({"enum.Enum", "enum.StrEnum", "enum.IntEnum", "typing.NamedTuple",
                     "typing.TypedDict", "pydantic.BaseModel"})  # fmt: skip
