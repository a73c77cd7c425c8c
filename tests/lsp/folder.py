"""Folders with a decision in them, as tests of the server use them."""

from __future__ import annotations

from pathlib import Path

RECORD = """\
# 1. Transfers balance

## Status

Accepted

## Invariants

- **INV-1** *(conservation)*: For every transfer, the sum of its entries is zero.
- **INV-2**: 😀 A transfer is fast.
"""
CODE = """\
def transfer(amount: int) -> list[int]:
    return [amount, -amount]
"""
TEST = '''\
from hypothesis import given
from hypothesis import strategies as st

from ledger import transfer


@given(st.integers())
def test_balances(amount: int) -> None:
    """Verifies: ADR-0001/INV-1"""
    assert sum(transfer(amount)) == 0
'''
FILES = {
    "docs/adr/0001-transfers-balance.md": RECORD,
    "ledger.py": CODE,
    "tests/test_ledger.py": TEST,
    "adr-lsp.toml": "",
    "conftest.py": "",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def ledger(folder: Path, **files: str) -> Path:
    """A small system with one decision, and a test of it."""
    return write(folder, FILES | files)
