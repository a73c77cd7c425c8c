"""Which tests a Python file holds, and what is known of each."""

from __future__ import annotations

import textwrap

import pytest

from adr_lsp.sources import read
from adr_lsp.sources.model import Source
from adr_lsp.text import Text


def source_of(code: str, path: str = "tests/test_ledger.py") -> Source:
    source = read(path, textwrap.dedent(code).lstrip("\n").encode())
    assert source is not None
    return source


def check(code: str, expected: str, path: str = "tests/test_ledger.py") -> None:
    """`expected` has one line per test: its name and method."""
    shown = [f"{test.name} {test.method}" for test in source_of(code, path).tests]
    assert shown == [line.strip() for line in expected.strip().splitlines()]


def test_functions_and_classes_by_pytests_defaults() -> None:
    check(
        """
        def test_a(): ...
        async def test_b(): ...
        def tests_c(): ...
        def helper(): ...
        def _test(): ...
        class TestD:
            def test_e(self): ...
            async def test_f(self): ...
            @staticmethod
            def test_g(): ...
            def helper(self):
                def test_inside(): ...
            class TestH:
                def test_i(self): ...
            class Other:
                def test_j(self): ...
        class TestMade:
            def __init__(self): ...
            def test_k(self): ...
        class TestNot:
            __test__ = False
            def test_l(self): ...
        class Ledger:
            def test_m(self): ...
        @pytest.fixture
        def test_client(): ...
        if sys.platform == "linux":
            def test_n(): ...
        """,
        """
        test_a example
        test_b example
        tests_c example
        TestD::test_e example
        TestD::test_f example
        TestD::test_g example
        TestD::TestH::test_i example
        test_n example
        """,
    )


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("test_a.py", True),
        ("a/b_test.py", True),
        ("a/test.py", False),
        ("tests/ledger.py", False),
        ("tests/conftest.py", False),
    ],
)
def test_only_in_files_that_pytest_looks_at(path: str, found: bool) -> None:
    check("def test_a(): ...", "test_a example" if found else "", path)


def test_unittest() -> None:
    check(
        """
        from django.test import TransactionTestCase
        class LedgerTest(unittest.TestCase):
            def test_a(self): ...
            def helper(self): ...
            class TestInner:
                def test_b(self): ...
        class More(TransactionTestCase):
            def test_c(self): ...
        class Again(More):
            def test_d(self): ...
        Plain = unittest.TestCase
        """,
        """
        LedgerTest::test_a example
        More::test_c example
        Again::test_c example
        Again::test_d example
        """,
    )


def test_tests_that_a_base_class_of_the_file_brings() -> None:
    check(
        """
        class Contract:
            def test_a(self): ...
            def test_b(self): ...
        class TestMemory(Contract):
            def test_b(self): ...
        """,
        """
        TestMemory::test_a example
        TestMemory::test_b example
        """,
    )


def test_of_two_definitions_only_the_last() -> None:
    source = source_of(
        """
        def test_a(): ...
        def test_a():
            assert 1
        class TestB:
            def test_c(self): ...
        class TestB:
            def test_d(self): ...
        def test_e(): ...
        test_e = None
        """
    )
    assert [test.name for test in source.tests] == ["test_a", "TestB::test_d"]
    assert source.tests[0].range.start.line == 1


@pytest.mark.parametrize(
    ("imported", "decorator"),
    [
        ("from hypothesis import given", "@given(st.integers())"),
        ("from hypothesis import given as g", "@g(x=1)"),
        ("import hypothesis", "@hypothesis.given(1)"),
        ("import hypothesis as h", "@settings(max_examples=1)\n@h.given(1)\n@example(2)"),
        ("from hypothesis import *", "@given(1)"),
        ("numbers = hypothesis.given(1)", "@numbers"),
        ("def numbers(f):\n    return hypothesis.given(1)(f)", "@numbers"),
    ],
)
def test_a_property(imported: str, decorator: str) -> None:
    check(f"{imported}\n{decorator}\ndef test_a(x): ...", "test_a property")


