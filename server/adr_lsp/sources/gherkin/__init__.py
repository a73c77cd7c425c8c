"""Gherkin: features and their scenarios, read when asked for."""

from __future__ import annotations

from adr_lsp.sources.language import Language, later

GHERKIN = Language("gherkin", (".feature",), later("adr_lsp.sources.gherkin.reading", "read"))
