"""Many checks and many writers at the same time, and nowhere to write."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli.command import adr_lsp, environment
from hostile.limits import CHECK, adopted, check, write

RECORD = """# {0}. Wrap

## Invariants

- **INV-1** *(bounds)*: A wrapped number is below ten, fast.
"""
WRITERS, RESULTS = 8, 400


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for number in range(1, 40):
        write(adopted(tmp_path), f"docs/adr/{number:04}-a.md", RECORD.format(number))
    return tmp_path


@pytest.mark.parametrize("kept", [False, True], ids=["no cache", "with a cache"])
def test_checks_at_once_say_the_same(root: Path, kept: bool) -> None:
    if kept:
        (root / ".adr-lsp").mkdir()
    command = [*CHECK, "-f", "json"]
    children = [
        subprocess.Popen(command, cwd=root, env=environment(), stdout=subprocess.PIPE)
        for _ in range(WRITERS)
    ]
    said = {(child.communicate()[0], child.returncode) for child in children}
    assert len(said) == 1
    assert next(iter(said))[1] == 1


def test_results_of_workers_at_once_are_all_there(tmp_path: Path) -> None:
    tests = (
        "import pytest\n\n@pytest.mark.parametrize('n', range({0}))\ndef test_{1}(n):\n    pass\n"
    )
    write(adopted(tmp_path), "docs/adr/0001-a.md", RECORD.format(1))
    for number in range(WRITERS):
        write(tmp_path, f"tests/test_{number}.py", tests.format(RESULTS, number))
    command = [sys.executable, "-m", "pytest", "-q", "-n", str(WRITERS), "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    said = adr_lsp(tmp_path, "doctor").out
    assert f"{WRITERS * RESULTS} tests ran" in said or f"{WRITERS} tests ran" in said
    (run,) = (tmp_path / ".adr-lsp/evidence").iterdir()
    lines = run.read_bytes().splitlines()
    assert sum(b"::test_" in line for line in lines) >= WRITERS * RESULTS
    assert all(line.startswith(b"{") and line.endswith(b"}") for line in lines)


def _no_file_may_grow() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _shut(root: Path) -> None:
    (root / ".adr-lsp").write_text("in the way")


def _folder_in_the_way(root: Path) -> None:
    (root / ".adr-lsp/cache").mkdir(parents=True)
    (root / ".adr-lsp/cache").rmdir()
    (root / ".adr-lsp/cache").write_text("in the way")


def _link_out(root: Path) -> None:
    outside = root.parent / f"{root.name}-outside"
    outside.mkdir()
    (root / ".adr-lsp").symlink_to(outside)


@pytest.mark.parametrize("spoil", [_shut, _folder_in_the_way, _link_out])
def test_what_cannot_be_written_changes_no_answer(root: Path, spoil: object) -> None:
    expected = check(root, "--no-cache", "-f", "json")
    spoil(root)  # type: ignore[operator]
    spoilt = [check(root) for _ in range(2)]
    assert {(done.out, done.code) for done in spoilt} == {(expected.out, expected.code)}
    outside = root.parent / f"{root.name}-outside"
    assert not outside.exists() or not any(outside.iterdir())


def test_a_full_disk_and_no_home_change_no_answer(root: Path) -> None:
    expected = check(root, "--no-cache", "-f", "json")
    (root / ".adr-lsp").mkdir()
    full = check(root, "-f", "json", before=_no_file_may_grow)
    assert (full.out, full.code) == (expected.out, expected.code)
    assert len(full.err.splitlines()) <= 1
    homeless = {k: v for k, v in environment().items() if k not in ("HOME", "XDG_CACHE_HOME")}
    done = subprocess.run([*CHECK, "-f", "json"], cwd=root, env=homeless, capture_output=True)
    assert (done.stdout, done.returncode) == (expected.out, expected.code)


@pytest.mark.parametrize("seed", range(4))
def test_neither_hash_seed_nor_order_of_folders_nor_cache_shows(
    root: Path, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    """The same files, written in another order into another folder."""
    write(root, "tests/test_a.py", "# Verifies: ADR-0001/INV-1\ndef test_a():\n    assert 1 < 2\n")
    other = tmp_path_factory.mktemp("other")
    files = sorted(p.relative_to(root) for p in root.rglob("*") if p.is_file())
    for path in sorted(files, key=lambda p: hash((seed, str(p)))):
        (other / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / path, other / path)
    (other / ".adr-lsp").mkdir()
    for arguments in (("-f", "json"), ("-f", "sarif"), ("-f", "text"), ("-f", "markdown")):
        expected = check(root, "--no-cache", *arguments).out
        for _ in range(2):
            shuffled = check(other, *arguments, more={"PYTHONHASHSEED": str(seed)})
            assert shuffled.out == expected
