"""Which tests cannot fail, and why."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.sources import vacuity
from adr_lsp.sources.change import Memo
from sources.project import files_of

NOTHING = "it asserts nothing"
CONSTANT = "its assertion holds whatever the code does"
SWALLOWED = "a failure of its assertion is swallowed"


def check(
    body: str,
    expected: str | None,
    *,
    test: str = "test_a",
    pattern: str | None = None,
    others: str = "",
) -> None:
    """`body` is the test's file, or the body of `test_a`; `others` are more files."""
    code = textwrap.dedent(body).strip("\n")
    if "def test" not in code and "class " not in code:
        code = "def test_a(x, self=None):\n" + textwrap.indent(code, "    ")
    files = files_of(others) | {"tests/test_a.py": code}

    def read(path: str) -> bytes | None:
        return files[path].encode() if path in files else None

    found = vacuity("tests/test_a.py", test, read, frozenset(files), pattern=pattern)
    assert found == expected


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("unittest.TestCase", "unittest calls it, but never runs what it returns"),
        ("unittest.IsolatedAsyncioTestCase", None),
        ("object", None),
    ],
)
def test_a_coroutine_that_nobody_awaits(case: str, expected: str | None) -> None:
    code = f"import unittest\nclass TestA({case}):\n    async def test_a(self):\n"
    check(code + "        assert self.x == 1\n", expected, test="TestA::test_a")
    decorated = code.replace("    async", "    @awaited\n    async")
    check(decorated + "        assert self.x == 1\n", None, test="TestA::test_a")


@pytest.mark.parametrize(
    "body",
    [
        "assert x",
        "assert x == 1",
        "assert x != x",
        "assert f(x) == f(x)",
        "assert x == pytest.approx(1)",
        "assert False, 'not reached'",
        "assert not x",
        "assert x and True",
        "assert []",
        "assert [*x]",
        "for y in x:\n    assert y",
        "async with x:\n    assert x",
        "with pytest.raises(ValueError):\n    f(x)",
        "pytest.fail('no')",
        "if x:\n    pytest.fail('no')",
        "with pytest.warns(UserWarning): f()",
        "if x:\n    raise AssertionError(x)",
        "if x:\n    raise Violation",
        "self.assertEqual(x, 1)",
        "self.assertTrue(x)",
        "self.assertRaises(ValueError, f)",
        "self.fail('no')",
        "numpy.testing.assert_allclose(x, 1)",
        "mock().method.assert_called_once()",
        "check_balance(x)",
        "expect(page).to_have_title('x')",
        "ledger.verify(x)",
        "_ensure(x)",
        "def inner(y):\n    assert y\ninner(x)",
        "run(lambda y: assert_(y))",
        "try:\n    assert x\nexcept ValueError:\n    pass",
        "try:\n    assert x\nexcept AssertionError:\n    log()\n    raise",
        "try:\n    assert x\nexcept Exception as e:\n    pytest.fail(str(e))",
        "try:\n    f()\nexcept Exception:\n    pass\nelse:\n    assert x",
        "try:\n    f()\nexcept Exception as e:\n    assert x(e)",
        "try:\n    f()\nfinally:\n    assert x",
        "with contextlib.suppress(KeyError):\n    assert x",
        "try:\n    with pytest.raises(KeyError): f()\nexcept Exception: pass",
        "try:\n    f()\nexcept Exception: pass\nassert x",
    ],
)
def test_can_fail(body: str) -> None:
    check(body, None)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("pass", NOTHING),
        ("f(x)", NOTHING),
        ("return x == 1", NOTHING),
        ("x == 1", NOTHING),
        ("assume(x)\nprint(x)", NOTHING),
        ("def inner():\n    assert x", NOTHING),
        ("'assert x'\n# assert x", NOTHING),
        ("raise SkipTest('no')", NOTHING),
        ("raise pytest.skip.Exception('no')", NOTHING),
        ("try:\n    f()\nexcept ValueError as e:\n    raise Other from e", NOTHING),
        ("assert True", CONSTANT),
        ("assert (True)", CONSTANT),
        ("assert 1, x", CONSTANT),
        ("assert 'text'", CONSTANT),
        ("assert (x == 1, 'message')", CONSTANT),
        ("assert [x]", CONSTANT),
        ("assert {'a': x}", CONSTANT),
        ("assert (y for y in x)", CONSTANT),
        ("assert lambda: x", CONSTANT),
        ("assert x == x", CONSTANT),
        ("assert x.a[0] == (x . a[0])", CONSTANT),
        ("assert x is x", CONSTANT),
        ("assert 1 == 1", CONSTANT),
        ("assert not False", CONSTANT),
        ("assert x or True", CONSTANT),
        ("assert True and 1", CONSTANT),
        ("self.assertTrue(True)", CONSTANT),
        ("self.assertEqual(x, x)", CONSTANT),
        ("self.assertIsNone(None)", CONSTANT),
        ("try:\n    assert x\nexcept:\n    pass", SWALLOWED),
        ("try:\n    assert x\nexcept Exception:\n    pass", SWALLOWED),
        ("try:\n    assert x\nexcept (KeyError, AssertionError) as e:\n    log(e)", SWALLOWED),
        ("try:\n    assert x\nexcept BaseException: ...", SWALLOWED),
        ("try:\n    assert x\nexcept Exception:\n    pytest.skip('flaky')", SWALLOWED),
        ("try:\n    assert x\nexcept Exception:\n    assert True", SWALLOWED),
        ("try:\n    with pytest.raises(KeyError): f()\nexcept: pass", SWALLOWED),
        ("try:\n    try:\n        assert x\n    finally:\n        g()\nexcept: pass", SWALLOWED),
        ("try:\n    assert x\nfinally:\n    return", SWALLOWED),
        ("with contextlib.suppress(Exception):\n    assert x", SWALLOWED),
        ("with suppress(AssertionError), f():\n    if x:\n        assert x", SWALLOWED),
        ("try:\n    check_it(x)\nexcept Exception:\n    pass", SWALLOWED),
    ],
)
def test_cannot_fail(body: str, expected: str) -> None:
    check(body, expected)


