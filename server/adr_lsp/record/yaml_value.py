"""What front matter says: strings, lists and mappings of strings, with their offsets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Value:
    """A scalar's `text`; or the `items` of a list; or those of a mapping, with their `keys`."""

    text: str
    start: int
    end: int
    items: tuple[Value, ...] = ()
    keys: tuple[Value, ...] = ()


Field = tuple[Value, Value]


def texts(value: Value) -> Iterator[Value]:
    """All scalars; the key of a pair without a value stands for it (`{ accepted }`)."""
    if value.keys:
        for key, item in zip(value.keys, value.items, strict=True):
            yield from texts(item) if item.text or item.items else (key,)
    elif value.items:
        for item in value.items:
            yield from texts(item)
    else:
        yield value
