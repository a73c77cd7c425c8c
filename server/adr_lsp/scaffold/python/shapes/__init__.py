"""One shape of test per module: what a template needs to know of the code."""

from __future__ import annotations

from collections.abc import Callable

from adr_lsp.scaffold.python.draft import Draft, Shape
from adr_lsp.scaffold.python.shapes.append_only import append_only
from adr_lsp.scaffold.python.shapes.at_most_once import at_most_once
from adr_lsp.scaffold.python.shapes.bounds import bounds
from adr_lsp.scaffold.python.shapes.commutativity import commutativity
from adr_lsp.scaffold.python.shapes.conservation import conservation
from adr_lsp.scaffold.python.shapes.idempotence import idempotence
from adr_lsp.scaffold.python.shapes.open import SKETCHES, open_property
from adr_lsp.scaffold.python.shapes.oracle import oracle
from adr_lsp.scaffold.python.shapes.round_trip import round_trip

__all__ = ["MACHINES", "SHAPES", "SKETCHES", "open_property"]

MACHINES = frozenset({"append-only", "at-most-once"})

SHAPES: dict[str, Callable[[Draft], Shape | None]] = {
    "round-trip": round_trip,
    "idempotence": idempotence,
    "commutativity": commutativity,
    "conservation": conservation,
    "bounds": bounds,
    "oracle": oracle,
    "append-only": append_only,
    "at-most-once": at_most_once,
}
"""Each gives None where the targets do not have what the pattern is about."""
