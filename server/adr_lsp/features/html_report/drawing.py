"""The decision graph as SVG: a record to a line, its invariants beside it, arrows to successors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from adr_lsp.features.html_report.graph import Graph, families
from adr_lsp.features.html_report.letters import LETTERS
from adr_lsp.features.html_report.view import Chapter, Row
from adr_lsp.snapshot.reason import short
from adr_lsp.value import dataclass

FEW = 40
LEFT, WIDE, LEAF, STEP = 90, 430, 26, 34
LEAVES_ON_A_LINE = 20
LONGEST = 56


@dataclass(frozen=True, slots=True)
class Leaf:
    """An invariant: `x` and `y` are its middle."""

    x: int
    y: int
    anchor: str
    letter: str
    tone: str
    said: str


@dataclass(frozen=True, slots=True)
class Box:
    """A record: `y` is the middle of its first line."""

    y: int
    anchor: str
    text: str
    retired: bool
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Sizes and places in CSS pixels. `arrows` are SVG path data."""

    width: int
    height: int
    left: int
    wide: int
    boxes: tuple[Box, ...]
    arrows: tuple[str, ...]


def drawings(drawn: Graph) -> tuple[Drawing, ...]:
    """One of few records; of many, one for each line of succession: records that stand alone
    would be a long list in which no arrow is found."""
    groups = (drawn.chapters,) if len(drawn.chapters) <= FEW else families(drawn)
    return tuple(_drawing(group, drawn.successions) for group in groups)


def _drawing(group: tuple[Chapter, ...], successions: Iterable[tuple[str, str]]) -> Drawing:
    own = {chapter.anchor for chapter in group}
    steps = [(old, new) for old, new in successions if old in own]
    left = LEFT if steps else 0
    boxes, height = [], 0
    for chapter in group:
        boxes.append(_box(chapter, left, height + STEP // 2))
        height += STEP * max(1, -(-len(chapter.rows) // LEAVES_ON_A_LINE))
    places = {box.anchor: box.y for box in boxes}
    arrows = tuple(_arrow(places[old], places[new]) for old, new in steps)
    most = min(LEAVES_ON_A_LINE, max((len(box.leaves) for box in boxes), default=0))
    width = left + WIDE + 30 + LEAF * most
    return Drawing(width, height, left, WIDE, tuple(boxes), arrows)


def _box(chapter: Chapter, left: int, y: int) -> Box:
    status = chapter.record.status
    note = f" ({status.value})" if status.retired else ""
    text = short(f"{chapter.key} {chapter.record.title}", LONGEST - len(note)) + note
    leaves = tuple(_leaves(chapter.rows, left + WIDE + 20, y))
    return Box(y, chapter.anchor, text, status.retired, leaves)


def _leaves(rows: Iterable[Row], left: int, top: int) -> Iterator[Leaf]:
    for n, row in enumerate(rows):
        line, column = divmod(n, LEAVES_ON_A_LINE)
        letter = LETTERS[row.verdict]
        said = f"{row.key}: {row.verdict.value}"
        x, y = left + LEAF * column, top + STEP * line
        yield Leaf(x, y, row.anchor, letter.letter, letter.tone, said)


def _arrow(old: int, new: int) -> str:
    """A bow on the left, from the old record to the new one; farther ones reach farther out."""
    out = LEFT - min(80, 24 + abs(new - old) // 6)
    return f"M {LEFT} {old} C {out} {old}, {out} {new}, {LEFT - 3} {new}"
