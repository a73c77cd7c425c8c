"""Runs that the configuration names elsewhere: counted like our own, and told when unreadable."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from adr_lsp.diagnostic import Severity
from adr_lsp.evidence.model import Verdict
from adr_lsp.features.diagnostics import diagnostics
from adr_lsp.snapshot import Snapshot, standings
from adr_lsp.workspace.workspace import Workspace
from evidence.writing import END, as_bytes, content, file_name, header, result
from snapshot.made import digest_of

RECORD = b"# 1. Merge\n\n## Invariants\n\n- **INV-1**: A merge loses nothing.\n"
TEST = b"# Verifies: ADR-0001/INV-1\ndef test_merge():\n    assert merge(1) == 1\n"
FILES = {"docs/adr/0001-merge.md": RECORD, "tests/test_merge.py": TEST}
NAME = file_name(0).rpartition("/")[2]


def rooted(folder: Path, glob: str, text: str = "") -> Path:
    for path, raw in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(raw)
    (folder / "adr-lsp.toml").write_text(text or f'evidence = ["{glob}"]\n')
    return folder


def a_run() -> bytes:
    files = content(**{path: digest_of(raw) for path, raw in FILES.items()})
    return as_bytes(header(), files, result("passed"), END)


def put(root: Path, path: str, raw: bytes) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(raw)


def look(root: Path) -> Snapshot:
    workspace = Workspace(root)
    workspace.refresh()
    return workspace.snapshot()


def verdict(snapshot: Snapshot) -> Verdict:
    (record,) = snapshot.log
    ((_, standing),) = standings(snapshot, record)
    return standing.verdict


def told(snapshot: Snapshot) -> list[str]:
    return [found.message for found in diagnostics(snapshot) if found.code == "ADL409"]


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("artifacts/*.jsonl", f"artifacts/{NAME}"),
        ("artifacts/**/*.jsonl", f"artifacts/linux/evidence/{NAME}"),
        ("**/ci/*.jsonl", f"out/ci/{NAME}"),
        (f"./artifacts/{NAME}", f"artifacts/{NAME}"),
        ("artifacts/*.{jsonl,log}", "artifacts/run.log"),
    ],
)
def test_a_named_run_counts(tmp_path: Path, glob: str, path: str) -> None:
    root = rooted(tmp_path, glob)
    put(root, ".gitignore", b"artifacts\nout\n")
    put(root, path, a_run())
    snapshot = look(root)
    assert [run.file for run in snapshot.runs] == [path]
    assert verdict(snapshot) is Verdict.PASSED
    assert told(snapshot) == []


@pytest.mark.parametrize("objects", ["artifacts", "artifacts/evidence", ".adr-lsp"])
def test_its_bytes_stand_beside_it(tmp_path: Path, objects: str) -> None:
    import zlib

    root = rooted(tmp_path, "artifacts/**")
    put(root, f"artifacts/evidence/{NAME}", a_run())
    for raw in FILES.values():
        digest = digest_of(raw)
        put(root, f"{objects}/objects/{digest[:2]}/{digest[2:]}", zlib.compress(raw))
    put(root, "tests/test_merge.py", b"# Another comment\n" + TEST)
    (root / "adr-lsp.toml").write_text('evidence = ["artifacts/evidence/*.jsonl"]\n')
    assert verdict(look(root)) is Verdict.PASSED


def test_without_them_a_changed_test_is_stale(tmp_path: Path) -> None:
    root = rooted(tmp_path, "artifacts/*.jsonl")
    put(root, f"artifacts/{NAME}", a_run())
    put(root, "tests/test_merge.py", b"# Another comment\n" + TEST)
    assert verdict(look(root)) is Verdict.STALE


@pytest.mark.parametrize(
    "raw", [b"", b"\x00\xff", b"{}\n", b"<testsuite/>", b'{"type": "run"}\n', b"[" * 100_000]
)
def test_what_is_no_run_is_told_where_it_is_named(tmp_path: Path, raw: bytes) -> None:
    root = rooted(tmp_path, "artifacts/*")
    put(root, "artifacts/report.xml", raw)
    snapshot = look(root)
    (found,) = (each for each in diagnostics(snapshot) if each.code == "ADL409")
    assert (found.path, found.severity) == ("adr-lsp.toml", Severity.ERROR)
    assert found.message == "`artifacts/report.xml` is no run that can be read"
    assert (found.range.start.column, found.range.end.column) == (13, 24)


def test_torn_lines_and_cut_runs_are_no_fault(tmp_path: Path) -> None:
    root = rooted(tmp_path, "artifacts/*.jsonl")
    put(root, f"artifacts/{NAME}", as_bytes(header(), result("passed")) + b'{"type": "resu')
    assert told(look(root)) == []


@pytest.mark.parametrize("glob", ["gone/*.jsonl", "../*.jsonl", "/etc/*", "artifacts/../../*", ""])
def test_a_glob_that_means_nothing_below_the_root(tmp_path: Path, glob: str) -> None:
    root = rooted(tmp_path / "root", glob)
    put(tmp_path, NAME, a_run())
    said = told(look(root))
    assert said == ([f"`{glob}` means no file below the root"] if glob else [])


def test_a_file_that_leads_out_of_the_root_is_not_read(tmp_path: Path) -> None:
    root = rooted(tmp_path / "root", "artifacts/*.jsonl")
    put(tmp_path, NAME, a_run())
    (root / "artifacts").mkdir()
    (root / "artifacts" / NAME).symlink_to(tmp_path / NAME)
    snapshot = look(root)
    assert snapshot.runs == ()
    assert told(snapshot) == [f"`artifacts/{NAME}` is no run that can be read"]


def test_a_run_that_comes_and_goes_is_noticed(tmp_path: Path) -> None:
    root = rooted(tmp_path, "artifacts/*.jsonl")
    workspace = Workspace(root)
    workspace.refresh()
    assert not workspace.store.changed()
    put(root, f"artifacts/{NAME}", a_run())
    assert workspace.store.changed()
    workspace.refresh_evidence()
    assert verdict(workspace.snapshot()) is Verdict.PASSED
    shutil.rmtree(root / "artifacts")
    assert workspace.store.changed()
    workspace.refresh()
    assert workspace.snapshot().runs == ()


def test_what_globs_mean_is_seen_as_it_comes_and_goes(tmp_path: Path) -> None:
    """Also a folder that was not there, and a link that led nowhere."""
    root = rooted(tmp_path / "root", "ci/*/*.jsonl")
    workspace = Workspace(root)
    workspace.refresh()
    assert not workspace.store.changed()
    for act, count in (
        (lambda: put(root, "ci/a/1.jsonl", a_run()), 1),
        (lambda: put(root, "ci/b/2.jsonl", a_run()), 2),
        (lambda: (root / "ci/a/3.jsonl").symlink_to("../../3.jsonl"), 2),
        (lambda: put(root, "3.jsonl", a_run()), 3),
        ((root / "ci/b/2.jsonl").unlink, 2),
        (lambda: shutil.rmtree(root / "ci"), 0),
    ):
        act()
        workspace.refresh()
        assert len(workspace.snapshot().runs) == count
        assert workspace.snapshot().runs == look(root).runs
