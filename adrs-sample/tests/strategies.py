"""What the properties draw from: amounts, transfers, captures and settlement reports."""

from itertools import permutations

from hypothesis import strategies as st

from ledger.capture import CaptureRequest
from ledger.fees import FULL
from ledger.journal import Journal, dump
from ledger.money import MAX_MINOR, Currency, Money, encode
from ledger.settlement import Line, Report
from ledger.transfer import Posting, Transfer
from tests.bookkeeping import journal_of
from tests.gateway import Fault

ACCOUNTS = ("clearing:gateway", "fees:capture", "merchant:books", "wallet:ann", "wallet:bo")
PARTIES = tuple(permutations(ACCOUNTS, 3))
MOST_MOVED = 10_000
"""The largest amount that a transfer of `transfers` takes from an account."""

ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

currencies = st.sampled_from(Currency)
minor_units = st.sampled_from([0, 1, -1, MAX_MINOR, -MAX_MINOR]) | st.integers(
    -MAX_MINOR, MAX_MINOR
)
references = st.sampled_from(["", "ch_1"]) | st.text(max_size=3)
money = st.builds(Money, minor_units, currencies)
rates = st.sampled_from([0, 1, FULL - 1, FULL]) | st.integers(0, FULL)


def money_in(currency: Currency) -> st.SearchStrategy[Money]:
    """Amounts of one currency over the whole range."""
    return st.builds(Money, minor_units, st.just(currency))


@st.composite
def amount_texts(draw: st.DrawFn) -> str:
    """An amount's text, most often with one thing changed about it."""
    near_zero = st.builds(Money, st.just(0) | st.integers(-12, 12), currencies)
    code, number = encode(draw(near_zero | money)).split(" ")
    changes = [
        f"{code} {number}",
        f"{code} -{number}",
        f"{code} +{number}",
        f"{code} 0{number}",
        f"{code} {number}0",
        f"{code} {number[:-1]}",
        f"{code} {number.removesuffix('.00')}",
        f"{code}  {number}",
        f"{code.lower()} {number}",
        f"{draw(currencies)} {number}",
        f"{code} {number.translate(ARABIC_DIGITS)}",
    ]
    return draw(st.sampled_from(changes))


grosses = st.builds(Money, st.integers(0, MAX_MINOR), currencies)


@st.composite
def ties(draw: st.DrawFn) -> tuple[Money, int]:
    """A gross amount and a rate whose fee lies halfway between two minor units."""
    rate, step = draw(st.sampled_from([(5_000, 2), (500, 20), (50, 200), (25, 400)]))
    gross = draw(st.integers(0, 10**9)) * step + step // 2
    return Money(gross, draw(currencies)), rate


priced = ties() | st.tuples(grosses, rates)
"""Gross amounts with a rate, every second one a tie."""


@st.composite
def postings(draw: st.DrawFn) -> tuple[Posting, ...]:
    """Two to five postings that may balance, or miss by little."""
    small = st.integers(-3, 3).filter(bool)
    amounts = st.builds(Money, small, st.sampled_from([Currency.EUR, Currency.JPY]))
    posting = st.builds(Posting, st.sampled_from(ACCOUNTS), amounts)
    drawn = draw(st.lists(posting, min_size=2, max_size=3))
    if draw(st.booleans()):
        drawn += [Posting("clearing:gateway", -each.amount) for each in drawn]
    return tuple(drawn)


@st.composite
def transfers(draw: st.DrawFn, transfer_id: str) -> Transfer:
    """A balanced transfer from one account to one or two, in one currency or two."""
    giver, *takers = draw(st.sampled_from(PARTIES))
    moved = draw(st.dictionaries(currencies, st.integers(2, MOST_MOVED), min_size=1, max_size=2))
    taken = [Posting(giver, Money(-minor, currency)) for currency, minor in moved.items()]
    given = []
    for currency, minor in moved.items():
        part = draw(st.integers(1, minor - 1))
        given.append(Posting(takers[0], Money(part, currency)))
        given.append(Posting(draw(st.sampled_from(takers)), Money(minor - part, currency)))
    return Transfer(transfer_id, (*taken, *given), draw(references))


def drained(transfer: Transfer, excess: int) -> Transfer:
    """Takes from the last receiver what the transfer gave to it, and `excess` more."""
    last = transfer.postings[-1]
    currency = last.amount.currency
    received = [each for each in transfer.postings if each.account == last.account]
    minor = sum(each.amount.minor for each in received if each.amount.currency is currency)
    amount = Money(minor + excess, currency)
    back = (Posting(last.account, -amount), Posting("clearing:bank", amount))
    return Transfer(f"{transfer.id}-back", back)


@st.composite
def histories(draw: st.DrawFn, min_size: int = 0) -> list[Transfer]:
    """Transfers with ids of their own, some overdrawing an account, the last by one unit."""
    size = draw(st.integers(min_size, 4))
    history = [draw(transfers(f"t{number}")) for number in range(size)]
    backs = [drained(transfer, draw(st.integers(0, 1))) for transfer in history[-1:]]
    return history + backs


@st.composite
def tampered_files(draw: st.DrawFn) -> tuple[Journal, str]:
    """A journal, and its file with one line altered, dropped, repeated or moved."""
    journal = journal_of(draw(histories(min_size=1)))
    lines = dump(journal).splitlines(keepends=True)
    at = draw(st.integers(0, len(lines) - 1))
    line = lines.pop(at)
    match draw(st.sampled_from(["alter", "drop", "repeat", "move"])):
        case "alter":
            place = draw(st.integers(0, len(line) - 1))
            character = draw(st.characters(min_codepoint=32, max_codepoint=126))
            lines.insert(at, line[:place] + character + line[place + 1 :])
        case "repeat":
            lines[at:at] = [line, line]
        case "move":
            lines.insert(draw(st.integers(0, len(lines))), line)
    return journal, "".join(lines)


requests = st.builds(
    CaptureRequest,
    key=st.sampled_from(["order-1", "order-2", "order-3"]),
    merchant=st.sampled_from(["books", "tea"]),
    gross=st.builds(Money, st.integers(1, 500), st.just(Currency.EUR)),
    basis_points=st.sampled_from([0, 290, FULL]),
)
faults = st.lists(st.sampled_from(Fault), max_size=5)


def _reports(line: st.SearchStrategy[Line]) -> st.SearchStrategy[Report]:
    return st.lists(line, max_size=4).map(lambda lines: {each.reference: each for each in lines})


@st.composite
def _lines(draw: st.DrawFn, disputed: bool) -> Line:
    """A line whose amount follows from its reference and revision, unless it is disputed."""
    reference, revision = draw(st.sampled_from(["ch_1", "ch_2", "ch_3"])), draw(st.integers(1, 3))
    dispute = draw(st.sampled_from([0, 0, 0, 1])) if disputed else 0
    return Line(reference, revision, Money(100 * revision + dispute, Currency.EUR))


reports = _reports(_lines(disputed=False))
disputed_reports = _reports(_lines(disputed=True))
