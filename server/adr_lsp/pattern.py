"""The words for what shape an invariant has, and for how it is verified."""

from __future__ import annotations

PATTERNS = (
    "round-trip",
    "idempotence",
    "commutativity",
    "associativity",
    "monotonic",
    "conservation",
    "bounds",
    "uniqueness",
    "ordering",
    "at-most-once",
    "exactly-once",
    "oracle",
    "metamorphic",
    "mutual-exclusion",
    "authorization",
    "append-only",
    "acyclic",
    "determinism",
    "atomicity",
    "durability",
    "eventual",
    "latency",
    "structure",
    "total",
)

METHODS = (
    "example",
    "property",
    "state-machine",
    "model",
    "model-check",
    "proof",
    "simulation",
    "e2e",
    "telemetry",
    "static",
)
