"""What is said of repositories that never heard of adr-lsp: no error, little noise."""

from __future__ import annotations

from pathlib import Path

import pytest

from adr_lsp.diagnostic import Severity
from adr_lsp.features.diagnostics import diagnostics
from rules.wild import repositories, wild

REPOSITORIES = repositories()


@pytest.mark.skipif(not REPOSITORIES, reason="no corpus here")
@pytest.mark.parametrize("repository", REPOSITORIES, ids=lambda path: path.name)
def test_an_untouched_repository(repository: Path) -> None:
    snapshot = wild(repository)
    found = diagnostics(snapshot)
    assert [d for d in found if d.severity is Severity.ERROR] == []
    assert len(found) <= 2 * len(snapshot.log.records)
