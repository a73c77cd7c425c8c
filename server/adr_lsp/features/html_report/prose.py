"""A record's prose as HTML that does nothing: no HTML of its own, no image, no address but http."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LONGEST = 200_000


def prose(content: str) -> str:
    """Escaped by the renderer; a text beyond the limit is cut, and says so."""
    if len(content) > LONGEST:
        content = content[:LONGEST] + "\n\n*(the rest is left out: the record is very long)*\n"
    rendered: str = _renderer().render(content)
    return rendered


@cache
def _renderer() -> MarkdownIt:
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False, "maxNesting": 40}).enable("table")
    made.validateLink = _is_address  # type: ignore[method-assign]
    made.add_render_rule("image", _alternative)
    made.add_render_rule("link_open", _outside)
    return made


def _is_address(url: str) -> bool:
    """Everything else leads nowhere from one file, or to places that it should not."""
    return url.lower().startswith(("https://", "http://"))


def _alternative(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """An image's words: to show it would be a request."""
    shown: str = renderer.renderInlineAsText(tokens[index].children, options, env)
    from html import escape

    return f"[{escape(shown or 'image')}]"


def _outside(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    tokens[index].attrSet("rel", "noreferrer noopener nofollow")
    shown: str = renderer.renderToken(tokens, index, options, env)
    return shown
