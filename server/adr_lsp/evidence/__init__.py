"""Evidence: what recorders wrote of test runs, and which of it counts."""

from adr_lsp.evidence.read import read_run

__all__ = ["read_run"]
