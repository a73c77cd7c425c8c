"""Offsets in a text as offsets in its bytes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate


def to_bytes(content: str) -> Callable[[int], int]:
    """The byte at which each character begins, once the text is UTF-8."""
    if content.isascii():
        return lambda offset: offset
    widths = ((code > 0x7F) + (code > 0x7FF) + (code > 0xFFFF) for code in map(ord, content))
    before = [0, *accumulate(widths)]
    return lambda offset: offset + before[offset]
