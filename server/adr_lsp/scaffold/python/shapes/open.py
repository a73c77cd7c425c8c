"""A property that only its author knows: no target, or none that fits the pattern."""

from __future__ import annotations

from adr_lsp.scaffold.python.annotations import UNKNOWN
from adr_lsp.scaffold.python.draft import Draft, Shape

SKETCHES = {
    "round-trip": "assert decode(encode(value)) == value",
    "idempotence": "once = apply(value); assert apply(once) == once",
    "commutativity": "assert merge(left, right) == merge(right, left)",
    "associativity": "assert merge(merge(a, b), c) == merge(a, merge(b, c))",
    "monotonic": "assert measure(after) >= measure(before)",
    "conservation": "assert total(after) == total(before)",
    "bounds": "assert LOW <= result <= HIGH",
    "uniqueness": "assert len(set(keys)) == len(keys)",
    "ordering": "assert result == sorted(result)",
    "at-most-once": "assert len(set(effects)) == len(effects)",
    "exactly-once": "assert effects == [key]",
    "oracle": "assert result == plain_way(value)",
    "metamorphic": "assert compute(changed(value)) == changed(compute(value))",
    "mutual-exclusion": "assert len(holders) <= 1",
    "authorization": "assert may(user) == (user.role == ADMIN)",
    "append-only": "assert after[: len(before)] == before",
    "acyclic": "assert cycle_in(edges) is None",
    "determinism": "assert compute(value) == compute(value)",
    "total": "compute(value)",
}


def open_property(draft: Draft, pattern: str | None) -> Shape:
    """Draws what the first target takes, if there is one, and leaves the assertion blank."""
    call = None
    for found in draft.targets[:1]:
        callee = draft.callee(found)
        if callee is not None:
            receiver = draft.receiver(callee)
            call = callee.call(draft.draw_all(callee.required), receiver)
    if not draft.arguments:
        draft.add("value", draft.strategies.of(UNKNOWN), None, UNKNOWN)
    sketch = SKETCHES.get(pattern or "", "assert what the statement says")
    return Shape("open.py.j2", {"call": call, "sketch": sketch})
