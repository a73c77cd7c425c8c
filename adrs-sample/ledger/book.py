"""Balances: what the journal's transfers add up to, account by account."""

from ledger.journal import Entry, Journal
from ledger.money import Currency, Money
from ledger.transfer import Transfer, may_be_overdrawn

Holding = tuple[str, Currency]
"""An account in one currency: an account may hold several."""


class OverdrawnError(ValueError):
    """The transfer would take more from an account than it holds."""


class Book:
    """The balances of a journal, and the one way to add to it."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self._balances: dict[Holding, Money] = {}
        for entry in journal.entries:
            self._balances.update(self._after(entry.transfer))

    def balance(self, account: str, currency: Currency) -> Money:
        """What the account holds; zero if nothing was ever posted to it."""
        return self._balances.get((account, currency), Money(0, currency))

    def balances(self) -> dict[Holding, Money]:
        """Every balance that is not zero."""
        return {key: held for key, held in self._balances.items() if held.minor}

    def post(self, transfer: Transfer) -> Entry:
        """Accept the transfer whole, or raise and change nothing."""
        after = self._after(transfer)
        for (account, _), held in after.items():
            if held.minor < 0 and not may_be_overdrawn(account):
                raise OverdrawnError(f"{transfer.id} overdraws {account}")
        entry = self.journal.append(transfer)
        self._balances.update(after)
        return entry

    def _after(self, transfer: Transfer) -> dict[Holding, Money]:
        """The balances that the transfer touches, as they would be after it."""
        after: dict[Holding, Money] = {}
        for posting in transfer.postings:
            key = (posting.account, posting.amount.currency)
            after[key] = after.get(key, self.balance(*key)) + posting.amount
        return after
