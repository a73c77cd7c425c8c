"""Keys and names in the configuration that nearly are one (ADL903)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.fixes.fix import Fix, replacing
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Text, decode

# The finding says what it found and what may be meant; only a read of the whole file knows.
_SAID = re.compile(r"[^`]*`(?:[^`]*\.)?([^`.]+)`; did you mean `([^`]+)`\?\Z")


def fixes(snapshot: Snapshot, findings: Iterable[Diagnostic]) -> Iterator[Fix]:
    for finding in findings:
        said = _SAID.match(finding.message)
        raw = snapshot.tree.read(finding.path)
        if said and raw and Text(decode(raw)[0]).between(finding.range) == said[1]:
            yield replacing(finding, f"Replace by {said[2]}", finding.range, said[2])
