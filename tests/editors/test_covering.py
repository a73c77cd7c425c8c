"""What the view of tests tells, whatever becomes of what else was asked for."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

import provision
from editors.conftest import HERE

ESBUILD = provision.CLIENT / "node_modules" / ".bin" / "esbuild"
SOURCE = provision.CLIENT / "src" / "testing" / "index.ts"
APART = ("--external:vscode", "--external:vscode-languageclient/node")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    provision.need("node", "client")
    built = tmp_path_factory.mktemp("client") / "testing.cjs"
    words = [ESBUILD, SOURCE, "--bundle", "--platform=node", *APART, f"--outfile={built}"]
    quiet = [*words, "--log-level=warning"]
    subprocess.run(quiet, env=provision.environment(), check=True)
    return built


def seen(client: Path, scene: str) -> Any:
    command = [provision.NODE, HERE / "vscode" / "view.cjs", client, scene]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def test_a_test_that_passed_has_passed_also_where_its_lines_are_unknown(client: Path) -> None:
    assert seen(client, "unknownLines") == [
        "passed a.py::t",
        "a.py::t: passed (now)",
        "No lines are shown: there is no A/INV-1 any more",
    ]


def test_a_record_that_two_folders_hold_is_shown_in_both(client: Path) -> None:
    assert seen(client, "folders") == ["A all", "A part"]


def test_an_answer_that_comes_late_hides_no_later_one(client: Path) -> None:
    assert seen(client, "slow") == ["after"]


def test_an_invariant_that_loses_its_test_loses_its_button(client: Path) -> None:
    """A window is never told that a row has no line any more, only that it is gone."""
    saw = seen(client, "lost")
    assert saw == {"hadLine": True, "hasLine": False, "deleted": ["deleted A/INV-1"]}
