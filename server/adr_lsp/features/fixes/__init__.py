"""What mends findings: one family of rules per module.

The lightbulb, `adr-lsp fix`, `source.fixAll` and SARIF all offer these same edits.
"""

from __future__ import annotations

from collections.abc import Iterable

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.fixes import (
    configuration,
    ids,
    links,
    patterns,
    references,
    slips,
    statuses,
    supersessions,
    titles,
)
from adr_lsp.features.fixes import suppressions as comments
from adr_lsp.features.fixes.fix import Family, Fix
from adr_lsp.snapshot import Snapshot

FAMILIES: tuple[tuple[tuple[str, ...], Family], ...] = (
    (("ADL102", "ADL201"), ids.fixes),
    (("ADL107",), patterns.fixes),
    (("ADL202",), references.fixes),
    (("ADL204", "ADL206"), links.fixes),
    (("ADL109", "ADL207", "ADL304"), slips.fixes),
    (("ADL502",), titles.fixes),
    (("ADL503",), statuses.fixes),
    (("ADL515",), supersessions.fixes),
    (("ADL901",), comments.fixes),
    (("ADL903",), configuration.fixes),
)


def fixes(snapshot: Snapshot, findings: Iterable[Diagnostic]) -> list[Fix]:
    """What mends these findings, at most one fix for each; ids that are given are all new."""
    given = list(findings)
    return [
        fix
        for codes, family in FAMILIES
        for fix in family(snapshot, [finding for finding in given if finding.code in codes])
    ]


__all__ = ["Fix", "fixes"]
