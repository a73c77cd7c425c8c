"""`adr-lsp fix`: what is written, what is only shown, and how it ends."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli.command import adr_lsp, environment
from provision import need

ONE = """\
# 1. Merge

## Status

Acceptd

See [the other](0002-Other.md#why) and [a moved one](gone.md).

## Invariants

- Merging keeps every key. <!-- adr-lsp: ignore ADL107 agreed -->
- No key is invented.
- **INV-1** *(idempotenc)*: Merging twice changes nothing.
"""
OTHER = "# 2. Other\n\n## Status\n\nProposed\n\n## Invariants\n\nNone: it is about people.\n"
FIXED = (
    ONE.replace("Acceptd", "Accepted")
    .replace("Other.md", "other.md")
    .replace(
        "- Merging keeps every key. <!-- adr-lsp: ignore ADL107 agreed -->",
        "- **INV-2**: Merging keeps every key.",
    )
    .replace("- No key", "- **INV-3**: No key")
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs/adr").mkdir(parents=True)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/gone.md").write_text("x")
    (tmp_path / "docs/adr/0002-other.md").write_text(OTHER)
    record(tmp_path).write_text(ONE)
    return tmp_path


def record(root: Path) -> Path:
    return root / "docs/adr/0001-merge.md"


def test_what_is_safe_is_fixed_and_the_rest_is_counted(root: Path) -> None:
    done = adr_lsp(root, "fix")
    assert done.out == (
        "docs/adr/0001-merge.md:5: ADL503 Spell it Accepted\n"
        "docs/adr/0001-merge.md:7: ADL206 Spell it 0002-other.md\n"
        "docs/adr/0001-merge.md:11: ADL102 Assign the id INV-2\n"
        "docs/adr/0001-merge.md:11: ADL901 Remove the unused suppression\n"
        "docs/adr/0001-merge.md:12: ADL102 Assign the id INV-3\n"
        "fixed 5 findings in 1 file, 2 more with --unsafe-fixes; 3 findings left\n"
    )
    assert done.code == 1
    assert record(root).read_text() == FIXED


def test_what_is_not_safe_waits_to_be_asked_for(root: Path) -> None:
    done = adr_lsp(root, "fix", "--unsafe-fixes")
    assert "ADL206 Replace by ../../notes/gone.md (unsafe)\n" in done.out
    assert "ADL107 Replace by idempotence (unsafe)\n" in done.out
    unsafe = FIXED.replace("(gone.md)", "(../../notes/gone.md)")
    assert record(root).read_text() == unsafe.replace("idempotenc)", "idempotence)")


def test_a_second_run_has_nothing_to_do(root: Path) -> None:
    adr_lsp(root, "fix")
    again = adr_lsp(root, "fix", "--diff")
    assert (again.code, again.out) == (0, "")
    assert adr_lsp(root, "fix").out.startswith("fixed 0 findings, 2 more with --unsafe-fixes;")


def test_the_exit_code_is_that_of_what_is_left(root: Path) -> None:
    assert adr_lsp(root, "fix", "--fail-on", "error").code == 0
    assert adr_lsp(root, "fix", "docs/adr/0002-other.md").code == 0


def test_what_an_untouched_root_is_spared_is_mended_at_once(root: Path) -> None:
    record(root).write_text(ONE.replace("**INV-1** *(idempotenc)*: ", ""))
    before = adr_lsp(root, "--check", "-f", "json").json
    assert (len(before["findings"]), before["summary"]["held_back"] > 1) == (1, True)
    done = adr_lsp(root, "fix")
    assert done.out.endswith(
        "fixed 6 findings in 1 file, 1 more with --unsafe-fixes; 2 findings left\n"
    )
    assert adr_lsp(root, "fix").out.startswith("fixed 0 findings")


def test_a_path_and_a_selection_narrow_it(root: Path) -> None:
    assert "fixed 0" in adr_lsp(root, "fix", "docs/adr/0002-other.md").out
    adr_lsp(root, "fix", "--select", "ADL503")
    assert record(root).read_text() == ONE.replace("Acceptd", "Accepted")
    assert adr_lsp(root, "fix", "--select", "ADL999").code == 2


def test_a_misspelled_key_of_the_configuration(root: Path) -> None:
    (root / "adr-lsp.toml").write_text("# ours\nmin-case = 3\n")
    adr_lsp(root, "fix", "--select", "ADL903")
    assert (root / "adr-lsp.toml").read_text() == "# ours\nmin-case = 3\n"
    adr_lsp(root, "fix", "--select", "ADL903", "--unsafe-fixes")
    assert (root / "adr-lsp.toml").read_text() == "# ours\nmin-cases = 3\n"


def test_a_file_that_is_no_utf_8_is_left_alone(root: Path) -> None:
    raw = b"\xff" + ONE.encode()
    record(root).write_bytes(raw)
    done = adr_lsp(root, "fix")
    assert "fixed 0 findings" in done.out
    assert record(root).read_bytes() == raw


@pytest.mark.parametrize("tool", ["patch", "git"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["", "BOM"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("last", [True, False], ids=["", "no line end"])
def test_the_patch_is_the_fix(root: Path, mark: bytes, end: str, last: bool, tool: str) -> None:
    need(tool)
    content = (ONE if last else ONE.rstrip("\n")).replace("\n", end)
    raw = mark + content.encode()
    record(root).write_bytes(raw)
    patched = root.with_name(f"{root.name}-patched")
    shutil.copytree(root, patched)
    shown = adr_lsp(root, "fix", "--diff")
    assert shown.code == 1
    assert record(root).read_bytes() == raw
    adr_lsp(root, "fix")
    expected = (FIXED if last else FIXED.rstrip("\n")).replace("\n", end)
    assert record(root).read_bytes() == mark + expected.encode()
    command = {"patch": ["patch", "-p1", "--binary"], "git": ["git", "apply"]}[tool]
    done = subprocess.run(
        command, cwd=patched, input=shown.out.encode(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert record(patched).read_bytes() == record(root).read_bytes()


@pytest.mark.parametrize("tool", ["patch", "git"])
@pytest.mark.parametrize(
    "name",
    [
        b"a b",
        b'q"\\',
        b"new\n--- x\n+++ y\n",
        b"t\tz",
        "é 🦀".encode(),
        b"\xff\x1b",
        b"b\n::warning::c",
    ],
    ids=["space", "quotes", "line ends", "tab", "letters", "no UTF-8", "command"],
)
def test_a_patch_names_every_file(root: Path, name: bytes, tool: str) -> None:
    need(tool)
    file = root / "docs/adr" / os.fsdecode(b"0001-" + name + b".md")
    record(root).rename(file)
    shown = patch_of(root)
    command = {"patch": ["patch", "-p1", "--binary"], "git": ["git", "apply"]}[tool]
    done = subprocess.run(command, cwd=root, input=shown, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr + shown
    assert file.read_text() == FIXED


def patch_of(root: Path) -> bytes:
    command = [sys.executable, "-m", "adr_lsp", "fix", "--diff"]
    return subprocess.run(
        command, cwd=root, env=environment(), capture_output=True, check=False
    ).stdout
