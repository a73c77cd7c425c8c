"""Examples of the payout prototype."""

import pytest

from ledger.money import Currency, Money
from ledger.payout import WeightsError, allocate


@pytest.mark.parametrize(
    ("minor", "weights", "shares"),
    [(100, [1, 1], [50, 50]), (100, [1, 1, 1], [34, 33, 33]), (5, [0, 7, 3], [0, 4, 1])],
)
def test_known_shares(minor: int, weights: list[int], shares: list[int]) -> None:
    parts = allocate(Money(minor, Currency.EUR), weights)
    assert [part.minor for part in parts] == shares


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_weights_must_share_something(weights: list[int]) -> None:
    with pytest.raises(WeightsError):
        allocate(Money(100, Currency.EUR), weights)
