"""The decision graph as SVG: a record to a line, its invariants beside it, arrows to successors."""

from __future__ import annotations

from adr_lsp.features.html_report.graph import STEP, Graph, placed
from adr_lsp.features.html_report.letters import LETTERS
from adr_lsp.value import dataclass

LEFT, WIDE, LEAF = 90, 430, 26


@dataclass(frozen=True, slots=True)
class Box:
    """A record: `y` is its middle."""

    y: int
    anchor: str
    text: str
    retired: bool
    leaves: tuple[tuple[int, str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Sizes and places in CSS pixels. `arrows` are SVG path data."""

    width: int
    height: int
    left: int
    wide: int
    boxes: tuple[Box, ...]
    arrows: tuple[str, ...]


def drawing(drawn: Graph) -> Drawing:
    boxes = []
    for top, chapter in placed(drawn):
        leaves = tuple(
            (
                LEFT + WIDE + 20 + LEAF * n,
                row.anchor,
                LETTERS[row.verdict].letter,
                LETTERS[row.verdict].tone,
                f"{row.key}: {row.verdict.value}",
            )
            for n, row in enumerate(chapter.rows)
        )
        text = f"{chapter.key} {chapter.record.title}"
        shown = text if len(text) <= 56 else f"{text[:55]}…"
        retired = chapter.record.status.retired
        boxes.append(Box(top + STEP // 2, chapter.anchor, shown, retired, leaves))
    places = {box.anchor: box.y for box in boxes}
    arrows = tuple(_arrow(places[old], places[new]) for old, new in drawn.successions)
    most = max((len(box.leaves) for box in boxes), default=0)
    width = LEFT + WIDE + 30 + LEAF * most
    return Drawing(width, STEP * len(boxes), LEFT, WIDE, tuple(boxes), arrows)


def _arrow(old: int, new: int) -> str:
    """A bow on the left, from the old record to the new one; farther ones reach farther out."""
    out = LEFT - min(80, 24 + abs(new - old) // 6)
    return f"M {LEFT} {old} C {out} {old}, {out} {new}, {LEFT - 3} {new}"
