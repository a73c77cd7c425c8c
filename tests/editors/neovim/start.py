"""Starts a real Neovim on a script of this folder."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import provision
from editors.conftest import ACTIVATED, DEADLINE, Observed, read

CONFIGURATION = provision.PROJECT / "editors" / "nvim"
SCRIPTS = Path(__file__).parent


def homes(scratch: Path) -> dict[str, str]:
    """Folders of this Neovim's own: it keeps nothing of the user's, and touches nothing."""
    names = ("CONFIG", "DATA", "STATE", "CACHE")
    return {f"XDG_{name}_HOME": str(scratch / name.lower()) for name in names}


def drive(script: str, scratch: Path, workspace: Path, **more: Any) -> Observed:
    """What was seen, step by step."""
    observed, told = scratch / "observed.json", scratch / "wanted.json"
    wanted = {
        "workspace": str(workspace),
        "configuration": str(CONFIGURATION),
        "observed": str(observed),
        "deadline": DEADLINE * 1000,
    }
    told.write_text(json.dumps(wanted | more))
    environment = os.environ | ACTIVATED | homes(scratch)
    command = ["--clean", "--headless", "-n", "-l", str(SCRIPTS / script), str(told)]
    said = nvim(*command, environment=environment)
    assert observed.is_file(), said
    return read(observed)


def nvim(*words: str, environment: dict[str, str], folder: Path | None = None) -> str:
    """Starts Neovim and returns all that it printed."""
    done = subprocess.run(
        [str(provision.NVIM), *words],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return done.stdout + done.stderr
