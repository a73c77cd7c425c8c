"""Patterns and methods that nearly are one (ADL107)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.fixes.fix import Fix, replacing
from adr_lsp.pattern import METHODS, PATTERNS
from adr_lsp.rules.nearest import nearest
from adr_lsp.snapshot import Snapshot


def fixes(snapshot: Snapshot, findings: Iterable[Diagnostic]) -> Iterator[Fix]:
    for finding in findings:
        record = snapshot.log.records[finding.path]
        written = record.text.between(finding.range)
        patterns = {invariant.pattern_range for invariant in record.invariants}
        meant = nearest(written, PATTERNS if finding.range in patterns else METHODS)
        if meant:
            yield replacing(finding, f"Replace by {meant}", finding.range, meant)
