"""Reads a file that something in a root names: never one outside it, never a pipe or a device."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

# A link or a pipe that was put in a file's place after it was looked at is neither followed nor
# waited for.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_FLAGS |= getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def read_file(root: Path, path: str) -> bytes | None:
    """The bytes of a regular file below the root (itself without links); None for all else."""
    if path == os.path.basename(path):  # noqa: PTH119 - no folder on the way to lead elsewhere
        return read_walked(root, path)
    return _read_resolved(root, path)


def _read_resolved(root: Path, path: str) -> bytes | None:
    try:
        file = (root / path).resolve()
        return _bytes_of(str(file)) if file.is_relative_to(root) else None
    except (OSError, ValueError, RuntimeError):  # unreadable, no path at all, a loop of links
        return None


def read_walked(root: Path, path: str) -> bytes | None:
    """The same for a path that the walk found, which is a link only where that stays inside."""
    try:
        return _bytes_of(f"{root}/{path}")
    except OSError as fault:
        return _read_resolved(root, path) if fault.errno in (errno.ELOOP, errno.EMLINK) else None
    except ValueError:  # no path at all
        return None


def _bytes_of(file: str) -> bytes | None:
    """Raises OSError; ELOOP (EMLINK on BSD) for a link."""
    opened = os.open(file, _FLAGS)
    try:
        status = os.fstat(opened)
        if not stat.S_ISREG(status.st_mode):
            return None
        found = piece = os.read(opened, status.st_size + 1)
        while piece and len(found) != status.st_size:  # a large file comes in pieces, or it grew
            piece = os.read(opened, 1 << 20)
            found += piece
        return found
    finally:
        os.close(opened)


def digest_of(raw: bytes) -> str:
    """SHA-256, as runs name content."""
    import hashlib  # it loads a library that a check without runs does not need

    return hashlib.sha256(raw).hexdigest()
