"""The commit that is checked out, read from `.git` itself: no program is started."""

from __future__ import annotations

import re
from pathlib import Path

HEXADECIMAL = re.compile("[0-9a-f]{40}(?:[0-9a-f]{24})?")
LARGEST = 16 * 1024 * 1024


def commit(root: Path) -> str | None:
    folder = next((f for f in (root, *root.parents) if (f / ".git").exists()), None)
    if folder is None:
        return None
    git = _pointed(folder / ".git")
    head = _text(git / "HEAD")
    if not head.startswith("ref: "):
        return _hexadecimal(head)
    name = head.removeprefix("ref: ")
    common = git / _text(git / "commondir")
    loose = (_hexadecimal(_text(place / name)) for place in (git, common))
    return next(filter(None, loose), None) or _packed(common, name)


def _packed(common: Path, name: str) -> str | None:
    lines = _text(common / "packed-refs").splitlines()
    return next((_hexadecimal(line[: -len(name) - 1]) for line in lines if line[41:] == name), None)


def _pointed(path: Path) -> Path:
    text = _text(path)
    if not text.startswith("gitdir: "):
        return path
    return path.parent / text.removeprefix("gitdir: ")


def _text(path: Path) -> str:
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return ""
        return path.read_bytes().decode("utf-8", "replace").strip()
    except (OSError, ValueError):
        return ""


def _hexadecimal(text: str) -> str | None:
    return text if HEXADECIMAL.fullmatch(text) else None
