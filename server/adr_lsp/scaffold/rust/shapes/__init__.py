"""One shape of test per function: what a template needs to know of the code."""

from __future__ import annotations

from collections.abc import Callable

from adr_lsp.scaffold.rust.draft import Draft, Shape
from adr_lsp.scaffold.rust.shapes.algebra import associativity, commutativity, idempotence
from adr_lsp.scaffold.rust.shapes.authorization import authorization
from adr_lsp.scaffold.rust.shapes.bounds import bounds
from adr_lsp.scaffold.rust.shapes.comparing import determinism, metamorphic, oracle, total
from adr_lsp.scaffold.rust.shapes.conservation import conservation
from adr_lsp.scaffold.rust.shapes.open import open_property
from adr_lsp.scaffold.rust.shapes.round_trip import round_trip
from adr_lsp.scaffold.rust.shapes.sequences import acyclic, monotonic, ordering, uniqueness
from adr_lsp.scaffold.rust.shapes.stateful import MACHINE_SHAPES

__all__ = ["MACHINES", "MACHINE_SHAPES", "SHAPES", "open_property"]

MACHINES = frozenset(MACHINE_SHAPES)

SHAPES: dict[str, Callable[[Draft], Shape | None]] = {
    "round-trip": round_trip,
    "idempotence": idempotence,
    "commutativity": commutativity,
    "associativity": associativity,
    "monotonic": monotonic,
    "conservation": conservation,
    "bounds": bounds,
    "uniqueness": uniqueness,
    "ordering": ordering,
    "oracle": oracle,
    "metamorphic": metamorphic,
    "authorization": authorization,
    "acyclic": acyclic,
    "determinism": determinism,
    "total": total,
}
"""Each gives None where the targets do not have what the pattern is about."""
