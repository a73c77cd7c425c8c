"""Of places that overlap, the one that was found first."""

from __future__ import annotations

from bisect import bisect

from adr_lsp.text import Range


def taken(places: list[Range], range: Range) -> bool:
    """Whether a range overlaps one of the places, which are in order; if not, it joins them."""
    at = bisect(places, range)
    if any(range.overlaps(near) for near in places[max(0, at - 1) : at + 1]):
        return True
    places.insert(at, range)
    return False
