"""The YAML that nearly every record's front matter is: `key: value`, and lists of plain words.

Reads it exactly as a YAML parser would, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from adr_lsp.record.yaml_value import Field, Value

_PLAIN = r"[^\W_](?:[\w .,;/()+&=!'\"@*%$~^<>?|\[\]{}-]|(?<! )#|:(?=[\w/]))*"
_FLOW_ITEM = r"[^\W_](?:[\w ./()+@-])*"
_LONG, _MANY = 16 * 1024, 300  # more than that is for the guards of the parser
_LINE = re.compile(
    rf"(?P<key>[A-Za-z][A-Za-z0-9_-]*)[ ]*:(?:[ ]+(?:(?P<plain>{_PLAIN})"
    r"|(?P<quoted>\"[\w .,;:/()+&=!'@#\[\]{}-]*\"|'[\w .,;:/()+&=!\"@#\[\]{}-]*')"
    rf"|\[(?P<flow>[ ]*{_FLOW_ITEM}(?:,[ ]*{_FLOW_ITEM})*)\])?)?[ ]*\Z"
)
_ITEM = re.compile(rf"(?P<indent>[ ]*)-[ ]+(?P<plain>{_PLAIN})[ ]*\Z")
_SKIPPED = re.compile(r"[ ]*\Z|#[\w .,;:/()+&=!'\"@#|<>\[\]{}-]*\Z")
_SPLIT = re.compile(r"\r\n|\n|\r")
_FLOW_SPLIT = re.compile(r"[^,]+")


def plain_fields(body: str, offset: int) -> tuple[Field, ...] | None:
    """The fields of a block that begins at `offset`; None where it takes a real parser."""
    if len(body) > _LONG or body.count("\n") > _MANY:
        return None
    fields: list[tuple[Value, Value]] = []
    items: list[Value] = []
    indent: str | None = None
    start = offset
    for line in _lines(body):
        words, place = line, start
        start += len(line)
        words = words.rstrip("\r\n")
        found = _LINE.match(words)
        if found:
            if not _closed(fields, items):
                return None
            items, indent = [], None
            fields.append(_field(found, place))
        elif item := _ITEM.match(words):
            if not fields or not _open(fields[-1]) or indent not in (None, item["indent"]):
                return None
            indent = item["indent"]
            items.append(_scalar(item["plain"], place + item.start("plain")))
        elif not _SKIPPED.match(words):
            return None
    _closed(fields, items)
    keys = [key.text for key, _ in fields]
    return tuple(fields) if fields and len(set(keys)) == len(keys) else None


def lone_fields(body: str, offset: int) -> Iterator[Field]:
    """What single lines say, whatever is wrong with the rest."""
    start = offset
    for line in _lines(body[:_LONG]):
        found = _LINE.match(line.rstrip("\r\n"))
        if found and (found["plain"] or found["quoted"]):
            yield _field(found, start)
        start += len(line)


def _lines(body: str) -> list[str]:
    cuts = [0, *(found.end() for found in _SPLIT.finditer(body)), len(body)]
    return [body[a:b] for a, b in pairwise(cuts)]


def _field(found: re.Match[str], place: int) -> Field:
    key = _scalar(found["key"], place)
    if found["plain"]:
        return key, _scalar(found["plain"], place + found.start("plain"))
    if found["quoted"]:
        start = place + found.start("quoted")
        return key, Value(found["quoted"][1:-1], start, start + len(found["quoted"]))
    if found["flow"]:
        start = place + found.start("flow")
        items = tuple(_trimmed(item, start) for item in _FLOW_SPLIT.finditer(found["flow"]))
        return key, Value("", start - 1, start + len(found["flow"]) + 1, items)
    end = place + found.start("key") + len(found["key"])
    return key, Value("", end, end)


def _open(field: Field) -> bool:
    return not field[1].text and field[1].start == field[1].end


def _closed(fields: list[Field], items: list[Value]) -> bool:
    """Gives the last key the list that stood below it."""
    if items:
        key, _ = fields[-1]
        fields[-1] = key, Value("", items[0].start, items[-1].end, tuple(items))
    return True


def _scalar(words: str, start: int) -> Value:
    words = words.rstrip(" ")
    return Value(words, start, start + len(words))


def _trimmed(item: re.Match[str], start: int) -> Value:
    words = item.group()
    lead = len(words) - len(words.lstrip(" "))
    return _scalar(words[lead:], start + item.start() + lead)
