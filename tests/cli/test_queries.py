"""Lists by verdict, status, method and words; what the doctor says; shells' completions."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from cli.command import adr_lsp, environment

RECORDS = {
    "docs/adr/0001-wrap.md": """# 1. Wrap numbers

## Status

Accepted

## Invariants

- **INV-1** *(bounds)*: A wrapped number is below ten.
- **INV-2**: Wrapping twice is wrapping once.
""",
    "docs/adr/0002-name.md": """# 2. Name things

## Status

Proposed

## Invariants

- **INV-1** *(uniqueness)*: No two things have one name.
""",
    "docs/adr/0003-talk.md": "# 3. Talk\n\n## Status\n\nRejected\n",
    "docs/adr/README.md": "# Decisions\n",
    "docs/adr/notes.md": "# Notes\n",
    "tests/test_wrap.py": """from hypothesis import given, strategies as st


# Verifies: ADR-0001/INV-1
@given(st.integers())
def test_wraps(n):
    assert n % 10 < 10


# Verifies: ADR-0002/INV-1
def test_names():
    assert len({"a", "b"}) == 3
""",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its tests ran once: one passed, one failed."""
    folder = tmp_path_factory.mktemp("root")
    for path, content in RECORDS.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content)
    assert adr_lsp(folder, "run").code == 1
    return folder


def listed(root: Path, *arguments: str) -> list[str]:
    return adr_lsp(root, "list", "-f", "concise", *arguments).out.split()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ["ADR-0001/INV-1", "ADR-0001/INV-2", "ADR-0002/INV-1"]),
        (["--verdict", "failed"], ["ADR-0002/INV-1"]),
        (["--verdict", "failed,passed"], ["ADR-0001/INV-1", "ADR-0002/INV-1"]),
        (["--verdict", "failed", "--verdict", "unverified"], ["ADR-0001/INV-2", "ADR-0002/INV-1"]),
        (["--status", "accepted"], ["ADR-0001/INV-1", "ADR-0001/INV-2"]),
        (["--method", "property"], ["ADR-0001/INV-1"]),
        (["--method", "none"], ["ADR-0001/INV-2"]),
        (["--pattern", "uniqueness"], ["ADR-0002/INV-1"]),
        (["WRAPPING"], ["ADR-0001/INV-2"]),
        (["wrap", "below"], ["ADR-0001/INV-1"]),
        (["--status", "accepted", "--verdict", "failed"], []),
        (["--records"], ["ADR-0001", "ADR-0002", "ADR-0003"]),
        (["--records", "--status", "rejected"], ["ADR-0003"]),
        (["--records", "--verdict", "failed"], ["ADR-0002"]),
        (["--records", "unique"], []),
        (["--records", "names"], []),
        (["--records", "name"], ["ADR-0002"]),
    ],
)
def test_what_is_listed(root: Path, arguments: list[str], expected: list[str]) -> None:
    assert listed(root, *arguments) == expected


def test_an_unknown_value_is_refused_with_the_nearest(root: Path) -> None:
    refused = adr_lsp(root, "list", "--verdict", "pased")
    assert (refused.code, refused.out) == (2, "")
    assert "did you mean passed?" in refused.err


def test_lists_have_the_values_of_a_check(root: Path) -> None:
    checked = adr_lsp(root, "--check", "-f", "json").json
    assert adr_lsp(root, "list", "-f", "json").json == checked["invariants"]
    assert adr_lsp(root, "list", "--records", "-f", "json").json == checked["records"]
    assert adr_lsp(root, "show", "-f", "json").json == checked["invariants"]


def test_a_record_can_be_named_by_its_path(root: Path) -> None:
    inside = root / "docs"
    listed = adr_lsp(inside, "list", "-f", "concise", "adr/0001-wrap.md")
    assert listed.out.split() == ["ADR-0001/INV-1", "ADR-0001/INV-2"]
    records = adr_lsp(inside, "list", "--records", "-f", "concise", "adr/0003-talk.md")
    assert records.out.split() == ["ADR-0003"]
    assert "INV-2" in adr_lsp(inside, "show", "-f", "concise", "adr/0001-wrap.md").out
    one = adr_lsp(root, "show", "-f", "concise", "docs/adr/0001-wrap.md/INV-1")
    assert ("INV-1" in one.out, "INV-2" in one.out) == (True, False)
    assert adr_lsp(inside, "status", "adr/0003-talk.md", "accepted", "--diff").code == 0


