"""What the `.gitignore` files on disk leave out."""

from __future__ import annotations

from pathlib import Path

from adr_lsp.config.ignored import NAME, Ignores, ignored, ignores_of

__all__ = ["NAME", "Ignores", "above", "ignored", "read_ignores"]


def read_ignores(file: Path, prefix: str, outside: str = "") -> tuple[Ignores, ...]:
    """The patterns of a file, if it has any."""
    try:
        return ignores_of(file.read_bytes(), prefix, outside)
    except OSError:
        return ()


def above(root: Path) -> tuple[Ignores, ...]:
    """Those of the repository that the root is a folder of; none if they leave out the root."""
    upwards = [root, *root.parents]
    top = next((folder for folder in upwards if (folder / ".git").exists()), None)
    if top is None:
        return ()
    found = _file(root, top, top / ".git/info/exclude")
    for folder in reversed(upwards[1 : upwards.index(top) + 1]):
        found += _file(root, folder, folder / NAME)
    return () if any(each.outside and each.verdict("") for each in found) else found


def _file(root: Path, folder: Path, file: Path) -> tuple[Ignores, ...]:
    way = root.relative_to(folder).as_posix()
    return read_ignores(file, "", "" if way == "." else f"{way}/") if file.is_file() else ()
