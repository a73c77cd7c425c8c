"""Reads a file that something in a root names: never one outside it, never a pipe or a device."""

from __future__ import annotations

from pathlib import Path


def read_file(root: Path, path: str) -> bytes | None:
    """The bytes of a regular file below the root (itself without links); None for all else."""
    try:
        file = (root / path).resolve()
        inside = file.is_relative_to(root) and file.is_file()
        return file.read_bytes() if inside else None
    except (OSError, ValueError, RuntimeError):  # unreadable, no path at all, a loop of links
        return None


def digest_of(raw: bytes) -> str:
    """SHA-256, as runs name content."""
    import hashlib  # it loads a library that a check without runs does not need

    return hashlib.sha256(raw).hexdigest()
