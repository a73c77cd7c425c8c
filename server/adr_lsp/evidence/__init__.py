"""Evidence: what recorders wrote of test runs, and which of it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from adr_lsp.evidence.model import Run

__all__ = ["read_run"]


def read_run(path: str, raw: bytes, *, alive: bool) -> Run | None:
    """See `adr_lsp.evidence.read`, which is imported when there is a run to read."""
    from adr_lsp.evidence import read

    return read.read_run(path, raw, alive=alive)
