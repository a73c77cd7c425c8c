"""Staleness of tests in classes, of machines, without coverage, and across odd imports."""

from __future__ import annotations

import pytest

from adr_lsp.sources import definition_digest, what_changed
from sources.project import changes, check, edited, files_of

CLASSES = files_of("""
--- tests/contract.py
import unittest
class Contract:
    size = 3
    def setup_method(self):
        self.made = self.make()
    def make(self):
        return 1
    def never(self):
        return 2
    def test_inherited(self):
        assert self.made
class Case(unittest.TestCase):
    def setUp(self):
        self.x = 1
--- tests/conftest.py
import pytest
@pytest.fixture
def asked_by_name():
    return 1
@pytest.fixture
def other():
    return 2
--- tests/test_store.py
import pytest
from tests import contract
from tests.contract import Case as Base
pytest_marks = 1
@pytest.mark.usefixtures("asked_by_name")
class TestStore(contract.Contract):
    limit = 10
    @pytest.fixture(autouse=True)
    def prepared(self):
        self.ready = 1
    @pytest.fixture
    def on_request(self):
        return "r"
    def helper(self):
        return self.deeper()
    def deeper(self):
        return 5
    def unused(self):
        return 6
    def test_one(self, on_request):
        assert self.helper()
    def test_two(self):
        assert 2
class TestCases(Base):
    def test_three(self):
        self.assertTrue(self.x)
""")


def test_a_test_in_a_class() -> None:
    check(
        "tests/test_store.py::TestStore::test_one",
        CLASSES,
        ("assert 2", "assert 3", None),
        ("return 6", "return 7", None),
        ("return 2\n    def test", "return 9\n    def test", None),
        ("return 5", "return 55", "reached: TestStore.deeper() changed"),
        ("limit = 10", "limit = 11", "test: TestStore changed"),
        ("self.ready = 1", "self.ready = 2", "reached: TestStore.prepared() changed"),
        ('return "r"', 'return "s"', "reached: TestStore.on_request() changed"),
        ("def asked_by_name():\n    return 1", "def asked_by_name(): pass",
         "reached: asked_by_name() changed"),
        ("def other():\n    return 2", "def other(): pass", None),
        ("self.made = self.make()", "self.made = None",
         "reached: Contract.setup_method() changed"),
        ("def make(self):\n        return 1", "def make(self): return 8",
         "reached: Contract.make() changed"),
        ("size = 3", "size = 4", "test: Contract changed"),
        ("(contract.Contract)", "", "test: TestStore changed"),
    )  # fmt: skip
    check(
        "tests/test_store.py::TestStore::test_inherited",
        CLASSES,
        ("assert self.made", "assert not self.made", "test: Contract.test_inherited() changed"),
        ("assert 2", "assert 3", None),
    )
    check(
        "tests/test_store.py::TestCases::test_three",
        CLASSES,
        ("self.x = 1", "self.x = 2", "reached: Case.setUp() changed"),
    )


MACHINE = files_of("""
--- journal/__init__.py
--- journal/store.py
class Store:
    def append(self, item):
        return [item]  # ran
    def wipe(self):
        return None
--- tests/machines.py
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from journal.store import Store
class Base(RuleBasedStateMachine):
    def teardown(self):
        print(1)
class Journal(Base):
    items = Bundle("items")
    @rule()
    def grow(self):
        self.n = helper(1)  # ran
    @invariant()
    def holds(self):
        assert self.n
def helper(n):
    return n
def other(n):
    return n
--- tests/test_journal.py
from hypothesis import settings
from tests.machines import Journal
TestJournal = Journal.TestCase
TestJournal.settings = settings(max_examples=50)
class TestAlone:
    x = 1
""")


@pytest.mark.parametrize("measured", [True, False])
def test_a_machine_is_one_definition(measured: bool) -> None:
    check(
        "tests/test_journal.py::TestJournal::runTest",
        MACHINE,
        ("assert self.n", "pass", "test: Journal.holds() changed"),
        ("@rule()\n    def grow", "@rule(x=1)\n    def grow", "test: Journal.grow() changed"),
        ('Bundle("items")', 'Bundle("i")', "test: Journal changed"),
        ("print(1)", "print(2)", "test: Base.teardown() changed"),
        ("max_examples=50", "max_examples=1", "reached: tests/test_journal.py changed"),
        ("x = 1", "x = 2", None),
        ("return [item]", "return []", "covered: Store.append() changed"),
        ("return None", "return 1", None if measured else "covered: Store.wipe() changed"),
        ("Journal.TestCase\n", "Base.TestCase\n", "test: TestJournal changed"),
        measured=measured,
    )


def test_where_nobody_measured_every_imported_body_counts() -> None:
    files = files_of("""
    --- app/__init__.py
    from .core import run
    --- app/core.py
    from app import deep
    def run():
        return 1
    --- app/deep.py
    def far():
        return 2
    --- app/apart.py
    def apart():
        return 3
    --- tests/test_app.py
    import app
    def helper():
        return 4
    def test_a():
        assert app.run()
    """)
    check(
        "tests/test_app.py::test_a",
        files,
        ("return 1", "return 0", "covered: run() changed"),
        ("return 2", "return 0", "covered: far() changed"),
        ("return 3", "return 0", None),
        ("return 4", "return 0", None),
        ("def far", "def farther", "gone: far() is gone"),
        ("from .core import run", "from .core import *", "module: run changed"),
        measured=False,
    )


