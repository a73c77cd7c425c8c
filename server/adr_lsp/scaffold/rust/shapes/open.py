"""A property that only its author knows: no target, or none that fits the pattern."""

from __future__ import annotations

from adr_lsp.scaffold.rust.draft import Draft, Shape
from adr_lsp.scaffold.rust.shapes.algebra import statement
from adr_lsp.scaffold.rust.types import Type

SKETCHES = {
    "round-trip": "prop_assert_eq!(decode(&encode(&value)), Some(value))",
    "idempotence": "let once = apply(value); prop_assert_eq!(apply(once.clone()), once)",
    "commutativity": "prop_assert_eq!(merge(&left, &right), merge(&right, &left))",
    "associativity": "prop_assert_eq!(merge(&merge(&a, &b), &c), merge(&a, &merge(&b, &c)))",
    "monotonic": "prop_assert!(measure(&after) >= measure(&before))",
    "conservation": "prop_assert_eq!(total(&after), total(&before))",
    "bounds": "prop_assert!((LOW..=HIGH).contains(&result))",
    "uniqueness": "prop_assert!(!seen.contains(&key))",
    "ordering": "prop_assert!(result.windows(2).all(|pair| pair[0] <= pair[1]))",
    "oracle": "prop_assert_eq!(result, plain_way(&value))",
    "metamorphic": "prop_assert_eq!(search(&shuffled), search(&values))",
    "determinism": "prop_assert_eq!(compute(&value), compute(&value))",
    "authorization": "prop_assert!(allowed || result.is_err())",
    "acyclic": "prop_assert!(order(&graph).is_some())",
    "append-only": "prop_assert!(after.starts_with(&before))",
    "at-most-once": "prop_assert!(effects.iter().filter(|e| e.key == key).count() <= 1)",
    "exactly-once": "prop_assert_eq!(effects.iter().filter(|e| e.key == key).count(), 1)",
    "mutual-exclusion": "prop_assert!(holders.len() <= 1)",
}


def open_property(draft: Draft, pattern: str | None) -> Shape:
    """Draws what the first target takes, if there is one, and leaves the assertion blank."""
    line = None
    for callee in list(draft.callees())[:1]:
        receiver = draft.receiver(callee)
        given = draft.draw_all(callee.parameters)
        call = draft.call(callee, given, receiver)
        line = statement(callee, call).replace("let _ =", "let _result =")
    if not draft.arguments:
        owner = draft.owner()
        if owner is not None:
            draft.draw_object(owner)
        else:
            draft.add("value", draft.strategies.of(Type("i32")), Type("i32"))
    names = [a.name for a in draft.arguments]
    used = line or ""
    unused = [name for name in names if name not in used]
    sketch = SKETCHES.get(pattern or "", "prop_assert!(holds), by what the statement says")
    return Shape("open.rs.j2", {"statement": line, "sketch": sketch, "unused": unused})
