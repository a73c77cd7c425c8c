"""Generated Python tests: a suite that costs nothing to run, and one that is long to read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.words import sentence

PER_FILE = 100
ONE_REFERS_IN = 20


def plant_trivial(root: Path, tests: int) -> None:
    """So many tests that do next to nothing, in a root where evidence is recorded."""
    (root / ".adr-lsp").mkdir(parents=True)
    _plant(root, trivial(tests))


def plant_long(root: Path, files: int) -> None:
    """So many test files of about 8 KB, of which one in twenty names an invariant."""
    _plant(root, long_files(files))


def trivial(tests: int) -> Iterator[tuple[str, str]]:
    for first in range(0, tests, PER_FILE):
        numbers = range(first, min(first + PER_FILE, tests))
        bodies = (f"def test_{number}():\n    assert {number} >= 0\n" for number in numbers)
        yield f"tests/test_from_{first:05d}.py", "\n\n".join(bodies)


def long_files(files: int) -> Iterator[tuple[str, str]]:
    for number in range(files):
        random = Random(number)
        refers = number % ONE_REFERS_IN == 0
        yield f"tests/part_{number // 100:03d}/test_{number:05d}.py", _long(random, refers)


def _long(random: Random, refers: bool) -> str:
    head = f'"""{sentence(random)}"""\n\nimport pytest\n\nfrom ledger import Entry, post\n'
    tests = [_test(random, number) for number in range(random.randint(10, 24))]
    if refers:
        named = f"# Verifies: ADR-{random.randint(1, 999):04d}/INV-{random.randint(1, 5)}\n"
        chosen = random.randrange(len(tests))
        tests[chosen] = named + tests[chosen]
    return head + "".join(f"\n\n{test}" for test in tests)


def _test(random: Random, number: int) -> str:
    amounts = ", ".join(str(random.randint(-999, 999)) for _ in range(random.randint(3, 12)))
    mark = f'@pytest.mark.parametrize("amount", [{amounts}])\n' if random.random() < 0.4 else ""
    argument = "amount" if mark else "book"
    lines = "\n".join(f"    {_statement(random, n)}" for n in range(random.randint(4, 12)))
    return (
        f"{mark}def test_case_{number}({argument}):\n"
        f'    """{sentence(random)}"""\n{lines}\n    assert entry_0 is not None\n'
    )


def _statement(random: Random, number: int) -> str:
    value = random.randint(0, 9_999)
    return random.choice(
        (
            f"entry_{number} = post(Entry({value}, currency='EUR'), at={value % 24})",
            f"entry_{number} = [x + {value} for x in range({value % 50}) if x % 3 == 1]",
            f"entry_{number} = {{'key': {value}, 'other': ({value}, 'text of {value}')}}",
            f"entry_{number} = post(Entry({value}))  # {sentence(random)}",
        )
    )


def _plant(root: Path, files: Iterator[tuple[str, str]]) -> None:
    for path, content in files:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, encoding="utf-8")
