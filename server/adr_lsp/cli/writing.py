"""Puts new contents and new names of files on disk: all of them, or none."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import field
from pathlib import Path

from adr_lsp.value import dataclass

PREFIX = ".adr-lsp-"


class NotWritten(Exception):
    """Why nothing was written; names the file."""


@dataclass(slots=True)
class _Undo:
    """How to take back what was done so far, the latest step last; `path` is what is done now."""

    path: str = ""
    steps: list[Callable[[], object]] = field(default_factory=list)

    def all(self) -> None:
        for step in reversed(self.steps):
            with suppress(OSError):
                step()


def write_all(root: Path, after: Mapping[str, bytes], moved: Mapping[str, str]) -> None:
    """Every file in `after` gets its bytes, then every one in `moved` its new name.

    A file may take the name of one that moves away. A link stays a link: what it leads to is
    written. Whatever fails or interrupts takes everything back.
    """
    undo = _Undo()
    try:
        _put(root, after, undo)
        _rename(root, moved, undo)
    except OSError as fault:
        undo.all()
        raise NotWritten(f"{undo.path}: {fault.strerror or fault}") from fault
    except BaseException:
        undo.all()
        raise
    for path in moved:
        with suppress(OSError):  # a folder that holds nothing any more
            (root / path).parent.rmdir()


def _put(root: Path, after: Mapping[str, bytes], undo: _Undo) -> None:
    staged = {}
    for path, content in after.items():
        undo.path = path
        file = (root / path).resolve()
        staged[path] = file, _staged(file, content, undo)
    for path, (file, new) in staged.items():
        undo.path = path
        _replace(file, new, undo)


def _rename(root: Path, moved: Mapping[str, str], undo: _Undo) -> None:
    aside = {}
    for path in moved:
        undo.path = path
        aside[path] = _aside(root / path, undo)
    for path, name in aside.items():
        undo.path = path
        _arrive(name, root / moved[path], undo)


def _staged(file: Path, content: bytes, undo: _Undo) -> Path:
    """The new bytes, in a file of no other's name beside the one that they are for."""
    if file.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if file.exists() and not os.access(file, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    _make_folder(file.parent, undo)
    handle, name = tempfile.mkstemp(prefix=PREFIX, dir=file.parent)
    new = Path(name)
    undo.steps.append(new.unlink)
    with os.fdopen(handle, "wb") as opened:
        opened.write(content)
    new.chmod(file.stat().st_mode & 0o7777 if file.exists() else 0o666 & ~_mask())
    return new


def _replace(file: Path, new: Path, undo: _Undo) -> None:
    before = file.read_bytes() if file.exists() else None
    new.replace(file)
    undo.steps.append(file.unlink if before is None else lambda: file.write_bytes(before))


def _aside(source: Path, undo: _Undo) -> Path:
    """The file under a name that no other has, in its own folder."""
    handle, name = tempfile.mkstemp(prefix=PREFIX, dir=source.parent)
    os.close(handle)
    aside = Path(name)
    undo.steps.append(aside.unlink)
    source.rename(aside)
    undo.steps[-1] = lambda: aside.rename(source)
    return aside


def _arrive(aside: Path, target: Path, undo: _Undo) -> None:
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, f"{target.name} exists already")
    _make_folder(target.parent, undo)
    aside.rename(target)
    undo.steps.append(lambda: target.rename(aside))


def _make_folder(folder: Path, undo: _Undo) -> None:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir()
        undo.steps.append(each.rmdir)


def _mask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
