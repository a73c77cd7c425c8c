"""What somebody else put above a project configures nothing: it could name commands."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import provision
from adr_lsp.recorders.pytest import adr_lsp_pytest
from adr_lsp.workspace.root import find_root

STRANGER = 54_321
PROJECT = Path(provision.PROJECT) / "server/adr_lsp/recorders/javascript/project.mjs"


def by_javascript(start: Path) -> Path:
    provision.need("node")
    script = (
        f"import {{findRoot}} from {PROJECT.as_uri()!r}; console.log(findRoot(process.argv[1]))"
    )
    command = [provision.NODE, "--input-type=module", "-e", script, start]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    return Path(found.stdout.strip())


FINDERS: dict[str, Callable[[Path], Path]] = {
    "workspace": find_root,
    "pytest": lambda start: Path(adr_lsp_pytest.find_root(str(start))),
    "javascript": by_javascript,
}


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for everybody, in it a project of ours."""
    monkeypatch.delenv("ADR_LSP_EVIDENCE", raising=False)
    shared = tmp_path.resolve() / "shared"
    (shared / "project/docs").mkdir(parents=True)
    (shared / "project/.git").mkdir()
    return shared


def give_away(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To somebody else; who may not do that only says that it was done."""
    if os.geteuid() == 0:
        os.chown(file, STRANGER, STRANGER)
        return
    real = os.lstat

    def seen(path: str | Path, **more: int) -> os.stat_result:
        facts = real(path, **more)
        given = facts if Path(path) != file else [*facts[:4], STRANGER, *facts[5:]]
        return os.stat_result(given)

    monkeypatch.setattr(os, "lstat", seen)


@pytest.mark.parametrize("finder", FINDERS.values(), ids=FINDERS)
@pytest.mark.parametrize("mark", ["adr-lsp.toml", ".adr-lsp", "pyproject.toml"])
def test_a_root_is_never_a_stranger_s(
    shared: Path, monkeypatch: pytest.MonkeyPatch, mark: str, finder: Callable[[Path], Path]
) -> None:
    if mark.startswith("."):
        (shared / mark).mkdir()
    else:
        (shared / mark).write_text("[tool.adr-lsp]\n" if mark.startswith("py") else "")
    start = shared / "project/docs"
    assert finder(start) == shared, "what is ours counts, also above a repository"
    if finder is by_javascript and os.geteuid() != 0:
        return  # only a real owner is seen from there
    give_away(shared / mark, monkeypatch)
    assert finder(start) == shared / "project"
