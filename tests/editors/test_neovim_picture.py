"""What Neovim's screen really shows, cell by cell; and a picture of it for people."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any

import pytest

import provision
from editors.conftest import ACTIVATED, DEADLINE, keep, need
from editors.neovim.draw import picture
from editors.neovim.ledger import RECORD, ledger
from editors.neovim.start import CONFIGURATION, SCRIPTS, homes, nvim

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS, ROWS = 124, 25
INIT = f"""\
vim.opt.runtimepath:prepend('{CONFIGURATION}')
require('adr_lsp').setup({{}})
vim.o.number, vim.o.termguicolors = true, true
vim.api.nvim_set_hl(0, 'LspInlayHint', {{ link = 'Special' }})
vim.o.statusline = " %f%= %{{v:lua.require'adr_lsp'.status()}} "
"""


def screen(scratch: Path) -> list[list[dict[str, Any]]]:
    """Neovim in a terminal, with the plugin set up, on a record."""
    init, observed, told = (scratch / name for name in ("init.lua", "observed.json", "wanted.json"))
    init.write_text(INIT)
    wanted = {
        "workspace": str(ledger(scratch / "ledger")),
        "observed": str(observed),
        "deadline": DEADLINE * 1000,
        "columns": COLUMNS,
        "rows": ROWS,
        "command": [str(provision.NVIM), "-n", "-i", "NONE", "-u", str(init), "+12", RECORD],
        "awaited": ["✗ minor_units=0", "○ unverified", "Show evidence", "ADR E1"],
    }
    told.write_text(json.dumps(wanted))
    script = f"luafile {SCRIPTS / 'picture.lua'}"
    environment = os.environ | ACTIVATED | homes(scratch) | {"ADR_LSP_WANTED": str(told)}
    said = nvim("--clean", "--headless", "-n", "-c", script, environment=environment)
    assert observed.is_file(), said
    seen = json.loads(observed.read_text())
    assert "saw" in seen, seen["failed"]
    return list(seen["saw"])


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> list[list[dict[str, Any]]]:
    need("neovim")
    return screen(tmp_path_factory.mktemp("screen"))


def lines(cells: list[list[dict[str, Any]]]) -> list[str]:
    return ["".join(cell["text"] for cell in row).rstrip() for row in cells]


def test_the_verdict_stands_on_the_line_of_its_invariant(
    cells: list[list[dict[str, Any]]],
) -> None:
    rows = {found[0]: row for row in lines(cells) if (found := re.findall(r"\*\*(INV-\d)", row))}
    assert re.search(r"at most the transfer\. ✗ minor_units=0 Run \| Show evidence", rows["INV-1"])
    assert re.search(r"a smaller fee\. ✓ 1 test, 100 cases · \w+", rows["INV-2"])
    assert "◐ stale: fixed() changed" in rows["INV-3"]
    assert "○ unverified Scaffold property test" in rows["INV-4"]


def test_a_broken_promise_has_a_sign_and_the_statusline_counts_it(
    cells: list[list[dict[str, Any]]],
) -> None:
    assert [row[0] for row in lines(cells) if "(bounds)*: 💸" in row] == ["E"]
    assert any(row.endswith("ADR E1 W2") for row in lines(cells))


def test_a_picture_of_it(cells: list[list[dict[str, Any]]], pictures: Path) -> None:
    need("chromium", "emoji-font")
    picture(cells, pictures / "neovim.png")
    assert keep(pictures / "neovim.png").is_file()
