"""YAML through its events alone: size, depth, count, anchors and tags are limited as they come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from adr_lsp.record.yaml_value import Field, Value
from adr_lsp.value import dataclass

_LONE_CR = re.compile(r"\r(?!\n)")
_MAX_SIZE = 64 * 1024
_MAX_DEPTH = 32
_MAX_EVENTS = 2000
_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "seq", "map", "timestamp")
)
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Guarded:
    """`fields` is None where the text is YAML but no mapping; `message` says what is wrong."""

    fields: tuple[Field, ...] | None
    line: int = 0
    message: str = ""


class _Refused(Exception):
    """An event that front matter may not have, with its line."""


def guarded_fields(body: str, offset: int) -> Guarded:
    """The fields of a block that begins at `offset`, up to a fault if there is one."""
    if len(body) > _MAX_SIZE:
        return Guarded((), 0, "it is larger than 64 KiB")
    body = _LONE_CR.sub("\n", body)
    frames: list[tuple[Any, list[Value]]] = []
    roots: list[Value] = []
    try:
        for event in _events(body, frames):
            _take(event, frames, roots, offset)
    except _Refused as refused:
        return Guarded(_so_far(frames), *refused.args)
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as fault:
        return Guarded(_so_far(frames), *_place(fault, body))
    root = roots[0] if roots else None
    if root is None:
        return Guarded(())
    if not root.keys:
        return Guarded(() if root.items == () and root.text == "" else None)
    return _checked(tuple(zip(root.keys, root.items, strict=True)), body, offset)


def _events(body: str, frames: list[tuple[Any, list[Value]]]) -> Iterator[Any]:
    for count, event in enumerate(yaml.parse(body, Loader=_LOADER)):
        line = event.start_mark.line if event.start_mark else 0
        if count > _MAX_EVENTS:
            raise _Refused(line, "it holds too many values")
        if len(frames) > _MAX_DEPTH:
            raise _Refused(line, "it is nested too deeply")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(line, "anchors and aliases are not read")
        tag = getattr(event, "tag", None)
        if tag and tag != "!" and tag not in _TAGS:
            raise _Refused(line, f"the tag `{tag}` is not read")
        yield event


def _take(
    event: Any, frames: list[tuple[Any, list[Value]]], roots: list[Value], offset: int
) -> None:
    siblings = frames[-1][1] if frames else roots
    if isinstance(event, yaml.ScalarEvent):
        siblings.append(Value(event.value, *_between(event, event, offset)))
    elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
        frames.append((event, []))
    elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
        opening, children = frames.pop()
        closed = _collection(opening, event, children, offset)
        (frames[-1][1] if frames else roots).append(closed)


def _collection(opening: Any, closing: Any, children: list[Value], offset: int) -> Value:
    start, end = _between(opening, closing, offset)
    if isinstance(opening, yaml.MappingStartEvent):
        return Value("", start, end, tuple(children[1::2]), tuple(children[::2]))
    return Value("", start, end, tuple(children))


def _between(opening: Any, closing: Any, offset: int) -> tuple[int, int]:
    return opening.start_mark.index + offset, closing.end_mark.index + offset


def _so_far(frames: list[tuple[Any, list[Value]]]) -> tuple[Field, ...]:
    """The complete fields of the outermost mapping."""
    if not frames or not isinstance(frames[0][0], yaml.MappingStartEvent):
        return ()
    children = frames[0][1]
    return tuple(zip(children[::2], children[1::2], strict=False))


def _checked(fields: tuple[Field, ...], body: str, offset: int) -> Guarded:
    seen: set[str] = set()
    for key, _ in fields:
        if key.text in seen:
            line = body[: key.start - offset].count("\n")
            return Guarded(fields, line, f"the key `{key.text}` stands twice")
        seen.add(key.text)
    return Guarded(fields)


def _place(fault: Exception, body: str) -> tuple[int, str]:
    mark = getattr(fault, "problem_mark", None)
    message = getattr(fault, "problem", None) or getattr(fault, "reason", None) or "it is no YAML"
    if mark is not None:
        return min(mark.line, body.rstrip().count("\n")), str(message)
    position = getattr(fault, "position", None) or 0
    return body.encode()[:position].count(b"\n"), str(message)