OTHERS = """
--- tests/checks.py
def first(x):
    second(x)
def second(x):
    third(x)
def third(x):
    fourth(x)
def fourth(x):
    assert x
def check_nothing(x):
    return x
class Checker:
    def __init__(self, x):
        assert x
    def sum(self, x):
        assert x
"""


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("checks.second(x)", None),
        ("checks.first(x)", NOTHING),
        ("checks.check_nothing(x)", NOTHING),
        ("checks.Checker(x)", None),
        ("checks.Checker.sum(None, x)", None),
        ("list(map(checks.fourth, x))", None),
        ("try:\n        checks.fourth(x)\n    except Exception: pass", SWALLOWED),
        ("from tests.checks import fourth as f\n    f(x)", None),
    ],
)
def test_follows_calls_into_the_project_three_deep(call: str, expected: str | None) -> None:
    code = (
        f"from . import checks\nfrom contextlib import suppress as s\ndef test_a(x):\n    {call}\n"
    )
    check(code, expected, others=OTHERS)


def test_methods_of_the_class_and_of_its_base() -> None:
    code = """
    from checks import Checker
    class TestA(Checker):
        def helper(self): self.sum(1)
        def test_a(self): self.helper()
        def test_b(self): self.other()
    """
    check(code, None, test="TestA::test_a", others=OTHERS)
    check(code, NOTHING, test="TestA::test_b", others=OTHERS)


MACHINE = """
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
class Journal(RuleBasedStateMachine):
    @rule()
    def append(self): self.journal.append(1)
    @invariant()
    def grows(self): {body}
TestJournal = Journal.TestCase
class TestOther(Journal.TestCase):
    settings = None
"""


@pytest.mark.parametrize("test", ["TestJournal::runTest", "TestOther::runTest", "Journal"])
def test_all_methods_of_a_machine_count(test: str) -> None:
    check(MACHINE.format(body="assert self.journal"), None, test=test)
    check(MACHINE.format(body="pass"), NOTHING, test=test)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("decode(x)", None),
        ("x + x", None),
        ("pass", "it does nothing"),
        ("try:\n    decode(x)\nexcept ValueError:\n    pass", None),
        (
            "y = make(x)\ntry:\n    decode(y)\nexcept Exception:\n    pass",
            "it swallows the failure that it looks for",
        ),
        ("with suppress(Exception):\n    decode(x)", "it swallows the failure that it looks for"),
        ("try:\n    decode(x)\nexcept Exception:\n    raise", None),
    ],
)
def test_total_needs_no_assertion_but_may_swallow_nothing(body: str, expected: str | None) -> None:
    check(body, expected, pattern="total")


def test_says_nothing_of_what_is_not_there() -> None:
    check("def test_b(): pass", None)
    assert vacuity("a.rs", "test_a", lambda _: b"", (), pattern=None) is None


@given(st.binary())
def test_any_bytes_are_judged(raw: bytes) -> None:
    code = b"def test_a(x):\n    " + raw
    vacuity("tests/test_a.py", "test_a", lambda _: code, ("tests/test_a.py",), pattern=None)


def test_what_was_remembered_of_the_same_bytes_changes_no_answer() -> None:
    files = {
        "tests/test_a.py": b"from helper import check\n\ndef test_a():\n    check()\n\n"
        b"def test_b():\n    pass\n",
        "helper.py": b"def check():\n    assert f()\n",
        "tests/test_c.py": b"def test_c():\n    f()\n",
    }
    memo: Memo = {}
    for paths in (frozenset(files), frozenset({"helper.py"})):
        memo.clear()
        for path, name in (("tests/test_a.py", "test_a"), ("tests/test_a.py", "test_b"),
                           ("tests/test_c.py", "test_c")) * 2:  # fmt: skip
            asked = (path, name, files.get, paths)
            assert vacuity(*asked, pattern=None, memo=memo) == vacuity(*asked, pattern=None)
