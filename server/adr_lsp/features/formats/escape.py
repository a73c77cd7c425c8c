"""Makes text of other people's files safe to print: no control, no bidirectional override."""

from __future__ import annotations

import re

_UNSAFE = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
    "|[\U000e0000-\U000e007f]"
)


def safe(content: str) -> str:
    """One printable line: what could steer a terminal or reorder text is named instead."""
    return _UNSAFE.sub(lambda found: _named(found.group()), content)


def _named(character: str) -> str:
    if character < "\x20":
        return chr(0x2400 + ord(character))
    return f"⟨U+{ord(character):04X}⟩"
