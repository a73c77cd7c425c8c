"""Java, as JUnit and jqwik run it. What parses is imported once it is asked for."""

from __future__ import annotations

from adr_lsp.sources.language import Language, later

JAVA = Language("java", (".java",), later("adr_lsp.sources.java.reading", "read"))
