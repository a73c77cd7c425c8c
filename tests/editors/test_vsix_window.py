"""The extension alone, with the server in it: in a fresh VS Code, where no adr-lsp is installed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import provision
from adr_lsp import __version__
from editors.conftest import DEADLINE, HERE, need, read
from recorders.test_interpreters import NEW, OLD, environment, interpreter
from scaffold.once import once

if TYPE_CHECKING:
    from editors.conftest import Observed

DRIVERS = HERE / "vscode"
SAMPLE = provision.PROJECT / "adrs-sample"
NOT_COPIED = (
    ".*cache",
    ".adr-lsp",
    ".hypothesis",
    ".venv",
    "node_modules",
    "target",
    "__pycache__",
)
RESTRICTED = {
    "security.workspace.trust.enabled": True,
    "security.workspace.trust.startupPrompt": "always",
}


def here(python: Path | str) -> Path:
    """An interpreter itself, outside any virtual environment."""
    code = "import sys; print(sys._base_executable)"
    return Path(subprocess.check_output([python, "-c", code], text=True).strip())


def sample(folder: Path) -> Path:
    """A copy of the sample, with an environment for its tests that has no adr-lsp, and a slip in
    its configuration."""
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns(*NOT_COPIED))
    (folder / ".venv").symlink_to(environment(*NEW).parents[1])
    project = folder / "pyproject.toml"
    project.write_text(
        project.read_text().replace("[tool.adr-lsp]", "[tool.adr-lsp]\nmin-case = 9")
    )
    return folder


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    folder = shared / "vsix-window"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def seen(bundled: Path, pictures: Path, folder: Path) -> Observed:
    """What a person saw in one window, step by step."""
    need("node", "vscode", "playwright", "chromium")
    observed = folder / "observed.json"
    with once(observed) as is_first:
        if is_first:
            watch(bundled, pictures, folder, observed)
    return read(observed)


def watch(bundled: Path, pictures: Path, folder: Path, observed: Path) -> None:
    """On a machine whose PATH is a folder of our own, empty at first."""
    old = interpreter(OLD[0])
    assert old, f"no Python {OLD[0]}"
    told, path, chosen = folder / "wanted.json", folder / "bin", folder / "chosen"
    path.mkdir()
    workspace = sample(folder / "adrs-sample")
    chosen.write_text(str(workspace / ".venv" / "bin" / "python"))
    wanted = {
        "name": "bundled",
        "vsix": bundled,
        "pictures": pictures,
        "server": provision.VSCODE_SERVER,
        "playwright": provision.PLAYWRIGHT,
        "browser": provision.chromium(),
        "standIn": DRIVERS / "python-extension",
        "profile": folder / "profile",
        "observed": observed,
        "workspace": workspace,
        "path": path,
        "old": old,
        "python": here(sys.executable),
        "installed": sys.executable,
        "name3": f"python3.{sys.version_info.minor}",
        "chosen": chosen,
        "version": f"adr-lsp {__version__}",
        "settings": RESTRICTED,
        "deadline": DEADLINE * 1000,
        "environment": {"PATH": str(path), "PYTHONPATH": "", "ADR_LSP_WANTED": str(told)},
    }
    told.write_text(json.dumps(wanted, default=str))
    command = [provision.NODE, DRIVERS / "bundled.mjs", told]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    print(done.stdout)
    assert observed.is_file(), done.stdout + done.stderr


def test_without_a_python_the_status_says_what_to_do(seen: Observed) -> None:
    assert seen("none")[:2] == [
        "adr-lsp: server failed",
        "no Python was found: install CPython 3.11 or later, or set `adr-lsp.interpreter`",
    ]


def test_a_python_that_is_too_old_is_named(seen: Observed, folder: Path) -> None:
    [_, told, *_] = seen("wrong")
    found = rf"needs CPython 3\.11 to 3\.14; found {re.escape(OLD[0])}\.\d+ at "
    assert re.match(found + re.escape(str(folder / "bin" / "python3")), told)


def test_the_first_on_the_path_that_can_runs_the_server(seen: Observed, folder: Path) -> None:
    saw = seen("onPath")
    assert saw["server"]["words"][0].startswith(str(folder / "bin" / "python3."))
    assert saw["told"][1] == "runs no tests: this workspace is not trusted"


def test_an_interpreter_of_the_workspace_waits_for_trust(seen: Observed, folder: Path) -> None:
    words = seen("trusted")["server"]["words"]
    assert words[0] == str(folder / "adrs-sample/.venv/bin/python")
    assert words[1:3] == ["-I", "-S"]


def test_another_interpreter_of_the_python_extension_runs_it_anew(
    seen: Observed, folder: Path
) -> None:
    assert seen("chosen")["words"][0].startswith(str(folder / "bin" / "python3."))


def test_a_configured_interpreter_is_the_only_one(seen: Observed) -> None:
    assert f"found {OLD[0]}." in seen("configured")[1]


def test_an_installed_server_is_preferred_where_that_is_asked_for(seen: Observed) -> None:
    saw = seen("environment")
    assert saw["onPath"][1] == "`adr-lsp` is not on PATH"
    assert saw["without"][1].endswith("has no adr-lsp: install it there")
    assert saw["within"][0] == f"adr-lsp {__version__}"


def test_a_record_shows_findings_verdicts_actions_and_detail(seen: Observed) -> None:
    saw = seen("record")
    assert any("Scaffold" in lens for lens in saw["lenses"])
    assert "The shares of a payout add up to the payout." in saw["hover"]


def test_a_test_is_scaffolded(seen: Observed) -> None:
    assert seen("scaffold").startswith("test_share_payouts_by_largest_remainder")


def test_tests_run_where_adr_lsp_is_not_installed(seen: Observed, folder: Path) -> None:
    python = folder / "adrs-sample/.venv/bin/python"
    assert subprocess.run([python, "-c", "import adr_lsp"], capture_output=True).returncode
    assert seen("run")["hint"].replace("\xa0", " ").find("✓ 2 tests, 100 cases") >= 0
    assert seen("run")["recorded"] == 1


def test_a_slip_in_the_configuration_is_underlined(seen: Observed) -> None:
    assert seen("configuration")


def test_a_server_that_keeps_dying_is_left_alone_and_said_so(seen: Observed) -> None:
    assert seen("dies")[1] == "the server ended 5 times in three minutes"


def test_a_changed_setting_starts_it_again_and_nothing_ever_popped_up(seen: Observed) -> None:
    assert [popup for popup in seen("again") if "adr-lsp" in popup] == []
