"""Python, as pytest runs it. What parses is imported once it is asked for."""

from __future__ import annotations

from adr_lsp.sources.language import Language, later

PYTHON = Language(
    "python",
    (".py",),
    read=later("adr_lsp.sources.python.reading", "read"),
    what_changed=later("adr_lsp.sources.python.changing", "what_changed"),
    definition_digest=later("adr_lsp.sources.python.changing", "definition_digest"),
    vacuity=later("adr_lsp.sources.python.vacuous", "vacuity"),
    around=later("adr_lsp.sources.python.fixtures", "conftests"),
    surely_changed=later("adr_lsp.sources.python.surely", "surely_changed"),
)
