"""Writes the evidence of tools that are recorded from outside (`docs/evidence-format.md`)."""

from adr_lsp.run.recording.recording import Recording

__all__ = ["Recording"]
