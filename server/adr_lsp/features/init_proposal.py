"""The configuration that suits what was found: only what differs from the defaults, with why."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

from adr_lsp.features.formats.escape import safe
from adr_lsp.features.init import Look
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Change, Edit, Range, Text, decode
from adr_lsp.value import dataclass

HEADER = "[tool.adr-lsp]"
IGNORE = ".adr-lsp/.gitignore"
_NO_TEXT = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Key:
    """One line of the configuration, and why it is there."""

    name: str
    value: tuple[str, ...]
    reason: str

    def __str__(self) -> str:
        return f"# {self.reason}\n{self.name} = [{', '.join(map(_quoted, self.value))}]\n"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Lines to add at the end of the file `path`, which may not be there yet."""

    path: str
    lines: str


def proposal(snapshot: Snapshot, look: Look) -> Proposal:
    """What to write, and where: `pyproject.toml` if it can hold it, else `adr-lsp.toml`."""
    said = "".join(map(str, keys(look))) or "# It makes the folder a root; no setting is needed.\n"
    table = f"{HEADER}\n{said}"
    return (
        Proposal("pyproject.toml", table)
        if _fits(snapshot, table)
        else Proposal("adr-lsp.toml", f"# Settings of adr-lsp.\n{said}")
    )


def keys(look: Look) -> list[Key]:
    """The settings that differ from the defaults."""
    found = []
    unread = sorted({pointer.folder for pointer in look.pointers if not pointer.read})
    if unread:
        sources = sorted({pointer.path for pointer in look.pointers if not pointer.read})
        folders = sorted({*(log.folder for log in look.logs), *unread})
        globs = tuple(f"{folder}/**/*.md" if folder else "*.md" for folder in folders)
        found.append(Key("records", globs, f"Named by {safe(', '.join(sources))}."))
    if look.prefixes:
        names = tuple(prefix.name for prefix in look.prefixes)
        counts = ", ".join(f"{p.ids} ids with {p.name}" for p in look.prefixes)
        found.append(Key("prefixes", ("INV", *names), f"Sections of invariants have {counts}."))
    return found


def change(snapshot: Snapshot, wanted: Proposal) -> Change:
    """Adds the proposal, and makes the folder of the evidence, which no version control keeps."""
    edits = [_added(snapshot, wanted.path, wanted.lines)]
    if snapshot.tree.read(IGNORE) is None:
        edits.append(_added(snapshot, IGNORE, "*\n"))
    return Change(tuple(edits))


def _added(snapshot: Snapshot, path: str, lines: str) -> Edit:
    text = Text(decode(snapshot.tree.read(path) or b"")[0])
    return Edit(path, Range(text.end, text.end), _joint(text) + lines.replace("\n", text.line_end))


def _joint(text: Text) -> str:
    """What stands between the end of a file and a new table: one empty line."""
    if not text.content.strip():
        return ""
    ended = text.content.endswith(("\n", "\r"))
    return text.line_end if ended else text.line_end * 2


def _fits(snapshot: Snapshot, table: str) -> bool:
    """Whether `pyproject.toml` has a project or tools, and reads with the table at its end."""
    raw = snapshot.tree.read("pyproject.toml")
    if raw is None:
        return False
    content = decode(raw)[0]
    try:
        before = tomllib.loads(content)
        after: dict[str, Any] = tomllib.loads(f"{content}\n\n{table}")
    except (tomllib.TOMLDecodeError, RecursionError):
        return False
    return not before.keys().isdisjoint({"project", "tool"}) and "adr-lsp" in after["tool"]


def _quoted(value: str) -> str:
    """A string of TOML; what is no text in a name, a glob takes as any character."""
    said = json.dumps(_NO_TEXT.sub("?", value), ensure_ascii=False)
    return said.replace("\x7f", "\\u007f")
