"""The main job from an empty folder to an earned verdict, each step read from the JSON."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.command import adr_lsp, run

RECORD = "docs/adr/0001-encode-amounts.md"
TEST = "tests/test_encode_amounts.py"
STATEMENT = "Decoding an encoded amount gives that amount back."
BARE = "# 1. Encode amounts\n\n## Status\n\nAccepted\n\n## Decision\n\nAmounts travel as text.\n"
DECLARED = f"""
## Invariants

- **INV-1** *(round-trip)*: {STATEMENT}
  - Target: `amounts:encode`
  - Target: `amounts:decode`
"""
HOLDS = '''"""Amounts as text."""

from dataclasses import dataclass

SIGN = "-"


@dataclass(frozen=True)
class Amount:
    units: int
    currency: str = "EUR"


def encode(amount: Amount) -> str:
    sign = SIGN if amount.units < 0 else ""
    return f"{sign}{abs(amount.units)} {amount.currency}"


def decode(text: str) -> Amount:
    number, _, currency = text.partition(" ")
    return Amount(int(number), currency)


def unrelated() -> int:
    return 1
'''
VIOLATES = HOLDS.replace("if amount.units < 0 else", "if amount.units < -9 else")
WORDS = "def words():\n    return st.text(alphabet='AB', max_size=3)\n"
STRATEGIES = f"from hypothesis import strategies as st\n\n\n{WORDS}"


class Story:
    """One folder, and what `--check` says of it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, path: str, content: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)

    def read(self, path: str) -> str:
        return (self.root / path).read_text()

    def edit(self, path: str, old: str, new: str) -> Callable[[], None]:
        """Replace text in a file; gives the way back."""
        before = self.read(path)
        assert old in before, before
        self.write(path, before.replace(old, new))
        return lambda: self.write(path, before)

    def check(self) -> tuple[int, dict[str, Any]]:
        done = adr_lsp(self.root, "--check", "-f", "json")
        return done.code, done.json

    def codes(self) -> list[str]:
        return [finding["code"] for finding in self.check()[1]["findings"]]

    def invariant(self) -> dict[str, Any]:
        (found,) = self.check()[1]["invariants"]
        return found

    def pytest(self) -> int:
        return run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"], self.root).code

    def git(self, *arguments: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *arguments], cwd=self.root, check=True, capture_output=True)


@pytest.fixture
def story(tmp_path: Path) -> Story:
    story = Story(tmp_path)
    story.write(RECORD, BARE)
    story.write("amounts.py", HOLDS)
    (tmp_path / ".git").mkdir()
    return story


def filled_in(scaffold: str) -> str:
    """The scaffold as an author leaves it: without its scaffold line, drawing from a helper."""
    kept = [line for line in scaffold.splitlines() if "adr-lsp: scaffold" not in line]
    return "\n".join(kept) + "\n"


@pytest.fixture
def verified(story: Story) -> Story:
    """A scaffold filled in over code that holds, and run."""
    story.write(RECORD, BARE + DECLARED)
    assert adr_lsp(story.root, "scaffold", "ADR-0001/INV-1").code == 0
    story.write(TEST, filled_in(story.read(TEST)))
    done = adr_lsp(story.root, "run")
    assert done.code == 0, done.out + done.err + story.read(TEST)
    return story


def test_from_no_invariants_to_passed(story: Story) -> None:
    code, said = story.check()
    assert code == 1
    assert [finding["code"] for finding in said["findings"]] == ["ADL101"]

    story.write(RECORD, BARE + DECLARED)
    code, said = story.check()
    assert code == 1
    assert [finding["code"] for finding in said["findings"]] == ["ADL301"]
    assert said["invariants"][0]["verdict"] == "unverified"

    done = adr_lsp(story.root, "scaffold", "ADR-0001/INV-1", "--method", "property")
    assert done.code == 0, done.err
    assert "Verifies: ADR-0001/INV-1" in story.read(TEST)
    assert f"](../../{TEST})" in story.read(RECORD)
    assert story.invariant()["verdict"] == "scaffolded"
    assert story.codes() == ["ADL408"]
    assert adr_lsp(story.root, "scaffold", "ADR-0001/INV-1").code == 2

    story.write("amounts.py", VIOLATES)
    story.write(TEST, filled_in(story.read(TEST)))
    assert story.pytest() == 1
    found = story.invariant()
    assert found["verdict"] == "failed"
    assert "ADL401" in story.codes()
    assert "-1" in found["counterexample"]["text"]

    story.write("amounts.py", HOLDS)
    assert story.invariant()["verdict"] != "passed"

    done = adr_lsp(story.root, "run")
    assert done.code == 0, done.out + done.err
    code, said = story.check()
    assert code == 0, said["findings"]
    (found,) = said["invariants"]
    assert found["verdict"] == "passed"
    assert found["cases"] >= 100
    assert set(found["covered"]["amounts.py"]) >= {15, 16, 20, 21}
    assert said["summary"]["evidence"]["runs"] == 2


