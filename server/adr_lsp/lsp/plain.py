"""Markdown of ours as plain text, for clients that show it as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from adr_lsp.markdown import Block, blocks, read


def plain(markdown: str) -> str:
    """The words without their markup; items keep their dash, code is indented."""
    return "\n\n".join(_parts(markdown, blocks(read(markdown))))


def _parts(markdown: str, found: Iterable[Block]) -> Iterator[str]:
    for block in found:
        if block.kind == "list":
            yield "\n".join(
                f"- {' '.join(_parts(markdown, item.children))}" for item in block.children
            )
        elif block.kind == "code":
            yield _code(markdown[block.start : block.end])
        elif block.kind == "rule":
            yield "---"
        elif block.phrase.plain:
            yield block.phrase.plain
        else:
            yield from _parts(markdown, block.children)


def _code(fenced: str) -> str:
    lines = fenced.rstrip("\n").split("\n")
    return "\n".join(f"    {line}" for line in lines[1:-1])
