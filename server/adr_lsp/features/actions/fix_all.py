"""Every safe fix of a document at once, also of what waits to be told, for editors that fix when
they save."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.features.actions.action import Action, Asked
from adr_lsp.features.diagnostics import findings
from adr_lsp.features.fixes import fixes
from adr_lsp.features.fixes.batch import batch, change_of

KIND = "source.fixAll.adr-lsp"


def actions(asked: Asked) -> Iterator[Action]:
    found = findings(asked.snapshot, (asked.path,))
    mending = fixes(asked.snapshot, (*found.told, *found.held_back))
    safe = batch(asked.snapshot, (fix for fix in mending if fix.safe))
    if safe:
        mended = tuple(fix.mends for fix in safe)
        yield Action("Make all safe fixes", KIND, change_of(safe).edits, mended)
