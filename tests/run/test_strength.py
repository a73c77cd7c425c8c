"""`adr-lsp run --strength`: tests that notice nothing are named, and nothing is left behind."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from adr_lsp.config import Config
from adr_lsp.features.strength import Job, Strength
from adr_lsp.run.strength import Unable, measure
from adr_lsp.snapshot import LinkedTest
from cli.command import adr_lsp

Monkeypatch = pytest.MonkeyPatch

CODE = """\
from functools import lru_cache


def fee(amount, percent):
    if amount < 0:
        raise ValueError(amount)
    return amount * percent // 100


@lru_cache(maxsize=None)
def size(text):
    return len(text) + 1


class Base:
    def __init__(self, start):
        self.total = start


class Till(Base):
    def __init__(self, start):
        super().__init__(start)
        self.seen = []

    def put(self, amount):
        self.total += amount
        self.seen.append(amount)

    @property
    def many(self):
        return sum(1 for each in self.seen if each > 0)


def halves(number):
    steps = 0
    while number > 1:
        number = number // 2
        steps += 1
    return steps


def never():
    return 1
"""
TESTS = """\
import unittest

import pytest
from hypothesis import event, given, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from shop.ledger import Till, fee, halves, size

few = settings(max_examples=25)


@few
@given(amount=st.integers(0, 999), percent=st.integers(0, 100))
def test_asserts_nothing(amount, percent):
    fee(amount, percent)


@few
@given(amount=st.integers(0, 999), percent=st.integers(0, 100), note=st.text() | st.none())
def test_share(amount, percent, note):
    event("large" if amount > 100 else "small")
    assert fee(amount, percent) == (amount * percent) // 100


def test_refuses():
    with pytest.raises(ValueError):
        fee(-1, 3)


@pytest.fixture(scope="session")
def sizes():
    return {text: size(text) for text in ("", "ab")}


@pytest.mark.parametrize(("text", "expected"), [("", 1), ("ab", 3)], ids=["none", "two"])
def test_sizes(text, expected, sizes):
    assert size(text) == expected == sizes[text]


