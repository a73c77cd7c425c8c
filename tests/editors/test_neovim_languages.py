"""The configuration in a real Neovim, in files of many languages."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import provision
from editors.conftest import ACTIVATED, DEADLINE, HERE, need
from lsp.folder import write
from lsp.test_languages import ADR, CODE, RECORD

OTHERS = {
    "web/a.tsx": "// Verifies: ADR-0001/INV-1\nit('a', () => {});\n",
    "web/a.mjs": "// Verifies: ADR-0001/INV-1\nit('a', () => {});\n",
    "src/a.c": "// Verifies: ADR-0001/INV-1\n",
    "src/a.kt": "// Verifies: ADR-0001/INV-1\n",
    "deploy/a.yaml": "# Verifies: ADR-0001/INV-1\n",
    "Makefile": "# Verifies: ADR-0001/INV-1\n",
}


def test_from_files_of_every_language_to_the_decision(tmp_path: Path) -> None:
    need("neovim")
    code = {path: text for path, (text, _) in CODE.items()} | OTHERS
    root = write(tmp_path / "project", {ADR: RECORD, "adr-lsp.toml": ""} | code)
    told, observed = tmp_path / "wanted.json", tmp_path / "observed.json"
    wanted = {
        "workspace": str(root),
        "configuration": str(provision.PROJECT / "editors" / "nvim"),
        "observed": str(observed),
        "files": list(code),
        "deadline": DEADLINE * 1000,
    }
    told.write_text(json.dumps(wanted))
    script = HERE / "neovim" / "languages.lua"
    done = subprocess.run(
        [str(provision.NVIM), "--clean", "--headless", "-n", "-l", str(script), str(told)],
        env=os.environ | ACTIVATED,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert observed.is_file(), done.stdout + done.stderr
    assert json.loads(observed.read_text()) == dict.fromkeys(code, ADR)
