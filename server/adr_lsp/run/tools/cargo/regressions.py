"""The failures that proptest keeps beside the sources, and runs again before anything else."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from adr_lsp.run.recording.content import read_regular
from adr_lsp.run.recording.recording import MOST_REPLAYED
from adr_lsp.run.tools.cargo.heard import example

SEED = re.compile(r"^cc [0-9a-f]{16,} # shrinks to (?P<input>.+)$", re.MULTILINE)
CRATES = ("lib.rs", "main.rs")
FOLDER = "proptest-regressions"
OFF = "PROPTEST_DISABLE_FAILURE_PERSISTENCE"


def replayed(source: Path) -> list[dict[str, Any]]:
    """The inputs of the file's failures, which every property of the file has run again."""
    if OFF in os.environ:
        return []
    raw = read_regular(_kept_for(source)) or b""
    inputs = (found["input"] for found in SEED.finditer(raw.decode("utf-8", "replace")))
    return [example(written) for written in dict.fromkeys(inputs)][-MOST_REPLAYED:]


def _kept_for(source: Path) -> Path:
    """Below a folder beside that of the crate's root file, else beside the source."""
    for folder in source.parents:
        if any((folder / name).is_file() for name in CRATES):
            kept = folder.parent / FOLDER / source.relative_to(folder)
            return kept.with_suffix(".txt")
    return source.with_suffix(f".{FOLDER}")
