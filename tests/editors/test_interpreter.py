"""Which program the client starts, and which it does not in a workspace that nobody trusts."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

import provision

ESBUILD = provision.CLIENT / "node_modules" / ".bin" / "esbuild"
SOURCE = provision.CLIENT / "src" / "interpreter.ts"
ASKED = """
const { named } = require(process.argv[1]);
const { words, ...place } = JSON.parse(process.argv[2]);
console.log(JSON.stringify(named(words, place)));
"""
FOLDER = "${workspaceFolder}"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    provision.need("node", "client")
    built = tmp_path_factory.mktemp("client") / "interpreter.cjs"
    words = [ESBUILD, SOURCE, "--bundle", "--platform=node", f"--outfile={built}"]
    quiet = [*words, "--log-level=warning"]
    subprocess.run(quiet, env=provision.environment(), check=True)
    return built


def named(client: Path, folder: Path, *words: str, trusted: bool = False) -> Any:
    """The program and its words, or why it is not started."""
    place = {"words": words, "folders": [str(folder)], "trusted": trusted, "home": "/"}
    command = [provision.NODE, "-e", ASKED, client, json.dumps(place)]
    environment = os.environ | {"PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    "words",
    [
        ["{folder}/tool"],
        [f"{FOLDER}/tool"],
        ["env", f"{FOLDER}/tool"],
        ["env", "{folder}/tool"],
        ["env", f"--chdir={FOLDER}", "sh", "tool"],
    ],
)
def test_nothing_of_a_workspace_is_started_before_it_is_trusted(
    client: Path, tmp_path: Path, words: list[str]
) -> None:
    tool = tmp_path / "tool"
    tool.write_text("#!/bin/sh\n")
    tool.chmod(0o755)
    given = [word.replace("{folder}", str(tmp_path)) for word in words]
    (fault,) = (word for word in given if str(tmp_path) in word or FOLDER in word)
    said = f"`{fault}` is in this workspace, which is not trusted"
    assert named(client, tmp_path, *given) == said
    assert named(client, tmp_path, *given, trusted=True)["program"]


def test_what_is_elsewhere_is_started_anywhere(client: Path, tmp_path: Path) -> None:
    words = ["env", "-u", "HOME", str(tmp_path.parent / "tool")]
    assert named(client, tmp_path, *words)["words"] == words[1:]
