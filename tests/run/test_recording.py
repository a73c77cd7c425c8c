"""What we write of a tool that is recorded from outside is what our reader reads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.evidence import read_run
from adr_lsp.evidence.model import Ending, Outcome, Run
from adr_lsp.run.recording import Recording
from adr_lsp.run.recording.commit import commit
from adr_lsp.run.recording.fold import fold
from adr_lsp.run.recording.store import folder, new_run, put, run_files
from run.repository import repository

RECORD = "# 1. A\n\n- **INV-1**: It holds.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, "docs/adr/0001-a.md", RECORD)
    write(tmp_path, "notes.md", "nothing of ours\n")
    write(tmp_path, "src/a.rs", "fn a() {}\n")
    return tmp_path


def write(root: Path, path: str, content: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(content, encoding="utf-8")


def recording(root: Path) -> Recording:
    return Recording(root, "cargo test", ("cargo", "test"), root / "src")


def read(root: Path) -> Run:
    (name,) = run_files(root)
    run = read_run(name, (root / ".adr-lsp/evidence" / name).read_bytes(), alive=False)
    assert run is not None
    return run


def test_a_run_is_read_as_it_was_written(root: Path) -> None:
    made = recording(root)
    made.rests_on(["src/a.rs", "src/gone.rs", "../outside.rs", "src"])
    example = {"text": "n = 1", "values": {"n": "1"}}
    made.result("src/a.rs::a", "failed", message="no", counterexample=example, duration=0.5)
    made.result("src/a.rs::b", "passed", parameter="[case_1]")
    made.collect_error("src/a.rs", "torn")
    write(root, "src/a.rs", "fn b() {}\n")
    made.end(101)
    run = read(root)
    assert (run.tool, run.ending, run.torn) == ("cargo test", Ending.ENDED, 0)
    assert set(run.content) == {"docs/adr/0001-a.md", "src/a.rs"}
    assert run.changed == {"src/a.rs"}
    assert [each.outcome for each in run.results] == [Outcome.FAILED, Outcome.PASSED]
    assert run.results[0].counterexample is not None
    assert run.results[0].counterexample.values == {"n": "1"}
    assert run.collect_errors == {"src/a.rs": "torn"}
    assert run.coverage is None
    header = json.loads((root / ".adr-lsp/evidence" / run.file).read_bytes().split(b"\n")[0])
    assert header["cwd"] == "src"
    assert (root / ".adr-lsp/.gitignore").read_text() == "*\n"


def test_a_run_that_says_nothing_leaves_nothing(root: Path) -> None:
    made = recording(root)
    made.rests_on(["src/a.rs"])
    made.end(0)
    assert run_files(root) == frozenset()


def test_a_run_that_was_not_ended_is_none(root: Path) -> None:
    made = recording(root)
    made.result("src/a.rs::a", "passed")
    made.close()
    assert read(root).ending is Ending.CUT


texts = st.text(max_size=30)
fields = st.fixed_dictionaries(
    {},
    optional={
        "message": texts,
        "parameter": st.none() | texts,
        "duration": st.floats(0, 1e6),
        "error": texts,
        "location": st.tuples(st.just("src/a.rs"), st.integers(1, 99)).map(list),
    },
)


@given(st.lists(st.tuples(texts.map("src/a.rs::{}".format), fields), max_size=4))
def test_every_line_can_be_read(
    tmp_path_factory: pytest.TempPathFactory, told: list[tuple[str, dict[str, Any]]]
) -> None:
    root = tmp_path_factory.mktemp("root")
    made = recording(root)
    made.result("src/a.rs::first", "passed")
    for test, more in told:
        made.result(test, "error", **more)
    made.end(1)
    assert (read(root).torn, len(read(root).results)) == (0, len(told) + 1)


def test_objects_stand_once_whole_and_inside(root: Path, tmp_path: Path) -> None:
    digest = put(root, b"bytes")
    file = root / ".adr-lsp/objects" / digest[:2] / digest[2:]
    before = file.stat().st_ino
    assert put(root, b"bytes") == digest
    assert file.stat().st_ino == before
    assert not list(file.parent.glob("*.part"))
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    linked = tmp_path / "linked"
    linked.mkdir()
    (linked / ".adr-lsp").symlink_to(outside)
    with pytest.raises(OSError, match="leads out"):
        put(linked, b"bytes")
    assert not list(outside.iterdir())


def test_two_runs_of_one_second_have_two_files(root: Path) -> None:
    now = time.time()
    files = [new_run(root, now) for _ in range(3)]
    for file in files:
        file.close()
    assert len(run_files(root)) == 3


def test_the_commit_is_read_without_git(tmp_path: Path) -> None:
    assert commit(tmp_path) is None
    made = repository(tmp_path / "r")
    assert commit(made.root) is None
    made.write("a", "a")
    name = made.commit()
    assert commit(made.root) == name
    assert commit(made.root / "below") == name
    made.git("pack-refs", "--all")
    assert commit(made.root) == name
    made.git("checkout", "-q", "--detach")
    assert commit(made.root) == name
    made.git("worktree", "add", "-q", str(tmp_path / "w"))
    assert commit(tmp_path / "w") == name


def runs(root: Path, count: int) -> None:
    """Runs of one test, each on other bytes, of different days; all old enough to be folded."""
    for number in range(count):
        write(root, "src/a.rs", f"fn a() {{ {number} }}\n")
        made = recording(root)
        made.rests_on(["src/a.rs"])
        made._started = time.time() - (count - number) * 86_400
        made.result("src/a.rs::a", "failed" if number == 1 else "passed")
        made.end(0)
    for file in (root / ".adr-lsp").rglob("*"):
        os.utime(file, (0, 0))


def test_folding_keeps_the_latest_and_the_latest_failure(root: Path) -> None:
    runs(root, 6)
    fold(root)
    assert len(run_files(root)) == 6
    fold(root, limit=0)
    kept = sorted(run_files(root))
    told = [read_run(n, (root / ".adr-lsp/evidence" / n).read_bytes(), alive=False) for n in kept]
    assert [run.results[0].outcome for run in told if run] == [Outcome.FAILED, Outcome.PASSED]
    objects = list((root / ".adr-lsp/objects").glob("*/*"))
    assert len(objects) == len({d for run in told if run for d in run.content.values()})
    assert not (root / ".adr-lsp/lock").exists()


def test_folding_waits_for_nobody_and_reads_anything(root: Path) -> None:
    runs(root, 3)
    hostile = b'{"type":"result","test":[1],"parameter":{}}\n{"type":"content","files":3}\n[[['
    file = folder(root, "evidence") / "20200101T000000Z-0000000000000000.jsonl"
    file.write_bytes(hostile)
    os.utime(file, (0, 0))
    (root / ".adr-lsp/lock").touch()
    fold(root, limit=0)
    assert len(run_files(root)) == 4
    (root / ".adr-lsp/lock").unlink()
    fold(root, limit=0)
    assert len(run_files(root)) == 2


def test_a_pipe_in_the_way_blocks_nobody(root: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes here")
    os.mkfifo(root / "docs/adr/0002-pipe.md")
    os.mkfifo(root / "src/pipe.rs")
    made = recording(root)
    made.rests_on(["src/pipe.rs"])
    assert set(made.content.digests) == {"docs/adr/0001-a.md"}


def test_the_recorder_of_pytest_folds_what_we_wrote(root: Path) -> None:
    """Both write one store; either may fold it."""
    runs(root, 4)
    script = "import adr_lsp_pytest as a, sys; a.fold(a.Store(sys.argv[1]), 0)"
    recorder = Path(__file__).parents[2] / "server/adr_lsp/recorders/pytest"
    env = {**os.environ, "PYTHONPATH": str(recorder)}
    subprocess.run([sys.executable, "-c", script, str(root)], env=env, check=True)
    ours = run_files(root)
    fold(root, limit=0)
    assert run_files(root) == ours
    assert len(ours) == 2
