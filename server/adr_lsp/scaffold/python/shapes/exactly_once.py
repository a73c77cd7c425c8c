"""Exactly once: however often a call is repeated, its effect happens, and happens once."""

from __future__ import annotations

from adr_lsp.scaffold.python.draft import Draft, Shape
from adr_lsp.scaffold.python.shapes.at_most_once import at_most_once


def exactly_once(draft: Draft) -> Shape | None:
    """The machine of at-most-once that also keeps what was asked for and not refused."""
    made = at_most_once(draft)
    if made is None:
        return None
    asked = made.values["asked"]
    if asked is None:
        draft.note("say which key the effect of a call has")
    kept = f"self.asked.add({asked or '...'})"
    return Shape("exactly_once.py.j2", {**made.values, "kept": kept})
