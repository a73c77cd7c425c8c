"""A short name for each finding, which it keeps when lines move."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.finding_key import FindingKey, finding_key
from adr_lsp.snapshot import Snapshot

LENGTH = 32


def fingerprints(
    snapshot: Snapshot, findings: Iterable[Diagnostic]
) -> Iterator[tuple[Diagnostic, str]]:
    """Each finding with a fingerprint that no other of them has; those with one key are
    told apart by their order."""
    seen: Counter[FindingKey] = Counter()
    for finding in findings:
        key = finding_key(snapshot, finding)
        seen[key] += 1
        whole = "\0".join((*astuple(key), str(seen[key])))
        digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
        yield finding, digest[:LENGTH]
