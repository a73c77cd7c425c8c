"""Where a scaffold stands."""

from __future__ import annotations

import posixpath
from collections.abc import Set

from adr_lsp.record import Invariant, Record
from adr_lsp.scaffold.wording import slug
from adr_lsp.text import Edit, Range


def project_of(path: str, paths: Set[str], marker: str = "pyproject.toml") -> str:
    """The nearest folder at or above the file that has the marker; "" is the root."""
    folder = posixpath.dirname(path)
    while folder:
        if f"{folder}/{marker}" in paths:
            return folder
        folder = posixpath.dirname(folder)
    return ""


def test_path(pattern: str, record: Record, target_path: str | None, paths: Set[str]) -> str | None:
    """The test file of a record; None where the configured path leads out of the root."""
    below = project_of(target_path or record.path, paths)
    name = pattern.replace("{slug}", slug(record.stem))
    path = posixpath.normpath(posixpath.join(below, name))
    outside = path.startswith(("../", "/")) or ":" in path or "\\" in path
    return None if outside or not path.endswith(".py") else path


def link(record: Record, path: str, name: str) -> str:
    """The text of a `Verified by:` line that names a test."""
    target = posixpath.relpath(path, posixpath.dirname(record.path) or ".")
    if any(character in target for character in " ()<>"):
        target = "<" + target.replace("<", "%3C").replace(">", "%3E") + ">"
    return f"- Verified by: [`{name}`]({target})"


def link_edits(record: Record, invariant: Invariant, path: str, name: str) -> tuple[Edit, ...]:
    """The `Verified by:` line; a table's row has no place for one."""
    written = (posixpath.normpath(posixpath.join(posixpath.dirname(record.path), v.path))
               for v in invariant.verified_by if v.name == name)  # fmt: skip
    if invariant.extension is None or path in written:
        return ()
    line = record.text.line_end + invariant.indent + link(record, path, name)
    return (Edit(record.path, Range(invariant.extension, invariant.extension), line),)
