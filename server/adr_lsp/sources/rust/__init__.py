"""Rust, as cargo runs it. What parses is imported once it is asked for."""

from __future__ import annotations

from adr_lsp.sources.language import Language, later

RUST = Language(
    "rust",
    (".rs",),
    read=later("adr_lsp.sources.rust.reading", "read"),
    what_changed=later("adr_lsp.sources.rust.changing", "what_changed"),
    definition_digest=later("adr_lsp.sources.rust.changing", "definition_digest"),
    vacuity=later("adr_lsp.sources.rust.vacuous", "vacuity"),
    around=later("adr_lsp.sources.rust.changing", "around"),
)
