"""Rules about the structure of code: contracts of import-linter, rules of dependency-cruiser.

Each contract and each rule is a test of its file. A rule of ast-grep is a file of its own, which
is read as any file of YAML.
"""

from __future__ import annotations

from adr_lsp.sources.language import Language, later

METHOD = "static"
NAMES = (
    "pyproject.toml",
    ".importlinter",
    ".dependency-cruiser.json",
    ".dependency-cruiser.adr.json",
)


STATIC = Language(
    METHOD,
    NAMES,
    read=later("adr_lsp.sources.static.reading", "read"),
    what_changed=later("adr_lsp.sources.static.changing", "what_changed"),
    definition_digest=later("adr_lsp.sources.static.changing", "definition_digest"),
)
