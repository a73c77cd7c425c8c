"""What VS Code's debuggers are told to start."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

import provision

ESBUILD = provision.CLIENT / "node_modules" / ".bin" / "esbuild"
SOURCE = provision.CLIENT / "src" / "testing" / "debuggers.ts"
ASKED = """
const Module = require("node:module");
const load = Module._load;
const all = [{ packageJSON: { contributes: { debuggers: [{ type: "debugpy" }] } } }];
const vscode = { extensions: { all } };
Module._load = (name, ...rest) => (name === "vscode" ? vscode : load(name, ...rest));
const { configuration } = require(process.argv[1]);
console.log(JSON.stringify(configuration(JSON.parse(process.argv[2]), "")));
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    provision.need("node", "client")
    built = tmp_path_factory.mktemp("client") / "debuggers.cjs"
    words = [ESBUILD, SOURCE, "--bundle", "--platform=node", "--external:vscode"]
    quiet = [*words, f"--outfile={built}", "--log-level=warning"]
    subprocess.run(quiet, env=provision.environment(), check=True)
    return built


def configured(client: Path, program: str, *words: str) -> Any:
    launch = {"tool": "pytest", "debugger": "python", "program": program, "arguments": words}
    command = [provision.NODE, "-e", ASKED, client, json.dumps(launch | {"cwd": "/"})]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_pytest_is_debugged_however_python_is_started(client: Path) -> None:
    started = configured(client, "uv", "run", "python", "-m", "pytest", "-m", "fast", "a.py::t")
    assert started["python"] == ["uv", "run", "python"]
    assert (started["module"], started["args"]) == ("pytest", ["-m", "fast", "a.py::t"])


@pytest.mark.parametrize("words", [("pytest", "-m", "fast"), ("python", "tests.py", "-m", "fast")])
def test_what_begins_otherwise_has_no_debugger(client: Path, words: tuple[str, ...]) -> None:
    """There `-m` is not Python's: to pytest it names a mark."""
    assert "so no debugger can be put before it" in configured(client, *words, "a.py::t")
