"""In which language the test of an invariant is written: that of its target, else its project's."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Set

from adr_lsp.record import Invariant, Record

SUFFIXES = {
    ".py": "python",
    ".ts": "typescript",
    ".tsx": "typescript",
    ".mts": "typescript",
    ".cts": "typescript",
    ".js": "typescript",
    ".jsx": "typescript",
    ".mjs": "typescript",
    ".cjs": "typescript",
    ".rs": "rust",
}
MARKERS = {"pyproject.toml": "python", "package.json": "typescript", "Cargo.toml": "rust"}
LANGUAGES = ("python", "typescript", "rust")
_PATH = re.compile(r"[^\s`:#]+?(\.\w+)(?=[:#]|$)")


def language_for(record: Record, invariant: Invariant, paths: Set[str]) -> str:
    """Python where nothing tells."""
    for target in invariant.targets:
        found = _of_target(target.text.strip().strip("`"))
        if found:
            return found
    return _of_project(record.path, paths) or "python"


def _of_target(text: str) -> str | None:
    found = _PATH.match(text)
    if found and found[1] in SUFFIXES:
        return SUFFIXES[found[1]]
    if text.startswith("crate::") or ("::" in text and "/" not in text):
        return "rust"
    return "python" if re.fullmatch(r"[\w.]+:[\w.]+(\(\))?", text) else None


def _of_project(path: str, paths: Set[str]) -> str | None:
    """The nearest folder at or above the record that is a project's, or has code below it."""
    folder = posixpath.dirname(path)
    while True:
        marked = {MARKERS[name] for name in MARKERS if posixpath.join(folder, name) in paths}
        if marked:
            return marked.pop() if len(marked) == 1 else _most_used(folder, marked, paths)
        if not folder:
            return _most_used("", set(LANGUAGES), paths)
        folder = posixpath.dirname(folder)


def _most_used(folder: str, among: set[str], paths: Set[str]) -> str | None:
    below = f"{folder}/" if folder else ""
    suffixes = (posixpath.splitext(path)[1] for path in paths if path.startswith(below))
    counted = Counter(SUFFIXES[suffix] for suffix in suffixes if suffix in SUFFIXES)
    known = [(counted[name], name) for name in LANGUAGES if name in among and counted[name]]
    return max(known, key=lambda pair: pair[0])[1] if known else None
