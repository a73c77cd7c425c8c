"""Oracle: the result is that of another, plainer way."""

from __future__ import annotations

import re

from adr_lsp.scaffold.typescript.callee import Callee
from adr_lsp.scaffold.typescript.code import Found
from adr_lsp.scaffold.typescript.draft import Draft, Shape

_PLAIN = ("naive", "slow", "reference", "simple", "bruteForce", "oracle", "expected", "legacy",
          "old", "model", "spec", "plain")  # fmt: skip
_QUICK = ("fast", "quick", "optimized", "optimised", "new", "cached", "memoized")


def oracle(draft: Draft) -> Shape | None:
    found = [f for f in draft.targets if f.definition.kind == "function" or f.member]
    callees = [callee for each in found if (callee := draft.callee(each))]
    if not callees:
        return None
    subject = callees[0]
    reference = callees[1] if len(callees) > 1 else _by_name(draft, found[0])
    if reference and _is_plain(subject.name) and not _is_plain(reference.name):
        subject, reference = reference, subject
    receiver = draft.receiver(subject)
    values = draft.draw_all(subject)
    call = subject.call(values, receiver)
    if reference is None:
        stated = draft.asserting.equal("result", "thePlainWay")
        return Shape("property", (f"const result = {call};", *draft.blank(stated)))
    expected = f"const expected = {_expected(draft, reference, values, receiver, subject)};"
    return Shape("property", (expected, *draft.alike(subject.returns, call, "expected")))


def _expected(
    draft: Draft, other: Callee, values: dict[str, str], receiver: str, subject: Callee
) -> str:
    if other.kind == "method" and (subject.owner is None or other.owner is None
                                   or other.owner.key != subject.owner.key):  # fmt: skip
        receiver = draft.receiver(other)
    drawn = list(values.values())
    given = {}
    for index, parameter in enumerate(other.required):
        in_turn = drawn[index] if index < len(drawn) else None
        given[parameter.name] = values.get(parameter.name) or in_turn or draft.draw(parameter)
    draft.is_async |= other.is_async
    return other.call(given, receiver)


def _words(name: str) -> list[str]:
    return [part.lower() for part in re.split(r"(?<=[a-z0-9])(?=[A-Z])|_", name)]


def _is_plain(name: str) -> bool:
    return any(word.lower() in (*_words(name), name.lower()) for word in _PLAIN) or (
        name.startswith("bruteForce")
    )  # fmt: skip


def _by_name(draft: Draft, found: Found) -> Callee | None:
    """The other half beside it: `slowTotal` for `total`, `total` for `fastTotal`."""
    name = found.member or found.definition.name
    stems = [name]
    for word in (*_QUICK, *_PLAIN):
        capital = word[:1].upper() + word[1:]
        if name.startswith(word) and name != word:
            rest = name[len(word) :]
            stems.append(rest[:1].lower() + rest[1:])
        if name.endswith(capital):
            stems.append(name[: -len(capital)])
    stems = list(dict.fromkeys(stem for stem in stems if stem))
    wanted = [made for stem in stems for p in _PLAIN for made in _both(p, stem)]
    for other in (*wanted, *stems[1:], *(_both(q, name)[0] for q in _QUICK)):
        callee = draft.sibling(found, other) if other != name else None
        if callee is not None:
            return callee
    return None


def _both(word: str, stem: str) -> tuple[str, str]:
    return f"{word}{stem[:1].upper()}{stem[1:]}", f"{stem}{word[:1].upper()}{word[1:]}"
