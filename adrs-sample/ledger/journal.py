"""The journal: every accepted transfer, in order, chained by digests. It only grows."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final

from ledger.money import decode, encode
from ledger.transfer import Posting, Transfer

GENESIS: Final = "0" * 64
"""The digest before the first entry."""


class JournalError(ValueError):
    """A journal that is not the one that was written."""


class DuplicateTransferError(JournalError):
    """The journal already holds a transfer with this id."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A transfer at its place; the digest covers it and every entry before it."""

    sequence: int
    transfer: Transfer
    digest: str


class Journal:
    """An append-only list of entries with unique transfer ids."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._by_id: dict[str, Entry] = {}

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, the oldest first."""
        return tuple(self._entries)

    @property
    def head(self) -> str:
        """The digest of the last entry: it names the whole journal."""
        return self._entries[-1].digest if self._entries else GENESIS

    def find(self, transfer_id: str) -> Entry | None:
        """The entry of a transfer, or nothing."""
        return self._by_id.get(transfer_id)

    def append(self, transfer: Transfer) -> Entry:
        """Add a transfer at the end."""
        if transfer.id in self._by_id:
            raise DuplicateTransferError(transfer.id)
        sequence = len(self._entries) + 1
        entry = Entry(sequence, transfer, _digest(self.head, sequence, transfer))
        self._entries.append(entry)
        self._by_id[transfer.id] = entry
        return entry


def dump(journal: Journal) -> str:
    """The journal's file: one JSON object a line."""
    return "".join(f"{_line(entry)}\n" for entry in journal.entries)


def load(text: str, head: str) -> Journal:
    """The journal that `text` holds, if its digests are right and end in `head`."""
    journal = Journal()
    for line in text.splitlines():
        try:
            journal.append(_transfer(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise JournalError(f"entry {len(journal.entries) + 1}: {error}") from error
    if dump(journal) != text or journal.head != head:
        raise JournalError("this is not the journal that was written")
    return journal


def _digest(previous: str, sequence: int, transfer: Transfer) -> str:
    return hashlib.sha256(f"{previous}\n{sequence}\n{_body(transfer)}".encode()).hexdigest()


def _line(entry: Entry) -> str:
    transfer = _body(entry.transfer)
    return f'{{"seq":{entry.sequence},"digest":"{entry.digest}","transfer":{transfer}}}'


def _body(transfer: Transfer) -> str:
    postings = [[posting.account, encode(posting.amount)] for posting in transfer.postings]
    body = {"id": transfer.id, "postings": postings, "reference": transfer.reference}
    return json.dumps(body, separators=(",", ":"))


def _transfer(line: Any) -> Transfer:
    body = line["transfer"]
    postings = tuple(Posting(account, decode(amount)) for account, amount in body["postings"])
    return Transfer(body["id"], postings, body["reference"])
