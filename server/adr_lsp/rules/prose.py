"""The words of a statement as it is written: sentences, with code, links and comments blanked."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNREAD = re.compile(
    r"(?<!`)(?P<ticks>`+)(?!`)[^`]*(?P=ticks)(?!`)|<!--.*?(?:-->|\Z)|\]\([^)\s]{0,500}\)|https?://\S+",
    re.DOTALL,
)
_SENTENCE = re.compile(
    r"(?:[^.!?\n]|[.!?](?!\s|\Z)|(?<=\be\.g|\bi\.e|.\bcf|\betc)\.|\n(?!\s*\n|\s*(?:[-*+]|\d{1,9}[.)])\s))+"
)
_MARKER = re.compile(r"\s*(?:(?:[-*+>]|\d{1,9}[.)])\s+)*")
CODE = "\ufffc"  # stands for every character of a code span


def read(statement: str) -> str:
    """The same text, as long, in lower case: code spans are `CODE`, all else unread is blank."""
    lowered = statement.replace("İ", "I").lower()
    return _UNREAD.sub(_blank, lowered)


def _blank(found: re.Match[str]) -> str:
    return (CODE if found["ticks"] else " ") * len(found.group())


def sentences(words: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends, without white space and list markers."""
    for found in _SENTENCE.finditer(words):
        start, end = found.span()
        inner = found.group()
        marker = _MARKER.match(inner)
        start += marker.end() if marker else 0
        if words[start:end].strip():
            yield start, end - (len(inner) - len(inner.rstrip()))
