"""A copy of what others fetch from us, and a repository of theirs that uses it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

OURS = Path(__file__).parents[2]
FETCHED = (
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    ".pre-commit-hooks.yaml",
    "action.yml",
    "action",
    "server",
)
GOOD = "# 1. Wrap\n\n## Status\n\nAccepted\n\n## Invariants\n\nNone: it is about how we work.\n"
BAD = "# 2. Unwrap\n\n## Status\n\nAccepted\n\n## Decision\n\nWe unwrap.\n"


def fetched(folder: Path) -> Path:
    """Our files as a repository of their own, in one commit."""
    for name in FETCHED:
        source = OURS / name
        if source.is_dir():
            shutil.copytree(
                source, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".*cache")
            )
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, folder / name)
    return committed(folder)


def theirs(folder: Path) -> Path:
    """A log with a good record, in one commit."""
    write(folder, "docs/adr/0001-wrap.md", GOOD)
    return committed(folder)


def write(folder: Path, path: str, content: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(content)


def committed(folder: Path) -> Path:
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    git(folder, *identity, "commit", "--quiet", "--message=all")
    return folder


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()
