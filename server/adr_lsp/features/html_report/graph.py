"""The decision graph: records, what took the place of what, and their invariants as leaves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from adr_lsp.features.formats.escape import safe
from adr_lsp.features.html_report.letters import LETTERS
from adr_lsp.features.html_report.view import Chapter, Row
from adr_lsp.rules.succession import steps
from adr_lsp.snapshot import Snapshot
from adr_lsp.value import dataclass

_MERMAID = re.compile(r"[^\w \-.,:/()+=']")


@dataclass(frozen=True, slots=True)
class Graph:
    """`successions` are pairs of anchors: the old record, the new one."""

    chapters: tuple[Chapter, ...]
    successions: tuple[tuple[str, str], ...]


def graph(snapshot: Snapshot, every: tuple[Chapter, ...]) -> Graph:
    anchors = {chapter.record.path: chapter.anchor for chapter in every}
    pairs = ((anchors[step.old.path], anchors[step.new.path]) for step in steps(snapshot))
    return Graph(every, tuple(dict.fromkeys(pairs)))


def mermaid(drawn: Graph) -> str:
    """For a Markdown page: ``` ```mermaid ```."""
    return "\n".join(("flowchart LR", *_mermaid(drawn), ""))


def _mermaid(drawn: Graph) -> Iterator[str]:
    for chapter in drawn.chapters:
        yield f'  {chapter.anchor}["{_plain(_title(chapter))}"]'
        for row in chapter.rows:
            node = row.anchor.replace("-", "_")
            yield f'  {node}(["{_plain(_leaf(row))}"]):::{LETTERS[row.verdict].tone}'
            yield f"  {chapter.anchor} --- {node}"
    for old, new in drawn.successions:
        yield f"  {old} -->|superseded by| {new}"
    yield "  classDef good fill:#009e73,color:#fff"
    yield "  classDef doubt fill:#f0e442,color:#000"
    yield "  classDef bad fill:#d55e00,color:#fff"
    yield "  classDef none fill:#dddddd,color:#000"


def dot(drawn: Graph) -> str:
    """For Graphviz."""
    return "\n".join(("digraph decisions {", "  rankdir=LR;", *_dot(drawn), "}", ""))


def _dot(drawn: Graph) -> Iterator[str]:
    for chapter in drawn.chapters:
        yield f"  {chapter.anchor} [shape=box, label={_quoted(_title(chapter))}];"
        for row in chapter.rows:
            yield f'  "{row.anchor}" [shape=ellipse, label={_quoted(_leaf(row))}];'
            yield f'  {chapter.anchor} -> "{row.anchor}" [arrowhead=none];'
    for old, new in drawn.successions:
        yield f'  {old} -> {new} [label="superseded by"];'


def _title(chapter: Chapter) -> str:
    return f"{chapter.key} {chapter.record.title}".strip()


def _leaf(row: Row) -> str:
    return f"{row.judged.invariant.id or '?'} {LETTERS[row.verdict].letter}"


def _plain(text: str) -> str:
    """Mermaid reads HTML and brackets in labels: what could mean something is written out."""
    return _MERMAID.sub(lambda found: f"#{ord(found.group())};", safe(text))


def _quoted(text: str) -> str:
    return json.dumps(safe(text).replace("\\", "\\\\"), ensure_ascii=False)


def families(drawn: Graph) -> tuple[tuple[Chapter, ...], ...]:
    """The records that successions join, directly or through others; none that stands alone."""
    joined = {chapter.anchor: {chapter.anchor} for chapter in drawn.chapters}
    for old, new in drawn.successions:
        both = joined[old] | joined[new]
        joined |= dict.fromkeys(both, both)
    found: dict[int, list[Chapter]] = {}
    for chapter in drawn.chapters:
        found.setdefault(id(joined[chapter.anchor]), []).append(chapter)
    return tuple(tuple(family) for family in found.values() if len(family) > 1)
