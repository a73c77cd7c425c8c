"""The pipelines that the guide to CI gives judge also what failed, and then fail themselves."""

from __future__ import annotations

import json
import re
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from docs.pages import fences
from docs.scratch import Scratch, start
from provision import PROJECT, need

GUIDE = "docs/guides/ci.md"
LINKED = """\
-        if self.articles.get(article, 0) < amount:
+        if amount > 9:
"""
OTHER = "def test_of_no_invariant() -> None:\n    raise AssertionError\n"
GOES_ON = re.compile(r"!cancelled\(\)|always\(\)")
INPUT = re.compile(r"\$\{\{ inputs\.([\w-]+) \}\}")
PREPARED = """\
name="adr-lsp-$(printf '%s' "$GITHUB_ACTION_PATH" | cksum | cut -d ' ' -f 1)"
mkdir -p "$RUNNER_TEMP/$name" && printf '%s' "$PROGRAMS" >"$RUNNER_TEMP/$name/installed"
"$GITHUB_ACTION_PATH/action/check.sh"
"""


def pipeline(named: str) -> dict[str, Any]:
    told = [yaml.safe_load(fence.body) for fence in fences(GUIDE) if fence.file == named]
    (content,) = told
    return dict(content["jobs"]["decisions"] if "jobs" in content else content["decisions"])


@pytest.fixture(params=["nothing", "the test of an invariant", "another test"])
def failing(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def shop(tmp_path: Path, failing: str) -> Scratch:
    """A pull request in which that fails."""
    need("git")
    scratch = start(GUIDE, tmp_path)
    if failing == "the test of an invariant":
        scratch.change("shop/stock.py", LINKED)
    elif failing == "another test":
        scratch.write("tests/test_other.py", OTHER)
    return scratch


def strict(scratch: Scratch, script: str, **environment: str) -> int:
    """As a runner does: the first command that fails ends it."""
    given = " ".join(f"{name}={shlex.quote(value)}" for name, value in environment.items())
    return scratch.run(f"env {given} bash -eo pipefail -c {shlex.quote(script)}").code


def test_gitlab(shop: Scratch, failing: str) -> None:
    lines = pipeline(".gitlab-ci.yml")["script"]
    script = "\n".join(line for line in lines if not line.startswith("pip "))
    code = strict(shop, script)
    found = json.loads((shop.root / "adr-quality.json").read_text())
    assert (code == 0) == (failing == "nothing")
    assert [each["check_name"] for each in found] == ["failed"] * broken(failing)


def test_github(shop: Scratch, failing: str) -> None:
    assert succeeds(shop) == (failing == "nothing")
    (run,) = json.loads((shop.root / "adr.sarif").read_text())["runs"]
    assert [each["ruleId"] for each in run["results"]] == ["ADL401"] * broken(failing)


def broken(failing: str) -> int:
    """How many promises."""
    return int(failing == "the test of an invariant")


def succeeds(scratch: Scratch) -> bool:
    """Runs the steps as a runner does: after a failure only those that say so."""
    failed = False
    for step in pipeline(".github/workflows/decisions.yml")["steps"]:
        if not failed or GOES_ON.search(step.get("if", "")):
            failed = bool(ends(step, scratch)) or failed
    return not failed


def ends(step: dict[str, Any], scratch: Scratch) -> int:
    used = step.get("uses", "")
    if "adr-lsp@" in used:
        return strict(scratch, PREPARED, **inputs(step, scratch))
    if "upload-sarif@" in used:
        return 0 if (scratch.root / step["with"]["sarif_file"]).is_file() else 1
    command = step.get("run", "pip")
    return 0 if command.startswith("pip") else strict(scratch, command)


def inputs(step: dict[str, Any], scratch: Scratch) -> dict[str, str]:
    """What the runner gives to the action's script, which finds itself installed already."""
    action = yaml.safe_load((PROJECT / "action.yml").read_text())
    defaults = {name: each["default"] for name, each in action["inputs"].items()}
    given = defaults | step["with"]
    environment = action["runs"]["steps"][0]["env"]
    named = {name: found[1] for name, value in environment.items() if (found := INPUT.match(value))}
    return {name: given[wanted] for name, wanted in named.items()} | {
        "ADR_PULL_REQUEST_BASE": scratch.run("git rev-parse origin/main").printed.strip(),
        "GITHUB_ACTION_PATH": str(PROJECT),
        "RUNNER_TEMP": str(scratch.root.parent / "runner"),
        "PROGRAMS": str(Path(sys.executable).parent),
    }
