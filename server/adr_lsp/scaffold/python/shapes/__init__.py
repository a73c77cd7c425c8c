"""One shape of test per module: what a template needs to know of the code."""

from __future__ import annotations

from collections.abc import Callable

from adr_lsp.scaffold.python.draft import Draft, Shape
from adr_lsp.scaffold.python.shapes.acyclic import acyclic
from adr_lsp.scaffold.python.shapes.append_only import append_only
from adr_lsp.scaffold.python.shapes.associativity import associativity
from adr_lsp.scaffold.python.shapes.at_most_once import at_most_once
from adr_lsp.scaffold.python.shapes.authorization import authorization
from adr_lsp.scaffold.python.shapes.bounds import bounds
from adr_lsp.scaffold.python.shapes.commutativity import commutativity
from adr_lsp.scaffold.python.shapes.conservation import conservation
from adr_lsp.scaffold.python.shapes.determinism import determinism
from adr_lsp.scaffold.python.shapes.exactly_once import exactly_once
from adr_lsp.scaffold.python.shapes.idempotence import idempotence
from adr_lsp.scaffold.python.shapes.metamorphic import metamorphic
from adr_lsp.scaffold.python.shapes.monotonic import monotonic
from adr_lsp.scaffold.python.shapes.mutual_exclusion import mutual_exclusion
from adr_lsp.scaffold.python.shapes.open import SKETCHES, open_property
from adr_lsp.scaffold.python.shapes.oracle import oracle
from adr_lsp.scaffold.python.shapes.ordering import ordering
from adr_lsp.scaffold.python.shapes.round_trip import round_trip
from adr_lsp.scaffold.python.shapes.total import total
from adr_lsp.scaffold.python.shapes.uniqueness import uniqueness

__all__ = ["MACHINES", "SHAPES", "SKETCHES", "SOMETIMES_MACHINES", "open_property"]

MACHINES = frozenset({"append-only", "at-most-once", "exactly-once", "mutual-exclusion"})
"""Patterns that only a sequence of calls can break."""

SOMETIMES_MACHINES = frozenset({"acyclic", "monotonic", "ordering", "uniqueness"})
"""Patterns that are about a result, or about what an object holds through a sequence of calls."""

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
    "at-most-once": at_most_once,
    "exactly-once": exactly_once,
    "oracle": oracle,
    "metamorphic": metamorphic,
    "mutual-exclusion": mutual_exclusion,
    "authorization": authorization,
    "append-only": append_only,
    "acyclic": acyclic,
    "determinism": determinism,
    "total": total,
}
"""Each gives None where the targets do not have what the pattern is about."""
