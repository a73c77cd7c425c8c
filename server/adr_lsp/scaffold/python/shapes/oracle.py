"""Oracle: the result is that of another, plainer way."""

from __future__ import annotations

import griffe

from adr_lsp.scaffold.python.callee import Callee
from adr_lsp.scaffold.python.code import Found
from adr_lsp.scaffold.python.draft import Draft, Shape

_PLAIN = ("naive", "slow", "reference", "simple", "brute_force", "oracle", "expected", "legacy",
          "old", "model", "spec", "plain")  # fmt: skip
_QUICK = ("fast", "quick", "optimized", "optimised", "new", "cached", "vectorized")


def oracle(draft: Draft) -> Shape | None:
    found = [f for f in draft.targets if isinstance(f.object, griffe.Function)]
    if not found:
        return None
    subject, reference = found[0], found[1] if len(found) > 1 else _by_name(draft, found[0])
    if reference is not None and _is_plain(subject.name) and not _is_plain(reference.name):
        subject, reference = reference, subject
    callee = draft.callee(subject)
    if callee is None:
        return None
    receiver = draft.receiver(callee)
    values = draft.draw_all(callee.required)
    result = draft.result(callee)
    draft.doubt_equality(result)
    if "float" in (result.name, *(part.name for part in result.arguments)):
        draft.note("two ways to a float round differently: compare with `pytest.approx`")
    expected = _expected(draft, reference, values, receiver, callee)
    return Shape("oracle.py.j2", {"call": callee.call(values, receiver), "expected": expected})


def _expected(
    draft: Draft, reference: Found | None, values: dict[str, str], receiver: str, subject: Callee
) -> str:
    other = draft.callee(reference) if reference else None
    if other is None:
        draft.note("write the plain way to the same result")
        return "..."
    if other.kind == "method" and other.owner is not subject.owner:
        receiver = draft.receiver(other)
    drawn = list(values.values())
    given = {}
    for index, parameter in enumerate(other.required):
        in_turn = drawn[index] if index < len(drawn) else None
        given[parameter.name] = values.get(parameter.name) or in_turn or draft.draw(parameter)
    return other.call(given, receiver)


def _is_plain(name: str) -> bool:
    return any(word in name.rpartition(".")[2].split("_") for word in _PLAIN)


def _by_name(draft: Draft, found: Found) -> Found | None:
    """The other half beside it: `slow_total` for `total`, `total` for `fast_total`."""
    above, dot, name = found.name.rpartition(".")
    stems = [name] + [name.replace(f"{q}_", "").replace(f"_{q}", "") for q in (*_QUICK, *_PLAIN)]
    stems = list(dict.fromkeys(stems))
    wanted = [f"{p}_{s}" for s in stems for p in _PLAIN] + [
        f"{s}_{p}" for s in stems for p in _PLAIN
    ]
    for other in (*wanted, *stems[1:], *(f"{q}_{name}" for q in _QUICK)):
        thing = draft.code.definition(f"{found.module}.{above}{dot}{other}")
        if isinstance(thing, griffe.Function) and thing is not found.object:
            return Found(thing, found.module, f"{above}{dot}{other}", found.path)
    return None
