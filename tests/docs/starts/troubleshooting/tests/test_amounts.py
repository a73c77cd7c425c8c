import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st


# Verifies: ADR-0001/INV-1
@given(st.integers(), st.integers())
def test_sum(one: int, other: int) -> None:
    assert isinstance(one + other, int)


# Verifies: ADR-0001/INV-2
@given(st.integers())
def test_is_even(cents: int) -> None:
    assert cents % 2 == 0


# Verifies: ADR-0001/INV-3
def test_is_read(folder) -> None:
    assert folder


# Verifies: ADR-0001/INV-4
@given(st.integers())
def test_is_read_again(cents: int) -> None:
    str(cents)


# Verifies: ADR-0001/INV-5
@pytest.mark.skipif(sys.platform != "sunos", reason="only there")
def test_is_the_same() -> None:
    assert 1 + 1 == 2


# Verifies: ADR-0001/INV-6
@pytest.mark.xfail(reason="not yet")
def test_zero() -> None:
    assert str(0) == ""


# Verifies: ADR-0001/INV-7
@pytest.mark.skip(reason="not implemented: ADR-0001/INV-7")  # adr-lsp: scaffold
def test_has_a_currency() -> None:
    assert str(0).isupper()
