"""When a test's evidence is stale, and what it says has changed."""

from __future__ import annotations

import pytest

from sources.project import changes, edited, files_of

LEDGER = files_of('''
--- src/ledger/__init__.py
"""The ledger."""
--- src/ledger/money.py
"""Amounts."""
from dataclasses import dataclass

LIMIT = 1_000
UNUSED = ("a", "b")

@dataclass(frozen=True)
class Amount:
    """Minor units."""

    units: int
    currency: str = "EUR"

    def plus(self, other):
        """The sum."""
        return Amount(self.units + other.units)  # ran

    def minus(self, other):
        return Amount(self.units - other.units)

def total(amounts, start=0):
    result = Amount(start)  # ran
    for amount in amounts:  # ran
        result = result.plus(amount)  # ran
    return result  # ran

def unrelated(x):
    return x + 1
--- src/ledger/audit.py
from . import money
def log(x):
    print(x)
--- tests/strategies.py
from hypothesis import strategies as st
from ledger.money import Amount, LIMIT

SMALL = st.integers(0, 9)

def amounts(high=LIMIT):
    return st.builds(Amount, st.integers(1, high))

def others():
    return st.none()
--- tests/conftest.py
import pytest

@pytest.fixture(scope="session")
def book():
    return open_book("x")

def open_book(name):
    return [name]

@pytest.fixture
def unused_fixture():
    return 2
--- tests/test_total.py
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger.money import total
from strategies import amounts
import strategies as drawn

MOST = 20
OTHER = 30

def summed(values):
    return sum(value.units for value in values)

def not_used(values):
    return 0

# Verifies: ADR-0001/INV-1
@settings(max_examples=50)
@given(values=st.lists(amounts(), max_size=MOST))
def test_total(values, book):
    """The total is the sum."""
    assert book  # ran
    assert total(values).units == summed(values)  # ran

@given(drawn.others())
def test_other(_):
    assert OTHER
''')
TEST = "tests/test_total.py::test_total"

FRESH = {
    "nothing": (),
    "a comment in a covered function": [
        ("result = Amount(start)", "# hm\n    result = Amount(start)")
    ],
    "a comment before a covered function": [("def total", "# about\n\n\ndef total")],
    "layout in a covered function": [
        ("self.units + other.units)", "(self.units\n +   other.units),)")
    ],
    "a docstring of a covered function": [('"""The sum."""', "'''Something\n    else.'''")],
    "a docstring gone": [('        """The sum."""\n', "")],
    "a docstring of a class": [('"""Minor units."""', '"""Cents."""')],
    "a module's docstring": [('"""Amounts."""', "")],
    "what only another test's decorator calls": [("st.none()", "st.booleans()")],
    "an unrelated body": [("x + 1", "x + 2")],
    "a method that did not run": [("self.units - other.units", "other.units - self.units")],
    "a new function": [("def unrelated", "def brand_new(x=1):\n    return x\n\ndef unrelated")],
    "another order of definitions": [
        ("def unrelated(x):\n    return x + 1\n", ""),
        ("def total", "def unrelated(x):\n    return x + 1\n\ndef total"),
    ],
    "quotes": [('currency: str = "EUR"', "currency: str = 'EUR'")],
    "parentheses": [('UNUSED = ("a", "b")', "UNUSED = \"a\", 'b',")],
    "grouping of digits": [("LIMIT = 1_000", "LIMIT = 1000")],
    "a file that nobody imports": [("print(x)", "print(x, x)"), ("def log", "Z = 1\ndef log")],
    "another test": [("assert OTHER", "assert not OTHER")],
    "a new test": [("def test_other", "def test_new(): assert 1\n\ndef test_other")],
    "a constant of the test's file that it does not use": [("OTHER = 30", "OTHER = 31")],
    "a helper that it does not use": [("return 0", "return 1")],
    "a fixture that it does not use": [("return 2", "return 3")],
    "a strategy that it does not use": [("st.none()", "st.just(0)")],
    "the comment that names the invariant": [("ADR-0001/INV-1", "ADR-0002/INV-3")],
    "the test's docstring": [('    """The total is the sum."""\n', "")],
    "order of imports": [
        (
            "from ledger.money import total\nfrom strategies import amounts\n",
            "from strategies import (amounts,)\n\nfrom ledger.money import total\n",
        ),
        ("from ledger.money import Amount, LIMIT", "from ledger.money import LIMIT, Amount"),
    ],
}

