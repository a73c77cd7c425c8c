"""What `.adr-lsp` may hold, and what is made of it."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from hashlib import sha256
from pathlib import Path
from socket import gethostname

import pytest

from adr_lsp.evidence.model import Ending
from adr_lsp.workspace.store import Store
from evidence.writing import END, as_bytes, file_name, header, result

RAW = b"the bytes of a file\n"
DIGEST = sha256(RAW).hexdigest()


def put(root: Path, path: str, raw: bytes, age: int = 1000) -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(raw)
    written = file.stat().st_mtime - age
    os.utime(file, (written, written))
    return file


def keep(root: Path, packed: bytes, digest: str = DIGEST) -> None:
    put(root, f".adr-lsp/objects/{digest[:2]}/{digest[2:]}", packed)


def test_an_object_is_what_its_name_says(tmp_path: Path) -> None:
    keep(tmp_path, zlib.compress(RAW))
    assert Store(tmp_path).stored(DIGEST) == RAW


@pytest.mark.parametrize(
    "packed",
    [b"", b"no zlib", RAW, zlib.compress(RAW)[:-6], zlib.compress(b"other bytes")],
    ids=["empty", "garbage", "unpacked", "torn", "other"],
)
def test_a_spoilt_object_is_none(tmp_path: Path, packed: bytes) -> None:
    keep(tmp_path, packed)
    assert Store(tmp_path).stored(DIGEST) is None


@pytest.mark.parametrize("digest", ["", "0" * 64, "../" * 21 + "x", "/" * 64, "é" * 64])
def test_a_missing_object_is_none(tmp_path: Path, digest: str) -> None:
    assert Store(tmp_path).stored(digest) is None


@pytest.mark.parametrize("link", [".adr-lsp", ".adr-lsp/evidence", ".adr-lsp/objects", "file"])
def test_it_is_not_followed_out_of_the_root(tmp_path: Path, link: str) -> None:
    there, root = tmp_path / "there", tmp_path / "root"
    run = put(there, file_name(1), as_bytes(header(), END))
    keep(there, zlib.compress(RAW))
    name = file_name(1) if link == "file" else link
    (root / name).parent.mkdir(parents=True)
    (root / name).symlink_to(run if link == "file" else there / link)
    store = Store(root)
    assert (store.runs(), store.stored(DIGEST)) == ((), None)
    store.runs()
    assert not store.changed()


def ended(root: Path, *, age: int, pid: int = 2**22 + 1, host: str = "") -> Ending:
    """How a run without an end line counts."""
    lines = as_bytes(header(pid=pid, host=host or gethostname()), result())
    put(root, file_name(1), lines, age)
    (run,) = Store(root).runs()
    return run.ending


def test_a_run_without_an_end_goes_on_or_was_cut(tmp_path: Path) -> None:
    assert ended(tmp_path, age=1) is Ending.RUNNING
    assert ended(tmp_path, age=1000) is Ending.CUT
    assert ended(tmp_path, age=1000, pid=os.getpid()) is Ending.RUNNING
    assert ended(tmp_path, age=1000, pid=os.getpid(), host="elsewhere") is Ending.CUT
    for nobody in (0, -1, 10**30):
        assert ended(tmp_path, age=1000, pid=nobody) is Ending.CUT


def test_it_is_seen_that_a_run_died(tmp_path: Path) -> None:
    runner = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    put(tmp_path, file_name(1), as_bytes(header(pid=runner.pid, host=gethostname())))
    store = Store(tmp_path)
    assert store.runs()[0].ending is Ending.RUNNING
    assert not store.changed()
    runner.communicate()
    assert store.changed()
    assert store.runs()[0].ending is Ending.CUT
    assert not store.changed()


def test_runs_come_grow_and_go(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert (store.runs(), store.changed()) == ((), False)
    file = put(tmp_path, file_name(2), as_bytes(header(2), END))
    put(tmp_path, file_name(1), as_bytes(header(1), END))
    put(tmp_path, ".adr-lsp/evidence/notes.txt", b"")
    assert store.changed()
    assert [run.file for run in store.runs()] == [file_name(1), file_name(2)]
    put(tmp_path, file_name(2), as_bytes(header(2), result(), END))
    assert store.changed()
    assert len(store.runs()[1].by_test) == 1
    file.unlink()
    assert store.changed()
    assert len(store.runs()) == 1


def test_what_is_no_run_is_counted_once(tmp_path: Path) -> None:
    put(tmp_path, file_name(1), b"\0" * 100)
    put(tmp_path, file_name(2), b"")
    os.mkfifo(tmp_path / file_name(3))
    (tmp_path / file_name(4)).mkdir()
    store = Store(tmp_path)
    assert store.runs() == ()
    assert len(store.unreadable) == 4
    os.utime(tmp_path / file_name(3), (1, 1))
    os.utime(tmp_path / file_name(4), (1, 1))
    store.runs()
    assert not store.changed()
