"""Real records, where they stand beside the project or where ADR_LSP_CORPUS says."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"


def corpus_root() -> Path:
    return Path(os.environ.get("ADR_LSP_CORPUS", _BESIDE)) / "adrs"


@cache
def corpus_files() -> tuple[Path, ...]:
    """Every file of it, relative to its root; none where it is absent."""
    root = corpus_root()
    return tuple(sorted(p.relative_to(root) for p in root.rglob("*.md*") if p.is_file()))


needs_corpus = pytest.mark.skipif(
    not corpus_files(), reason=f"no corpus of records at {corpus_root()}; set ADR_LSP_CORPUS"
)
