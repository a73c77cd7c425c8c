"""Words as they were typed, written so that Markdown or YAML says just these words."""

from __future__ import annotations

import re

from adr_lsp.markdown import blocks, read

_CODE = re.compile(r"(`+)(?!`)(.*?)(?<!`)\1(?!`)")
_SIGNS = re.compile(r"[\\`*\[\]<>|]|(?<![^\W_])_|_(?![^\W_])|~|&(?=#?\w+;)")
_CLOSING = re.compile(r"#+\Z")
_WORD = re.compile(r"[^\W\d_][\w ./()-]*\Z")
_SPECIAL = re.compile(r"(?:true|false|null|yes|no|on|off)\Z", re.IGNORECASE)


def as_markdown(words: str, *, within_table: bool = False) -> str:
    """Signs that Markdown would take away, or take for its own, are escaped."""
    escaped = _SIGNS.sub(r"\\\g<0>", words)
    return escaped if within_table else escaped.replace("\\|", "|")


def as_title(words: str) -> str:
    """A heading's words: what stands in backticks stays code, all else is what was typed."""
    if blocks(read(f"# {words}"))[0].phrase.plain == _CODE.sub(r"\2", words):
        return words
    parts: list[str] = []
    past = 0
    for code in _CODE.finditer(words):
        parts += [as_markdown(words[past : code.start()]), code.group()]
        past = code.end()
    parts.append(as_markdown(words[past:]))
    return _CLOSING.sub(r"\\\g<0>", "".join(parts))


def as_yaml(words: str) -> str:
    """A scalar; in quotes where it would else be read as something that is no text."""
    if _WORD.match(words) and not _SPECIAL.match(words) and not words.endswith(" "):
        return words
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
