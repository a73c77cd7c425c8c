"""Runs pytest in a project, and what it said of each test."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

_PROFILE = """\
from hypothesis import Phase, settings

phases = [Phase.explicit, Phase.generate{shrink}]
settings.register_profile(
    "same", derandomize=True, deadline=None, phases=phases, max_examples={examples},
    stateful_step_count=20,
)
settings.load_profile("same")
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`kind` is passed, failed, error or skipped."""

    kind: str
    text: str


def run(
    root: Path, *paths: str, record: bool = False, examples: int = 100, shrinks: bool = True
) -> dict[str, Outcome]:
    """The outcome of every test, by its module and its name."""
    report = root / "report.xml"
    report.unlink(missing_ok=True)
    shrink = ", Phase.shrink" if shrinks else ""
    (root / "conftest.py").write_text(_PROFILE.format(examples=examples, shrink=shrink))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist",
               "-p", "no:randomly", "--import-mode=importlib", f"--junitxml={report}",
               "-o", "junit_family=xunit1", "--rootdir", str(root), *paths]  # fmt: skip
    places = {str(folder.parent) for folder in root.glob("**/pyproject.toml")}
    places |= {f"{place}/src" for place in places}
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), *sorted(places)])}
    env.pop("PYTEST_ADDOPTS", None)
    env |= {} if record else {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, timeout=300, check=False)
    assert report.exists(), done.stdout.decode() + done.stderr.decode()
    tree = ElementTree.parse(report)
    assert done.returncode in (0, 1), done.stdout.decode() + done.stderr.decode()
    return {_key(case): _outcome(case) for case in tree.iter("testcase")}


def _key(case: ElementTree.Element) -> str:
    """`folder.tests.test_money::test_sum`; a state machine by its class."""
    owner = case.get("classname") or ""
    if case.get("name") == "runTest":
        owner, _, name = owner.rpartition(".")
        return f"{owner}::{name}"
    return f"{owner}::{case.get('name')}"


def _outcome(case: ElementTree.Element) -> Outcome:
    for tag, kind in (("failure", "failed"), ("error", "error"), ("skipped", "skipped")):
        found = case.find(tag)
        if found is not None:
            return Outcome(kind, f"{found.get('message')}\n{found.text}")
    return Outcome("passed", "")
