"""The GitHub Action's own script, run as a runner does, with a package that it builds itself."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from ci.project import BAD, OURS, committed, fetched, git, theirs, write

pytestmark = pytest.mark.xdist_group("action")


@dataclass(frozen=True)
class Job:
    code: int
    out: str
    err: str
    summary: str
    outputs: str


@pytest.fixture(scope="module")
def action(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a runner fetches; its environment is made by the first job and used by the others."""
    return fetched(tmp_path_factory.mktemp("an action") / "adr-lsp")


def job(action: Path, repository: Path, *, runner_temp: str = "", **inputs: str) -> Job:
    runner = Path(runner_temp) if runner_temp else action.parent / "runner"
    files = {name: repository.parent / name for name in ("summary", "output")}
    for file in (runner, *files.values()):
        file.parent.mkdir(exist_ok=True)
    runner.mkdir(exist_ok=True)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(runner),
        "RUNNER_TEMP": str(runner),
        "GITHUB_ACTIONS": "true",
        "GITHUB_ACTION_PATH": str(action),
        "GITHUB_STEP_SUMMARY": str(files["summary"]),
        "GITHUB_OUTPUT": str(files["output"]),
        "ADR_PYTHON": sys.executable,
        **{f"ADR_{name.upper()}": value for name, value in inputs.items()},
    }
    kept = {k: v for k, v in os.environ.items() if k.startswith(("PIP_", "SSL_", "HTTP", "http"))}
    done = subprocess.run(
        [str(action / "action/check.sh")],
        cwd=repository,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        timeout=600,
    )
    said = {name: file.read_text() if file.exists() else "" for name, file in files.items()}
    return Job(done.returncode, done.stdout, done.stderr, said["summary"], said["output"])


def test_a_clean_log_passes(action: Path, tmp_path: Path) -> None:
    done = job(action, theirs(tmp_path / "theirs"))
    assert done.code == 0, done.err
    assert done.outputs == "exit-code=0\n"
    assert "1 record" in done.summary


def test_findings_become_annotations_and_fail_the_job(action: Path, tmp_path: Path) -> None:
    repository = theirs(tmp_path / "theirs")
    write(repository, "docs/adr/0002-unwrap.md", BAD)
    write(repository, "adr-lsp.toml", "")
    done = job(action, repository, sarif="out.sarif", comment="comment.md")
    assert done.code == 1, done.err
    annotation = next(line for line in done.out.splitlines() if "ADL101" in line)
    assert annotation.startswith("::warning file=docs/adr/0002-unwrap.md,line=1,")
    results = json.loads((repository / "out.sarif").read_text())["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == ["ADL101"]
    assert "ADL101" in (repository / "comment.md").read_text()
    assert done.outputs == "exit-code=1\n"


def test_only_what_a_pull_request_brings_counts_if_so_wished(action: Path, tmp_path: Path) -> None:
    repository = theirs(tmp_path / "theirs")
    write(repository, "adr-lsp.toml", "")
    write(repository, "docs/adr/0002-unwrap.md", BAD)
    base = git(committed(repository), "rev-parse", "HEAD")
    write(repository, "docs/adr/0003-x.md", "# 3. X\n\n## Invariants\n\nNone: it is a name.\n")
    committed(repository)
    assert job(action, repository, pull_request_base=base).code == 1
    done = job(action, repository, pull_request_base=base, new_only="true")
    assert done.code == 0, done.out + done.err


def test_paths_folder_and_severity_are_passed_on(action: Path, tmp_path: Path) -> None:
    repository = theirs(tmp_path / "theirs")
    write(repository, "adr-lsp.toml", "")
    write(repository, "docs/adr/0002-unwrap.md", BAD)
    assert job(action, repository, paths="docs/adr/0001-wrap.md\n").code == 0
    assert job(action, repository, folder="docs").code == 1
    assert job(action, repository, fail_on="error").code == 0
    assert job(action, repository, paths="--help\n").code == 2


def test_a_path_may_hold_what_a_name_may_hold(action: Path, tmp_path: Path) -> None:
    repository = theirs(tmp_path / "theirs of a kind")
    path = "docs/adr/0002-a b; $(touch x) 'q'.md"
    write(repository, path, BAD)
    write(repository, "adr-lsp.toml", "")
    done = job(action, repository, paths=f"\n{path}\r\n\n", sarif="out of it.sarif")
    assert done.code == 1, done.err
    assert "ADL101" in done.out
    assert (repository / "out of it.sarif").exists()
    assert not (repository / "x").exists()


def test_without_the_history_nothing_is_compared(action: Path, tmp_path: Path) -> None:
    whole = theirs(tmp_path / "whole")
    base = git(whole, "rev-parse", "HEAD")
    write(whole, "adr-lsp.toml", "")
    committed(whole)
    shallow = tmp_path / "theirs"
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{whole}", str(shallow))
    done = job(action, shallow, pull_request_base=base)
    assert done.code == 0, done.err
    assert "::notice title=adr-lsp::The history is not here" in done.out
    assert job(action, shallow, base=base).code == 2


@pytest.mark.parametrize(
    ("inputs", "code", "said"),
    [
        ({"version": "1 --index-url https://example.org"}, 2, "the version is no version"),
        ({"version": "1; rm -rf x"}, 2, "the version is no version"),
        ({"folder": "gone"}, 2, "the working directory is not there"),
        ({"python": "false"}, 3, "no environment could be made"),
    ],
)
def test_what_cannot_be_begun_is_no_finding(
    action: Path, tmp_path: Path, inputs: dict[str, str], code: int, said: str
) -> None:
    runner = {"runner_temp": str(tmp_path)} if "python" in inputs else {}
    done = job(action, theirs(tmp_path / "theirs"), **inputs, **runner)
    assert done.code == code
    assert f"::error title=adr-lsp::{said}" in done.out
    assert done.outputs == f"exit-code={code}\n"


def test_the_action_maps_each_input_to_what_the_script_reads() -> None:
    """Checked against the published schema too: `check-jsonschema` carries it."""
    checked = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions",
         "action.yml"], cwd=OURS, capture_output=True, text=True,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout
    document = yaml.safe_load((OURS / "action.yml").read_text())
    step = document["runs"]["steps"][0]
    mapped = set(re.findall(r"inputs\.([\w-]+)", " ".join(step["env"].values())))
    assert mapped == set(document["inputs"])
    read = set(re.findall(r"\$\{(ADR_\w+)", (OURS / "action/check.sh").read_text()))
    assert read == set(step["env"])
    script = step["run"].strip('"').removeprefix("$GITHUB_ACTION_PATH/")
    assert os.access(OURS / script, os.X_OK)