def test_words_and_code_make_it_stale_and_fresh_again(verified: Story) -> None:
    def verdict_after(path: str, old: str, new: str) -> tuple[str, str]:
        back = verified.edit(path, old, new)
        found = verified.invariant()
        codes = verified.codes()
        assert ("ADL404" in codes) == (found["verdict"] == "stale"), codes
        back()
        assert verified.invariant()["verdict"] == "passed"
        return found["verdict"], found["reason"]

    verdict, reason = verdict_after(RECORD, "gives that amount", "gives the same amount")
    assert verdict == "stale"
    assert "same" in reason

    assert (
        verdict_after("amounts.py", "    sign =", "    # the sign first\n    sign =")[0] == "passed"
    )
    verdict, reason = verdict_after("amounts.py", "abs(amount.units)", "abs(+amount.units)")
    assert verdict == "stale"
    assert "encode" in reason
    assert verdict_after("amounts.py", 'SIGN = "-"', 'SIGN = "−"')[0] == "stale"
    assert verdict_after("amounts.py", '= "EUR"', '= "USD"')[0] == "stale"
    assert verdict_after("amounts.py", "return 1", "return 2")[0] == "passed"


def test_a_weakened_strategy_in_a_helper_module_makes_it_stale(story: Story) -> None:
    story.write(RECORD, BARE + DECLARED)
    story.write(
        "tests/strategies.py",
        STRATEGIES.replace("words", "numbers").replace(
            "st.text(alphabet='AB', max_size=3)", "st.integers()"
        ),
    )
    story.write("tests/conftest.py", "")
    story.write(
        TEST,
        "from amounts import Amount, decode, encode\n"
        "from hypothesis import given\n"
        "from strategies import numbers\n\n\n"
        "# Verifies: ADR-0001/INV-1\n"
        "@given(units=numbers())\n"
        "def test_round_trip(units):\n"
        "    assert decode(encode(Amount(units))) == Amount(units)\n",
    )
    story.write("pyproject.toml", '[tool.pytest.ini_options]\npythonpath = ["."]\n[tool.adr-lsp]\n')
    assert adr_lsp(story.root, "run").code == 0
    assert story.invariant()["verdict"] == "passed"
    back = story.edit("tests/strategies.py", "st.integers()", "st.just(0)")
    assert story.invariant()["verdict"] == "stale"
    back()
    assert story.invariant()["verdict"] == "passed"


def test_a_renamed_test_leaves_its_failure_behind(verified: Story) -> None:
    verified.write("amounts.py", VIOLATES)
    assert adr_lsp(verified.root, "run").code == 1
    assert verified.invariant()["verdict"] == "failed"
    name = next(
        line.split("(")[0][4:]
        for line in verified.read(TEST).splitlines()
        if line.startswith("def test_")
    )
    verified.edit(TEST, f"def {name}(", "def test_other(")
    found = verified.invariant()
    assert "ADL204" in verified.codes()
    assert found["verdict"] == "not-run"
    assert found["counterexample"] is None


def test_stash_and_pop_show_passed_without_a_rerun(verified: Story) -> None:
    (verified.root / ".git").rmdir()
    verified.git("init", "-q")
    verified.git("add", ".")
    verified.git("commit", "-qm", "a")
    verified.edit("amounts.py", "abs(amount.units)", "abs(+amount.units)")
    assert verified.invariant()["verdict"] == "stale"
    verified.git("stash")
    assert verified.invariant()["verdict"] == "passed"
    verified.git("stash", "pop")
    assert verified.invariant()["verdict"] == "stale"
    verified.edit("amounts.py", "abs(+amount.units)", "abs(amount.units)")
    assert verified.invariant()["verdict"] == "passed"
