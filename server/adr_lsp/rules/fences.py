"""The text of a record in which fenced code, code spans and comments are blank."""

from __future__ import annotations

import re

from adr_lsp.record import Record

_OPENING = re.compile(
    r"(?P<lead>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?P<ticks>`{3,}|~{3,})(?P<info>.*)"
)
_CLOSING = re.compile(r"[ \t>]*(?P<ticks>`{3,}|~{3,})[ \t]*\Z")
_SIGNS = ("```", "~~~", "<!--")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CODE = re.compile(r"(?<!`)(?P<ticks>`+)(?!`)[^`\n]+(?P=ticks)(?!`)")
_ALL_BUT_LINE_ENDS = re.compile(r"[^\r\n]")


def unfenced(record: Record, *, code: bool = True) -> str:
    """The record's text, as long: without fences and comments, and (`code`) without code spans."""
    text = shown(record.text.content)
    return _CODE.sub(_blank, text) if code else text


def shown(content: str) -> str:
    """A piece of a record, as long: without fences and comments."""
    if not any(sign in content for sign in _SIGNS):
        return content
    return _COMMENT.sub(_blank, "".join(_lines(content)))


def _blank(found: re.Match[str]) -> str:
    return _ALL_BUT_LINE_ENDS.sub(" ", found.group())


def _lines(content: str) -> list[str]:
    kept: list[str] = []
    ticks = ""
    for line in content.splitlines(keepends=True):
        if ticks:
            closing = _CLOSING.match(line.rstrip("\r\n"))
            kept.append(_ALL_BUT_LINE_ENDS.sub(" ", line))
            if closing and closing["ticks"].startswith(ticks):
                ticks = ""
            continue
        opening = _OPENING.match(line)
        if opening and not (opening["ticks"][0] == "`" and "`" in opening["info"]):
            ticks = opening["ticks"]
            line = _ALL_BUT_LINE_ENDS.sub(" ", line)
        kept.append(line)
    return kept
