"""TLA+: modules and their operators. What parses is imported once it is asked for."""

from __future__ import annotations

from adr_lsp.sources.language import Language, later

TLA = Language("tla", (".tla",), later("adr_lsp.sources.tla.reading", "read"))
