"""Files in `.adr-lsp/cache/`: written only where `.adr-lsp/` stands, never through a link.

Imports next to nothing: it decides whether anything else needs to be imported at all.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress

PARENT, FOLDER = ".adr-lsp", ".adr-lsp/cache"
LARGEST = 64 * 1024 * 1024


def read(root: str, name: str) -> bytes | None:
    """The bytes of a plain file; None for all else that stands there."""
    file = f"{root}/{FOLDER}/{name}"
    try:
        for place in (f"{root}/{PARENT}", f"{root}/{FOLDER}"):
            if not stat.S_ISDIR(os.lstat(place).st_mode):
                return None
        status = os.lstat(file)
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
            return None
        with open(file, "rb", buffering=0) as opened:
            return opened.read()
    except OSError:
        return None


def write(root: str, name: str, raw: bytes) -> None:
    """Beside it, then in its place: who reads meanwhile sees the old or the new one.

    Raises OSError where that cannot be.
    """
    folder = f"{root}/{FOLDER}"
    if not os.path.isdir(f"{root}/{PARENT}") or not _own(root):
        return
    partial = f"{folder}/{name}.{os.getpid()}"
    mode = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with open(os.open(partial, mode, 0o644), "wb") as opened:
        try:
            opened.write(raw)
            opened.close()
            os.replace(partial, f"{folder}/{name}")
        except OSError:
            with suppress(OSError):
                os.unlink(partial)
            raise


def _own(root: str) -> bool:
    """Whether the cache is a folder of this root: neither it nor `.adr-lsp` leads elsewhere."""
    if not stat.S_ISDIR(os.lstat(f"{root}/{PARENT}").st_mode):
        return False
    with suppress(FileExistsError):
        os.mkdir(f"{root}/{FOLDER}")
    return stat.S_ISDIR(os.lstat(f"{root}/{FOLDER}").st_mode)


def prune(root: str, prefix: str, most: int) -> None:
    """Only the latest files that begin so are kept."""
    with suppress(OSError):
        found = [e for e in os.scandir(f"{root}/{FOLDER}") if e.name.startswith(prefix)]
        if len(found) > most:
            found.sort(key=lambda entry: entry.stat(follow_symlinks=False).st_mtime_ns)
            for entry in found[:-most]:
                os.unlink(entry.path)
