"""What sub-items say of an invariant: who verifies it, its target, a waiver, an argument."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from adr_lsp.markdown import Block, Span
from adr_lsp.record.line import Line
from adr_lsp.record.model import Argument, Target, Verifier, Waiver
from adr_lsp.text import Text

_KIND = re.compile(
    r"\s*(?:(?P<verified>(?:verified|enforced|tested|checked|proved) by)\s*(?P<colon>:?)\s*"
    r"|(?P<target>targets?)\s*:\s*"
    r"|(?P<waived>waived)(?:\s+until\b\s*(?P<until>[^:\s]*)[^:\n]*)?(?P<why>:\s*|\s*\Z)"
    r"|(?P<argued>by construction)\s*(?:[:–—]\s*|\Z)"
    r"|(?P<applies>applies to)\s*:\s*)",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^,;\s]+")
_PATH_LIKE = re.compile(r"[^\s`]*[/\\][^\s`]*|[^\s`]+\.[A-Za-z][A-Za-z0-9]{0,5}(?:[:#!][^\s`]*)?")
_VERIFIER = re.compile(
    r"(?P<path>[^:#!\s][^:#!\n]*?)(?:::(?P<name>.+)|#(?P<anchor>.+)|!(?P<op>\S+))?"
)
_LINES = re.compile(r"L\d+(?:-L?\d+)?")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Extensions:
    """All that an invariant's sub-items say."""

    verified_by: tuple[Verifier, ...] = ()
    targets: tuple[Target, ...] = ()
    waiver: Waiver | None = None
    argument: Argument | None = None
    applies_to: tuple[str, ...] = ()


def extends(block: Block) -> bool:
    """Whether a paragraph, or the first one of an item, is such a line."""
    leaf = _leaf(block)
    found = _KIND.match(leaf.phrase.plain) if leaf else None
    return found is not None and (not found["verified"] or _names_one(found, leaf))


def extensions(found: Iterable[Block], text: Text) -> Extensions:
    """Reads those of the blocks that are sub-items."""
    all = Extensions()
    for block in found:
        leaf = _leaf(block)
        kind = _KIND.match(leaf.phrase.plain) if leaf else None
        if leaf and kind:
            all = _extended(all, kind, Line(leaf.phrase, 0, len(leaf.phrase.plain)), text)
    return all


def _leaf(block: Block) -> Block | None:
    if block.kind == "item":
        first = block.children[0] if block.children else None
        return first if first and first.kind == "paragraph" else None
    return block if block.kind == "paragraph" else None


def _names_one(found: re.Match[str], leaf: Block | None) -> bool:
    """`Verified by` without a colon needs a link or code behind it."""
    return bool(found["colon"]) or bool(leaf and leaf.phrase.span_at(found.end(), "link", "code"))


def _extended(all: Extensions, kind: re.Match[str], line: Line, text: Text) -> Extensions:
    rest = line.part(kind.end(), len(line.words))
    reason = " ".join(rest.words.split())
    verified, aims, applies = all.verified_by, all.targets, all.applies_to
    waiver, argument = all.waiver, all.argument
    if kind["verified"]:
        verified += tuple(verifiers(rest, text))
    elif kind["target"]:
        aims += tuple(Target(one.words, one.range(text)) for one in _tokens(rest))
    elif kind["waived"]:
        waiver = waiver or Waiver(_day(kind["until"]), reason, line.range(text))
    elif kind["argued"]:
        argument = argument or Argument(reason, line.range(text))
    else:
        applies += tuple(one.words for one in _tokens(rest))
    return Extensions(verified, aims, waiver, argument, applies)


def verifiers(line: Line, text: Text) -> Iterator[Verifier]:
    """The tests that a line names: links, code, and plain words that look like a path."""
    for part, link, code in _named(line):
        if link:
            found = _of_link(part, link)
        elif code or _PATH_LIKE.fullmatch(part.words):
            found = _of_words(part.words)
        else:
            found = None
        if found:
            yield Verifier(*found, part.range(text))


def _named(line: Line) -> Iterator[tuple[Line, Span | None, bool]]:
    """Each link, code span and word of a line."""
    at = line.start
    while at < line.end:
        link = line.phrase.span_at(at, "link")
        span = link or line.phrase.span_at(at, "code")
        if span and span.end > at:
            yield Line(line.phrase, at, span.end, line.shift), link, link is None
            at = span.end
            continue
        token = _TOKEN.match(line.phrase.plain, at, _next_span(line, at))
        if token:
            words = token.group().rstrip(".")
            yield Line(line.phrase, at, at + len(words), line.shift), None, False
        at = token.end() if token else at + 1


def _next_span(line: Line, at: int) -> int:
    starts = (s.start for s in line.phrase.spans if s.kind in ("link", "code") and s.start > at)
    return min(starts, default=line.end)


def _of_link(part: Line, link: Span) -> tuple[str, str | None, str | None] | None:
    target, _, anchor = (link.target or "").partition("#")
    path = unquote(target)
    if not path or _ELSEWHERE.match(path) or path.startswith("//"):
        return None
    words = " ".join(part.words.split())
    if "!" in words and "!" not in path:
        return path, None, words.rpartition("!")[2].strip() or None
    if "!" in path:
        path, _, operator = path.rpartition("!")
        return path, None, operator or None
    return path, _name(words, path, anchor), None


def _name(words: str, path: str, anchor: str) -> str | None:
    """The test that a link's text names; None if it says no more than the path."""
    if "::" in words:
        return words.partition("::")[2].strip() or None
    if anchor and not _LINES.fullmatch(anchor):
        return unquote(anchor)
    last = path.rpartition("/")[2]
    if not words or last in words or words in (path, last.rpartition(".")[0]):
        return None
    return None if " " in words and path.endswith((".py", ".tla")) else words


def _of_words(words: str) -> tuple[str, str | None, str | None] | None:
    found = _VERIFIER.fullmatch(words.strip())
    if not found or (_ELSEWHERE.match(words) and "://" in words):
        return None
    path = found["path"].strip()
    if " " in path and not found["name"]:
        return None
    anchor = found["anchor"]
    name = found["name"] or (None if anchor and _LINES.fullmatch(anchor) else anchor)
    return path, name.strip() if name else None, found["op"]


def _tokens(line: Line) -> Iterator[Line]:
    """The code spans of a line; its words where it has none."""
    parts = list(_named(line))
    coded = [part for part, _, code in parts if code]
    yield from coded or (part for part, _, _ in parts if part.words)


def _day(words: str | None) -> date | None:
    try:
        return date.fromisoformat(words) if words and len(words) == 10 else None
    except ValueError:
        return None
