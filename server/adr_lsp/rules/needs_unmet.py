"""
## What it does
Reports an invariant that asks for a method of verification (`needs: property|model`, any of them)
which none of its tests has; and, once tests of the invariant have run, one of which no test of that
method passed. A state machine is a property test too.

## Why
The author knew that some cases would not be enough. A passing example hides that the rest is
missing.

## Example
````python tests/test_capture.py
# Verifies: ADR-0001/INV-1
def test_second_capture_is_refused():
    assert capture("a") != capture("a")
````
````adr
# 1. Capture once

## Invariants

- **INV-1** *(at-most-once, needs: property|model)*: A payment is captured at most once.
                                   ^^^^^^^^^^^^^^ ADL302 `INV-1` has no test by `property` or `model`
````

## How to mend
Add a test of that method: `adr-lsp scaffold ADR-0001/INV-1 --method property`.

````python tests/test_capture.py
# Verifies: ADR-0001/INV-1
@given(st.text())
def test_capture_is_refused_after_the_first(key):
    assert capture(key) != capture(key)
````
````adr
# 1. Capture once

## Invariants

- **INV-1** *(at-most-once, needs: property|model)*: A payment is captured at most once.
````
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.evidence.model import Outcome, Verdict
from adr_lsp.pattern import METHODS
from adr_lsp.record import Invariant, Record
from adr_lsp.rule import EVIDENCE, LOG, Finding, quoted, rule
from adr_lsp.rules.verdicts import judged
from adr_lsp.snapshot import Snapshot, Standing

ALSO = {"state-machine": "property"}
UNTESTED = (Verdict.UNVERIFIED, Verdict.WAIVED, Verdict.ARGUED)
_TESTED = tuple(verdict for verdict in Verdict if verdict not in UNTESTED)


@rule("ADL302", "needs-unmet", Severity.WARNING, reads=LOG | EVIDENCE, doc=__doc__, by_status=True)
def needs_unmet(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    for invariant, at in judged(record, snapshot, *_TESTED):
        needs = [method for method in invariant.needs if method in METHODS]
        fault = _fault(needs, at) if needs else None
        if fault:
            place = invariant.needs_range or invariant.id_range
            yield Finding(place, _message(invariant, fault, needs), invariant)


def _fault(needs: list[str], at: Standing) -> str | None:
    suiting = [t for t in at.tests if t.method in needs or ALSO.get(t.method) in needs]
    if not suiting:
        return "has no test by"
    ran = any(test.run for test in at.tests)
    passed = any(test.outcome is Outcome.PASSED for test in suiting)
    return "has not passed by" if ran and not passed else None


def _message(invariant: Invariant, fault: str, needs: list[str]) -> str:
    wanted = " or ".join(quoted(method) for method in needs)
    return f"{quoted(invariant.id or '')} {fault} {wanted}"
