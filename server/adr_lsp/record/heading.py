"""Which heading says what: texts are compared without number, emoji, emphasis and colon."""

from __future__ import annotations

import re
from functools import lru_cache

_LEAD = re.compile(r"[^\w]*(?:\d+(?:\.\d+)*[.):]?\s+)?[^\w]*")
_TAIL = re.compile(r"[^\w)]*\Z")
_INVARIANTS = re.compile(
    r"(?:[\w/-]+ )?invariants|invariants (?:and|&) properties|safety properties|guarantees"
)
_STATUS = frozenset({"status", "adr status", "decision status", "statut", "estado", "상태"})
_UNREAD = ("considered options", "pros and cons")


@lru_cache(maxsize=4096)
def bare(title: str) -> str:
    """What of a heading is compared."""
    lead = _LEAD.match(title)
    words = title[lead.end() :] if lead else title
    tail = _TAIL.search(words[-64:])
    words = words[: len(words) - (len(tail.group()) if tail else 0)]
    return " ".join(words.split()).lower()


@lru_cache(maxsize=4096)
def heads_invariants(title: str) -> bool:
    return _INVARIANTS.fullmatch(bare(title)) is not None


@lru_cache(maxsize=4096)
def heads_status(title: str) -> bool:
    return bare(title) in _STATUS


@lru_cache(maxsize=4096)
def heads_unread(title: str) -> bool:
    """Sections of options that were weighed: nothing there is promised."""
    return bare(title).startswith(_UNREAD)
