"""Every block of Lua in the guide, the help and the plugin's page, run in a real Neovim."""

from __future__ import annotations

import json
import os
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest

import provision
from editors.conftest import ACTIVATED, DEADLINE, HERE, need
from editors.neovim.start import CONFIGURATION, SCRIPTS, homes, nvim

if TYPE_CHECKING:
    from pathlib import Path

GUIDE = provision.PROJECT / "docs" / "guides" / "neovim.md"
RECORD = HERE / "workspace" / "docs" / "adr" / "0001-transfers-balance.md"
LAZY = (
    "local spec = dofile('{block}')\nspec.config({{ dir = vim.fs.normalize('~/src/adr-lsp') }})\n"
)
PACK = """\
vim.pack = {{ add = function(sources, options)
  assert(#sources == 1)
  options.load({{ spec = sources[1], path = vim.fs.normalize('~/src/adr-lsp') }})
end }}
dofile('{block}')
"""
AS_IT_IS = "dofile('{block}')\n"


def fenced(page: Path) -> list[str]:
    found = re.findall(r"^( *)```lua\n(.*?)^ *```$", page.read_text(), re.MULTILINE | re.DOTALL)
    return [re.sub(f"^{indent}", "", block, flags=re.MULTILINE) for indent, block in found]


def helped() -> list[str]:
    text = (CONFIGURATION / "doc" / "adr-lsp.txt").read_text()
    return re.findall(r">lua\n(.*?)\n(?=<|\S)", text, re.DOTALL)


BLOCKS = fenced(GUIDE)
INSTALLS = {
    "checkout": ([b for b in BLOCKS if "runtimepath:prepend" in b], AS_IT_IS),
    "lazy": ([b for b in BLOCKS if b.startswith("return {")], LAZY),
    "pack": ([b for b in BLOCKS if "vim.pack" in b], PACK),
}
OTHERS = [b for b in BLOCKS if not any(b in found for found, _ in INSTALLS.values())]


def begun(scratch: Path, init: str, *, hints: bool) -> tuple[dict[str, Any], str]:
    """What came of an `init.lua`, and what Neovim complained of."""
    home = scratch / "home"
    (home / "src" / "adr-lsp").mkdir(parents=True)
    (home / "src" / "adr-lsp" / "editors").symlink_to(CONFIGURATION.parent)
    file, told, observed = (scratch / name for name in ("init.lua", "wanted.json", "observed.json"))
    file.write_text(init)
    told.write_text(
        json.dumps({"deadline": DEADLINE * 1000, "observed": str(observed), "hints": hints})
    )
    kept = {"HOME": str(home), "ADR_LSP_WANTED": str(told)}
    environment = os.environ | ACTIVATED | homes(scratch) | kept
    look = f"luafile {SCRIPTS / 'guide.lua'}"
    words = ("-u", str(file), "--headless", "-n", "-i", "NONE", str(RECORD), "-c", look)
    said = nvim(*words, environment=environment)
    assert observed.is_file(), said
    return json.loads(observed.read_text())["saw"], said.replace(str(RECORD), "")


@pytest.mark.parametrize("way", INSTALLS)
def test_each_way_to_install_shows_verdicts(way: str, tmp_path: Path) -> None:
    need("neovim")
    (block,), how = INSTALLS[way]
    file = tmp_path / "block.lua"
    file.write_text(block)
    seen, said = begun(tmp_path, how.format(block=file), hints=True)
    assert (seen["attached"], seen["run"], len(seen["hints"])) == ("adr_lsp", True, 2), said
    assert "rror" not in said


def test_all_other_blocks_run_together(tmp_path: Path) -> None:
    """In the order of the pages; the program is left where it is."""
    need("neovim")
    (install,), _ = INSTALLS["checkout"]
    every = [*OTHERS, *fenced(CONFIGURATION / "README.md"), *helped()]
    assert len(every) > 12
    program = "vim.lsp.config('adr_lsp', { cmd = { 'adr-lsp' } })\n"
    seen, said = begun(tmp_path, "\n".join([install, *every, program]), hints=True)
    assert (seen["attached"], seen["mapped"], seen["status"]) == ("adr_lsp", True, "ADR"), said
    assert "rror" not in said


def test_the_server_alone(tmp_path: Path) -> None:
    need("neovim")
    (install,), _ = INSTALLS["checkout"]
    (alone,) = (b for b in OTHERS if "vim.lsp.enable" in b)
    seen, said = begun(tmp_path, f"{install.splitlines()[0]}\n{alone}", hints=False)
    assert (seen["attached"], seen["display"], seen["hints"]) == ("adr_lsp", "quiet", []), said
    assert "rror" not in said


def test_one_file_alone_is_a_configuration_too(tmp_path: Path) -> None:
    need("neovim")
    kept = tmp_path / "config" / "nvim" / "lsp"
    kept.mkdir(parents=True)
    shutil.copy(CONFIGURATION / "lsp" / "adr_lsp.lua", kept)
    (_, alone) = fenced(CONFIGURATION / "README.md")
    seen, said = begun(tmp_path, alone, hints=False)
    assert (seen["attached"], seen["run"]) == ("adr_lsp", False), said
    assert "rror" not in said


def test_every_command_is_in_the_guide() -> None:
    plugin = (CONFIGURATION / "plugin" / "adr_lsp.lua").read_text()
    defined = set(re.findall(r"^command\('(\w+)'", plugin, re.MULTILINE))
    assert set(re.findall(r":(Adr\w+)", GUIDE.read_text())) == defined
