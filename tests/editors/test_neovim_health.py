"""What `:checkhealth adr_lsp` says where all is well, and where something is missing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import provision
from editors.conftest import ACTIVATED, HERE, need, recorded_copy
from editors.neovim.start import drive

RECORD = "docs/adr/0001-transfers-balance.md"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorded_copy(tmp_path_factory.mktemp("health") / "project")


def health(scratch: Path, workspace: Path, **more: Any) -> str:
    need("neovim", "inotifywait")
    given = {"record": RECORD, "trusted": True} | more
    seen = drive("health.lua", scratch, workspace, **given)
    return "\n".join([*seen("said"), str(seen("listed"))])


def told(said: str, mark: str) -> list[str]:
    """The lines of one mark, with the advice below them."""
    found, inside = [], False
    for line in said.splitlines():
        if line.startswith("- ") and not line.startswith("  "):
            inside = mark in line
            found += [line] if inside else []
        elif inside:
            found[-1] += "\n" + line
    return found


def test_nothing_is_wrong_where_all_is_there(recorded: Path, tmp_path: Path) -> None:
    said = health(tmp_path, recorded)
    assert told(said, "ERROR") + told(said, "WARNING") == []
    well = "\n".join(told(said, "OK"))
    for part in (
        f"Neovim {provision.NEOVIM_VERSION}",
        "adr-lsp 0",
        f"1 buffer, root {recorded}",
        "change outside of Neovim are noticed",
        f"tests may be run in {recorded}",
        "1 record, 1 with invariants",
        "evidence: 1 run read",
    ):
        assert part in well


def test_a_program_that_is_not_there(
    recorded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Commands that need it say so too."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("inotifywait", "git"):
        (tools / tool).symlink_to(str(shutil.which(tool)))
    monkeypatch.setitem(ACTIVATED, "PATH", str(tools))
    said = health(tmp_path, recorded, record="")
    (fault,) = told(said, "ERROR")
    assert "`adr-lsp` is not to be found" in fault
    assert "pip install adr-lsp" in fault
    assert said.endswith("adr-lsp cannot be started: see :checkhealth adr_lsp")


def test_a_folder_that_is_not_trusted(recorded: Path, tmp_path: Path) -> None:
    """That is how every folder begins, so it is no fault."""
    said = health(tmp_path, recorded, trusted=False)
    assert told(said, "ERROR") == []
    (warned,) = told(said, "WARNING")
    assert f"tests are not run in {recorded}" in warned
    assert ":AdrTrust" in warned


def test_a_folder_without_records(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "adr-lsp.toml").touch()
    (empty / "notes.md").write_text("# Notes\n")
    said = health(tmp_path, empty, record="notes.md")
    (fault,) = told(said, "ERROR")
    assert "records: none found" in fault
    assert ":AdrNew" in fault


def test_a_configuration_that_cannot_be_read_and_a_space_in_the_path(tmp_path: Path) -> None:
    spaced = shutil.copytree(HERE / "workspace", tmp_path / "a project")
    (spaced / "adr-lsp.toml").write_text("min-cases = 'many'\n")
    said = health(tmp_path, spaced, trusted=[str(tmp_path)])
    (fault,) = told(said, "ERROR")
    assert "adr-lsp.toml:1" in fault
    assert "Mend the configuration" in fault
    (warned,) = told(said, "WARNING")
    assert "whose name has a space" in warned
