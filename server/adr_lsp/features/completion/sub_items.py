"""The labels of the lines below an invariant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import lru_cache

from adr_lsp.features.completion.model import Completion, Kind, Spot, like
from adr_lsp.record import Record
from adr_lsp.record.declaration import id_pattern

_ITEM = re.compile(r"(?P<indent>[ \t]*)[-*+][ \t]+(?P<typed>[A-Za-z][A-Za-z ]*)?\Z")
WAIVED = timedelta(days=90)
ONCE = ("Waived until", "By construction")
MOST_LINES = 40


def sub_items(spot: Spot, _: Record) -> Iterable[Completion] | None:
    found = _ITEM.match(spot.before) if not spot.after.strip() else None
    said = _said_above(spot, bool(found["indent"])) if found else None
    return None if found is None or said is None else _labels(spot, said, found["typed"] or "")


def _said_above(spot: Spot, indented: bool) -> str | None:
    """The lines of the invariant to which this one would belong, from its first one on.

    Read from the lines themselves: a dash alone below a paragraph makes it a heading in Markdown.
    """
    lines: list[str] = []
    declares = _declares(spot.snapshot.config.prefixes, indented)
    for number in range(spot.position.line - 1, max(-1, spot.position.line - MOST_LINES), -1):
        line = spot.text.line(number)
        lines.append(line)
        if declares.match(line):
            return "\n".join(reversed(lines))
        if line.startswith("#") or (indented and line.strip() and line[0] not in " \t"):
            return None
    return None


@lru_cache(maxsize=16)
def _declares(prefixes: tuple[str, ...], indented: bool) -> re.Pattern[str]:
    """An item that begins with an id, which indented lines belong to; or a heading that does."""
    begins = r"[-*+][ \t]+" if indented else "#{2,6}[ \t]+"
    return re.compile(rf"{begins}[*_`]{{0,3}}{id_pattern(prefixes)}")


def _labels(spot: Spot, said: str, typed: str) -> Iterator[Completion]:
    until = (spot.snapshot.now + WAIVED).date().isoformat()
    offered = (
        ("Verified by: ", "$0", "the test, model or proof that shows it"),
        ("Target: ", "`$1`", "the code that it is about"),
        (f"Waived until {until}: ", "${1:reason}", "not checked until a day"),
        ("By construction: ", "${1:reason}", "why it needs no test"),
        ("Applies to: ", "`${1:src/**}`", "the files that it is about"),
    )
    for label, place, detail in offered:
        done = any(once in label and once in said for once in ONCE)
        if not done and like(typed, label):
            text = label + place if spot.snippets else label
            at, shown, snippet = spot.typed(typed), label.rstrip(), spot.snippets
            yield Completion(shown, text, at, Kind.LABEL, detail, fits=label, snippet=snippet)
