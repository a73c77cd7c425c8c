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

__all__ = ["MACHINES", "NEEDS", "SHAPES", "SKETCHES", "SOMETIMES_MACHINES", "open_property"]

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

NEEDS = {
    "round-trip": "two functions of which one undoes the other",
    "idempotence": "a function that can take its own result, or a method that changes its object",
    "commutativity": "a function of two values of one type, or of a list",
    "associativity": "a function that makes one value out of two of its type",
    "monotonic": "a function of something that has an order, or a class whose methods change it",
    "conservation": "amounts in what it takes and in what it returns",
    "bounds": "a result that is a number or has a length",
    "uniqueness": "a result of many values, or a class that holds many",
    "ordering": "a function that returns a list, or a class that holds one",
    "at-most-once": "a call that may be repeated",
    "exactly-once": "a call that may be repeated",
    "oracle": "a function",
    "metamorphic": "a function that takes something and returns something",
    "mutual-exclusion": "a class with a method that takes and one that gives back, "
    "such as `acquire` and `release`",
    "authorization": "a function that takes who acts, such as `user`, and returns a bool or "
    "raises an error to refuse",
    "append-only": "a class whose methods add to what it holds",
    "acyclic": "a graph: a mapping from one to others, or a list of pairs",
    "determinism": "a function that takes something",
    "total": "a function that takes something",
}
"""What a target must have, as the end of a sentence."""
