"""ADR-0006: a payment is captured at most once, whatever the gateway and its network do."""

import pytest
from hypothesis import given
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from ledger.book import Book
from ledger.capture import (
    CaptureRequest,
    DeclinedError,
    KeyReusedError,
    OutcomeUnknownError,
    capture,
)
from ledger.fees import FeeError
from ledger.journal import Journal, dump, load
from ledger.money import Currency, Money
from ledger.transfer import TransferError
from tests.gateway import Fault, ScriptedGateway
from tests.strategies import faults, requests

TEN_EUROS = CaptureRequest("order-1", "books", Money(1_000, Currency.EUR), 290)


# Verifies: ADR-0006/INV-1
class CaptureMachine(RuleBasedStateMachine):
    """Clients repeat captures, the gateway loses messages, and our process is restarted."""

    def __init__(self) -> None:
        super().__init__()
        self.book = Book(Journal())
        self.gateway = ScriptedGateway()
        self.keys: set[str] = set()

    @rule(request=requests, script=faults)
    def a_client_captures(self, request: CaptureRequest, script: list[Fault]) -> None:
        self.keys.add(request.key)
        self.gateway.script = list(script)
        try:
            receipt = capture(self.book, self.gateway, request)
        except (DeclinedError, KeyReusedError, OutcomeUnknownError):
            return
        charged = [charge for charge in self.gateway.charges if charge.key == request.key]
        assert [charge.reference for charge in charged] == [receipt.reference]
        assert charged[0].amount == request.gross

    @rule()
    def restart(self) -> None:
        journal = self.book.journal
        self.book = Book(load(dump(journal), journal.head))

    @invariant()
    def each_key_is_charged_at_most_once(self) -> None:
        charged = [charge.key for charge in self.gateway.charges]
        assert len(charged) == len(set(charged))
        assert set(charged) <= self.keys

    @invariant()
    def each_charge_is_booked_at_most_once(self) -> None:
        booked = [entry.transfer.reference for entry in self.book.journal.entries]
        assert len(booked) == len(set(booked))
        assert set(booked) <= {charge.reference for charge in self.gateway.charges}


TestCapture = CaptureMachine.TestCase


# Verifies: ADR-0006/INV-2
@given(request=requests, script=faults)
def test_repeated_capture_returns_the_receipt(request: CaptureRequest, script: list[Fault]) -> None:
    book, gateway = Book(Journal()), ScriptedGateway()
    receipt = capture(book, gateway, request)
    head, calls = book.journal.head, gateway.calls
    gateway.script = script
    assert capture(book, gateway, request) == receipt
    assert (book.journal.head, gateway.calls) == (head, calls)


# Verifies: ADR-0006/INV-3
@given(request=requests, script=faults)
def test_capture_gives_up_after_three_calls(request: CaptureRequest, script: list[Fault]) -> None:
    book, gateway = Book(Journal()), ScriptedGateway(script)
    lost = {Fault.REQUEST_LOST, Fault.REPLY_LOST}
    if len(script) >= 3 and set(script[:3]) <= lost:
        with pytest.raises(OutcomeUnknownError):
            capture(book, gateway, request)
    elif next((fault for fault in script if fault not in lost), None) is Fault.DECLINED:
        with pytest.raises(DeclinedError):
            capture(book, gateway, request)
    else:
        assert capture(book, gateway, request).sequence == 1
    assert 1 <= gateway.calls <= 3


def test_capture_books_the_fee(book: Book, gateway: ScriptedGateway) -> None:
    capture(book, gateway, TEN_EUROS)
    assert book.balance("merchant:books", Currency.EUR).minor == 971
    assert book.balance("fees:capture", Currency.EUR).minor == 29
    assert book.balance("clearing:gateway", Currency.EUR).minor == -1_000


def test_key_with_other_terms_is_refused(book: Book, gateway: ScriptedGateway) -> None:
    capture(book, gateway, TEN_EUROS)
    with pytest.raises(KeyReusedError):
        capture(book, gateway, CaptureRequest("order-1", "books", Money(1, Currency.EUR), 290))


@pytest.mark.parametrize(
    ("merchant", "minor", "rate", "error"),
    [
        ("books", 0, 290, TransferError),
        ("books", -1, 290, FeeError),
        ("books", 100, 10_001, FeeError),
        ("Books & Co", 100, 290, TransferError),
    ],
)
def test_what_cannot_be_booked_is_not_charged(
    book: Book,
    gateway: ScriptedGateway,
    merchant: str,
    minor: int,
    rate: int,
    error: type[Exception],
) -> None:
    with pytest.raises(error):
        capture(
            book, gateway, CaptureRequest("order-1", merchant, Money(minor, Currency.EUR), rate)
        )
    assert gateway.calls == 0
