"""The benchmarks still run, and what they generate is what they say. Nothing is timed here."""

from __future__ import annotations

import ast
import subprocess
import sys
from itertools import islice
from pathlib import Path
from statistics import median

import pytest

from adr_lsp.record import parse
from adr_lsp.sources import might_refer

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))


def test_generated_records_are_records_with_invariants_and_the_same_each_time() -> None:
    from benchmarks.records import FOLDER, records

    texts = dict(islice(records(1_000), 60))
    assert texts == dict(islice(records(1_000), 60))
    for number, (path, text) in enumerate(texts.items(), 1):
        record = parse(path, text.encode(), log=FOLDER)
        assert (record.number, record.title_number, record.problems) == (number, number, ())
        assert record.status_text and record.links and record.invariants
        assert all(invariant.id for invariant in record.invariants)
    assert 5_000 < median(map(len, texts.values())) < 9_000


def test_one_generated_test_file_in_twenty_names_an_invariant() -> None:
    from benchmarks.suites import long_files, trivial

    files = dict(long_files(60))
    assert sum(might_refer(text.encode(), ("INV",)) for text in files.values()) == 3
    suite = dict(trivial(250))
    assert sum(text.count("def test_") for text in suite.values()) == 250
    for text in (*files.values(), *suite.values()):
        ast.parse(text)


def test_a_row_is_measured_and_printed() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "references", "--runs", "1", "--tests", "20"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "finding references in 20 test files" in done.stdout
    assert "at most 0.1" in done.stdout


def test_an_unknown_row_is_refused() -> None:
    command = [sys.executable, "-m", "benchmarks", "no-such-row"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no row no-such-row" in done.stderr
