"""The one mutable thing: it walks, reads, overlays open buffers, and hands out snapshots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from adr_lsp.workspace.root import find_root, has_git, is_root
    from adr_lsp.workspace.workspace import Workspace

__all__ = ["Workspace", "find_root", "has_git", "is_root"]


def __getattr__(name: str) -> Any:
    """Imported when asked for: a kept answer needs none of it."""
    if name == "Workspace":
        from adr_lsp.workspace.workspace import Workspace

        return Workspace
    if name in __all__:
        from adr_lsp.workspace import root

        return getattr(root, name)
    raise AttributeError(name)
