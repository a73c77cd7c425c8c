"""An object that a machine acts on in every way it knows, and looks at after each step."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

import griffe

from adr_lsp.scaffold.python.annotations import UNKNOWN, Hint, hint_of
from adr_lsp.scaffold.python.callee import text_of, view_callee
from adr_lsp.scaffold.python.draft import Argument, Draft, snake
from adr_lsp.scaffold.python.keys import choose_few
from adr_lsp.scaffold.python.machine import Bundle, Rule, made, met, methods, rule_of, taken
from adr_lsp.scaffold.wording import words
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Watched:
    """`subject` is the attribute that holds the object, `created` the source that makes it."""

    subject: str
    created: str
    first: tuple[Argument, ...]
    rules: tuple[Rule, ...]
    bundles: tuple[Bundle, ...]

    @property
    def values(self) -> dict[str, object]:
        """What the template of every watching machine reads."""
        return {"subject": self.subject, "created": self.created, "held": "",
                "first": self.first, "rules": self.rules, "bundles": self.bundles}  # fmt: skip


def changes(draft: Draft, cls: griffe.Class) -> bool:
    """Whether something can be done to an object: a method that takes something, or says that it
    returns nothing."""
    return any(method.required or method.mutates for method in methods(draft, cls))


def watched(draft: Draft, cls: griffe.Class, seen: str) -> Watched | None:
    """The machine's object and its rules; `seen` is what is only looked at."""
    draft.machine = True
    created = made(draft, Hint(cls.path), {})
    if created is None:
        return None
    first = taken(draft)
    plain = seen.strip(".()")
    actions = [m for m in methods(draft, cls) if m.name != plain]
    choose_few(draft, actions)
    subject = snake(cls.name)
    rules, bundles = met(draft, tuple(rule_of(draft, a, f"self.{subject}") for a in actions))
    return Watched(subject, created, first, rules, bundles) if rules else None


def shown(
    draft: Draft, cls: griffe.Class, wanted: Callable[[Hint], bool]
) -> list[tuple[str, Hint]]:
    """How what is wanted can be read off an object: `.version`, `.size()`; what the statement
    names comes first."""
    found = [view for view in _readings(draft, cls) if wanted(view[1])]
    named = set(words(draft.statement))
    return sorted(found, key=lambda view: view[0].strip(".()").lower() not in named)


def _readings(draft: Draft, cls: griffe.Class) -> Iterator[tuple[str, Hint]]:
    for ancestor in draft.code.lineage(cls):
        for name, member in ancestor.members.items():
            if name.startswith("_"):
                continue
            if isinstance(member, griffe.Attribute):
                yield f".{name}", _of_attribute(draft, member)
            elif isinstance(member, griffe.Function) and len(member.parameters) == 1:
                yield f".{name}()", hint_of(draft.code, text_of(member.returns), member)


def _of_attribute(draft: Draft, member: griffe.Attribute) -> Hint:
    """What its hint says, else of what type the value is that it begins with."""
    hint = hint_of(draft.code, view_callee(member).returns, member)
    if hint != UNKNOWN or member.value is None:
        return hint
    try:
        return Hint(type(ast.literal_eval(str(member.value))).__name__)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return UNKNOWN
