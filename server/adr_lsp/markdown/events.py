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


def events_within(
    content: str, start: int, end: int
) -> tuple[list[Event] | None, Callable[[int], int]]:
    """The events of a stretch parsed on its own, and what turns their bytes into offsets of all."""
    part = content[start:end]
    events = events_of(part)
    if part.isascii():
        return events, start.__add__
    inner = code_points(part)
    return events, lambda byte: start + inner(byte)


def words_of(events: list[Event], index: int, name: str) -> tuple[str, int, int]:
    """The plain words of an element, the byte where they end, and the event that ends it."""
    event, where = events[index + 1]
    if "Text" in event and "End" in events[index + 2][0]:
        return event["Text"], where["end"], index + 2
    words: list[str] = []
    last = where["start"]
    for following in range(index + 1, len(events)):
        event, where = events[following]
        if "End" in event and name in event["End"]:
            return "".join(words), last, following
        last = where["end"]
        if isinstance(event, str):
            words.append(" ")
        else:
            words.append(event.get("Text") or event.get("Code") or "")
    return "".join(words), last, len(events)


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
