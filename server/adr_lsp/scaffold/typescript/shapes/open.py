"""A property that only its author knows: no target, or none that fits the pattern."""

from __future__ import annotations

from adr_lsp.scaffold.typescript.draft import Draft, Shape
from adr_lsp.scaffold.typescript.hint import Hint

SKETCHES = {
    "round-trip": ("decode(encode(value))", "value"),
    "idempotence": ("apply(apply(value))", "apply(value)"),
    "commutativity": ("merge(left, right)", "merge(right, left)"),
    "associativity": ("merge(merge(a, b), c)", "merge(a, merge(b, c))"),
    "monotonic": ("measure(after) >= measure(before)", ""),
    "conservation": ("total(after)", "total(before)"),
    "bounds": ("LOW <= result && result <= HIGH", ""),
    "uniqueness": ("new Set(keys).size", "keys.length"),
    "ordering": ("result", "result.toSorted()"),
    "oracle": ("result", "plainWay(value)"),
    "metamorphic": ("measure(changed)", "measure(value)"),
    "determinism": ("compute(value)", "compute(value)"),
    "acyclic": ("cyclesOf(graph)", "[]"),
    "authorization": ("isAllowed(anyone) === isEntitled(anyone)", ""),
}


def open_property(draft: Draft, pattern: str | None) -> Shape:
    """Draws what the first target takes, if there is one, and leaves the assertion blank."""
    lines: tuple[str, ...] = ()
    for callee in (draft.callee(found) for found in draft.targets[:1]):
        if callee is not None:
            receiver = draft.receiver(callee)
            call = callee.call(draft.draw_all(callee), receiver)
            nothing = callee.returns.name in ("void", "undefined")
            lines = (f"{call};" if nothing else f"const result = {call};",)
    if not draft.arguments:
        draft.add("value", "fc.anything()", Hint("unknown"))
    actual, expected = SKETCHES.get(pattern or "", ("whatTheStatementSays", ""))
    said = draft.asserting.equal(actual, expected) if expected else draft.asserting.holds(actual)
    return Shape("property", (*lines, *draft.blank(said)))
