"""
## What it does
Reports an invariant that asks for a method of verification (`needs: property|model`, any of them)
which none of its tests has; and, once tests of the invariant have run, one of which no test of that
method passed. A state machine is a property test too.

The configuration can ask for all invariants of a pattern, or of the records of a status (`needs`):
the pattern counts before the status, and what the invariant says itself before both. An argument
(`By construction:`) is no test: where the invariant itself asks for a method, it does not stand in
for it; where only the configuration asks, it does, and the invariant is shown as *argued*.

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

### For every invariant of a pattern

````toml adr-lsp.toml
needs = { conservation = "property", accepted = "example|property" }
````
````python tests/test_transfer.py
# Verifies: ADR-0001/INV-1
def test_one_transfer():
    assert total(transfer(1)) == 0
````
````adr
# 1. Move money

## Invariants

- **INV-1** *(conservation)*: The sum of a transfer's entries is zero.
              ^^^^^^^^^^^^ ADL302 `INV-1` has no test by `property`, needed by the configuration for pattern `conservation`
````

## How to mend
Add a test of that method: `adr-lsp scaffold ADR-0001/INV-1 --method property`, or the action
*Scaffold a property test*.

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

from adr_lsp.config import Config
from adr_lsp.diagnostic import Severity
from adr_lsp.evidence.model import Outcome, Verdict
from adr_lsp.record import Invariant, Record
from adr_lsp.rule import EVIDENCE, LOG, Finding, quoted, rule
from adr_lsp.rules.verdicts import judged
from adr_lsp.snapshot import Snapshot, Standing
from adr_lsp.snapshot.needs import Need, need_of, suits
from adr_lsp.text import Range

UNTESTED = (Verdict.UNVERIFIED, Verdict.WAIVED)
_JUDGED = tuple(verdict for verdict in Verdict if verdict not in UNTESTED)


@rule("ADL302", "needs-unmet", Severity.WARNING, reads=LOG | EVIDENCE, doc=__doc__, by_status=True)
def needs_unmet(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    for invariant, at in judged(record, snapshot, *_JUDGED):
        need = need_of(snapshot.config, record, invariant)
        fault = _fault(snapshot.config, need, at) if need else None
        if need and fault:
            yield Finding(_place(invariant, need), _message(invariant, fault, need), invariant)


def _fault(config: Config, need: Need, at: Standing) -> str | None:
    if at.verdict is Verdict.ARGUED and need.origin != "invariant":
        return None
    suiting = [test for test in at.tests if suits(config, need, test.method, test.path)]
    if not suiting:
        return "has no test by"
    ran = any(test.run for test in at.tests)
    passed = any(test.outcome is Outcome.PASSED for test in suiting)
    return "has not passed by" if ran and not passed else None


def _place(invariant: Invariant, need: Need) -> Range:
    place = {"invariant": invariant.needs_range, "pattern": invariant.pattern_range}
    return place.get(need.origin) or invariant.id_range


def _message(invariant: Invariant, fault: str, need: Need) -> str:
    wanted = " or ".join(quoted(method) for method in need.methods)
    said = f"{quoted(invariant.id or '')} {fault} {wanted}"
    if need.origin == "invariant":
        return said
    return f"{said}, needed by the configuration for {need.origin} {quoted(need.word)}"
