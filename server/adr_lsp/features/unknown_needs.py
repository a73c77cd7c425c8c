"""Words under the configuration's `needs` that mean nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_lsp.config import Config, ConfigProblem
from adr_lsp.pattern import PATTERNS
from adr_lsp.record.model import Status
from adr_lsp.rule import quoted
from adr_lsp.rules.nearest import did_you_mean
from adr_lsp.snapshot.needs import methods_of
from adr_lsp.text import NOWHERE, Range, Text

STATUSES = tuple(s.value for s in Status if s not in (Status.OTHER, Status.NONE))


def unknown_needs(config: Config, text: Text) -> Iterator[ConfigProblem]:
    """Each word that is neither pattern nor status, and each method that is none, at its place."""
    known, words = methods_of(config), (*STATUSES, *PATTERNS)
    for word, methods in config.needs:
        if word not in words:
            said = f"`needs`: {quoted(word)} is no pattern and no status"
            yield _problem(config, _key(text, word), said + did_you_mean(word, words))
        for method in methods:
            if method not in known:
                said = f"`needs.{word}`: {quoted(method)} is no method"
                yield _problem(config, _value(text, method), said + did_you_mean(method, known))


def _problem(config: Config, place: Range, said: str) -> ConfigProblem:
    return ConfigProblem(config.path or "", place, said, fatal=False)


def _key(text: Text, word: str) -> Range:
    return _first(text, rf"""(?:(?<=["'])|\b){re.escape(word)}(?=["']?\s*=)""")


def _value(text: Text, word: str) -> Range:
    return _first(text, rf"(?<![\w-]){re.escape(word)}(?![\w-])(?=[^=\n]*[\"'])")


def _first(text: Text, pattern: str) -> Range:
    found = re.search(pattern, text.content)
    return text.range(*found.span()) if found else NOWHERE
