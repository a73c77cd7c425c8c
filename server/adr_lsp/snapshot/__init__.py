"""All that one request may read, and the joins over it."""

from adr_lsp.snapshot.model import Snapshot, Tree
from adr_lsp.snapshot.standing import Standing, standing, standings
from adr_lsp.snapshot.tests import (
    LinkedTest,
    invariants_of,
    tests_of,
    verifier_path,
    verifier_tests,
)

__all__ = [
    "LinkedTest",
    "Snapshot",
    "Standing",
    "Tree",
    "invariants_of",
    "standing",
    "standings",
    "tests_of",
    "verifier_path",
    "verifier_tests",
]
