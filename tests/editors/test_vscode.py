"""The packaged client in a real VS Code: what a person sees, and what they can do."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from editors import provision
from editors.conftest import HERE, SERVER, need

DRIVERS = HERE / "vscode"
DEADLINE = 30


@dataclass(frozen=True, slots=True)
class Window:
    """Starts VS Code with the packaged client on a workspace, and tells what was seen there."""

    packaged: Path
    pictures: Path
    scratch: Path

    def see(self, driver: str, name: str, workspace: Path, **more: Any) -> dict[str, Any]:
        observed = self.scratch / "observed.json"
        wanted = self.scratch / "wanted.json"
        settings = {"adr-lsp.server.command": SERVER} | more.pop("settings", {})
        paths = {
            "server": provision.VSCODE_SERVER,
            "playwright": provision.PLAYWRIGHT,
            "browser": provision.chromium(),
            "vsix": self.packaged,
            "profile": self.scratch / "profile",
            "workspace": workspace,
            "inside": DRIVERS / "inside",
            "pictures": self.pictures,
            "observed": observed,
        }
        told = {key: str(path) for key, path in paths.items()} | more
        told |= {"name": name, "settings": settings, "deadline": DEADLINE * 1000}
        told["environment"] = {"ADR_LSP_WANTED": str(wanted)}
        wanted.write_text(json.dumps(told))
        command = [provision.NODE, DRIVERS / driver, wanted]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=10 * DEADLINE, check=False
        )
        assert observed.is_file(), done.stdout + done.stderr
        return dict(json.loads(observed.read_text()))


@pytest.fixture
def window(packaged: Path, pictures: Path, tmp_path: Path) -> Window:
    need("node", "vscode", "playwright", "chromium")
    return Window(packaged, pictures, tmp_path)


def test_a_missing_server_shows_in_the_status_and_nowhere_else(
    window: Window, workspace: Path
) -> None:
    absent = {"adr-lsp.server.command": ["/nowhere/adr-lsp"]}
    seen = window.see("health.mjs", "no-server", workspace, settings=absent, health="failed")
    assert "`/nowhere/adr-lsp` of `adr-lsp.server.command` was not found" in seen["health"]
    assert seen["popups"] == []


def test_a_server_that_ends_at_once_shows_in_the_status_and_nowhere_else(
    window: Window, workspace: Path
) -> None:
    ends = {"adr-lsp.server.command": [SERVER[0], "-c", "raise SystemExit('not today')"]}
    seen = window.see("health.mjs", "ended", workspace, settings=ends, health="failed")
    assert "it did not start" in seen["health"]
    assert seen["popups"] == []


def test_only_a_trusted_workspace_may_name_the_server(window: Window, workspace: Path) -> None:
    ran = workspace / "ran"
    named = [SERVER[0], "-c", f"import pathlib; pathlib.Path({str(ran)!r}).touch(); exit('no')"]
    (workspace / ".vscode").mkdir()
    inside = {"adr-lsp.server.command": named}
    (workspace / ".vscode" / "settings.json").write_text(json.dumps(inside))
    asks = {"security.workspace.trust.enabled": True}
    asks |= {"security.workspace.trust.startupPrompt": "always"}
    absent = {"adr-lsp.server.command": ["/nowhere/adr-lsp"]}
    trusted = {"distrust": True, "thenTrusted": "it did not start", "marker": str(ran)}
    health = "/nowhere"
    seen = window.see(
        "health.mjs", "distrusted", workspace, settings=asks | absent, health=health, **trusted
    )
    assert "server failed" in seen["health"]
    assert seen["ranBeforeTrust"] is False
    assert ran.exists()
