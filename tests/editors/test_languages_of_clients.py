"""Editors ask in every file that the server reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import provision
from adr_lsp.snapshot.statements import RECORD_SUFFIXES
from adr_lsp.sources import SUFFIXES
from editors.conftest import need
from editors.neovim.start import drive

if TYPE_CHECKING:
    from pathlib import Path

READ = {*SUFFIXES, *RECORD_SUFFIXES}
CLIENT = provision.PROJECT / "vscode-client" / "src" / "client.ts"
# What tells the language where Neovim asks the text, too.
TEXTS = {
    ".m": "#import <a.h>",
    ".mm": "#import <a.h>",
    ".t": "#!/usr/bin/perl",
    ".tf": 'resource "a" "b" {}',
    ".v": "module a;",
}
# Neovim cannot tell these from any other JSON; the server reads them as they are saved.
SAVED = {".dependency-cruiser.json", ".dependency-cruiser.adr.json"}


def listed(name: str) -> set[str]:
    found = re.search(rf"^const {name} = \[\n(.*?)^\];", CLIENT.read_text(), re.M | re.S)
    assert found, name
    return set(re.findall(r'"([^"]+)"', found[1]))


def test_vscode_opens_what_the_server_reads() -> None:
    assert {f".{end}" for end in listed("ENDS")} | listed("NAMES") == READ


def test_neovim_opens_what_the_server_reads(tmp_path: Path) -> None:
    """As far as it has a filetype for that."""
    need("neovim")
    ends = {end if end in SUFFIXES and end[0] != "." else f"a{end}": end for end in READ - SAVED}
    files = {name: TEXTS.get(end, "") for name, end in ends.items()}
    seen = drive("filetypes.lua", tmp_path, tmp_path, files=files)
    known = {name: filetype for name, filetype in seen("filetypes").items() if filetype}
    asked = set(seen("asked"))
    assert {name: each for name, each in known.items() if each not in asked} == {}
    assert len(known) > 80
