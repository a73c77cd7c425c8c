"""What is printed where: colour, commands of build services, names that are hostile on disk."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from adr_lsp.features.formats import FORMATS
from cli.command import adr_lsp, environment
from features.hostile import commands, steering

BARE = "# {0}. B\n\n## Status\n\nAccepted\n\n## Invariants\n\n- **INV-1**: It is usually fast.\n"
COLOUR = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs/adr").mkdir(parents=True)
    (tmp_path / "docs/adr/0001-a.md").write_text(BARE.format(1))
    return tmp_path


@pytest.mark.parametrize(
    ("no_color", "force_color", "clicolor_force", "piped", "at_a_terminal"),
    [
        ("", "", "", False, True),
        ("", "", "0", False, True),
        ("", "", "1", True, True),
        ("", "0", "", False, False),
        ("", "0", "1", False, False),
        ("", "1", "", True, True),
        ("", "1", "0", True, True),
        ("1", "", "", False, False),
        ("1", "1", "1", False, False),
        ("0", "1", "", False, False),
    ],
)
def test_when_there_is_colour(
    root: Path,
    no_color: str,
    force_color: str,
    clicolor_force: str,
    piped: bool,
    at_a_terminal: bool,
) -> None:
    values = (no_color, force_color, clicolor_force)
    given = dict(zip(COLOUR, values, strict=True))
    assert ("\x1b[" in adr_lsp(root, "check", **given).out) is piped
    if piped is not at_a_terminal or not any(given.values()):
        assert ("\x1b[" in at_terminal(root, given)) is at_a_terminal


def at_terminal(root: Path, given: dict[str, str]) -> str:
    """What a terminal is sent."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "adr_lsp", "check"]
    with subprocess.Popen(
        command, cwd=root, env=environment(**given), stdout=theirs, stderr=subprocess.DEVNULL
    ):
        os.close(theirs)
        said = b""
        while True:
            try:
                more = os.read(ours, 4096)
            except OSError:  # Linux says so where others send nothing
                break
            if not more:
                break
            said += more
    os.close(ours)
    return said.decode()


def test_only_formats_for_people_have_colour(root: Path) -> None:
    for name in FORMATS:
        coloured = "\x1b[" in adr_lsp(root, "check", "-f", name, FORCE_COLOR="1").out
        assert coloured is (name in ("text", "concise")), name


def test_help_names_every_format(root: Path) -> None:
    said = " ".join(adr_lsp(root, "check", "--help").out.split())
    assert all(name in said for name in FORMATS)


@pytest.fixture
def hostile(root: Path) -> Path:
    """Names that only a file system allows, and texts to match."""
    names = (
        *(b"0002-b\n::warning::pwned.md", b"0003-\x1b]0;t\x07.md", b"0004-\xff\xfe.md"),
        *("0005-\u202egnp.md".encode(), "0006-\u2028x.md".encode(), b"0007-a,b:c%0A.md"),
    )
    title = "# {0}. ::error::x ##[add-path]y \x1b[2J \u202e\u2028\n\n::stop-commands::z\n"
    status = "\n## Status\n\n::warning::odd\n\n## Invariants\n\n- **INV-1**: ##[x] usually \x9b.\n"
    folder = os.fsencode(root / "docs/adr")
    for number, name in enumerate(names, 2):
        with open(os.path.join(folder, name), "wb") as file:  # noqa: PTH118, PTH123
            file.write((title.format(number) + status).encode())
    return root


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_names_and_texts_on_disk(hostile: Path, name: str) -> None:
    done = adr_lsp(hostile, "check", "-f", name, GITHUB_ACTIONS="true")
    assert done.code == 1
    assert "Traceback" not in done.err
    for said in (done.out, done.err):
        assert steering(said) == set()
        ours = [line for line in commands(said) if name == "github" and line[0] == ":"]
        assert commands(said) == ours
    if name in ("json", "sarif", "gitlab"):
        json.loads(done.out)
    found = len(adr_lsp(hostile, "check", "-f", "json").json["findings"])
    if name == "github":
        assert len(commands(done.out)) == found
    if name == "concise":
        assert len(done.out.splitlines()) == found + 1


def test_every_format_goes_to_its_file(hostile: Path) -> None:
    wanted = [part for name in FORMATS for part in ("-f", f"{name}:{hostile}/out.{name}")]
    assert adr_lsp(hostile, "check", *wanted).out == ""
    for name in FORMATS:
        assert (hostile / f"out.{name}").read_bytes().decode()


def test_verdicts_are_no_commands_either(hostile: Path) -> None:
    done = adr_lsp(hostile, "check", "--verdicts", GITHUB_ACTIONS="true")
    assert "usually" in done.out
    assert commands(done.out) == []
    shown = adr_lsp(hostile, "show", "ADR-0002/INV-1", GITHUB_ACTIONS="true")
    assert "usually" in shown.out
    assert commands(shown.out) == []
