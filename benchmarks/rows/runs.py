"""A day of development leaves hundreds of runs, each of other code: what they add to a check."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.process import Cost, cost, program
from benchmarks.row import Measure, Row, Sizes, in_turn

RUNS, FILES, TESTS = 500, 40, 20
CPU = 10


def measure(folder: Path, sizes: Sizes) -> list[Measure]:
    many, one = folder / "many", folder / "one"
    plant_runs(many, RUNS)
    shutil.copytree(many, one)
    for run in sorted((one / ".adr-lsp/evidence").iterdir())[:-1]:
        run.unlink()
    pairs = in_turn(lambda: _check(many), lambda: _check(one), sizes.runs)
    return [Measure("CPU", "ms", tuple((a.cpu * 1e3, b.cpu * 1e3) for a, b in pairs), CPU)]


def _check(root: Path) -> Cost:
    return cost([program("adr-lsp"), "--check", "--no-cache"], root, exits=(0, 1))


def plant_runs(root: Path, runs: int) -> None:
    """Tests that import forty files, of which another one changes before each run."""
    from json import dumps

    (root / ".git").mkdir(parents=True)
    files = {f"ledger/part_{n}.py": _part(n, 0) for n in range(FILES)}
    files |= {f"tests/test_{n}.py": _test(n) for n in range(TESTS)}
    files["docs/adr/0001-ledger.md"] = _record()
    digests = {path: _put(root, text) for path, text in files.items()}
    (root / ".adr-lsp/evidence").mkdir()
    for number in range(runs + 1):
        path = f"ledger/part_{number % FILES}.py"
        files[path] = _part(number % FILES, number)
        digests[path] = _put(root, files[path])
        if number < runs:
            stamp = f"20260101T{number // 3600:02d}{number // 60 % 60:02d}{number % 60:02d}Z"
            lines = [dumps(line) for line in _lines(digests)]
            name = f"{stamp}-{number:016x}.jsonl"
            (root / ".adr-lsp/evidence" / name).write_text("\n".join(lines) + "\n")
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def _put(root: Path, text: str) -> str:
    from adr_lsp.run.recording.store import put  # what measures stays small until it has to plant

    return put(root, text.encode())


def _lines(digests: dict[str, str]) -> list[dict[str, object]]:
    environment = {"python": "3.13.0", "implementation": "cpython", "platform": "linux"}
    head: dict[str, object] = {
        "type": "run",
        "version": 1,
        "tool": "pytest",
        "environment": environment,
    }
    tests = (f"tests/test_{n}.py::test_part_{n}" for n in range(TESTS))
    told: list[dict[str, object]] = [
        {"type": "result", "test": test, "parameter": None, "outcome": "passed"} for test in tests
    ]
    content: dict[str, object] = {"type": "content", "files": digests}
    return [head, content, *told, {"type": "end", "coverage": "unknown"}]


def _part(number: int, version: int) -> str:
    further = f"import ledger.part_{number + 1}\n\n\n" if number + 1 < FILES else ""
    bodies = (
        f"def add_{each}(amounts):\n    return sum(amounts) + {version if each == 0 else each}\n"
        for each in range(20)
    )
    return further + "\n\n".join(bodies)


def _test(number: int) -> str:
    return (
        "import ledger.part_0\n\n\n"
        f"# Verifies: ADR-0001/INV-{number + 1}\n"
        f"def test_part_{number}():\n    assert ledger.part_0.add_1([{number}]) == {number + 1}\n"
    )


def _record() -> str:
    items = (f"- **INV-{n + 1}**: Part {n} adds what it is given.\n" for n in range(TESTS))
    return "# 1. Ledger\n\n## Invariants\n\n" + "".join(items)


ROW = Row("runs", f"`--check` with {RUNS} runs of other code", "the same with one run", measure)
