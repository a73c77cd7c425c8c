"""What sub-items say of an invariant: who verifies it, its target, a waiver, its successor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from adr_lsp.markdown import Block, Phrase, Span
from adr_lsp.record.line import Line
from adr_lsp.record.model import Argument, Glob, Supersession, Target, Verifier, Waiver
from adr_lsp.record.supersession import targets as superseding
from adr_lsp.text import Text, unquoted
from adr_lsp.value import dataclass

_KIND = re.compile(
    r"\s*(?:(?P<verified>(?:verified|enforced|tested|checked|proved) by)\s*(?P<colon>:?)\s*"
    r"|(?P<target>targets?)\s*:\s*"
    r"|(?P<waived>waived)(?:\s+until\b\s*(?P<until>[^:\s]*)[^:\n]*)?(?P<why>:\s*|\s*\Z)"
    r"|(?P<argued>by construction)\s*(?:[:–—]\s*|\Z)"
    r"|(?P<superseded>(?:superseded|replaced) by)(?:\s*:\s*|\s+(?=\[|\d|(?:[a-z]+-)*adr[-_ ]?\d))"
    r"|(?P<applies>applies to)\s*:\s*)",
    re.IGNORECASE,
)
_FIRST = frozenset("vetcpwbasr \n")
_TOKEN = re.compile(r"[^,;\s]+")
_BETWEEN = " \n,;"
_PATH_LIKE = re.compile(
    r"[^\s`]+\.[A-Za-z][A-Za-z0-9]{0,5}(?:[:#!][^\s`]*)?"
    r"|(?:\.|/|(?:tests?|specs?|e2e|src|formal|features)/)[^\s`]+"
    r"|(?=[^\s`/\\]*[/\\])(?:[^\s`]+[/\\]|[^\s`/\\]*[/\\][^\s`/\\]*[/\\:.#!][^\s`]*)"
)  # `unit/integration` is none
_TEST_LIKE = re.compile(r"test_\w+|\w+_test")  # its file is missing, which is told
_GLOB = re.compile(r"(?:\{[^{}\s]*\}|[^,;\s])+")
_VERIFIER = re.compile(
    r"(?P<path>[^:#!\s][^:#!\n]*?)(?:::(?P<name>.+)|#(?P<anchor>.+)|!(?P<op>\S+))?"
)
_LINES = re.compile(r"L\d+(?:-L?\d+)?")
_NOBODY = frozenset({"n/a", "na", "none", "nothing", "tbd", "todo", "-", "–", "—", "?"})
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)


Named = tuple[str, str | None, str | None]


@dataclass(slots=True, eq=False)
class Extensions:
    """All that an invariant's sub-items say."""

    verified_by: tuple[Verifier, ...] = ()
    targets: tuple[Target, ...] = ()
    waiver: Waiver | None = None
    argument: Argument | None = None
    applies_to: tuple[Glob, ...] = ()
    superseded_by: tuple[Supersession, ...] = ()


@dataclass(slots=True, eq=False)
class SubItem:
    """One such line: what kind it is, and all of its words."""

    kind: re.Match[str]
    words: Line


def sub_item(block: Block) -> SubItem | None:
    """What a paragraph, or the first one of an item, says of an invariant."""
    leaf = block
    if block.kind == "item":
        if not block.children:
            return None
        leaf = block.children[0]
    if leaf.kind != "paragraph":
        return None
    plain = leaf.phrase.plain
    found = _KIND.match(plain) if plain[:1].lower() in _FIRST else None
    if not found or (found["verified"] and not _names_one(found, leaf.phrase)):
        return None
    return SubItem(found, Line(leaf.phrase, 0, len(plain)))


def extensions(found: Iterable[SubItem], text: Text) -> Extensions:
    """All that they say together."""
    said = Extensions()
    for one in found:
        _extend(said, one.kind, one.words, text)
    return said


def _names_one(found: re.Match[str], phrase: Phrase) -> bool:
    """`Verified by` without a colon needs a link or code behind it."""
    return bool(found["colon"]) or phrase.span_at(found.end(), "link", "code") is not None