def test_an_id_that_is_declared_twice_is_told_once(tmp_path: Path) -> None:
    twice = "# 1. Two\n\n## Invariants\n\n- **INV-1**: One.\n- **INV-1**: Two.\n"
    (tmp_path / "docs/adr").mkdir(parents=True)
    (tmp_path / "docs/adr/0001-two.md").write_text(twice)
    assert adr_lsp(tmp_path, "show", "ADR-1/INV-2").err.endswith("it declares: INV-1\n")
    doctor = adr_lsp(tmp_path, "doctor").out
    assert "0 of 2 invariants have a test" in doctor
    (tmp_path / "docs/adr/0001-two.md").write_text(twice.replace("- **INV-1**: Two.\n", ""))
    assert "0 of 1 invariant has a test" in adr_lsp(tmp_path, "doctor").out


def test_show_takes_queries_too(root: Path) -> None:
    shown = adr_lsp(root, "show", "--verdict", "failed")
    assert shown.out.startswith("✗ ADR-0002/INV-1")
    assert "test: tests/test_wrap.py::test_names: failed" in shown.out
    assert "INV-1" not in adr_lsp(root, "show", "ADR-0002", "--verdict", "passed").out


def test_the_doctor_says_what_was_read_and_what_was_not(root: Path) -> None:
    said = adr_lsp(root, "doctor")
    assert said.code == 0, said.out
    for line in (
        "○ configuration: none; every setting has its default",
        "✓ log docs/adr: 3 records, 2 with invariants",
        "○ not records: 2 files in these logs are no records",
        "    docs/adr/README.md: about the log",
        "    docs/adr/notes.md: no number or date in its name",
        "✓ references: 2 references in 1 file of code; 2 of 3 invariants have a test",
    ):
        assert line in said.out
    assert "1 run read, 0 cut; the latest" in said.out


def of_tools(root: Path, **more: str) -> dict[str, str]:
    """What the doctor says of each tool, by its name."""
    said = adr_lsp(root, "doctor", **more).out.splitlines()
    named = (line.partition(": ") for line in said if not line.startswith(" "))
    return {mark[2:]: f"{mark[0]} {about}" for mark, _, about in named}


def test_the_doctor_says_with_what_the_tests_would_run(root: Path, tmp_path: Path) -> None:
    """From the files of an environment: nothing below the root is started."""
    folder = tmp_path / "root"
    shutil.copytree(root, folder)
    told = of_tools(folder)["pytest"]
    assert told.startswith("✓ 2 tests; ")
    versions = r"Python 3\.[\d.]+, pytest [\d.]+, hypothesis [\d.]+"
    assert re.search(rf"\(python on PATH\): {versions}$", told)
    (folder / "web").mkdir()
    (folder / "web/package.json").write_text("{}")
    test = 'import { test } from "vitest";\n// Verifies: ADR-0001/INV-2\ntest("a", () => {});\n'
    (folder / "web/a.test.ts").write_text(test)
    assert of_tools(folder)["vitest"].startswith("✗ 1 test; not installed for this package")

    venv.create(folder / ".venv", with_pip=False)
    python = ".venv/Scripts/python.exe" if os.name == "nt" else ".venv/bin/python"
    (folder / python).unlink()
    (folder / python).write_text(f"#!/bin/sh\necho started > '{tmp_path}/started'\n")
    (folder / python).chmod(0o755)
    version = ".".join(map(str, sys.version_info[:3]))
    begins = f"2 tests; {python} (.venv in root): Python {version}"
    without = "without pytest and hypothesis: install them there"
    assert of_tools(folder)["pytest"] == f"✗ {begins}, {without}"
    packages = next((folder / ".venv").glob("[Ll]ib*/**/site-packages"))
    (packages / "pytest-9.1.0.dist-info").mkdir()
    told = of_tools(folder)["pytest"]
    assert told == f"✗ {begins}, pytest 9.1.0, without hypothesis: install it there"
    (folder / ".venv/pyvenv.cfg").unlink()
    assert of_tools(folder)["pytest"].endswith("(.venv in root), of which nothing more is known")
    (folder / "adr-lsp.toml").write_text('run.pytest = ["no-such-program"]\n')
    assert of_tools(folder)["pytest"] == "✗ 2 tests; no-such-program (configured) is not there"
    assert not (tmp_path / "started").exists()


