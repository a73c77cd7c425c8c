"""What a capture costs the merchant: a rate in basis points, rounded half to even."""

from dataclasses import dataclass
from typing import Final

from ledger.money import Money

FULL: Final = 10_000
"""Basis points in one hundred per cent."""


class FeeError(ValueError):
    """A gross amount or a rate that no fee can be taken of."""


@dataclass(frozen=True, slots=True)
class Split:
    """A gross amount as the merchant's part and ours."""

    net: Money
    fee: Money


def fee(gross: Money, basis_points: int) -> Money:
    """`basis_points` of `gross`, to the nearest minor unit; a tie goes to the even one."""
    if gross.minor < 0:
        raise FeeError("a refund bears no fee")
    if not 0 <= basis_points <= FULL:
        raise FeeError(f"{basis_points} basis points")
    units, rest = divmod(gross.minor * basis_points, FULL)
    if 2 * rest > FULL or (2 * rest == FULL and units % 2 == 1):
        units += 1
    return Money(units, gross.currency)


def split(gross: Money, basis_points: int) -> Split:
    """The fee is rounded; the net amount is what remains, and is never rounded."""
    charged = fee(gross, basis_points)
    return Split(net=gross + -charged, fee=charged)