class Machine(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.till, self.put_in = Till(0), []

    @rule(amount=st.integers(-3, 3))
    def put(self, amount):
        self.till.put(amount)
        self.put_in.append(amount)

    @invariant()
    def adds_up(self):
        assert self.till.total == sum(self.put_in)
        assert self.till.many == len([each for each in self.put_in if each > 0])


TestMachine = Machine.TestCase
TestMachine.settings = settings(max_examples=10, stateful_step_count=10)


class TestHalves(unittest.TestCase):
    def test_halves(self):
        self.assertEqual(halves(8), 3)


def test_fails():
    assert fee(100, 10) == 11
"""
EVENTS = ("event large", "event small")
INVARIANTS = {
    "INV-1": ("test_asserts_nothing", "shop.ledger:fee"),
    "INV-2": ("test_share", "shop.ledger:fee"),
    "INV-3": ("test_sizes", ""),
    "INV-4": ("TestMachine", "shop.ledger:Till"),
    "INV-5": ("TestHalves::test_halves", "shop.ledger:halves"),
    "INV-6": ("test_share", "shop.ledger:never"),
    "INV-7": ("test_fails", "shop.ledger:fee"),
}
PYTEST = '[tool.adr-lsp]\n[tool.pytest.ini_options]\naddopts = "-n 2 --junitxml=report.xml --cov"\n'


def record() -> str:
    lines = ["# 1. Fees", "", "## Invariants", ""]
    for id, (test, target) in INVARIANTS.items():
        lines.append(f"- **{id}**: The till is right.")
        lines += [f"  - Target: `{target}`"] if target else []
        lines.append(f"  - Verified by: [`{test}`](../../tests/test_ledger.py)")
    return "\n".join([*lines, "- **INV-8**: Nobody tests this.", ""])


def project(root: Path) -> Path:
    files = {
        "pyproject.toml": PYTEST,
        "conftest.py": "",
        "docs/adr/0001-fees.md": record(),
        "shop/__init__.py": "",
        "shop/ledger.py": CODE,
        "tests/test_ledger.py": TESTS,
    }
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content)
    return root


def digests(root: Path) -> dict[str, str]:
    files = (path for path in root.rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("strength"))


def strength(root: Path, id: str) -> dict[str, Any]:
    done = adr_lsp(root, "run", "--strength", f"ADR-1/{id}", "-f", "json")
    (found,) = done.json
    assert done.code == (0 if found["verdict"] == "strong" else 1), done.err
    result: dict[str, Any] = found
    return result


def test_a_test_that_asserts_nothing_is_named_and_nothing_is_left_behind(root: Path) -> None:
    before = digests(root)
    found = strength(root, "INV-1")
    assert found["verdict"] == "vacuous"
    assert found["reason"] == "the tests pass although `fee` is replaced by a stub"
    changed = "return amount * percent // 100", "return None"
    survivors = {(s["path"], s["line"], s["before"], s["after"]) for s in found["survivors"]}
    assert ("shop/ledger.py", 7, *changed) in survivors
    assert digests(root) == before


def test_a_strong_test_notices_every_fault_and_its_inputs_are_shown(root: Path) -> None:
    found = strength(root, "INV-2")
    assert (found["verdict"], found["survivors"], found["whole"]) == ("strong", [], True)
    assert found["noticed"] >= 5
    arguments = [i["argument"] for i in found["inputs"]]
    assert [*arguments[:3], *sorted(arguments[3:])] == ["amount", "percent", "note", *EVENTS]
    shown = [i["shown"] for i in found["inputs"]]
    assert sum(int(words.removesuffix(" %")) for words in shown[3:]) == 100
    assert all(words.startswith("25 values") for words in shown[:3])
    assert "negative 0 %" in shown[0]
    assert "none " in shown[2]
    assert "sizes 0 to " in shown[2]


@pytest.mark.parametrize("id", ["INV-3", "INV-4"])
def test_caches_fixtures_classes_and_machines_see_each_fault(root: Path, id: str) -> None:
    found = strength(root, id)
    assert found["verdict"] == "strong", found
    assert found["noticed"] >= 3


def test_a_fault_that_never_ends_is_noticed(root: Path) -> None:
    found = strength(root, "INV-5")
    assert found["whole"]
    assert found["verdict"] in ("strong", "weak")
    assert {"path": "shop/ledger.py", "name": "halves"}.items() <= {
        "path": found["reached"][0]["path"],
        "name": found["reached"][0]["name"],
    }.items()


@pytest.mark.parametrize(
    ("id", "reason"),
    [("INV-6", "the tests never reach `never`"), ("INV-7", "the tests fail as they are: ")],
)
def test_what_cannot_be_told_is_inconclusive(root: Path, id: str, reason: str) -> None:
    found = strength(root, id)
    assert found["verdict"] == "inconclusive"
    assert found["reason"].startswith(reason)


def test_what_has_no_test_cannot_be_tried(root: Path) -> None:
    done = adr_lsp(root, "run", "--strength", "ADR-1/INV-8")
    assert done.code == 1
    assert "INV-8: no test in Python is linked" in done.err
    assert adr_lsp(root, "run", "--strength").code == 2


def test_evidence_and_verdicts_stay_as_they_are(tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / "pyproject.toml").write_text("[tool.adr-lsp]\n")
    ran = adr_lsp(root, "run", "ADR-1/INV-1", "-f", "json")
    before = {path: digest for path, digest in digests(root).items() if ".adr-lsp" in path}
    assert before
    strength(root, "INV-1")
    assert {p: d for p, d in digests(root).items() if ".adr-lsp" in p} == before
    after = adr_lsp(root, "list", "-f", "json").json
    assert {f["id"]: f["verdict"] for f in after}["INV-1"] == ran.json[0]["verdict"]


def measured(root: Path, **more: Any) -> Strength | Unable:
    linked = LinkedTest("tests/test_ledger.py", "test_refuses", "example", "link", None)
    return measure(root, Config(), Job((linked,), (("shop/ledger.py", "fee"),)), **more)


def test_a_limit_of_time_leaves_faults_untried(root: Path, monkeypatch: Monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    found = measured(root, seconds=0)
    assert isinstance(found, Strength)
    assert found.left > 0
    assert not found.tried


def test_it_can_be_cancelled(root: Path) -> None:
    assert measured(root, cancelled=lambda: True) == Unable("it was cancelled")
