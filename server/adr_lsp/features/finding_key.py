"""What makes two findings the same fault, wherever their lines have moved."""

from __future__ import annotations

import re

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.snapshot import Snapshot
from adr_lsp.value import dataclass

_QUOTED = re.compile(r"`([^`]*)`")


@dataclass(frozen=True, slots=True, order=True)
class FindingKey:
    """The rule's code, where it is broken, and by what.

    `place` is the stem of the record; the path for a finding in no record. `invariant` is an id,
    or empty. `text` is what the message quotes first, on one line and in lower case: later quotes
    are suggestions and reasons, which change without the fault. Faults that share a key are told
    apart by their number alone.
    """

    rule: str
    place: str
    invariant: str
    text: str


def finding_key(snapshot: Snapshot, diagnostic: Diagnostic) -> FindingKey:
    """The key of a finding of this snapshot."""
    record = snapshot.log.records.get(diagnostic.path)
    quoted = _QUOTED.search(diagnostic.message)
    return FindingKey(
        diagnostic.code,
        record.stem if record else diagnostic.path,
        (diagnostic.invariant or "").rpartition("/")[2],
        " ".join(quoted[1].split()).lower() if quoted else "",
    )
