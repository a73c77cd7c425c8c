"""What the source of a test lets a pass in a report be worth.

Reports tell less than the source: vitest writes a test that is to fail as a pass, jest-junit a
todo, pytest one that is expected to fail and passes.
"""

from __future__ import annotations

import re

from adr_lsp.evidence.model import Outcome
from adr_lsp.sources.model import Source, Test
from adr_lsp.text import Range, Text

_SCRIPT = re.compile(r"\.(todo|fails|failing)\b")
_PYTHON = re.compile(r"\bxfail\b|\bexpectedFailure\b")


def limit(source: Source, test: Test) -> Outcome | None:
    """The best that a pass can be; None where the source says nothing."""
    if test.scaffold is not None:
        return Outcome.SCAFFOLDED
    head = Text(source.text).between(Range(test.range.start, test.name_range.start))
    if source.language == "python":
        return Outcome.XPASSED if _PYTHON.search(head) else None
    found = _SCRIPT.search(head) if source.language == "typescript" else None
    if found is None:
        return None
    return Outcome.SKIPPED if found[1] == "todo" else Outcome.XFAILED