STALE = {
    "a covered body": ("amount in amounts:", "amount in amounts[1:]:", "covered: total() changed"),
    "a covered method": (
        "self.units + other.units",
        "self.units - other.units + 0",
        "covered: Amount.plus() changed",
    ),
    "a covered function gone": ("def total", "def totals", "gone: total() is gone"),
    "a constant": ("LIMIT = 1_000", "LIMIT = 1_001", "module: LIMIT changed"),
    "a dataclass default": ('"EUR"', '"USD"', "module: Amount changed"),
    "the type of a field": ("units: int", "units: float", "module: Amount changed"),
    "a decorator of a class": ("(frozen=True)", "", "module: Amount changed"),
    "a default": ("start=0", "start=1", "module: total() changed"),
    "a header of what did not run": (
        "unrelated(x)",
        "unrelated(x=1)",
        "module: unrelated() changed",
    ),
    "a new method": (
        "    def minus",
        "    def __eq__(self, o): return True\n    def minus",
        "module: Amount.__eq__() changed",
    ),
    "a new function of a name in use": (
        "def unrelated",
        "def Amount(x): ...\ndef unrelated",
        "module: Amount changed",
    ),
    "an import": ("import dataclass", "import dataclass, field", "module: dataclass changed"),
    "a strategy in a helper module": (
        "st.builds(Amount, st.integers(1, high))",
        "st.just(0)",
        "reached: amounts() changed",
    ),
    "a constant in a helper module": (
        "SMALL = st.integers(0, 9)",
        "SMALL = st.just(0)",
        "module: SMALL changed",
    ),
    "a helper": ("value.units for", "0 for", "reached: summed() changed"),
    "a module-level name": ("MOST = 20", "MOST = 0", "reached: MOST changed"),
    "settings": ("max_examples=50", "max_examples=1", "test: test_total() changed"),
    "its body": ("assert book", "assert not book", "test: test_total() changed"),
    "an assertion gone": ("    assert book  # ran\n", "", "test: test_total() changed"),
    "its parameters": ("values, book", "values", "test: test_total() changed"),
    "a fixture": ('open_book("x")', 'open_book("y")', "reached: book() changed"),
    "a helper of a fixture": ("return [name]", "return []", "reached: open_book() changed"),
    "a fixture's decorator": ('scope="session"', 'scope="module"', "reached: book() changed"),
    "a fixture gone": ("def book", "def books", "gone: book() is gone"),
    "where a name comes from": (
        "from strategies import amounts",
        "from strategies import others as amounts",
        "reached: amounts changed",
    ),
    "a new automatic fixture": (
        "@pytest.fixture\ndef unused",
        "@pytest.fixture(autouse=True)\ndef unused",
        "reached: unused_fixture() changed",
    ),
    "a nearer fixture": (
        "MOST = 20",
        "MOST = 20\n@pytest.fixture\ndef book(): return 1\n",
        "reached: book() changed",
    ),
    "an act at import": (
        "OTHER = 30",
        "OTHER = 30\nsettings.load_profile('x')",
        "reached: tests/test_total.py changed",
    ),
    "a skip of the whole file": ("OTHER = 30", "pytestmark = skip", "reached: pytestmark changed"),
    "the test renamed": ("def test_total", "def test_totals", "gone: test_total() is gone"),
    "code that does not parse": (
        "def unrelated(x):",
        "def unrelated(x:",
        "unparsed: src/ledger/money.py changed",
    ),
}


@pytest.mark.parametrize("edits", FRESH.values(), ids=FRESH.keys())
def test_stays_fresh(edits: list[tuple[str, str]]) -> None:
    assert changes(TEST, LEDGER, edited(LEDGER, *edits)) == []


@pytest.mark.parametrize(("old", "new", "expected"), STALE.values(), ids=STALE.keys())
def test_is_stale(old: str, new: str, expected: str) -> None:
    found = changes(TEST, LEDGER, edited(LEDGER, (old, new)))
    assert expected in found, found
