"""Short ways to bring a journal or a book into a state."""

import contextlib
from collections.abc import Iterable
from itertools import product

from ledger.book import Book, OverdrawnError
from ledger.journal import Journal
from ledger.money import Currency, Money
from ledger.transfer import Posting, Transfer


def journal_of(history: Iterable[Transfer]) -> Journal:
    """A journal that holds the whole history."""
    journal = Journal()
    for transfer in history:
        journal.append(transfer)
    return journal


def book_of(history: Iterable[Transfer]) -> Book:
    """A book that was given the whole history; it refuses what would overdraw an account."""
    book = Book(Journal())
    for transfer in history:
        with contextlib.suppress(OverdrawnError):
            book.post(transfer)
    return book


def funded(accounts: Iterable[str], minor: int) -> Book:
    """A book in which each account holds `minor` units of every currency."""
    postings = []
    for account, currency in product(accounts, Currency):
        amount = Money(minor, currency)
        postings += [Posting("clearing:opening", -amount), Posting(account, amount)]
    book = Book(Journal())
    book.post(Transfer("opening", tuple(postings)))
    return book


def euros(giver: str, taker: str, cents: int, transfer_id: str = "t") -> Transfer:
    """A transfer of euro cents."""
    amount = Money(cents, Currency.EUR)
    return Transfer(transfer_id, (Posting(giver, -amount), Posting(taker, amount)))
