"""What is written looks as rustfmt would have it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import provision
from scaffold.rust.projects import CASES, at, blank, scaffolded, varied


def test_rustfmt_has_nothing_to_change(tmp_path: Path) -> None:
    program = shutil.which("rustfmt")
    if program is None:
        pytest.skip("no rustfmt")
    files = []
    for case in CASES:
        file = tmp_path / f"{case.name}.rs"
        file.write_text(at(case, "scaffolded")[scaffolded(case).path], encoding="utf-8")
        files.append(str(file))
    for path, text in (*blank("scaffolded").items(), *varied("scaffolded").items()):
        if path.startswith("tests/"):
            file = tmp_path / path.replace("/", "_")
            file.write_text(text, encoding="utf-8")
            files.append(str(file))
    command = [program, "--check", "--edition", "2021", "--color", "never", *files]
    env = provision.cargo_environment()
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == ""
    assert done.returncode == 0, done.stderr
