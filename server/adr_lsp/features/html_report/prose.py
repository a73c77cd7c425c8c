"""A record's prose as HTML that does nothing: no HTML of its own, no image, no address but http."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from adr_lsp.record.front_matter import blanked, front_matter

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LONGEST = 200_000
ABOVE = 3  # levels of headings that the report has over a record's first


def prose(content: str) -> str:
    """Escaped by the renderer; front matter stands as it is written; a text beyond the limit is
    cut, and says so."""
    if len(content) > LONGEST:
        content = content[:LONGEST] + "\n\n*(the rest is left out: the record is very long)*\n"
    front = front_matter(content)
    rendered: str = _renderer().render(blanked(content, front.end, front.start))
    given = content[front.start : front.end].strip()
    return f"<pre>{escape(given)}</pre>\n{rendered}" if given else rendered


@cache
def _renderer() -> MarkdownIt:
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False, "maxNesting": 40}).enable("table")
    made.validateLink = _is_address  # type: ignore[method-assign]
    made.add_render_rule("image", _alternative)
    made.add_render_rule("link_open", _outside)
    made.add_render_rule("heading_open", _deeper)
    made.add_render_rule("heading_close", _deeper)
    return made


def _is_address(url: str) -> bool:
    """Everything else leads nowhere from one file, or to places that it should not."""
    return url.lower().startswith(("https://", "http://"))


def _alternative(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """An image's words: to show it would be a request."""
    shown: str = renderer.renderInlineAsText(tokens[index].children, options, env)
    return f"[{escape(shown or 'image')}]"


def _outside(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    tokens[index].attrSet("rel", "noreferrer noopener nofollow")
    shown: str = renderer.renderToken(tokens, index, options, env)
    return shown


def _deeper(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """A record's headings stand below the report's own."""
    level = min(6, int(tokens[index].tag[1:]) + ABOVE)
    tokens[index].tag = f"h{level}"
    shown: str = renderer.renderToken(tokens, index, options, env)
    return shown
