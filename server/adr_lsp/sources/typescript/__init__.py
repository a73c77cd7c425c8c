"""TypeScript and JavaScript under vitest, jest, node:test and Playwright; parsers load late."""

from __future__ import annotations

from adr_lsp.sources.language import Language, later

TYPESCRIPT = Language(
    "typescript",
    (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"),
    read=later("adr_lsp.sources.typescript.reading", "read"),
    what_changed=later("adr_lsp.sources.typescript.changing", "what_changed"),
    definition_digest=later("adr_lsp.sources.typescript.changing", "definition_digest"),
    vacuity=later("adr_lsp.sources.typescript.vacuous", "vacuity"),
    around=later("adr_lsp.sources.typescript.changing", "around"),
)
