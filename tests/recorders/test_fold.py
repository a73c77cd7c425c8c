"""The store stays small, and keeps what verdicts need."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from adr_lsp.recorders.pytest.adr_lsp_pytest import DAY, STORE_LIMIT, Store, fold
from recorders.recorded import ON, evidence_files, run, write

OUTCOMES = st.sampled_from(["passed", "failed", "error", "skipped"])
TESTS = st.sampled_from(["a.py::test_a", "a.py::test_b"])
RUNS = st.lists(
    st.tuples(st.booleans(), st.sampled_from([b"x", b"y"]), st.lists(st.tuples(TESTS, OUTCOMES))),
    max_size=12,
)


def store_runs(root: Path, runs: list[tuple[bool, bytes, list[tuple[str, str]]]]) -> None:
    """Runs of long ago, one an hour; the flag says whether each came to its end."""
    store = Store(str(root))
    for index, (ended, content, results) in enumerate(runs):
        started = time.gmtime(time.time() - 9 * DAY + index * 3600)
        files = {"a.py": store.put(content + b" " * 300)}
        lane = {"python": "3.11.7", "platform": "linux"}
        lines: list[dict[str, Any]] = [
            {
                "type": "run",
                "started": time.strftime("%FT%TZ", started),
                "environment": lane,
            },
            {"type": "content", "files": files},
            *(
                {"type": "result", "test": test, "parameter": None, "outcome": outcome}
                for test, outcome in results
            ),
            *([{"type": "end"}] if ended else []),
        ]
        name = time.strftime("%Y%m%dT%H%M%SZ", started) + f"-{index:016x}.jsonl"
        path = Path(store.folder("evidence")) / name
        path.write_text("".join(json.dumps(line) + "\n" for line in lines))
        age(path)
    for path in (root / ".adr-lsp/objects").rglob("*"):
        age(path)


def age(path: Path, days: int = 2) -> None:
    os.utime(path, (time.time() - days * DAY,) * 2)


def results(root: Path) -> list[tuple[str, str, bool]]:
    """(test, outcome, whether the run ended), the youngest first."""
    found = []
    for path in reversed(evidence_files(root)):
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        ended = lines[-1]["type"] == "end"
        ours = [line for line in lines if line["type"] == "result"]
        found.extend((line["test"], line["outcome"], ended) for line in ours)
    return found


def verdict_facts(root: Path) -> dict[Any, Any]:
    """What a reader needs most: the latest result that counts, and the latest failure."""
    latest: dict[Any, Any] = {}
    for test, outcome, ended in results(root):
        bad = outcome in ("failed", "error")
        if ended or bad:
            latest.setdefault((test, "latest"), bad)
        if bad:
            latest.setdefault((test, "failure"), True)
    return latest


@given(runs=RUNS)
@settings(deadline=None, max_examples=60)
def test_the_latest_result_and_the_latest_failure_stay(
    runs: list[tuple[bool, bytes, list[tuple[str, str]]]],
) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        unique = [(ended, content, list(dict(ran).items())) for ended, content, ran in runs]
        store_runs(root, unique)
        before = verdict_facts(root)
        fold(Store(folder), limit=1)
        assert verdict_facts(root) == before
        after = results(root)
        fold(Store(folder), limit=1)
        assert results(root) == after, "a second fold changes nothing"


def test_what_is_kept_is_few(tmp_path: Path) -> None:
    ran = [("a.py::test_a", "failed"), ("a.py::test_b", "passed")]
    again = [("a.py::test_a", "passed"), ("a.py::test_b", "passed")]
    store_runs(tmp_path, [(True, b"x", ran)] * 3 + [(True, b"y", again)] * 5)
    fold(Store(str(tmp_path)), limit=1)
    assert [(test, outcome) for test, outcome, _ in results(tmp_path)] == [*again, ran[0]]
    assert len(list((tmp_path / ".adr-lsp/objects").glob("*/*"))) == 2


def test_what_somebody_said_stays(tmp_path: Path) -> None:
    store_runs(tmp_path, [(True, b"x", [("a.py::test_a", "passed")])] * 3)
    said = Path(Store(str(tmp_path)).folder("evidence")) / "20200101T000000Z-0000000000000000.jsonl"
    said.write_text('{"type":"run"}\n{"type":"forgotten","test":"a.py::test_a","reason":"so"}\n')
    age(said)
    fold(Store(str(tmp_path)), limit=1)
    assert said.exists()


def test_within_the_limit_nothing_is_touched(tmp_path: Path) -> None:
    store_runs(tmp_path, [(True, b"x", [("a.py::test_a", "passed")])] * 5)
    before = [path.stat().st_mtime_ns for path in evidence_files(tmp_path)]
    fold(Store(str(tmp_path)))
    assert [path.stat().st_mtime_ns for path in evidence_files(tmp_path)] == before


def test_each_content_and_each_day_stays_while_there_is_room(tmp_path: Path) -> None:
    ran = [("a.py::test_a", "passed")]
    store_runs(tmp_path, [(True, b"x", ran), (True, b"x", ran), (True, b"y", ran)])
    size = sum(path.stat().st_size for path in (tmp_path / ".adr-lsp").rglob("*.*"))
    fold(Store(str(tmp_path)), limit=size)
    assert len(results(tmp_path)) == 2


def test_what_is_no_longer_referred_to_goes_unless_it_is_young(tmp_path: Path) -> None:
    store_runs(tmp_path, [(True, b"x", [("a.py::test_a", "passed")])])
    store = Store(str(tmp_path))
    old, young = store.put(b"old"), store.put(b"young")
    age(tmp_path / ".adr-lsp/objects" / old[:2] / old[2:])
    fold(store, limit=1)
    assert not (tmp_path / ".adr-lsp/objects" / old[:2] / old[2:]).exists()
    assert (tmp_path / ".adr-lsp/objects" / young[:2] / young[2:]).exists()


def test_a_run_that_may_go_on_and_a_torn_line_are_left(tmp_path: Path) -> None:
    ran = [("a.py::test_a", "passed")]
    store_runs(tmp_path, [(True, b"x", ran)])
    running = tmp_path / ".adr-lsp/evidence/20990101T000000Z-00.jsonl"
    running.write_bytes(b'{"type":"run"}\n{"type":"result","te')
    fold(Store(str(tmp_path)), limit=1)
    assert running.read_bytes() == b'{"type":"run"}\n{"type":"result","te'


def test_only_one_folds_at_a_time(tmp_path: Path) -> None:
    store_runs(tmp_path, [(True, b"x", [("a.py::test_a", "passed")])] * 3)
    lock = tmp_path / ".adr-lsp/lock"
    lock.write_bytes(b"")
    fold(Store(str(tmp_path)), limit=1)
    assert len(results(tmp_path)) == 3
    age(lock)
    fold(Store(str(tmp_path)), limit=1)
    assert len(results(tmp_path)) == 1
    assert not lock.exists()


def test_a_recorder_folds_when_it_starts(tmp_path: Path) -> None:
    write(tmp_path, {**ON, "a.py": "", "test_a.py": "def test_a(): pass\n"})
    store_runs(tmp_path, [(True, b"x", [("a.py::test_a", "passed")])] * 3)
    padding = tmp_path / ".adr-lsp/objects/00/padding"
    padding.parent.mkdir(exist_ok=True)
    with padding.open("wb") as file:
        file.truncate(STORE_LIMIT + 1)
    age(padding)
    assert run(tmp_path).outcomes == {"test_a": "passed"}
    assert not padding.exists()
