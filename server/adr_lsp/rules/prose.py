"""The words of a statement as it is written: sentences, with code, links and comments blanked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

_UNREAD = r"""
      (?<!`)(?P<ticks>`+)(?!`)[^`]*(?P=ticks)(?!`)
    | <!--.*?(?:-->|\Z) | \]\([^)\s]{0,500}\) | https?://\S+
"""
_SENTENCE = r"""
    (?: [^.!?\n]++ | [.!?](?!\s|\Z) | (?<=\be\.g|\bi\.e|.\bcf|\betc)\.
      | \n(?!\s*\n|\s*(?:[-*+]|\d{1,9}[.)])\s) )+
"""
_MARKER = r"\s*(?:(?:[-*+>]|\d{1,9}[.)])\s+)*"
_SIGNS = ("`", "<!--", "](", "http")  # one of which begins whatever is not read
CODE = "\ufffc"  # stands for every character of a code span


def read(statement: str) -> str:
    """The same text, as long, in lower case: code spans are `CODE`, all else unread is blank."""
    lowered = statement.replace("İ", "I").lower()
    if not any(sign in lowered for sign in _SIGNS):
        return lowered
    return _patterns()[0].sub(_blank, lowered)


def _blank(found: re.Match[str]) -> str:
    return (CODE if found["ticks"] else " ") * len(found.group())


def sentences(words: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends, without white space and list markers."""
    _, sentence, marker = _patterns()
    for found in sentence.finditer(words):
        start, end = found.span()
        inner = found.group()
        lead = marker.match(inner)
        start += lead.end() if lead else 0
        if words[start:end].strip():
            yield start, end - (len(inner) - len(inner.rstrip()))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Compiled when the first invariant is met."""
    unread = re.compile(_UNREAD, re.VERBOSE | re.DOTALL)
    return unread, re.compile(_SENTENCE, re.VERBOSE), re.compile(_MARKER)
