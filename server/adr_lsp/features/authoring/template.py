"""What a new record begins with: the configured file, or the log's own template."""

from __future__ import annotations

import posixpath
import re

from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.record.key import date_of, number_of
from adr_lsp.record.pages import TEMPLATE_NAMES
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import decode

OURS = """# TITLE

Date: YYYY-MM-DD

## Status

Proposed

## Context

## Decision

## Consequences
"""
_WORD = re.compile(rf"(?:\A|[-_. \d]|adr)(?:{TEMPLATE_NAMES})(?=[-_. ]|\Z)", re.IGNORECASE)
_FOLDERS = ("", "template", "templates", "_template", "_templates")


def template(snapshot: Snapshot, log: str) -> str | Refusal | None:
    """The text to fill in, None where the log has none; refuses where the configured file cannot
    be read."""
    named = snapshot.config.template
    if named:
        raw = snapshot.tree.read(named)
        if raw is None:
            return Refusal(f"the template {named} that the configuration names is not there")
        return _text(named, raw)
    for path in _found(snapshot, log):
        raw = snapshot.tree.read(path)
        if raw and raw.strip():
            return _text(path, raw)
    return None


def _text(path: str, raw: bytes) -> str | Refusal:
    content, fault = decode(raw)
    return content if fault is None else Refusal(f"{path}: byte {fault} is not UTF-8")


def _found(snapshot: Snapshot, log: str) -> list[str]:
    """Files that are called a template, in the log or beside it; the plainest name first."""
    folders = {posixpath.join(log, name).rstrip("/") for name in _FOLDERS}
    folders |= {posixpath.join(posixpath.dirname(log), name).rstrip("/") for name in _FOLDERS[1:]}
    named = (
        path
        for path in snapshot.tree.paths()
        if posixpath.dirname(path) in folders and _is_template(path)
    )
    return sorted(named, key=lambda path: (not path.startswith(f"{log}/"), len(path), path))


def _is_template(path: str) -> bool:
    """A record that is about templates has a number or a date of its own."""
    stem, ending = posixpath.splitext(posixpath.basename(path))
    keyed = bool(number_of(stem)) or date_of(stem) is not None
    return ending in (".md", ".mdx") and not keyed and _WORD.search(stem) is not None
