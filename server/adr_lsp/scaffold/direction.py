"""Which way a statement says that something goes: up or down."""

from __future__ import annotations

import re

_UP = re.compile(r"never (?:\w+ )?(?:decreas|fall|shrink|goes? (?:back|down)|drop|lower|less|few)")
_DOWN = re.compile(
    r"never (?:\w+ )?(?:increas|ris|grow|more|higher|longer|greater|raise)|\bdecreas|\bfalling"
    r"|\bshrink|\bnon-?increas|\bantiton|\bonly (?:falls?|drops?)\b"
)
_REVERSED = re.compile(
    r"\b(?:newest|latest|highest|largest|biggest|greatest|longest|heaviest|most \w+|best)"
    r" (?:\w+ )?first\b|\bdescending|\breverse(?:d)?\b"
    r"|\b(?:high|new|large|big|late|long)\w* to (?:the )?(?:low|old|small|early|short)"
)


def falls(statement: str) -> bool:
    """Whether it says that something only falls."""
    text = statement.lower()
    return bool(_DOWN.search(text)) and not _UP.search(text)


def descends(statement: str) -> bool:
    """Whether it says that what is greatest stands first."""
    return bool(_REVERSED.search(statement.lower()))
