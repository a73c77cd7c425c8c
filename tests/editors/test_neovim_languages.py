"""The configuration in a real Neovim, in files of many languages."""

from __future__ import annotations

from pathlib import Path

from editors.conftest import need
from editors.neovim.start import drive
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
    seen = drive("languages.lua", tmp_path, root, files=list(code))
    assert seen("led") == dict.fromkeys(code, ADR)
