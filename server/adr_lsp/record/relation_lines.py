"""Lines below the top of a record that say what it supersedes: in its links, or in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from adr_lsp.markdown import Block, Document, walk
from adr_lsp.record.field import BACKWARD, FORWARD, fields
from adr_lsp.record.heading import bare, heads_unread
from adr_lsp.record.line import Line, lines, whole
from adr_lsp.record.model import Supersession
from adr_lsp.record.outline import Part, below, reach
from adr_lsp.record.supersession import Relations, ends_at, relations, targets
from adr_lsp.text import Text

_HINT = re.compile(r"uper[sc]ed|eplaces|eplaced|bsolet|emplac", re.IGNORECASE)
_ANYWHERE = re.compile(
    r"p(?:er[sc]ed|lac)"
)  # of all hints; that it begins with a letter makes it fast


def relations_below(document: Document, found: list[Part], text: Text) -> Iterator[Relations]:
    """What sections say with the very word, in parts that hold it."""
    lowered = document.content.lower()
    if not (_ANYWHERE.search(lowered) or "bsolet" in lowered):
        return
    index = 0
    while index < len(found):
        part = found[index]
        heading = part.heading
        if heading and heads_unread(heading.title):
            index = reach(found, index)
            continue
        if heading and heading.level > 1 and _HINT.search(document.content, part.start, part.end):
            yield from _said(document, part, bare(heading.title), text)
        index += 1


def _said(document: Document, part: Part, title: str, text: Text) -> Iterator[Relations]:
    leaves = (b for b in walk(below(document, part)) if b.kind in ("paragraph", "cell"))
    if title in FORWARD or title in BACKWARD:
        for leaf in leaves:
            for line in lines(leaf):
                named = tuple(targets(line, 0, text, labelled=True))
                yield Relations(named, ()) if title in FORWARD else Relations((), named)
    elif _links().fullmatch(title):
        for leaf in leaves:
            for line in lines(leaf):
                yield relations(line, text, anywhere=False)
    else:
        for leaf in leaves:
            yield from _labelled(leaf, text)
            line = whole(leaf)
            sentence = _sentence().match(line.words)
            if sentence:
                yield Relations(tuple(_alone(line, sentence.end(), text)))


def _labelled(leaf: Block, text: Text) -> Iterator[Relations]:
    """`**Supersedes**: ADR-3`, wherever it stands."""
    for line in lines(leaf):
        for field in fields(line):
            if field.label in FORWARD | BACKWARD:
                named = tuple(targets(field.value, 0, text, partial=field.partial))
                yield Relations(named, ()) if field.label in FORWARD else Relations((), named)


def _alone(line: Line, at: int, text: Text) -> Iterator[Supersession]:
    """`We supersede ADR 18 with this one.` Where more is said of it, it may be a part that is."""
    named = list(targets(line, at, text))
    if named and _rest().match(line.words, ends_at(line, at)):
        yield from named


@cache
def _links() -> re.Pattern[str]:
    """What sections of links are called; not made before a record has a word for one."""
    return re.compile(
        r"(?:.* )?(?:links?|relations?|relationships?|related|references|see also|more information"
        r"|related (?:\w+ )?(?:adrs?|decisions?|records?|links?|documents?)|notes|history|metadata"
        r"|liens|références|관련.*|참고.*)"
    )


@cache
def _sentence() -> re.Pattern[str]:
    return re.compile(
        r"\W*(?:we|it|this(?: (?:adr|decision|record|rfc|proposal|document))?)"
        r" (?:also )?supersedes? ",
        re.IGNORECASE,
    )


@cache
def _rest() -> re.Pattern[str]:
    """What may follow where all of a record is meant."""
    return re.compile(
        r"\s*(?:\Z|[.;]|\(|in full|entirely|completely|with (?:this|the (?:current|present)))",
        re.IGNORECASE,
    )
