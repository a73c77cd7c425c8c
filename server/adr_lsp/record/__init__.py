"""Reads one Architecture Decision Record."""

from adr_lsp.markdown import Link
from adr_lsp.record.model import (
    Argument,
    Form,
    Glob,
    Invariant,
    InvariantSection,
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
from adr_lsp.record.reading import parse

__all__ = [
    "Argument",
    "Form",
    "Glob",
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
    "parse",
]
