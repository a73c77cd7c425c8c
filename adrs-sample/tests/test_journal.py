"""ADR-0005: the journal only grows, and its file shows whether anybody touched it."""

import json
from collections import defaultdict
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ledger.book import Book
from ledger.journal import DuplicateTransferError, Entry, Journal, JournalError, dump, load
from ledger.transfer import Transfer
from tests.bookkeeping import book_of, journal_of
from tests.strategies import histories, tampered_files, transfers


class JournalMachine(RuleBasedStateMachine):
    """Appends, refused appends and restarts, against a list of what was acknowledged."""

    def __init__(self) -> None:
        super().__init__()
        self.journal = Journal()
        self.acknowledged: list[Entry] = []

    @rule(data=st.data())
    def append(self, data: st.DataObject) -> None:
        transfer = data.draw(transfers(f"t{len(self.acknowledged)}"))
        self.acknowledged.append(self.journal.append(transfer))

    @precondition(lambda self: self.acknowledged)
    @rule(data=st.data())
    def append_a_known_id(self, data: st.DataObject) -> None:
        known = data.draw(st.sampled_from(self.acknowledged)).transfer.id
        other = data.draw(transfers(known))
        with pytest.raises(DuplicateTransferError):
            self.journal.append(other)

    @rule()
    def restart(self) -> None:
        self.journal = load(dump(self.journal), self.journal.head)

    @invariant()
    def acknowledged_entries_stand(self) -> None:
        assert self.journal.entries == tuple(self.acknowledged)
        assert [entry.sequence for entry in self.acknowledged] == list(
            range(1, len(self.acknowledged) + 1)
        )


TestJournal = JournalMachine.TestCase


# Verifies: ADR-0005/INV-2
@given(history=histories())
def test_journal_survives_its_file(history: list[Transfer]) -> None:
    journal = journal_of(history)
    assert load(dump(journal), journal.head).entries == journal.entries


# Verifies: ADR-0005/INV-3
@given(case=tampered_files())
def test_altered_file_is_refused(case: tuple[Journal, str]) -> None:
    journal, text = case
    assume(text != dump(journal))
    with pytest.raises(JournalError):
        load(text, journal.head)


@pytest.mark.invariant("ADR-0005/INV-4")
@given(history=histories())
def test_replayed_balances_match_the_file(history: list[Transfer]) -> None:
    journal = book_of(history).journal
    expected: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for line in dump(journal).splitlines():
        for account, amount in json.loads(line)["transfer"]["postings"]:
            currency, number = amount.split(" ")
            expected[account, currency] += Decimal(number)
    replayed = Book(journal).balances()
    assert {key for key, total in expected.items() if total} == set(replayed)
    for (account, currency), held in replayed.items():
        assert Decimal(held.minor).scaleb(-currency.exponent) == expected[account, currency]


def test_file_without_its_last_entry_is_refused() -> None:
    journal = Journal()
    assert load("", journal.head).entries == ()
    with pytest.raises(JournalError):
        load("", "f" * 64)
