"""A log with an invariant of each kind: kept, broken, out of date, slow, not tested."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from editors.conftest import HERE

RECORD = "docs/adr/0002-charge-fees.md"
DECISION = """\
---
status: accepted
date: 2026-04-09
---

# Charge a fee for each transfer

## Decision Outcome

Chosen option: "One unit and one percent", because it 💸 pays for the transfer and stays small.

## Invariants

- **INV-1** *(bounds)*: 💸 The fee of a transfer is at most the transfer.
  - Verified by: [`test_a_fee_is_small`](../../tests/test_fees.py)
- **INV-2** *(monotonic)*: A larger transfer never costs a smaller fee.
  - Verified by: [`test_fees_grow`](../../tests/test_fees.py)
- **INV-3** *(determinism)*: The same transfer always costs the same fee.
  - Verified by: [`test_fees_are_fixed`](../../tests/test_fixed.py)
- **INV-4** *(bounds)*: A refund of a fee is never more than the fee.
  - Target: `fees:refund`
- **INV-5**: Fees are booked by the next morning.
  - Verified by: [`test_slow`](../../tests/test_slow.py)
"""
FEES = """\
def fee(minor_units: int) -> int:
    return 1 + minor_units // 100


def refund(paid: int) -> int:
    return paid // 2
"""
FIXED = """\
def fixed(minor_units: int) -> int:
    return 1 + minor_units // 100
"""
TESTS = """\
from fees import fee
from hypothesis import given
from hypothesis import strategies as st

AMOUNTS = st.integers(min_value=0, max_value=10**9)


@given(AMOUNTS)
def test_a_fee_is_small(minor_units: int) -> None:
    assert fee(minor_units) <= minor_units


@given(AMOUNTS, AMOUNTS)
def test_fees_grow(one: int, other: int) -> None:
    assert fee(min(one, other)) <= fee(max(one, other))
"""
TEST_OF_FIXED = """\
from fixed import fixed
from hypothesis import given
from hypothesis import strategies as st


@given(st.integers(min_value=0))
def test_fees_are_fixed(minor_units: int) -> None:
    assert fixed(minor_units) == fixed(minor_units)
"""
SLOW = """\
import os
import threading
from pathlib import Path


def test_slow() -> None:
    if Path("slow").exists():
        Path("slow").write_text(str(os.getpid()))
        threading.Event().wait()
    assert not Path("slow").exists()
"""


def ledger(folder: Path) -> Path:
    """The workspace of the editors' tests and this record, after its tests ran; then a function
    changed."""
    shutil.copytree(HERE / "workspace", folder)
    for path, content in (
        (RECORD, DECISION),
        ("fees.py", FEES),
        ("fixed.py", FIXED),
        ("tests/test_fees.py", TESTS),
        ("tests/test_fixed.py", TEST_OF_FIXED),
        ("tests/test_slow.py", SLOW),
    ):
        (folder / path).write_text(content)
    environment = {key: os.environ[key] for key in os.environ if not key.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    assert done.returncode == 1, done.stdout
    (folder / "fixed.py").write_text(FIXED.replace("1 +", "2 +"))
    return folder
