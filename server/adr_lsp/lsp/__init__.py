"""The language server: translates between LSP and the features, and decides nothing."""

from __future__ import annotations


def serve() -> int:
    """Serve on standard input and output; the process's exit code."""
    from adr_lsp.lsp.handlers import server

    return server.serve()


__all__ = ["serve"]
