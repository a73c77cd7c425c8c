"""One shape of test per module: what a template needs to know of the code."""

from __future__ import annotations

from collections.abc import Callable

from adr_lsp.scaffold.typescript.draft import Draft, Shape
from adr_lsp.scaffold.typescript.shapes.access import authorization, total
from adr_lsp.scaffold.typescript.shapes.acyclic import acyclic
from adr_lsp.scaffold.typescript.shapes.algebra import (
    associativity,
    commutativity,
    idempotence,
)
from adr_lsp.scaffold.typescript.shapes.append_only import append_only
from adr_lsp.scaffold.typescript.shapes.bounds import bounds
from adr_lsp.scaffold.typescript.shapes.conservation import conservation
from adr_lsp.scaffold.typescript.shapes.exclusion import mutual_exclusion
from adr_lsp.scaffold.typescript.shapes.metamorphic import determinism, metamorphic
from adr_lsp.scaffold.typescript.shapes.monotonic import monotonic
from adr_lsp.scaffold.typescript.shapes.once import at_most_once, exactly_once
from adr_lsp.scaffold.typescript.shapes.open import SKETCHES, open_property
from adr_lsp.scaffold.typescript.shapes.oracle import oracle
from adr_lsp.scaffold.typescript.shapes.ordering import ordering
from adr_lsp.scaffold.typescript.shapes.round_trip import round_trip
from adr_lsp.scaffold.typescript.shapes.uniqueness import uniqueness

__all__ = ["MACHINES", "OBJECTS", "SHAPES", "SKETCHES", "open_property"]

MACHINES = frozenset({"append-only", "at-most-once", "exactly-once", "mutual-exclusion"})
OBJECTS = frozenset({"acyclic", "uniqueness"})
"""Patterns with a state machine where the target is a class."""

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
    "append-only": append_only,
    "at-most-once": at_most_once,
    "exactly-once": exactly_once,
    "mutual-exclusion": mutual_exclusion,
}
"""Each gives None where the targets do not have what the pattern is about."""
