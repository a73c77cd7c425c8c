"""What could be typed at a place, and what is known of the place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import islice

from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Position, Range, Text, span
from adr_lsp.value import dataclass

MOST = 100
# How a word goes on behind a place: in a link's target, in code behind `::`, in code, elsewhere.
_GOES_ON = tuple(
    (re.compile(begins), re.compile(goes_on))
    for begins, goes_on in (
        (r"\]\([^()\s]*\Z", r"[^()\s#]*"),
        (r"\A[^`]*(?:`[^`]*`[^`]*)*`[^`]*::[^`]*\Z", r"[^`]*"),
        (r"\A[^`]*(?:`[^`]*`[^`]*)*`[^`]*\Z", r"[\w./-]*"),
        (r"", r"[\w-]*"),
    )
)


class Kind(StrEnum):
    RECORD = "record"
    INVARIANT = "invariant"
    WORD = "word"
    FILE = "file"
    TEST = "test"
    NAME = "name"
    LABEL = "label"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Completion:
    """`text` replaces `range`, which is what was typed of it; `fits` is what that is compared to.

    A `snippet` has places to fill in (`${1:word}`). `documentation` is Markdown without links,
    images or HTML.
    """

    label: str
    text: str
    range: Range
    kind: Kind
    detail: str = ""
    documentation: str = ""
    fits: str = ""
    snippet: bool = False


@dataclass(frozen=True, slots=True)
class Completions:
    """The nearest first; `incomplete` where more fit than are shown. The word that is being typed
    goes on behind the cursor up to `word_end`."""

    items: tuple[Completion, ...] = ()
    incomplete: bool = False
    word_end: Position | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where something is being typed: the line before it, and behind it.

    `snippets`: whether the client knows places to fill in.
    """

    snapshot: Snapshot
    path: str
    text: Text
    position: Position
    before: str
    after: str
    snippets: bool

    def typed(self, word: str) -> Range:
        """Where the word stands that ends here."""
        line, column = self.position.line, self.position.column
        return span(line, column - len(word), column)

    def typed_and_closed(self, word: str) -> Range:
        """The same with what an editor closed by itself behind it."""
        closed = len(self.after) - len(self.after.lstrip("`]"))
        start = self.typed(word).start
        return Range(start, Position(start.line, self.position.column + closed))

    @property
    def word_end(self) -> Position | None:
        """Where the word ends in whose middle the place is; None where it is in none."""
        form = next(form for begins, form in _GOES_ON if begins.search(self.before))
        rest = form.match(self.after) if self.before[-1:].strip(" `[(") else None
        if rest is None or not rest.group():
            return None
        return Position(self.position.line, self.position.column + rest.end())

    @property
    def gap(self) -> str:
        """What parts a value from the colon right before the place."""
        return " " if self.before.endswith(":") else ""


def spot_at(snapshot: Snapshot, path: str, text: Text, position: Position, snippets: bool) -> Spot:
    line = text.line(position.line)
    before, after = line[: position.column], line[position.column :]
    return Spot(snapshot, path, text, position, before, after, snippets)


def like(typed: str, words: str) -> bool:
    """Whether all that was typed comes in the words in that order, in any case."""
    rest = iter(words.lower())
    return all(sign in rest for sign in typed.lower())


def cut(spot: Spot, found: Iterable[Completion] | None) -> Completions:
    """The first of them; the rest is not even made."""
    kept = tuple(islice(found or (), MOST + 1))
    return Completions(kept[:MOST], len(kept) > MOST, spot.word_end if kept else None)


def of_words(
    spot: Spot, typed: str, words: Iterable[str], detail: str, kind: Kind = Kind.WORD
) -> Iterator[Completion]:
    """Plain words, each once."""
    for word in dict.fromkeys(words):
        if like(typed, word):
            yield Completion(word, spot.gap + word, spot.typed(typed), kind, detail, fits=word)


def literal(words: str) -> str:
    """Words of a snippet that mean themselves."""
    return words.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
