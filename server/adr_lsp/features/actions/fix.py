"""What `adr-lsp fix` would do about the findings here."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.features.actions.action import Action, Asked
from adr_lsp.features.fixes import fixes


def actions(asked: Asked) -> Iterator[Action]:
    """Only a safe fix is preferred: what is not safe is for a person to choose."""
    for fix in fixes(asked.snapshot, asked.findings):
        yield Action(fix.label, "quickfix", fix.change.edits, (fix.mends,), preferred=fix.safe)
