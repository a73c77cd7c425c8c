"""What of an `.mdx` file is no Markdown: imports, exports, and text inside of expressions."""

from __future__ import annotations

import re

_STATEMENT = re.compile(
    r"^(?:import|export)\b[^\r\n]*(?:(?:\r\n|\n|\r)(?![ \t]*[\r\n])[^\r\n]*)*", re.M
)
_TEMPLATE = re.compile(r"\{\s*`([^`\\]*(?:\\[\s\S][^`\\]*)*)`\s*\}")
_WORD = re.compile(r"[^\s]")


def without_components(content: str) -> str:
    """The text with these turned into white space, every offset as it was."""
    if "`" in content:
        content = _TEMPLATE.sub(_blank_lines, content)
    if "import" in content or "export" in content:
        content = _STATEMENT.sub(_blank, content)
    return content


def _blank_lines(found: re.Match[str]) -> str:
    """A text of one line is as well a code span in braces: it stays."""
    return _blank(found) if "\n" in found.group() or "\r" in found.group() else found.group()


def _blank(found: re.Match[str]) -> str:
    return _WORD.sub(" ", found.group())
