"""Which words of a statement differ from those that a run saw."""

from __future__ import annotations

from difflib import SequenceMatcher

SHOWN = 3
LONGEST = 60


def reworded(old: str, new: str) -> str:
    """One short sentence: `statement reworded: "at most" → "exactly"`."""
    before, after = old.split(), new.split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    changes = [
        _change(" ".join(before[a:b]), " ".join(after[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]
    more = ", …" if len(changes) > SHOWN else ""
    return "statement reworded: " + ", ".join(changes[:SHOWN]) + more


def _change(old: str, new: str) -> str:
    if not old:
        return f'added "{_short(new)}"'
    if not new:
        return f'removed "{_short(old)}"'
    return f'"{_short(old)}" → "{_short(new)}"'


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"
