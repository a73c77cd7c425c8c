"""All that one request may read, and the joins over it."""

from adr_lsp.snapshot.model import Snapshot, Tree

__all__ = ["Snapshot", "Tree"]
