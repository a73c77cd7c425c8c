"""What the docs name is there: files, headings, commands, options, settings, targets of make."""

from __future__ import annotations

import argparse
import json
import re
import shlex
from functools import cache
from typing import Any

import pytest

from adr_lsp.cli.main import whole_parser
from adr_lsp.evidence.model import Verdict
from docs.commands import commands
from docs.pages import all_fences, inline_code, pages, text, tokens
from provision import PROJECT

CLIENT = json.loads((PROJECT / "vscode-client/package.json").read_text())
FILES = ("toml", "vsix", "el")
LARGEST = 100_000
OF_THE_SERVER = {"adr-lsp.run", "adr-lsp.scaffold", "adr-lsp.showEvidence"}
OF_OTHERS = {"--cov", "--stdio"}  # options that are named, of other programs or of editors


def targets(page: str) -> list[str]:
    """Where the links and pictures of a page lead."""
    every = [child for token in tokens(page) for child in token.children or ()]
    drawn = re.findall(r"<(?:img|source)\b[^>]*?\bsrc(?:set)?=\"([^\"]+)\"", text(page))
    named = [child.attrs.get("href") or child.attrs.get("src") for child in every]
    return [str(target) for target in (*named, *drawn) if target]


def anchors(page: str) -> set[str]:
    """Headings as GitHub names them."""
    lines = tokens(page)
    titles = (lines[n + 1].content for n, token in enumerate(lines) if token.type == "heading_open")
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", pages())
def test_links_lead_somewhere(page: str) -> None:
    folder = (PROJECT / page).parent
    lost = []
    for target in targets(page):
        path, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        file = (folder / path).resolve() if path else PROJECT / page
        inside = file.is_relative_to(PROJECT) and file.exists()
        known = anchors(file.relative_to(PROJECT).as_posix()) if inside and anchor else {anchor}
        if not inside or anchor not in known:
            lost.append(target)
    assert lost == []


def test_every_picture_is_small_and_shown() -> None:
    drawn = {target.rpartition("/")[2] for page in pages() for target in targets(page)}
    there = list((PROJECT / "docs/pictures").glob("*"))
    assert {picture.name for picture in there} - drawn == set()
    assert [picture.name for picture in there if picture.stat().st_size > LARGEST] == []


@cache
def parsers() -> dict[str, argparse.ArgumentParser]:
    return below(whole_parser())


def below(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Its commands by their names."""
    found = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return {name: command for action in found for name, command in action.choices.items()}


def options(command: str | None) -> set[str]:
    """Those of a command and of what is below it; of all, where none is said."""
    chosen = [parsers()[command]] if command else list(parsers().values())
    chosen += [lower for parser in chosen for lower in below(parser).values()]
    known = {name for parser in chosen for name in parser._option_string_actions}
    return known | {"--check", "--version"}


def said() -> list[tuple[str, str]]:
    """Every command of ours in a sentence or a block, by its page."""
    inline = [(page, code) for page in pages() for code in inline_code(page)]
    blocks = [(f.page, c.bare) for f in all_fences("sh", "console") for c in commands(f)]
    return [(page, code) for page, code in (*inline, *blocks) if code.startswith("adr-lsp ")]


def unknown(code: str) -> list[str]:
    try:
        words = shlex.split(code)[1:]
    except ValueError:
        return [code]
    command = next((word for word in words if not word.startswith("-")), None)
    if words and words[0] == "--check":
        command = "check"
    if command is not None and command not in parsers():
        return [] if command == "COMMAND" else [command]
    given = {word.partition("=")[0] for word in words if word.startswith("-")}
    return sorted(given - options(command))


def test_commands_and_their_options_are_there() -> None:
    wrong: dict[str, Any] = {
        f"{page}: {code}": found for page, code in said() if (found := unknown(code))
    }
    assert wrong == {}


def test_the_page_on_commands_tells_every_one() -> None:
    rows = re.findall(r"^\| (`.+?) \|", text("docs/commands.md"), re.M)
    told = {name.strip("`") for row in rows for name in row.split(", ")}
    assert told == set(parsers())


def test_options_are_those_of_some_command() -> None:
    mine = (page for page in pages() if not page.startswith(("docs/adr/", "benchmarks/")))
    code = [code.split()[0] for page in mine for code in inline_code(page) if code.strip()]
    named = {word.partition("=")[0] for word in code if re.match(r"--[a-z]", word)}
    assert named - options(None) - OF_OTHERS == set()


def test_settings_and_commands_of_the_client_are_there() -> None:
    contributed = CLIENT["contributes"]
    known = set(contributed["configuration"]["properties"]) | OF_THE_SERVER
    known |= {each["command"] for each in contributed["commands"]}
    code = [code for page in pages() for code in inline_code(page)]
    named = {name for each in code for name in re.findall(r"\badr-lsp\.[a-zA-Z.]+", each)}
    assert {name for name in named - known if name.split(".")[1] not in FILES} == set()


def test_the_guide_to_vscode_tells_every_setting() -> None:
    told = set(inline_code("docs/guides/vscode.md"))
    assert set(CLIENT["contributes"]["configuration"]["properties"]) - told == set()


def test_the_guide_to_trouble_tells_every_verdict() -> None:
    rows = re.findall(r"^\| ([\w, -]+?) \|", text("docs/guides/troubleshooting.md"), re.M)
    told = {word for row in rows for word in row.split(", ")}
    assert {verdict.value for verdict in Verdict} - told == set()


def test_targets_of_make_are_there() -> None:
    makefile = (PROJECT / "Makefile").read_text()
    there = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    code = [code for page in pages() for code in inline_code(page)]
    code += [command.bare for f in all_fences("sh", "console") for command in commands(f)]
    named = {c.split()[1] for c in code if c.startswith("make ")}
    assert {"demo", "test"} <= named
    assert named - there == set()
