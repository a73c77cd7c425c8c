"""Go, as `go test` runs it. What parses is imported once it is asked for."""

from __future__ import annotations

from adr_lsp.sources.language import Language, later

GO = Language("go", (".go",), later("adr_lsp.sources.go.reading", "read"))
