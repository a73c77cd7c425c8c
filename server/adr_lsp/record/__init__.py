"""Reads one Architecture Decision Record."""

from adr_lsp.record.model import (
    Argument,
    Form,
    Invariant,
    InvariantSection,
    Link,
    Problem,
    Record,
    Section,
    Status,
    Supersession,
    Suppression,
    Target,
    Verifier,
    Waiver,
)

__all__ = [
    "Argument",
    "Form",
    "Invariant",
    "InvariantSection",
    "Link",
    "Problem",
    "Record",
    "Section",
    "Status",
    "Supersession",
    "Suppression",
    "Target",
    "Verifier",
    "Waiver",
]
