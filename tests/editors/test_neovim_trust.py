"""No program of the workspace starts, though PATH leads there."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from editors.conftest import ACTIVATED, HERE, PYTHON, need
from editors.neovim.start import CONFIGURATION, drive

if TYPE_CHECKING:
    from pathlib import Path

RECORD = "docs/adr/0001-transfers-balance.md"
# Neovim starts a server in its current folder, and the plugin its commands in the file's.
INTO_THE_WORKSPACE = "bin:../../bin:/usr/bin:/bin"


def copied_alone(scratch: Path) -> Path:
    (scratch / "alone" / "lsp").mkdir(parents=True)
    shutil.copy(CONFIGURATION / "lsp" / "adr_lsp.lua", scratch / "alone" / "lsp")
    return scratch / "alone"


@pytest.mark.parametrize("is_whole", [True, False])
def test_only_absolute_folders_of_path_are_looked_into(
    *, is_whole: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need("neovim")
    workspace = shutil.copytree(HERE / "workspace", tmp_path / "project")
    tools, ran = tmp_path / "tools", tmp_path / "ran"
    tools.mkdir()
    (tools / "adr-lsp").symlink_to(PYTHON / "adr-lsp")
    planted = workspace / "bin" / "adr-lsp"
    planted.parent.mkdir()
    planted.write_text(f"#!/bin/sh\ntouch '{ran}'\n")
    planted.chmod(0o755)
    monkeypatch.setitem(ACTIVATED, "PATH", INTO_THE_WORKSPACE)
    there = CONFIGURATION if is_whole else copied_alone(tmp_path)
    more = {"record": RECORD, "absolute": str(tools), "configuration": str(there)}
    seen = drive("relative.lua", tmp_path, workspace, **more)
    refused = seen("from the workspace")
    assert (refused["clients"], ran.exists()) == (0, False)
    if is_whole:
        assert refused["told"][0].endswith("adr-lsp cannot be started: see :checkhealth adr_lsp")
        assert "not to be found in an absolute folder of PATH" in refused["health"]
        assert seen("as a user says")[0] in {"/usr/bin/env", "/bin/env"}
        assert seen("as a user says")[1:] == ["adr-lsp", "list"]
    assert seen("from an absolute folder") == [str(tools / "adr-lsp")]
    assert not ran.exists()
