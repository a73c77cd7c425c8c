"""The one mutable thing: it walks, reads, overlays open buffers, and hands out snapshots."""

from adr_lsp.workspace.root import find_root, is_root
from adr_lsp.workspace.workspace import Workspace

__all__ = ["Workspace", "find_root", "is_root"]
