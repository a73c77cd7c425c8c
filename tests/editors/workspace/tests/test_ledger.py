from hypothesis import given
from hypothesis import strategies as st
from ledger import transfer


# Verifies: ADR-0001/INV-1
@given(st.integers())
def test_a_transfer_balances(minor_units: int) -> None:
    assert sum(transfer(minor_units)) == 0