def test_what_ran_at_import_counts_although_no_test_covers_it() -> None:
    files = files_of("""
    --- app.py
    def build(n):
        return part(n)
    def part(n):
        return n
    def handler(n):
        return n + 1
    def wrap(f):
        return f
    TABLE = build(1)
    HANDLERS = {"a": handler}
    @wrap
    def run():
        return TABLE  # ran
    --- tests/test_app.py
    import app
    def test_a():
        assert app.run()  # ran
    """)
    check(
        "tests/test_app.py::test_a",
        files,
        ("return part(n)", "return 2", "reached: build() changed"),
        ("return n\ndef handler", "return 3\ndef handler", "reached: part() changed"),
        ("return f\n", "return None\n", "reached: wrap() changed"),
        ("return n + 1", "return n + 2", None),
    )


IMPORTS = files_of("""
--- lib/ledger/__init__.py
from .api import *
--- lib/ledger/api.py
from . import core as c
value = c.value
def entry():
    return 1
--- lib/ledger/core.py
def value():
    return 1
--- tests/unit/conftest.py
pytest_plugins = ["tests.plugin"]
--- tests/plugin.py
import pytest
@pytest.fixture(name="db")
def make_db():
    return helper_of_plugin()
def helper_of_plugin():
    return "db"
--- tests/kit/__init__.py
from .strategies import *
from .strategies import pairs as couples
--- tests/kit/strategies.py
import hypothesis.strategies as st
def ones():
    return st.just(1)
def pairs():
    return st.just(2)
def lazily():
    return st.just(3)
def amount():
    return st.just(4)
--- tests/unit/test_it.py
import ledger
import tests.kit.strategies
from tests.kit import *
from tests import kit as k
@given(ones(), k.couples(), tests.kit.strategies.amount())
def test_it(db, amount=0):
    from tests.kit.strategies import lazily
    pairs = 3
    assert ledger.value() and lazily()  # ran
""")


def test_names_are_followed_through_imports() -> None:
    check(
        "tests/unit/test_it.py::test_it",
        IMPORTS,
        ("st.just(1)", "st.just(0)", "reached: ones() changed"),
        ("st.just(2)", "st.just(0)", "reached: pairs() changed"),
        ("st.just(3)", "st.just(0)", "reached: lazily() changed"),
        ("st.just(4)", "st.just(0)", "reached: amount() changed"),
        ('return "db"', 'return "bd"', "reached: helper_of_plugin() changed"),
        ("def value():\n    return 1", "def value(): return 2", "reached: value() changed"),
        ("value = c.value", "value = None", "reached: value changed"),
        ("from tests import kit as k", "from ledger import api as k", "reached: k changed"),
    )


def test_a_local_name_hides_a_helper() -> None:
    files = files_of("""
    --- test_a.py
    def total():
        return 1
    def rate():
        return 2
    def test_a():
        total = 3
        assert [rate for rate in ()] == rate  # ran
    """)
    check(
        "test_a.py::test_a",
        files,
        ("return 1", "return 0", None),
        ("return 2", "return 0", "reached: rate() changed"),
    )


def test_the_file_or_what_it_needs_is_gone() -> None:
    without = {path: text for path, text in IMPORTS.items() if path != "lib/ledger/core.py"}
    test = "tests/unit/test_it.py::test_it"
    assert "gone: lib/ledger/core.py is gone" in changes(test, IMPORTS, without)
    without = {path: text for path, text in IMPORTS.items() if path != "tests/unit/test_it.py"}
    assert changes(test, IMPORTS, without) == ["gone: tests/unit/test_it.py is gone"]


def test_a_conftest_that_the_run_did_not_have() -> None:
    test = "tests/unit/test_it.py::test_it"
    idle = IMPORTS | {"tests/conftest.py": "import os\ndef helper(): ...\n"}
    assert changes(test, IMPORTS, idle) == []
    code = "import pytest\n@pytest.fixture(autouse=True)\ndef stop(): pytest.skip()\n"
    found = changes(test, IMPORTS, IMPORTS | {"tests/conftest.py": code})
    assert "reached: stop() changed" in found


def test_a_test_that_the_run_did_not_have() -> None:
    files = {"test_a.py": "def test_a(): assert x\n"}
    found = changes("test_a.py::test_b", files, edited(files, ("test_a", "test_b")))
    assert found == ["test: test_b() changed"]


def test_bytes_that_are_lost_are_not_taken_for_equal() -> None:
    files = {"a.py": b"def f(): return 1\n", "test_a.py": b"import a\ndef test_a(): assert a.f()\n"}
    old = {"test_a.py": files["test_a.py"]}
    [change] = what_changed("test_a.py", "test_a", old.get, files.get, frozenset(files), None)
    assert str(change) == "a.py changed"


def test_equal_bytes_are_not_even_parsed() -> None:
    files = {"test_a.py": b"def test_a(:"}
    assert what_changed("test_a.py", "nothing", files.get, files.get, files, None) == ()


def test_a_definition_is_equal_wherever_it_stands() -> None:
    here = "import x\n@given(1)\ndef test_a(n):\n    assert n\n"
    there = "# moved\n\n@given( 1 )\ndef test_a(n):\n    '''Doc.'''\n    assert (n)\n"

    def digest(code: str, name: str = "test_a") -> str | None:
        return definition_digest("t.py", code.encode(), name)

    assert digest(here) == digest(there) is not None
    assert digest(here) != digest(here.replace("assert n", "assert not n"))
    assert digest(here.replace("test_a", "test_b"), "test_b") != digest(here)
    assert digest(here, "test_c") is None
    machine = "class M(RuleBasedStateMachine):\n    def r(self): assert 1\nTestM = M.TestCase\n"
    moved = f"'''Doc.'''\n{machine}"
    assert digest(machine, "TestM::runTest") == digest(moved, "TestM::runTest") is not None
    weaker = machine.replace("assert 1", "pass")
    assert digest(machine, "TestM::runTest") != digest(weaker, "TestM::runTest")
