"""The parser's events, and where their bytes stand among the characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import Any

from pyromark import Markdown, Options

# One event and its range of UTF-8 bytes.
Event = tuple[Any, Any]

_PARSER = Markdown(options=Options.ENABLE_TABLES | Options.ENABLE_STRIKETHROUGH)
_LONE_CR = re.compile(r"\r(?!\n)")
_WIDE = re.compile(rb"[\x80-\xff]+")


def events_of(content: str) -> list[Event] | None:
    """All events of a text; None where the parser gives up."""
    if "\r" in content:  # a lone CR ends lines, but not all of the parser's blocks know it
        content = _LONE_CR.sub("\n", content)
    try:
        return list(_PARSER.events_with_range(content))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of the Rust side is no Exception
        return None


def code_points(content: str) -> Callable[[int], int]:
    """What turns a byte offset into an offset of characters."""
    if content.isascii():
        return int
    encoded = content.encode()
    starts, ends, shifts = [], [], [0]
    for wide in _WIDE.finditer(encoded):
        run = wide.group()
        starts.append(wide.start())
        ends.append(wide.end())
        shifts.append(shifts[-1] + len(run) - len(run.decode()))

    def at(byte: int) -> int:
        run = bisect_right(starts, byte) - 1
        if run < 0 or byte >= ends[run]:
            return byte - shifts[run + 1]
        inside = encoded[starts[run] : byte].decode(errors="ignore")
        return starts[run] - shifts[run] + len(inside)

    return at
