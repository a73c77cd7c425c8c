"""What a contract's result rests on: the contract, its tool's settings, and who imports whom."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection

from adr_lsp.sources.change import Change, Covered, Read
from adr_lsp.sources.code import Code, text_of
from adr_lsp.sources.places import gather
from adr_lsp.sources.static.rules import places

_IMPORTS = frozenset({"import_statement", "import_from_statement", "future_import_statement"})
_SETTINGS = re.compile(rb"^\[(?:tool\.)?importlinter\][^\[]*", re.MULTILINE)
_NOTE = re.compile(rb"\"comment\"\s*:\s*\"(?:[^\"\\]|\\.)*\"\s*,?\s*")
_COMMENT = re.compile(rb"(?m)^\s*[#;][^\n]*\n?|\s+")


def what_changed(
    path: str, name: str, old: Read, new: Read, files: Collection[str], _covered: Covered | None
) -> tuple[Change, ...]:
    changes: list[Change] = []
    if _definition(path, old(path), name) != _definition(path, new(path), name):
        changes.append(Change("test", path, name, function=False))
    differing = (each for each in sorted(set(files) - {path}) if old(each) != new(each))
    changes += [
        Change("gone" if new(each) is None else "module", each, "")
        for each in differing
        if _imports(each, old(each)) != _imports(each, new(each))
    ]
    return tuple(changes)


def definition_digest(path: str, raw: bytes, name: str) -> str | None:
    found = _definition(path, raw, name)
    return hashlib.sha256(found).hexdigest() if found else None


def _definition(path: str, raw: bytes | None, name: str) -> bytes:
    """The contract and the settings that hold for all; without comments and layout."""
    data = Code(raw or b"", "").data
    found = places(path, data)
    own = next((data[p.start : p.end] for p in found if p.title == name), b"")
    if path.endswith(".json"):
        for place in reversed(found):
            data = data[: place.start] + data[place.end :]
        return _NOTE.sub(b"", own) + data if own else b""
    settings = _SETTINGS.search(data)
    return _COMMENT.sub(b"", own + (settings.group() if settings else b"")) if own else b""


def _imports(path: str, raw: bytes | None) -> object:
    """What a file of Python imports; of other languages all that it holds."""
    if raw is None or not path.endswith(".py"):
        return raw
    code = Code(raw, "python")
    return [text_of(node) for node in gather(code.root, _IMPORTS)]
