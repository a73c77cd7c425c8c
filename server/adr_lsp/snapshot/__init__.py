"""All that one request may read, and the joins over it."""

from adr_lsp.snapshot.covered import covered_lines
from adr_lsp.snapshot.model import Snapshot, Tree
from adr_lsp.snapshot.standing import Standing, standing
from adr_lsp.snapshot.test_standing import TestStanding
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
    "TestStanding",
    "Tree",
    "covered_lines",
    "invariants_of",
    "standing",
    "tests_of",
    "verifier_path",
    "verifier_tests",
]