def test_a_decorator_of_another_kind_makes_no_property() -> None:
    check("@pytest.mark.parametrize('given', [1])\ndef test_a(given): ...", "test_a example")


MACHINES = """
from hypothesis.stateful import RuleBasedStateMachine as Base
class Journal(Base):
    @rule()
    def test_grow(self): ...
class Longer(Journal): ...
TestJournal = Journal.TestCase
Marked = pytest.mark.slow(Longer.TestCase)
class TestLonger(Longer.TestCase): ...
FromElsewhere = machines.Other.TestCase
def test_run():
    run_state_machine_as_test(Journal, settings=None)
"""


def test_machines() -> None:
    source = source_of(MACHINES)
    shown = {(test.name, test.method): test.aliases for test in source.tests}
    assert shown == {
        ("TestJournal::runTest", "state-machine"): ("TestJournal", "Journal"),
        ("Marked::runTest", "state-machine"): ("Marked", "Longer"),
        ("TestLonger::runTest", "state-machine"): ("TestLonger", "Longer"),
        ("FromElsewhere::runTest", "state-machine"): ("FromElsewhere", "Other"),
        ("test_run", "state-machine"): ("Journal",),
    }
    found = source.test("Journal")
    assert found is not None
    assert Text(source.text).between(found.name_range) == "Journal"
    assert found.range.start.line == 1


def test_ranges_reach_from_the_first_decorator_to_the_last_line() -> None:
    code = "é = 1\n@given(\n  1)\n@settings()\nasync def test_é(x):\n    '''𝒳'''\n    return 𝒳\n\n"
    source = read("test_a.py", code.replace("\n", "\r\n").encode())
    assert source is not None
    [test] = source.tests
    text = Text(source.text)
    assert text.between(test.name_range) == "test_é"
    assert text.between(test.range).startswith("@given")
    assert text.between(test.range).endswith("return 𝒳")


@pytest.mark.parametrize(
    "code",
    [
        "# adr-lsp: scaffold\n{test}",
        "# The rest.\n# adr-lsp: scaffold\n@x\n{test}",
        "@x\n# adr-lsp: scaffold\n{test}",
        "@pytest.mark.skip(reason='adr-lsp: scaffold: ADR-1/INV-1')\n{test}",
        "{test}\n    # ADR-LSP:scaffold\n    pass",
        "{test}\n    pass  # adr-lsp: scaffold",
        "{test}\n    pytest.skip('adr-lsp: scaffold')",
        "{test}\n    '''Doc.\n    adr-lsp: scaffold\n    '''",
        "pytestmark = pytest.mark.skip('adr-lsp: scaffold')\n{test}",
        "# adr-lsp: scaffold\nclass TestB:\n    def test_a(self): ...",
        "@skip('adr-lsp: scaffold')\nclass TestB:\n    def test_a(self): ...",
        "class M(RuleBasedStateMachine):\n    # adr-lsp: scaffold\n    x = 1\nTestM = M.TestCase",
        "class M(RuleBasedStateMachine): ...\n# adr-lsp: scaffold\nTestM = M.TestCase",
    ],
)
def test_a_scaffold(code: str) -> None:
    source = source_of(code.format(test="def test_a(x):\n    '''𝒳'''"))
    [test] = source.tests
    assert test.scaffold is not None
    said = Text(source.text).between(test.scaffold).lower().replace(" ", "")
    assert said == "adr-lsp:scaffold"


@pytest.mark.parametrize(
    "code",
    [
        "# adr-lsp: scaffold\n\ndef test_a(): ...",
        "def test_a(): ...\n# adr-lsp: scaffold\ndef helper(): ...",
        "def helper():\n    'adr-lsp: scaffold'\ndef test_a(): ...",
        "def test_a(): ...  # adr-lsp: scaffolded",
        "x = 'adr-lsp: scaffold'\ndef test_a(): ...",
        "class TestB:\n    # adr-lsp: scaffold\n    def test_b(self): ...\ndef test_a(): ...",
    ],
)
def test_no_scaffold(code: str) -> None:
    test = source_of(code).test("test_a")
    assert test is not None
    assert test.scaffold is None
