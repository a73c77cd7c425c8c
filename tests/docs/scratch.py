"""A folder in which a page's commands are run, as its reader would run them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import provision
from cli.command import environment
from provision import PROJECT

STARTS = Path(__file__).parent / "starts"
LEFT = shutil.ignore_patterns(".adr-lsp", "node_modules", "target", "__pycache__", ".hypothesis")
COMMITTED = (
    "git init -qb main && git add -A && git commit -qm 'As it is' && "
    "git update-ref refs/remotes/origin/main HEAD"
)
READER = {
    "COLUMNS": "80",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "Reader",
    "GIT_AUTHOR_EMAIL": "reader@example.org",
    "GIT_COMMITTER_NAME": "Reader",
    "GIT_COMMITTER_EMAIL": "reader@example.org",
}


@dataclass(frozen=True, slots=True)
class Ran:
    code: int
    printed: str


class Scratch:
    """Where the reader stands now, and how the last command ended."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root
        self.code = 0
        self._told = root.parent / "where"

    def run(self, command: str) -> Ran:
        script = f'(exit {self.code})\n{command}\ncode=$?\npwd >"$READER_STANDS"\nexit $code'
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self.folder,
            env=_environment(READER_STANDS=str(self._told)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
            check=False,
        )
        self.folder = Path(self._told.read_text().rstrip("\n"))
        self.code = done.returncode
        return Ran(done.returncode, done.stdout.decode())

    def write(self, path: str, content: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
        modules = file.parent / "node_modules"
        if file.name == "package.json" and not modules.exists():
            modules.symlink_to(provision.JAVASCRIPT / "node_modules")

    def change(self, path: str, hunk: str) -> None:
        """As a diff without line numbers says: the old lines, which stand there once."""
        lines = [line for line in hunk.splitlines() if not line.startswith("@@")]
        old = "\n".join(line[1:] for line in lines if not line.startswith("+"))
        new = "\n".join(line[1:] for line in lines if not line.startswith("-"))
        file = self.folder / path
        content = file.read_text(encoding="utf-8")
        assert content.count(old) == 1, f"{path} has this {content.count(old)} times:\n{old}"
        file.write_text(content.replace(old, new), encoding="utf-8")


def _environment(**more: str) -> dict[str, str]:
    """A terminal of eighty columns, with the tools that a reader has installed."""
    path = (str(Path(sys.executable).parent), str(provision.BIN), os.environ["PATH"])
    cargo = {k: v for k, v in provision.cargo_environment().items() if k not in os.environ}
    return environment(**cargo, **READER, **more) | {"PATH": os.pathsep.join(path)}


def start(page: str, folder: Path) -> Scratch:
    """What lies there before the page begins: what `starts` holds under its name, committed; the
    sample beside its own page; else nothing."""
    root = folder / "shop"
    given = STARTS / Path(page).stem
    if page == "adrs-sample/README.md":
        _copy(PROJECT / "adrs-sample", root / "adrs-sample")
    elif given.is_dir():
        _copy(given, root)
        Scratch(root).run(COMMITTED)
    else:
        root.mkdir()
    return Scratch(root)


def _copy(source: Path, to: Path) -> None:
    """As of now, not as of long ago: cargo takes older files for built ones."""
    shutil.copytree(source, to, ignore=LEFT, copy_function=shutil.copyfile)
