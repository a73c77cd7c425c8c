"""A piece of one record's text as it must stand in another: every path leads where it led."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from adr_lsp.features.authoring.link import target as path_between
from adr_lsp.markdown import Link
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot, verifier_path

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/|\Z", re.IGNORECASE)
Replacement = tuple[int, int, str]


def rebased(
    snapshot: Snapshot, old: Record, invariant: Invariant, new: Record, start: int, end: int
) -> str:
    """The text of `old` between two offsets, for the folder of `new`."""
    found = sorted(
        {*_links(old, new, start, end), *_verifiers(snapshot, old, invariant, new)}
        | set(_globs(old, invariant, new))
    )
    content = old.text.content
    parts: list[str] = []
    past = start
    for first, last, words in found:
        if past <= first and last <= end:
            parts += [content[past:first], words]
            past = last
    return "".join([*parts, content[past:end]])


def _links(old: Record, new: Record, start: int, end: int) -> Iterator[Replacement]:
    for link in old.links:
        if start <= link.start and link.end <= end:
            replaced = _link(old, new, link)
            if replaced:
                yield replaced


def _link(old: Record, new: Record, link: Link) -> Replacement | None:
    """One that is defined elsewhere in the record takes its target along."""
    content = old.text.content
    written = content[link.start : link.end]
    inline = link.target_start > link.start
    target = content[link.target_start : link.target_end] if inline else link.target
    moved = _target(target, old, new)
    if not inline:
        words = written[1 : written.index("]")] if "]" in written else link.text
        return link.start, link.end, f"[{words}]({moved})"
    return (link.target_start, link.target_end, moved) if moved != target else None


def _target(written: str, old: Record, new: Record) -> str:
    path, sign, anchor = written.partition("#")
    if not path and sign:
        return f"{path_between(new.path, old.path)}#{anchor}"
    return written if _ELSEWHERE.match(written) else f"{_moved(path, old, new)}{sign}{anchor}"


def _moved(path: str, old: Record, new: Record) -> str:
    """A path that is relative to `old`, relative to `new`."""
    here, there = posixpath.dirname(old.path) or ".", posixpath.dirname(new.path) or "."
    if here == there:
        return path
    ending = "/" if path.endswith("/") else ""
    return posixpath.relpath(posixpath.join(here, path), there) + ending


def _verifiers(
    snapshot: Snapshot, old: Record, invariant: Invariant, new: Record
) -> Iterator[Replacement]:
    """Paths in code that are relative to the record; those of the root lead there from anywhere."""
    for verifier in (*invariant.verified_by, *old.verified_by):
        meant = verifier_path(snapshot, old, verifier)
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(old.path), verifier.path))
        start, end = (old.text.offset(p) for p in (verifier.range.start, verifier.range.end))
        at = old.text.content.find(verifier.path, start, end)
        if at < 0 or old.text.content.startswith("[", start):
            continue
        if meant == joined and old.path != meant:
            yield at, at + len(verifier.path), _moved(verifier.path, old, new)


def _globs(old: Record, invariant: Invariant, new: Record) -> Iterator[Replacement]:
    for glob in invariant.applies_to:
        if glob.text.startswith(("./", "../")):
            start = old.text.offset(glob.range.start)
            at = old.text.content.find(glob.text, start, old.text.offset(glob.range.end))
            if at >= 0:
                moved = _moved(glob.text, old, new)
                moved = moved if moved.startswith(("./", "../")) else f"./{moved}"
                yield at, at + len(glob.text), moved
