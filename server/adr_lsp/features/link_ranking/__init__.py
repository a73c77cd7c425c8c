"""Ranks tests that exist for invariants without one; asked for, never on a keystroke."""

from adr_lsp.features.link_ranking.profile import test_files
from adr_lsp.features.link_ranking.ranking import (
    THRESHOLD,
    Match,
    open_invariants,
    ranked_invariants,
    ranked_tests,
)

__all__ = [
    "THRESHOLD",
    "Match",
    "open_invariants",
    "ranked_invariants",
    "ranked_tests",
    "test_files",
]
