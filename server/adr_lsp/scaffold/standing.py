"""What stands already where a scaffold goes: it is added to, and never written over."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from adr_lsp.scaffold.model import Refusal
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import decode

T = TypeVar("T")


def standing(
    snapshot: Snapshot, path: str, read: Callable[[bytes], T | None]
) -> T | Refusal | None:
    """The file as `read` has it, or why nothing can be added to it; None if there is no file."""
    raw = snapshot.tree.read(path)
    if raw is None:
        there = snapshot.tree.exists(path)
        return Refusal(f"`{path}` is not a file that can be read") if there else None
    return read(raw) or Refusal(f"`{path}` cannot be parsed, so nothing is added to it")


def of_text(read: Callable[[str], T | None]) -> Callable[[bytes], T | None]:
    """Reads bytes as a text; None where they are none."""

    def reading(raw: bytes) -> T | None:
        content, fault = decode(raw)
        return None if fault is not None else read(content)

    return reading
