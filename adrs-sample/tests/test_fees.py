"""ADR-0007: fees are rounded half to even, and net plus fee is the gross amount."""

from fractions import Fraction

import pytest
from hypothesis import given

from ledger.fees import FULL, FeeError, fee, split
from ledger.money import Currency, Money
from tests.strategies import priced


@pytest.mark.invariant("ADR-0007/INV-1")
@given(case=priced)
def test_fee_is_the_exact_share_rounded_half_even(case: tuple[Money, int]) -> None:
    gross, rate = case
    exact = Fraction(gross.minor * rate, FULL)
    assert fee(gross, rate) == Money(round(exact), gross.currency)


# Verifies: ADR-0007/INV-2
@given(case=priced)
def test_net_and_fee_add_up_to_gross(case: tuple[Money, int]) -> None:
    gross, rate = case
    parts = split(gross, rate)
    assert parts.net + parts.fee == gross


class TestFee:
    """Single fees: their limits, and the ties that the tariff lists."""

    @pytest.mark.invariant("ADR-0007/INV-3")
    @given(case=priced)
    def test_lies_between_zero_and_gross(self, case: tuple[Money, int]) -> None:
        gross, rate = case
        assert 0 <= fee(gross, rate).minor <= gross.minor

    @pytest.mark.parametrize(("gross", "cents"), [(50, 0), (150, 2), (250, 2), (350, 4), (351, 4)])
    def test_ties_of_the_tariff(self, gross: int, cents: int) -> None:
        assert fee(Money(gross, Currency.EUR), 100).minor == cents


@pytest.mark.parametrize(("minor", "rate"), [(-1, 100), (100, -1), (100, FULL + 1)])
def test_fee_of_nonsense_is_refused(minor: int, rate: int) -> None:
    with pytest.raises(FeeError):
        fee(Money(minor, Currency.EUR), rate)