def test_the_doctor_finds_what_does_not_work(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "root"
    shutil.copytree(root, folder)
    (folder / "adr-lsp.toml").write_text("record = ['docs']\nmin-cases = 20\n")
    (folder / "tests/test_lost.py").write_text("# Verifies: ADR-0009/INV-1\ndef test_x():\n    1\n")
    (folder / ".adr-lsp/evidence/20260101T000000Z-0123456789abcdef.jsonl").write_text("nonsense\n")
    said = adr_lsp(folder, "doctor")
    assert said.code == 1
    for line in (
        "    min-cases = 20",
        "adr-lsp.toml:1: unknown key `record`; did you mean `records`?",
        "    tests/test_lost.py:1: ADR-0009/INV-1 leads nowhere",
        "✗ evidence: no run can be read from 1 file",
    ):
        assert line in said.out
    assert {line["mark"] for line in adr_lsp(folder, "doctor", "-f", "json").json} >= {"ok", "bad"}


def test_the_doctor_tells_what_was_read_in_part_or_elsewhere(tmp_path: Path) -> None:
    files = {
        "docs/adr/0001-x.md": b"# T\xe9l\n",
        "docs/adr/0002-y.md": b"---\nstatus: [x\n---\n# Y\n",
        "docs/adr/0003-z.md": b"# Z\n",
        "adr-lsp.toml": b'exclude = ["docs/adr/0003*"]\ntemplate = "gone.md"\nrecordz = 1\n',
        "inner/adr-lsp.toml": b"",
        "inner/adr/0001-x.md": b"# X\n",
    }
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    said = adr_lsp(tmp_path, "doctor", "-f", "json").json
    lines = {line["about"]: (line["mark"], *line["details"]) for line in said}
    assert lines["read in part"][0] == "bad"
    assert [told.partition(": ")[0] for told in lines["read in part"][1:]] == [
        "docs/adr/0001-x.md:1",
        "docs/adr/0002-y.md:2",
    ]
    assert lines["not records"] == ("note", "docs/adr/0003-z.md: excluded by the configuration")
    assert lines["other roots"] == ("note", "inner")
    assert lines["configuration"][-1] == "template: gone.md is not there"
    (tmp_path / "adr-lsp.toml").write_text("")
    (tmp_path / "docs/adr").rename(tmp_path / "docs/choices")
    found = next(line for line in adr_lsp(tmp_path, "doctor", "-f", "json").json
                 if line["about"] == "records")  # fmt: skip
    assert found["mark"] == "bad"
    assert '`records = ["docs/choices/*.md"]` would read them' in found["details"][0]


def test_the_doctor_where_there_is_nothing(tmp_path: Path) -> None:
    said = adr_lsp(tmp_path, "doctor")
    assert said.code == 1
    assert "✗ records: none found" in said.out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell", "tcsh"])
def test_every_shell_has_a_script_that_knows_the_commands(tmp_path: Path, shell: str) -> None:
    script = adr_lsp(tmp_path, "completions", shell)
    assert script.code == 0
    for word in ("check", "scaffold", "require-evidence", "supersede"):
        assert word in script.out


def test_paths_are_completed_where_one_is_wanted(tmp_path: Path) -> None:
    script = adr_lsp(tmp_path, "completions", "zsh").out
    assert '"--log[the log' in script
    log = next(line for line in script.splitlines() if '"--log[' in line)
    assert "_files -/" in log
    check = script.partition("_shtab_adr_lsp_check_options=(")[2].partition("\n)")[0]
    assert "_files" in check


def test_bash_completes(tmp_path: Path) -> None:
    script = tmp_path / "adr-lsp.bash"
    script.write_text(adr_lsp(tmp_path, "completions", "bash").out)
    ask = (
        f"source {script}; COMP_WORDS=(adr-lsp scaff); COMP_CWORD=1; "
        "$(complete -p adr-lsp | sed 's/.*-F //; s/ .*//') adr-lsp scaff adr-lsp; "
        'echo "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "-c", ask], env=environment(), capture_output=True, text=True, cwd=tmp_path
    )
    assert done.stdout.split() == ["scaffold"], done.stderr


def test_what_is_listed_moves_no_cursor(tmp_path: Path) -> None:
    (tmp_path / "docs/adr").mkdir(parents=True)
    content = "# X\x1b[31m\n\n## Invariants\n\n- A is \x1b[2J B.\n- **INV-1**: B is A.\n"
    for name in ("0001-\x1b[31m\u202ex.md", "0001-y.md"):
        (tmp_path / "docs/adr" / name).write_text(content)
    for asked in (["list"], ["list", "--records"], ["show"]):
        for name in ("text", "concise", "json"):
            said = adr_lsp(tmp_path, *asked, "-f", name).out
            assert said
            assert not {"\x1b", "\u202e"} & set(said)
    assert adr_lsp(tmp_path, "list", "-f", "concise").out.splitlines()[2:] == [
        "0001-y/(no id)",
        "0001-y/INV-1",
    ]
