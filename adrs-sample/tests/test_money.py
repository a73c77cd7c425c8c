"""ADR-0002: amounts are whole minor units, and each has one text."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.money import (
    MAX_MINOR,
    AmountRangeError,
    Currency,
    CurrencyMismatchError,
    Money,
    MoneyError,
    MoneyFormatError,
    decode,
    encode,
)
from tests.strategies import amount_texts, money, money_in

ISO_4217_EXPONENTS = {"BHD": 3, "CLF": 4, "EUR": 2, "GBP": 2, "JPY": 0, "USD": 2}


@pytest.mark.parametrize("currency", list(Currency))
@given(data=st.data())
def test_amount_survives_its_text(currency: Currency, data: st.DataObject) -> None:
    amount = data.draw(money_in(currency))
    assert decode(encode(amount)) == amount


@given(text=amount_texts())
@example(text="EUR -0.00")
def test_amount_has_one_text(text: str) -> None:
    try:
        amount = decode(text)
    except MoneyError:
        return
    assert encode(amount) == text


# Verifies: ADR-0002/INV-3
@given(minor=st.integers() | st.integers(MAX_MINOR - 2, MAX_MINOR + 2))
def test_amount_fits_sixty_four_bits(minor: int) -> None:
    if -(2**63) < minor < 2**63:
        assert Money(minor, Currency.EUR).minor == minor
    else:
        with pytest.raises(AmountRangeError):
            Money(minor, Currency.EUR)


# Verifies: ADR-0002/INV-3
@given(left=money_in(Currency.EUR), right=money_in(Currency.EUR))
def test_sum_fits_sixty_four_bits(left: Money, right: Money) -> None:
    if -(2**63) < left.minor + right.minor < 2**63:
        assert (left + right).minor == left.minor + right.minor
    else:
        with pytest.raises(AmountRangeError):
            left + right


# Verifies: ADR-0002/INV-4
@given(amount=money)
def test_text_is_the_decimal_number(amount: Money) -> None:
    code, number = encode(amount).split(" ")
    assert code == amount.currency
    assert Decimal(number) == Decimal(amount.minor).scaleb(-ISO_4217_EXPONENTS[code])


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Money(-1205, Currency.EUR), "EUR -12.05"),
        (Money(7, Currency.JPY), "JPY 7"),
        (Money(250, Currency.BHD), "BHD 0.250"),
        (Money(0, Currency.CLF), "CLF 0.0000"),
    ],
)
def test_known_texts(amount: Money, text: str) -> None:
    assert encode(amount) == text
    assert decode(text) == amount


@pytest.mark.parametrize(
    "text", ["EUR 1", "EUR 1.5", "EUR 01.50", "EUR -0.00", "eur 1.50", "JPY 1.0"]
)
def test_other_spellings_are_refused(text: str) -> None:
    with pytest.raises(MoneyFormatError):
        decode(text)


def test_currencies_do_not_mix() -> None:
    with pytest.raises(CurrencyMismatchError):
        Money(1, Currency.EUR) + Money(1, Currency.USD)
