"""The file in which proptest keeps what failed, which every run tries first."""

from __future__ import annotations

import posixpath

from adr_lsp.config.ignored import NAME, ignored, ignores_of
from adr_lsp.snapshot import Tree

FOLDER = "proptest-regressions"
_CRATES = ("lib.rs", "main.rs")


def regression_file(tree: Tree, path: str) -> str:
    """Below a folder beside that of the crate's root file, else beside the source."""
    folder = posixpath.dirname(path)
    while folder:
        if any(tree.exists(posixpath.join(folder, name)) for name in _CRATES):
            inside = posixpath.join(FOLDER, posixpath.relpath(path, folder))
            kept = posixpath.join(posixpath.dirname(folder), inside)
            return f"{posixpath.splitext(kept)[0]}.txt"
        folder = posixpath.dirname(folder)
    return f"{posixpath.splitext(path)[0]}.{FOLDER}"


def kept(tree: Tree, path: str) -> str:
    """What becomes of the failures that proptest found in a file, as a sentence's end."""
    file = regression_file(tree, path)
    if not tree.exists(file):
        return ""
    if is_ignored(tree, file):
        return f"; proptest keeps it in `{file}`, which git ignores: no other machine has it"
    return f"; proptest keeps it in `{file}` and tries it first: commit that file"


def is_ignored(tree: Tree, path: str) -> bool:
    """Whether a `.gitignore` below the root leaves out a file, or a folder above it."""
    folders = [""]
    for part in path.split("/")[:-1]:
        folders.append(f"{folders[-1]}{part}/")
    patterns = tuple(
        each
        for folder in folders
        if (raw := tree.read(f"{folder}{NAME}"))
        for each in ignores_of(raw, folder)
    )
    return any(ignored(each, patterns) for each in (*folders[1:], path)) if patterns else False
