"""Double-entry transfers: postings that add up to nothing in every currency."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from ledger.money import Money

_ACCOUNT: Final = re.compile(r"(wallet|merchant|clearing|fees):[a-z0-9-]+", re.ASCII)
_OVERDRAWN_NEVER: Final = ("wallet:", "merchant:")


class TransferError(ValueError):
    """A transfer that says nothing, or names no account."""


class UnbalancedError(TransferError):
    """The postings of a currency do not add up to zero."""


@dataclass(frozen=True, slots=True)
class Posting:
    """An amount added to one account; a negative one is taken from it."""

    account: str
    amount: Money

    def __post_init__(self) -> None:
        if _ACCOUNT.fullmatch(self.account) is None:
            raise TransferError(f"not an account: {self.account!r}")
        if self.amount.minor == 0:
            raise TransferError(f"a posting of zero to {self.account}")


@dataclass(frozen=True, slots=True)
class Transfer:
    """What moved, under an id of ours and a reference of the counterparty's."""

    id: str
    postings: tuple[Posting, ...]
    reference: str = ""

    def __post_init__(self) -> None:
        if not self.id or len(self.postings) < 2:
            raise TransferError("a transfer has an id and at least two postings")
        sums: Counter[str] = Counter()
        for posting in self.postings:
            sums[posting.amount.currency] += posting.amount.minor
        if wrong := sorted(currency for currency, total in sums.items() if total):
            raise UnbalancedError(f"{self.id} does not balance in {', '.join(wrong)}")


def may_be_overdrawn(account: str) -> bool:
    """Whether the account stands for money outside, or for our own, and may go below zero."""
    return not account.startswith(_OVERDRAWN_NEVER)
