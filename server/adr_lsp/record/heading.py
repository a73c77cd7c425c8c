"""Which heading says what: texts are compared without number, emoji, emphasis and colon."""

from __future__ import annotations

import re
from functools import lru_cache

_LEAD = re.compile(r"[^\w]*(?:\d+(?:\.\d+)*[.):]?\s+)?[^\w]*")
_TAIL = re.compile(r"[^\w)]*\Z")
_INVARIANTS = re.compile(
    r"(?:[\w/-]+ )?invariants|invariants (?:and|&) properties|safety properties|guarantees"
)
STATUS = frozenset(
    [
        *("status", "adr status", "decision status", "current status", "state"),
        *(
            "statut",
            "état",
            "estado",
            "stato",
            "статус",
            "상태",
            "状态",
            "狀態",
            "状態",
            "ステータス",
        ),
    ]
)
HEADS_STATUS = STATUS - {"state"}  # a section of that name is about the system
_SAYS_STATUS = re.compile(
    rf"\W*(?:\d+[.):]?\s+)?(?:{'|'.join(sorted(HEADS_STATUS))})\s*(?:[:：]|\s[-–—](?=\s))\s*(?=\S)",
    re.IGNORECASE,
)
_SECTIONS = frozenset({"decision", "context", "summary", "overview", "background", "abstract"})
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
    return bare(title) in HEADS_STATUS


@lru_cache(maxsize=4096)
def status_label(title: str) -> int:
    """Where the status begins in a heading `Status: accepted`; 0 in all others."""
    found = _SAYS_STATUS.match(title)
    return found.end() if found else 0


@lru_cache(maxsize=4096)
def heads_section(title: str) -> bool:
    """Whether a title is that of a record's part, by which nobody would call the record."""
    return bare(title) in _SECTIONS or heads_status(title)


@lru_cache(maxsize=4096)
def heads_unread(title: str) -> bool:
    """Sections of options that were weighed: nothing there is promised."""
    return bare(title).startswith(_UNREAD)
