"""Every fence has a language, and what it holds is what the one who reads it would accept."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from adr_lsp.config.read import read
from adr_lsp.config.schema import RunSettings, Settings
from adr_lsp.sources.code import parse
from docs.pages import Fence, all_fences
from docs.scratch import start
from provision import PROJECT

OF_PROJECTS = {"project", "package", "dev-dependencies", "tool"}
OTHERS = ("text", "markdown", "diff", "lua", "elisp", "sh", "console", "bash")
ACTION = yaml.safe_load((PROJECT / "action.yml").read_text())
HOOKS = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text())
CLIENT = json.loads((PROJECT / "vscode-client/package.json").read_text())


def parsed(language: str) -> Any:
    fences = all_fences(language)
    return pytest.mark.parametrize("fence", fences, ids=map(str, fences))


def test_every_fence_has_a_language_that_is_checked_or_only_read() -> None:
    known = ("python", "typescript", "rust", "toml", "yaml", "json", *OTHERS)
    assert [f"{f}: {f.language!r}" for f in all_fences() if f.language not in known] == []


@parsed("python")
def test_python(fence: Fence) -> None:
    ast.parse(fence.body)


@pytest.mark.parametrize("language", ["typescript", "rust"])
def test_other_code(language: str) -> None:
    for fence in all_fences(language):
        assert not parse(fence.body.encode(), language).has_error, str(fence)


@parsed("toml")
def test_configuration(fence: Fence) -> None:
    """It is read without a problem; the heading may stand in the block, or in the file's name."""
    told = tomllib.loads(fence.body)
    if set(told) <= OF_PROJECTS and "adr-lsp" not in told.get("tool", {}):
        return
    path = "pyproject.toml" if "tool" in told else "adr-lsp.toml"
    config = read(path, fence.body.encode())
    assert (config.problems, config.path) == ((), path)


def test_the_page_on_configuration_tells_every_key() -> None:
    (fence,) = (f for f in all_fences("toml") if f.page == "docs/configuration.md")
    told = tomllib.loads(fence.body)["tool"]["adr-lsp"]
    names = {field.alias or name for name, field in Settings.model_fields.items()}
    assert set(told) == names
    assert set(told["run"]) == {f.alias or name for name, f in RunSettings.model_fields.items()}


@parsed("json")
def test_json(fence: Fence) -> None:
    told = json.loads(fence.body)
    if fence.file is None:
        settings = {name for name in told if name.startswith("adr-lsp.")}
        assert settings <= set(CLIENT["contributes"]["configuration"]["properties"])


def workflows() -> list[tuple[Fence, dict[str, Any]]]:
    told = [(fence, yaml.safe_load(fence.body)) for fence in all_fences("yaml")]
    return [(fence, content) for fence, content in told if "jobs" in content]


def steps() -> list[dict[str, Any]]:
    jobs = [job for _, content in workflows() for job in content["jobs"].values()]
    return [step for job in jobs for step in job["steps"]]


def schema_of(content: dict[str, Any]) -> list[str]:
    if "jobs" in content:
        return ["--builtin-schema", "vendor.github-workflows"]
    if "repos" in content:
        return []
    return ["--builtin-schema", "vendor.gitlab-ci"]


@parsed("yaml")
def test_pipelines_are_what_their_makers_ask_for(fence: Fence, tmp_path: Path) -> None:
    content = yaml.safe_load(fence.body)
    file = tmp_path / "file.yaml"
    file.write_text(fence.body)
    schema = schema_of(content)
    if schema:
        command = [sys.executable, "-m", "check_jsonschema", *schema, str(file)]
    else:
        command = [sys.executable, "-m", "pre_commit", "validate-config", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_action_has_the_inputs_that_are_given() -> None:
    ours = [step for step in steps() if "adr-lsp@" in step.get("uses", "")]
    given = {name for step in ours for name in step.get("with", {})}
    assert ours
    assert given - set(ACTION["inputs"]) == set()


def test_the_hooks_that_are_named_are_there() -> None:
    told = [yaml.safe_load(fence.body) for fence in all_fences("yaml")]
    named = {h["id"] for each in told for repo in each.get("repos", ()) for h in repo["hooks"]}
    assert named
    assert named - {hook["id"] for hook in HOOKS} == set()


def in_pipelines() -> list[str]:
    """Every command of ours in a pipeline."""
    told = [yaml.safe_load(fence.body) for fence in all_fences("yaml")]
    scripts = [line for each in told for job in each.values() if isinstance(job, dict)
               for line in job.get("script", ())]  # fmt: skip
    return [line for line in (*(s["run"] for s in steps() if "run" in s), *scripts)
            if not line.startswith("pip ") and "${{" not in line]  # fmt: skip


def test_the_commands_in_pipelines_run(tmp_path: Path) -> None:
    scratch = start("docs/guides/ci.md", tmp_path)
    ran = {line: scratch.run(line) for line in dict.fromkeys(in_pipelines())}
    assert {line: done.printed for line, done in ran.items() if done.code} == {}
    assert any(re.match(r"adr-lsp\b", line) for line in ran)
