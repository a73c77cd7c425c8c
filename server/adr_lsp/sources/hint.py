"""What bytes of code tell before any parse: whether a reference or a scaffold may stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_RECORD = re.compile(rb"ADR[- ]\d")
_IDENTIFIERS = (b"adr_", b"ADR_", b"Adr_")
_TELLING = (b"verifies", b"adr-", b"adr ")


def might_refer(raw: bytes, prefixes: tuple[str, ...]) -> bool:
    """False only if the bytes surely hold no reference: the test before any parse."""
    if any(f"{prefix}-".encode() in raw for prefix in prefixes):
        return True
    if any(sign in raw for sign in _IDENTIFIERS):
        return True
    return b"ADR" in raw and _RECORD.search(raw) is not None


def might_scaffold(raw: bytes) -> bool:
    """False only if no scaffold line stands in the bytes."""
    return b"adr-lsp:" in raw.lower()


def telling(raw: bytes) -> Iterator[int]:
    """Where words stand that a comment or text may name something with."""
    lower = raw.lower()
    for word in _TELLING:
        at = lower.find(word)
        while at >= 0:
            yield at
            at = lower.find(word, at + 1)