def _extend(said: Extensions, kind: re.Match[str], line: Line, text: Text) -> None:
    rest = line.part(kind.end(), len(line.words))
    reason = " ".join(rest.words.split())
    if kind["verified"]:
        said.verified_by += tuple(verifiers(rest, text))
    elif kind["superseded"]:
        said.superseded_by += tuple(superseding(rest, 0, text))
    elif kind["target"]:
        said.targets += tuple(Target(one.words, one.range(text)) for one in _tokens(rest))
    elif kind["waived"]:
        said.waiver = said.waiver or Waiver(_day(kind["until"]), reason, line.range(text))
    elif kind["argued"]:
        said.argument = said.argument or Argument(reason, line.range(text))
    else:
        said.applies_to += tuple(globs(rest, text))


def verifiers(line: Line, text: Text) -> Iterator[Verifier]:
    """The tests that a line names: links, code, and plain words that look like a path."""
    for part, link, code in _named(line):
        if link:
            found = of_link(part.words, link.target or "")
            if found:
                start, end = link.source_start + line.shift, link.source_end + line.shift
                yield Verifier(*found, text.range(start, end))
            continue
        if code or _PATH_LIKE.fullmatch(part.words) or _TEST_LIKE.fullmatch(part.words):
            found = of_words(part.words)
        else:
            continue
        if found:
            yield Verifier(*found, part.range(text))


def globs(line: Line, text: Text) -> Iterator[Glob]:
    """The code spans of a line; where it has none, its words that look like a path, as they stand
    in the source: Markdown takes two stars for emphasis."""
    coded = [part for part, _, code in _named(line) if code]
    yield from (Glob(part.words.strip(), part.range(text)) for part in coded)
    if coded:
        return
    place = line.range(text)
    start = text.offset(place.start)
    for found in _GLOB.finditer(text.content, start, text.offset(place.end)):
        words = found.group().rstrip(".")
        if "*" in words or _PATH_LIKE.fullmatch(words):
            yield Glob(words, text.range(found.start(), found.start() + len(words)))


def _named(line: Line) -> Iterator[tuple[Line, Span | None, bool]]:
    """Each link, code span and word of a line."""
    at = line.start
    plain = line.phrase.plain
    while at < line.end:
        if plain[at] in _BETWEEN:
            at += 1
            continue
        link = line.phrase.span_at(at, "link")
        span = link or line.phrase.span_at(at, "code")
        if span and span.end > at:
            yield Line(line.phrase, at, span.end, line.shift), link, link is None
            at = span.end
            continue
        token = _TOKEN.match(plain, at, _next_span(line, at))
        if token:
            words = token.group().rstrip(".")
            yield Line(line.phrase, at, at + len(words), line.shift), None, False
        at = token.end() if token else at + 1


def _next_span(line: Line, at: int) -> int:
    starts = (s.start for s in line.phrase.spans if s.kind in ("link", "code") and s.start > at)
    return min(starts, default=line.end)


def of_link(words: str, target: str) -> Named | None:
    """The path, the name and the operator that a link gives."""
    target, _, anchor = target.partition("#")
    path = unquoted(target)
    if not path or _ELSEWHERE.match(path) or path.startswith("//"):
        return None
    words = " ".join(words.split())
    if "!" in words and "!" not in path:
        return path, None, words.rpartition("!")[2].strip() or None
    if "!" in path:
        path, _, operator = path.rpartition("!")
        return path, None, operator or None
    return path, _name(words, path, anchor), None


def _name(words: str, path: str, anchor: str) -> str | None:
    """The test that a link's text names; None if it says no more than the path."""
    first, _, rest = words.partition("::")
    if rest:
        return rest.strip() if "." in first or "/" in first else words
    if anchor and not _LINES.fullmatch(anchor):
        return unquoted(anchor)
    last = path.rpartition("/")[2]
    if not words or last in words or words in (path, last.rpartition(".")[0]):
        return None
    return None if " " in words and path.endswith((".py", ".tla")) else words


def of_words(words: str) -> Named | None:
    """The path, the name and the operator that code or a word gives."""
    if words.strip().lower() in _NOBODY:
        return None
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
