"""Amounts as whole minor units of a currency, and the one text that each amount has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MAX_MINOR: Final = 2**63 - 1
"""The largest amount, and with a minus sign the smallest: what a signed 64-bit column holds."""


class MoneyError(ValueError):
    """An amount that the ledger does not take."""


class AmountRangeError(MoneyError):
    """The amount lies outside -MAX_MINOR..MAX_MINOR."""


class CurrencyMismatchError(MoneyError):
    """Two currencies stand in one sum."""


class MoneyFormatError(MoneyError):
    """The text is not the canonical text of an amount."""


class Currency(StrEnum):
    """ISO 4217 codes that the ledger books."""

    BHD = "BHD"
    CLF = "CLF"
    EUR = "EUR"
    GBP = "GBP"
    JPY = "JPY"
    USD = "USD"

    @property
    def exponent(self) -> int:
        """How many decimal digits the minor unit stands below the major one."""
        return _EXPONENTS[self]


_EXPONENTS: Final = {
    Currency.BHD: 3,
    Currency.CLF: 4,
    Currency.EUR: 2,
    Currency.GBP: 2,
    Currency.JPY: 0,
    Currency.USD: 2,
}


@dataclass(frozen=True, slots=True)
class Money:
    """A signed number of minor units of one currency."""

    minor: int
    currency: Currency

    def __post_init__(self) -> None:
        if abs(self.minor) > MAX_MINOR:
            raise AmountRangeError(f"{self.minor} minor units do not fit 64 bits")

    def __add__(self, other: Money) -> Money:
        if self.currency is not other.currency:
            raise CurrencyMismatchError(f"{self.currency} + {other.currency}")
        return Money(self.minor + other.minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)


_FORM: Final = re.compile(r"([A-Z]{3}) (-?)(0|[1-9][0-9]{0,18})(?:\.([0-9]{1,4}))?", re.ASCII)


def encode(money: Money) -> str:
    """The canonical text of an amount: `EUR -12.05`, `JPY 7`, `BHD 0.250`."""
    exponent = money.currency.exponent
    sign = "-" if money.minor < 0 else ""
    digits = str(abs(money.minor)).rjust(exponent + 1, "0")
    point = len(digits) - exponent
    fraction = f".{digits[point:]}" if exponent else ""
    return f"{money.currency} {sign}{digits[:point]}{fraction}"


def decode(text: str) -> Money:
    """The amount that `text` is the canonical text of; any other text is refused."""
    match = _FORM.fullmatch(text)
    if match is None or match[1] not in Currency.__members__:
        raise MoneyFormatError(f"not an amount: {text!r}")
    currency, sign, whole, fraction = Currency(match[1]), match[2], match[3], match[4] or ""
    if len(fraction) != currency.exponent:
        raise MoneyFormatError(f"{currency} has {currency.exponent} decimals: {text!r}")
    minor = int(whole + fraction)
    if sign and minor == 0:
        raise MoneyFormatError(f"zero has no sign: {text!r}")
    return Money(-minor if sign else minor, currency)
