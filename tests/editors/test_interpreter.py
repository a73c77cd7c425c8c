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
SOURCES = provision.CLIENT / "src"
ASKED = """
const { named } = require(process.argv[1]);
const { words, ...place } = JSON.parse(process.argv[2]);
console.log(JSON.stringify(named(words, place)));
"""
INSTALLED = """
const Module = require("node:module");
const load = Module._load;
const installed = [];
const vscode = { extensions: { getExtension: () => installed[0] }, workspace: {} };
Module._load = (name, ...rest) => (name === "vscode" ? vscode : load(name, ...rest));
const { createChosen } = require(process.argv[1]);
const environments = {
  getActiveEnvironmentPath: () => ({ path: "env" }),
  resolveEnvironment: async () => ({ executable: { uri: { fsPath: "/env/bin/python" } } }),
  onDidChangeActiveEnvironmentPath: () => ({ dispose: () => undefined }),
};
const chosen = createChosen(console, () => undefined);
(async () => {
  const before = await chosen.interpreter();
  installed.push({ activate: async () => ({ environments }) });
  console.log(JSON.stringify([before ?? null, await chosen.interpreter()]));
})();
"""
FOLDER = "${workspaceFolder}"


def built(source: str, folder: Path) -> Path:
    provision.need("node", "client")
    made = folder / f"{source}.cjs"
    words = [ESBUILD, SOURCES / f"{source}.ts", "--bundle", "--platform=node", "--external:vscode"]
    quiet = [*words, f"--outfile={made}", "--log-level=warning"]
    subprocess.run(quiet, env=provision.environment(), check=True)
    return made


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("interpreter", tmp_path_factory.mktemp("client"))


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


def test_an_extension_for_python_that_is_installed_later_is_asked_then(tmp_path: Path) -> None:
    """*Restart Server* is enough: the window need not be reloaded."""
    command = [provision.NODE, "-e", INSTALLED, built("python", tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [None, "/env/bin/python"]
