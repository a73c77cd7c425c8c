"""Which decisions govern a file, asked as a user or an agent does before a change."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from cli.command import adr_lsp

FILES = {
    "docs/adr/0001-old.md": """# 1. Old

## Status

Superseded by [ADR-0002](0002-post.md)
""",
    "docs/adr/0002-post.md": """# 2. Post entries

Status: accepted
Applies to: `src/ledger/**/*.py`

## Invariants

- **INV-1** *(bounds)*: A number is below ten.
  - Target: `ledger.post:wrap`
- **INV-2**: A name is unique.
  - Applies to: `src/names`
""",
    "src/ledger/post.py": "# see ADR 1 and ADR-0002/INV-2\n\n\ndef wrap(n):\n    return n % 10\n",
    "src/ledger/empty.py": 'TEXT = "ADR-0001"\n',
    "src/names/list.txt": "names\n",
    "src/other.py": "# nothing here, ADR-0099 neither\n",
    "tests/test_post.py": """import sys

sys.path.insert(0, "src")
from ledger.post import wrap


# Verifies: ADR-0002/INV-1
def test_wrap():
    assert wrap(12) < 10
""",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository in one commit; the test ran with coverage."""
    folder = tmp_path_factory.mktemp("governed")
    for path, content in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-qm", "all")
    assert adr_lsp(folder, "run").code == 0
    return folder


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def told(root: Path, *arguments: str) -> list[tuple[str, str, str]]:
    done = adr_lsp(root, "for", "-f", "json", *arguments)
    assert done.code == 0, done.err
    return [(f["path"], _name(f), f["by"]) for f in done.json]


def _name(found: dict[str, Any]) -> str:
    return f"{found['record']}/{found['invariant']}" if found["invariant"] else found["record"]


def test_every_reason_is_told(root: Path) -> None:
    path = "src/ledger/post.py"
    assert told(root, path) == [
        (path, "ADR-0001", "comment"),
        (path, "ADR-0002", "applies to"),
        (path, "ADR-0002/INV-1", "coverage"),
        (path, "ADR-0002/INV-1", "target"),
        (path, "ADR-0002/INV-2", "comment"),
    ]


def test_a_text_that_is_no_comment_names_nothing(root: Path) -> None:
    assert told(root, "src/ledger/empty.py") == [("src/ledger/empty.py", "ADR-0002", "applies to")]


def test_a_folder_is_all_below_it(root: Path) -> None:
    assert told(root, "src/names") == [("src/names/list.txt", "ADR-0002/INV-2", "applies to")]
    assert {path for path, _, _ in told(root, ".")} == {
        "src/ledger/post.py",
        "src/ledger/empty.py",
        "src/names/list.txt",
        "tests/test_post.py",
    }


def test_a_superseded_decision_is_told_with_what_took_its_place(root: Path) -> None:
    said = adr_lsp(root, "for", "src/ledger/post.py").out
    assert "ADR-0001 [superseded] Old\n    comment (src/ledger/post.py:1)\n" in said
    assert "warning: ADR-0001 is superseded by ADR-0002" in said
    assert said.endswith("1 of 1 file, 2 decisions\n")


def test_what_nothing_governs(root: Path) -> None:
    assert told(root, "src/other.py") == []
    assert adr_lsp(root, "for", "src/other.py").out == "0 of 1 file, 0 decisions\n"


def test_what_a_change_touches(root: Path) -> None:
    changed = root / "src/ledger/empty.py"
    before = changed.read_text()
    changed.write_text(before + "\n")
    try:
        assert {path for path, _, _ in told(root, "--diff")} == {"src/ledger/empty.py"}
        assert told(root, "--diff", "HEAD", "src/names") == []
    finally:
        changed.write_text(before)


@pytest.mark.parametrize(
    ("glob", "governed"),
    [
        ("src/ledger", True),
        ("src/ledger/", True),
        ("/src/**", True),
        ("src\\\\ledger\\\\*.py", True),
        ("./../../src/*/post.py", True),
        ("src/{ledger,x}", True),
        ("src/l?dger/post.py", True),
        ("**/*.py", True),
        ("src/*/", True),
        ("src/led", False),
        ("*.py", False),
        ("./src/**", False),
        ("../../../src/**", False),
    ],
)
def test_what_a_glob_means(tmp_path: Path, glob: str, governed: bool) -> None:
    written = glob.replace("\\\\", "\\")
    files = {
        "docs/adr/0001-x.md": f"# 1. X\n\nApplies to: `{written}`\n",
        "src/ledger/post.py": "x = 1\n",
    }
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(content)
    assert bool(told(tmp_path, "src/ledger/post.py")) == governed


def test_a_file_that_is_gone_is_governed_still(root: Path) -> None:
    (root / "src/names/list.txt").unlink()
    try:
        gone = ("src/names/list.txt", "ADR-0002/INV-2", "applies to")
        assert told(root, "--diff") == [gone]
    finally:
        (root / "src/names/list.txt").write_text(FILES["src/names/list.txt"])


def test_usage(root: Path) -> None:
    assert adr_lsp(root, "for").code == 2
    assert adr_lsp(root, "for", "src/gone.py").code == 2
    assert adr_lsp(root, "for", "--diff", "no-such-ref").code == 2
