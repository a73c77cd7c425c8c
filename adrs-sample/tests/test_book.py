"""ADR-0003: double entry, and what it keeps true of the balances."""

from collections import Counter

import pytest
from hypothesis import given

from ledger.book import Book, OverdrawnError
from ledger.journal import DuplicateTransferError, Journal
from ledger.money import Currency, Money
from ledger.transfer import Posting, Transfer, TransferError, UnbalancedError
from tests.bookkeeping import book_of, euros, funded
from tests.strategies import ACCOUNTS, MOST_MOVED, histories, postings, transfers


@given(drawn=postings())
def test_only_balanced_postings_make_a_transfer(drawn: tuple[Posting, ...]) -> None:
    """A transfer exists only if every currency in it adds up to zero.

    Verifies: ADR-0003/INV-1
    """
    sums: Counter[str] = Counter()
    for posting in drawn:
        sums[posting.amount.currency] += posting.amount.minor
    if any(sums.values()):
        with pytest.raises(UnbalancedError):
            Transfer("t", drawn)
    else:
        assert Transfer("t", drawn).postings == drawn


@given(history=histories())
def test_trial_balance_is_zero(history: list[Transfer]) -> None:
    """Money is moved, never made.

    Verifies: ADR-0003/INV-2
    """
    sums: Counter[str] = Counter()
    for (_, currency), held in book_of(history).balances().items():
        sums[currency] += held.minor
    assert not any(sums.values())


@given(first=transfers("first"), second=transfers("second"))
def test_order_of_two_transfers_does_not_matter(first: Transfer, second: Transfer) -> None:
    one, other = (funded(ACCOUNTS, MOST_MOVED * 2) for _ in range(2))
    for transfer in (first, second):
        one.post(transfer)
    for transfer in (second, first):
        other.post(transfer)
    assert one.balances() == other.balances()


# Verifies: ADR-0003/INV-4
@given(history=histories(min_size=1))
def test_customer_accounts_are_never_overdrawn(history: list[Transfer]) -> None:
    book = Book(Journal())
    for transfer in history:
        before = book.balances()
        try:
            book.post(transfer)
        except OverdrawnError:
            assert book.balances() == before
        for (account, _), held in book.balances().items():
            assert held.minor >= 0 or account.startswith(("clearing:", "fees:"))


def test_overdraft_is_refused(book: Book) -> None:
    book.post(euros("clearing:gateway", "wallet:ann", 500, "in"))
    with pytest.raises(OverdrawnError):
        book.post(euros("wallet:ann", "wallet:bo", 501, "out"))
    assert book.balance("wallet:ann", Currency.EUR) == Money(500, Currency.EUR)


def test_second_transfer_with_an_id_is_refused(book: Book) -> None:
    book.post(euros("clearing:gateway", "wallet:ann", 500))
    with pytest.raises(DuplicateTransferError):
        book.post(euros("clearing:gateway", "wallet:ann", 500))
    assert book.balance("wallet:ann", Currency.EUR) == Money(500, Currency.EUR)


@pytest.mark.parametrize("account", ["ann", "wallet:", "wallet:Ann", "bank:ann"])
def test_account_names_have_a_kind(account: str) -> None:
    with pytest.raises(TransferError):
        euros("clearing:gateway", account, 500)
