"""What pytest may report without an invariant counting as passed."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from adr_lsp.evidence.model import Verdict
from evidence.project import Project

HEAD = """import time, unittest
import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st
from code_under_test import double
"""

TESTS = {
    "assert-true": ("vacuous", "def test_it():\n    double(1)\n    assert True\n"),
    "no-assertion": ("vacuous", "def test_it():\n    double(1)\n"),
    "swallowed": (
        "vacuous",
        """def test_it():
    try:
        assert double(1) == 3
    except AssertionError:
        pass
""",
    ),
    "never-awaited": (
        "vacuous",
        """class TestIt(unittest.TestCase):
    # Verifies: {key}
    async def test_it(self):
        assert double(1) == 3
""",
    ),
    "never-iterated": (
        "vacuous",
        """class TestIt(unittest.TestCase):
    # Verifies: {key}
    def test_it(self):
        yield 1
        assert double(1) == 3
""",
    ),
    "skipped": (
        "skipped",
        "@pytest.mark.skip(reason='later')\ndef test_it():\n    assert double(1) == 2\n",
    ),
    "skips-itself": ("skipped", "def test_it():\n    pytest.skip('later')\n"),
    "xfail": ("known-violation", "@pytest.mark.xfail\ndef test_it():\n    assert double(1) == 3\n"),
    "xpass": ("known-violation", "@pytest.mark.xfail\ndef test_it():\n    assert double(1) == 2\n"),
    "strict-xpass": (
        "failed",
        "@pytest.mark.xfail(strict=True)\ndef test_it():\n    assert double(1) == 2\n",
    ),
    "discarded": (
        "error",
        """@settings(suppress_health_check=list(HealthCheck))
@given(st.integers())
def test_it(n):
    assume(n != n)
    assert double(n) == 2 * n
""",
    ),
    "one-example": (
        "vacuous",
        """@settings(max_examples=1)
@given(st.integers())
def test_it(n):
    assert double(n) == 2 * n
""",
    ),
    "deadline": (
        "error",
        """@settings(deadline=1)
@given(st.integers())
def test_it(n):
    time.sleep(0.01)
    assert double(n) == 2 * n
""",
    ),
    "health-check": (
        "error",
        """@given(st.integers())
def test_it(n):
    assume(n == 12345678)
    assert double(n) == 2 * n
""",
    ),
    "scaffold": (
        "scaffolded",
        "def test_it():\n    # adr-lsp: scaffold\n    assert double(1) == 2\n",
    ),
    "subtest": (
        "failed",
        """class TestIt(unittest.TestCase):
    def test_it(self):
        for n in (1, 2, 3):
            with self.subTest(n=n):
                self.assertNotEqual(double(n), 4)
""",
    ),
    "one-parameter": (
        "failed",
        "@pytest.mark.parametrize('n', [1, 2, 3])\ndef test_it(n):\n    assert double(n) != 4\n",
    ),
    "setup": (
        "error",
        """@pytest.fixture
def broken():
    raise OSError("no database")


# Verifies: {key}
def test_it(broken):
    assert double(1) == 2
""",
    ),
    "teardown": (
        "error",
        """@pytest.fixture
def broken():
    yield
    raise OSError("no database")


# Verifies: {key}
def test_it(broken):
    assert double(1) == 2
""",
    ),
}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Every one of these tests in a file of its own, all in one run."""
    project = Project(tmp_path_factory.mktemp("never passed"))
    ids = {name: f"INV-{number}" for number, name in enumerate(TESTS, 1)}
    items = "".join(f"- **{id}**: The double of n is 2 n ({name}).\n" for name, id in ids.items())
    project.write("docs/adr/0001-double.md", f"# 1. Double\n\n## Invariants\n\n{items}")
    project.write("adr-lsp.toml", "")
    project.write("code_under_test.py", "def double(n):\n    return 2 * n\n")
    project.write("pytest.ini", "[pytest]\npythonpath = .\n")
    for name, (_, text) in TESTS.items():
        project.write(f"test_{name.replace('-', '_')}.py", HEAD + _linked(text, ids[name]))
    project.pytest()
    return project


def _linked(text: str, id: str) -> str:
    key = f"ADR-0001/{id}"
    return text.replace("{key}", key) if "{key}" in text else f"\n\n# Verifies: {key}\n{text}"


@pytest.mark.parametrize("name", TESTS)
def test_in_a_whole_run(ran: Project, name: str) -> None:
    found = ran.stands(f"INV-{list(TESTS).index(name) + 1}")
    assert found.verdict == TESTS[name][0], found.reason


