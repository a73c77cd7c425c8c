"""Where a rule's page stands on the web: the same text as `adr-lsp rule CODE`."""

from __future__ import annotations

PAGES = "https://github.com/adr-lsp/adr-lsp/blob/main/docs/rules"


def page_url(code: str, name: str) -> str:
    return f"{PAGES}/{code}-{name}.md"
