"""Capturing a payment: charged at the gateway and booked here, once per idempotency key."""

from dataclasses import dataclass, replace
from typing import Final, Protocol

from ledger.book import Book
from ledger.fees import split
from ledger.money import Money
from ledger.transfer import Posting, Transfer

MAX_ATTEMPTS: Final = 3
"""Calls to the gateway in one capture; waiting between captures is the queue's affair."""


class GatewayTimeoutError(Exception):
    """No reply: the gateway may have charged, or not."""


class DeclinedError(Exception):
    """The gateway refused, and did not charge."""


class KeyReusedError(Exception):
    """The key belongs to a request with other terms."""


class OutcomeUnknownError(Exception):
    """Every attempt timed out. Capture again with the same key to learn the outcome."""


class Gateway(Protocol):
    """The acquirer, as far as a capture needs it."""

    def charge(self, key: str, amount: Money) -> str:
        """Charge once per key and return the charge's reference.

        Raises GatewayTimeoutError, DeclinedError, or KeyReusedError for a second amount.
        """


@dataclass(frozen=True, slots=True)
class CaptureRequest:
    """One payment to be captured for a merchant, at the merchant's rate."""

    key: str
    merchant: str
    gross: Money
    basis_points: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of a capture: the gateway's reference and the journal's sequence number."""

    key: str
    reference: str
    sequence: int


def capture(book: Book, gateway: Gateway, request: CaptureRequest) -> Receipt:
    """Charge and book the request, or return the receipt of the capture that did."""
    draft = _booking(request)  # first: what cannot be booked is never charged
    entry = book.journal.find(draft.id)
    if entry is None:
        entry = book.post(replace(draft, reference=_charge(gateway, request)))
    elif replace(entry.transfer, reference="") != draft:
        raise KeyReusedError(request.key)
    return Receipt(request.key, entry.transfer.reference, entry.sequence)


def _charge(gateway: Gateway, request: CaptureRequest) -> str:
    for _ in range(MAX_ATTEMPTS):
        try:
            return gateway.charge(request.key, request.gross)
        except GatewayTimeoutError:
            continue
    raise OutcomeUnknownError(request.key)


def _booking(request: CaptureRequest) -> Transfer:
    """The transfer of a capture, but for the gateway's reference."""
    parts = split(request.gross, request.basis_points)
    shares = (
        ("clearing:gateway", -request.gross),
        (f"merchant:{request.merchant}", parts.net),
        ("fees:capture", parts.fee),
    )
    postings = tuple(Posting(account, amount) for account, amount in shares if amount.minor)
    return Transfer(f"capture:{request.key}", postings)
