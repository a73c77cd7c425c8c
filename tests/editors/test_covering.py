"""What the view of tests tells of a run, whatever becomes of what else was asked for."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import provision
from editors.conftest import HERE

ESBUILD = provision.CLIENT / "node_modules" / ".bin" / "esbuild"
SOURCE = provision.CLIENT / "src" / "testing" / "index.ts"
APART = ("--external:vscode", "--external:vscode-languageclient/node")


def test_a_test_that_passed_has_passed_also_where_its_lines_are_unknown(tmp_path: Path) -> None:
    provision.need("node", "client")
    built, environment = tmp_path / "testing.cjs", provision.environment()
    words = [ESBUILD, SOURCE, "--bundle", "--platform=node", *APART, f"--outfile={built}"]
    subprocess.run([*words, "--log-level=warning"], env=environment, check=True)
    command = [provision.NODE, HERE / "vscode" / "covering.cjs", built]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [
        "passed a.py::t",
        "a.py::t: passed (now)",
        "No lines are shown: there is no A/INV-1 any more",
    ]
