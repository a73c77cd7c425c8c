"""Our hooks, installed and run by pre-commit itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ci.project import BAD, fetched, git, theirs, write

pytestmark = pytest.mark.xdist_group("pre-commit")


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fetched(tmp_path_factory.mktemp("hooks") / "adr-lsp")


def pre_commit(
    hooks: Path, repository: Path, hook: str, *arguments: str
) -> subprocess.CompletedProcess[str]:
    revision = git(hooks, "rev-parse", "HEAD")
    write(
        repository,
        ".pre-commit-config.yaml",
        f"repos:\n- repo: {hooks}\n  rev: {revision}\n  hooks: [{{id: {hook}}}]\n",
    )
    git(repository, "add", "--all")
    environment = {**os.environ, "PRE_COMMIT_HOME": str(hooks.parent / "home")}
    command = [sys.executable, "-m", "pre_commit", "run", hook, *arguments]
    return subprocess.run(
        command, cwd=repository, env=environment, capture_output=True, text=True, timeout=600
    )


def test_the_hook_checks_what_is_committed(hooks: Path, tmp_path: Path) -> None:
    repository = theirs(tmp_path / "theirs")
    write(repository, "adr-lsp.toml", "")
    assert pre_commit(hooks, repository, "adr-lsp", "--all-files").returncode == 0
    write(repository, "docs/adr/0002-unwrap.md", BAD)
    write(repository, "README.md", "# Not a record\n")
    done = pre_commit(hooks, repository, "adr-lsp")
    assert done.returncode == 1
    assert "0002-unwrap.md:1:3: warning ADL101" in done.stdout


def test_the_hook_of_the_root_runs_whatever_changed(hooks: Path, tmp_path: Path) -> None:
    repository = theirs(tmp_path / "theirs")
    write(repository, "docs/adr/0002-unwrap.md", BAD)
    write(repository, "adr-lsp.toml", "")
    done = pre_commit(hooks, repository, "adr-lsp-root", "--files", "adr-lsp.toml")
    assert done.returncode == 1
    assert "ADL101" in done.stdout


def test_the_fixing_hook_mends_and_says_so(hooks: Path, tmp_path: Path) -> None:
    repository = theirs(tmp_path / "theirs")
    write(repository, "adr-lsp.toml", "")
    path = "docs/adr/0002-x.md"
    write(repository, path, "# 2. X\n\n## Invariants\n\n- A wrapped number is below ten.\n")
    done = pre_commit(hooks, repository, "adr-lsp-fix", "--all-files")
    assert done.returncode == 1  # files were modified by this hook
    assert "- **INV-1**: A wrapped number" in (repository / path).read_text()