def small(root: Path, test: str) -> Project:
    project = Project(root)
    project.write(
        "docs/adr/0001-double.md", "# 1. Double\n\n## Invariants\n\n- **INV-1**: A holds.\n"
    )
    project.write("adr-lsp.toml", "")
    project.write("test_it.py", f"# Verifies: ADR-0001/INV-1\n{test}")
    return project


def test_reruns_that_hide_a_failure(tmp_path: Path) -> None:
    project = small(
        tmp_path,
        """def test_it(tmp_path_factory):
    seen = tmp_path_factory.getbasetemp() / "seen"
    first = not seen.exists()
    seen.touch()
    assert not first
""",
    )
    said = project.pytest("--reruns", "2")
    assert "1 passed" in said
    assert project.stands().verdict is Verdict.FLAKY


def test_a_run_killed_in_the_middle(tmp_path: Path) -> None:
    project = small(tmp_path, "def test_it():\n    assert 1 + 1 == int('2')\n")
    project.write("test_last.py", "def test_last():\n    print('here', flush=True)\n    input()\n")
    process = project.start("-s")
    assert process.stdout is not None
    assert any("here" in line for line in process.stdout)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert project.stands().verdict is Verdict.NOT_RUN
    assert project.stands().run is None


def test_an_interpreter_that_leaves_assertions_out(tmp_path: Path) -> None:
    project = small(tmp_path, "")
    project.write(
        "test_it.py",
        "from ours import same\n\n\n# Verifies: ADR-0001/INV-1\ndef test_it():\n    same(1, 2)\n",
    )
    project.write("ours.py", "def same(one, other):\n    assert one == other\n")
    said = project.pytest(flags=("-O",))
    assert "1 passed" in said
    assert "not recorded" in said
    assert project.stands().verdict is Verdict.NOT_RUN


def test_a_failing_parameter_that_another_branch_does_not_have(tmp_path: Path) -> None:
    both = "import pytest\n\n\n# Verifies: ADR-0001/INV-1\n"
    both += "@pytest.mark.parametrize('n', [1, 2])\ndef test_it(n):\n    assert n == 1\n"
    project = small(tmp_path, "")
    project.write("test_it.py", both)
    project.pytest()
    project.replace("test_it.py", "[1, 2]", "[1]")
    project.pytest()
    assert project.stands().verdict is Verdict.PASSED
    project.write("test_it.py", both)
    assert project.stands().verdict is Verdict.FAILED


def test_a_conftest_that_came_since(tmp_path: Path) -> None:
    project = small(tmp_path, "")
    project.write("ours.py", "LIMIT = 1\n")
    project.write(
        "sub/test_sub.py",
        "import ours\n\n\n# Verifies: ADR-0001/INV-1\ndef test_it():\n    assert ours.LIMIT == 1\n",
    )
    project.write("conftest.py", "")
    project.pytest()
    assert project.stands().verdict is Verdict.PASSED
    project.write("sub/conftest.py", "")
    assert project.stands().verdict is Verdict.PASSED
    project.write(
        "sub/conftest.py",
        "import ours, pytest\n\n\n@pytest.fixture(autouse=True)\n"
        "def more(monkeypatch):\n    monkeypatch.setattr(ours, 'LIMIT', 2)\n",
    )
    assert project.stands().verdict is Verdict.STALE


def test_a_conftest_that_pytest_did_not_load(tmp_path: Path) -> None:
    """Above pytest's own root; it was there when the test ran, so it is no news."""
    project = small(tmp_path, "")
    project.write(
        "conftest.py",
        "import pytest\n\n\n@pytest.fixture(autouse=True)\ndef outer():\n    raise ValueError\n",
    )
    project.write("sub/pytest.ini", "[pytest]\n")
    project.write(
        "sub/test_sub.py", "# Verifies: ADR-0001/INV-1\ndef test_it():\n    assert int('1') == 1\n"
    )
    project.pytest("--rootdir=sub", "--confcutdir=sub", "sub")
    assert project.stands().verdict is Verdict.PASSED


def test_a_link_to_a_test_as_to_an_operator(tmp_path: Path) -> None:
    project = small(tmp_path, "")
    project.write("test_it.py", "def test_it():\n    assert True\n")
    project.replace(
        "docs/adr/0001-double.md", "A holds.\n", "A holds.\n  - Verified by: `test_it.py!test_it`\n"
    )
    project.pytest()
    assert project.said() == "unverified: test_it.py!test_it is not there"
