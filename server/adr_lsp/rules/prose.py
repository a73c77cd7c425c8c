"""The words of a statement as it is written: sentences, with code, links and comments blanked.

Most statements hold no word that a rule looks for; which they hold is found once for all rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot
from adr_lsp.value import dataclass

_UNREAD = r"""
      (?<!`)(?P<ticks>`+)(?!`)[^`]*(?P=ticks)(?!`)
    | <!--.*?(?:-->|\Z) | \]\([^)\s]{0,500}\) | https?://\S+
"""
_SENTENCE = r"""
    (?: [^.!?\n]++ | [.!?](?!\s|\Z) | (?<=\be\.g|\bi\.e|.\bcf|\betc)\.
      | \n(?!\s*\n|\s*(?:[-*+]|\d{1,9}[.)])\s) )+
"""
_MARKER = r"\s*(?:(?:[-*+>]|\d{1,9}[.)])\s+)*"
_WORD = re.compile(r"[a-z]+")
_SIGNS = ("`", "<!--", "](", "http")  # one of which begins whatever is not read
CODE = "\ufffc"  # stands for every character of a code span


@dataclass(slots=True, eq=False)
class Stated:
    """An invariant with an id, its statement as written, and the words in it: runs of a to z in
    lower case, among them all that are left where what is unread is blanked."""

    invariant: Invariant
    statement: str
    words: list[str]


def stated(record: Record, snapshot: Snapshot) -> list[Stated]:
    """The statements of a record. Kept until another record is asked for: rules take turns."""
    last: tuple[Record, list[Stated]] | None = snapshot.memo.get(stated)
    if last is None or last[0] is not record:
        last = record, [_stated(record, each) for each in record.invariants if each.id is not None]
        snapshot.memo[stated] = last
    return last[1]


def _stated(record: Record, invariant: Invariant) -> Stated:
    statement = record.text.between(invariant.statement_range)
    return Stated(invariant, statement, words_of(statement))


def words_of(statement: str) -> list[str]:
    """Every word that the statement holds, or would hold without what is unread."""
    lowered = _lowered(statement)
    words = _WORD.findall(lowered)
    shown = read(statement)
    return words if shown == lowered else words + _WORD.findall(shown)


def _lowered(statement: str) -> str:
    return statement.replace("İ", "I").lower()


def read(statement: str) -> str:
    """The same text, as long, in lower case: code spans are `CODE`, all else unread is blank."""
    lowered = _lowered(statement)
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
