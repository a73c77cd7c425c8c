"""The templates of a language's scaffolds: ours alone, rendered to text."""

from __future__ import annotations

from functools import cache

import jinja2


@cache
def templates(language: str) -> jinja2.Environment:
    """Those in `scaffold/LANGUAGE/templates`; a value that a shape leaves out is empty."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader(f"adr_lsp.scaffold.{language}", "templates"),
        autoescape=False,
        undefined=jinja2.ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
