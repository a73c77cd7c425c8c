"""When a run is recorded, where, and what is left of one that ends badly."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recorders.recorded import ON, RECORDER, evidence_files, run, write

if TYPE_CHECKING:
    from pathlib import Path

PASSES = {"test_a.py": "def test_a(): pass\n"}
COMPLAINT = "adr-lsp: this run is not recorded as evidence: "


# -- Inert, unless the project asks for it


@pytest.mark.parametrize(
    ("files", "recorded"),
    [
        ({}, False),
        ({"docs/adr/0001-x.md": "# ADR-0001\n\nNo invariant here: INVOICE-1, MYINV-2.\n"}, False),
        ({"docs/adr/0001-x.md": "- **INV-1**: x\n"}, True),
        ({"docs/0001-x.mdx": "see INV-NO-LOSS\n"}, True),
        ({".hidden/0001-x.md": "- **INV-1**: x\n"}, False),
        ({"env/0001-x.md": "- **INV-1**: x\n", "env/pyvenv.cfg": ""}, False),
        ({"node_modules/a/0001-x.md": "- **INV-1**: x\n"}, False),
        ({"adr-lsp.toml": ""}, True),
        ({"pyproject.toml": "[tool.adr-lsp]\n"}, True),
        ({"pyproject.toml": "[tool.adr-lsp.rules]\n"}, True),
        ({"pyproject.toml": "[tool.other]\n"}, False),
        ({".adr-lsp/.gitignore": "*\n"}, True),
    ],
)
def test_inert_unless_the_root_has_something_of_ours(
    tmp_path: Path, files: dict[str, str], recorded: bool
) -> None:
    write(tmp_path, {**PASSES, **files, "pytest.ini": "[pytest]\n", ".git/HEAD": ""})
    outcome = run(tmp_path, "--strict-markers")
    assert outcome.exit == 0
    assert bool(outcome.lines) is recorded
    assert (tmp_path / ".adr-lsp").exists() is recorded


def test_the_marker_is_known_even_where_nothing_is_recorded(tmp_path: Path) -> None:
    marked = "import pytest\n@pytest.mark.invariant('ADR-1/INV-1')\ndef test_a(): pass\n"
    write(tmp_path, {"test_a.py": marked})
    outcome = run(tmp_path, "--strict-markers")
    assert (outcome.exit, outcome.lines) == (0, ())


@pytest.mark.parametrize("option", ["--collect-only", "--setup-only", "--setup-plan"])
def test_what_runs_no_test_records_no_run(tmp_path: Path, option: str) -> None:
    write(tmp_path, {**ON, **PASSES})
    assert run(tmp_path, option).lines == ()
    assert not (tmp_path / ".adr-lsp").exists()


@pytest.mark.parametrize("argument", ["missing.py", "-kmissing"])
def test_a_run_without_tests_leaves_no_file(tmp_path: Path, argument: str) -> None:
    write(tmp_path, {**ON, **PASSES})
    assert run(tmp_path, argument).lines == ()


# -- The root


def test_paths_are_relative_to_the_nearest_configured_ancestor(tmp_path: Path) -> None:
    inner = {"pytest.ini": "[pytest]\n", "tests/test_a.py": "def test_a(): assert 0\n"}
    write(tmp_path, {**ON, **{f"packages/one/{name}": text for name, text in inner.items()}})
    outcome = run(tmp_path / "packages/one", "tests", root=tmp_path)
    (result,) = outcome.of("result")
    assert result["test"] == "packages/one/tests/test_a.py::test_a"
    assert result["location"] == ["packages/one/tests/test_a.py", 1]
    assert outcome.content.keys() == {"packages/one/tests/test_a.py"}
    assert outcome.lines[0]["cwd"] == "packages/one"


def test_without_configuration_the_repository_is_the_root(tmp_path: Path) -> None:
    write(tmp_path, {"docs/0001-x.md": "INV-1: x\n", ".git/HEAD": "", "sub/pytest.ini": ""})
    write(tmp_path / "sub", PASSES)
    outcome = run(tmp_path / "sub", root=tmp_path)
    assert outcome.content.keys() == {"docs/0001-x.md", "sub/test_a.py"}


def test_the_variable_names_the_root(tmp_path: Path) -> None:
    write(tmp_path / "repo/sub", {**ON, **PASSES})
    root = tmp_path / "repo"
    outcome = run(root / "sub", root=root, ADR_LSP_EVIDENCE=str(root))
    assert outcome.content.keys() == {"sub/test_a.py"}


@pytest.mark.parametrize("body", ["assert 0", "import nowhere"])
def test_what_runs_outside_the_root_is_no_evidence(tmp_path: Path, body: str) -> None:
    """A test of ours may run pytest in a folder elsewhere, where names may be the same."""
    root, elsewhere = tmp_path / "repo", tmp_path / "elsewhere"
    write(root, {**ON, **PASSES})
    code = f"def test_a(): {body}\n" if "assert" in body else body
    write(elsewhere, {"pytest.ini": "[pytest]\n", "test_a.py": code})
    outcome = run(elsewhere, root=root, ADR_LSP_EVIDENCE=str(root))
    assert outcome.exit != 0
    assert evidence_files(root) == []


def test_a_project_reached_by_a_link_has_the_same_paths(tmp_path: Path) -> None:
    write(tmp_path / "real", {**ON, **PASSES})
    (tmp_path / "link").symlink_to("real")
    outcome = run(tmp_path / "link")
    assert outcome.content.keys() == {"test_a.py"}
    assert outcome.outcomes == {"test_a": "passed"}


@pytest.mark.parametrize("packed", [False, True])
def test_the_commit_is_read_without_a_program(tmp_path: Path, packed: bool) -> None:
    def git(*arguments: str) -> str:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        command = ["git", *who, *arguments]
        return subprocess.check_output(command, cwd=tmp_path / "main", text=True).strip()

    write(tmp_path / "main", {**ON, **PASSES})
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "x")
    git("worktree", "add", "-q", "../other", "-b", "some/branch")
    if packed:
        git("pack-refs", "--all")
    for folder in ("main", "other"):
        outcome = run(tmp_path / folder, PATH="")
        assert outcome.lines[0]["commit"] == git("rev-parse", "HEAD")


# -- The content

CONTENT = {
    **ON,
    "docs/0001-x.md": "# ADR-0001\n- **INV-1**: x\n",
    "docs/prose.md": "Nothing with a key.\n",
    "docs/.hidden/0002.md": "ADR-0002\n",
    "nested/adr-lsp.toml": "",
    "nested/0001-y.md": "ADR-0001\n",
    "ledger/__init__.py": "",
    "ledger/core.py": "from . import used\n",
    "ledger/used.py": "",
    "ledger/unused.py": "",
    "ledger/late.py": "",
    "tests/conftest.py": "",
    "tests/sub/conftest.py": "",
    "tests/sub/test_b.py": "def test_b(): pass\n",
    "tests/test_a.py": "import ledger.core\ndef test_late(): import ledger.late\n",
    ".venv/pyvenv.cfg": "",
    ".venv/site.py": "",
    "env/pyvenv.cfg": "",
    "env/foreign.py": "",
    "pytest.ini": "[pytest]\npythonpath = . env\n",
}


@pytest.mark.parametrize("arguments", [[], ["-n2"]], ids=["alone", "xdist"])
def test_the_bytes_that_a_run_rests_on_are_stored(tmp_path: Path, arguments: list[str]) -> None:
    write(tmp_path, CONTENT)
    write(tmp_path, {"tests/test_c.py": "import foreign\ndef test_c(): pass\n"})
    os.mkfifo(tmp_path / "docs/0003-pipe.md")
    outside = tmp_path.with_name(tmp_path.name + "-outside.md")
    outside.write_text("ADR-0009")
    (tmp_path / "docs/0004-link.md").symlink_to(outside)
    outcome = run(tmp_path, *arguments)
    assert outcome.content.keys() == {
        "docs/0001-x.md",
        "ledger/__init__.py",
        "ledger/core.py",
        "ledger/used.py",
        "ledger/late.py",
        "tests/conftest.py",
        "tests/sub/conftest.py",
        "tests/sub/test_b.py",
        "tests/test_a.py",
        "tests/test_c.py",
    }
    for path, digest in outcome.content.items():
        stored = tmp_path / ".adr-lsp/objects" / digest[:2] / digest[2:]
        content = zlib.decompress(stored.read_bytes())
        assert content == (tmp_path / path).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest
    assert (tmp_path / ".adr-lsp/.gitignore").read_text() == "*\n"
    assert not outcome.of("changed")


@pytest.mark.parametrize("arguments", [[], ["-n1"]], ids=["alone", "xdist"])
def test_a_file_that_changes_during_the_run_is_told(tmp_path: Path, arguments: list[str]) -> None:
    edit = "import ledger, pathlib\ndef test_a(): pathlib.Path('ledger.py').write_text('x = 2')\n"
    write(tmp_path, {**ON, "ledger.py": "x = 1", "test_a.py": edit, "pytest.ini": "[pytest]\n"})
    outcome = run(tmp_path, *arguments, PYTHONPATH=f"{RECORDER}{os.pathsep}{tmp_path}")
    assert outcome.content["ledger.py"] == hashlib.sha256(b"x = 1").hexdigest()
    assert outcome.of("changed") == [{"type": "changed", "files": ["ledger.py"]}]


@pytest.mark.parametrize("arguments", [[], ["-n2"]], ids=["alone", "xdist"])
def test_a_file_that_cannot_be_collected(tmp_path: Path, arguments: list[str]) -> None:
    write(tmp_path, {**ON, **PASSES, "sub/test_b.py": "import nowhere\ndef test_b(): pass\n"})
    outcome = run(tmp_path, *arguments)
    (error,) = outcome.of("collect-error")
    assert error["path"] == "sub/test_b.py"
    assert "nowhere" in error["message"]
    assert "sub/test_b.py" in outcome.content
    assert outcome.lines[-1]["type"] == "end"


# -- Endings


def test_a_worker_that_dies_is_an_error_of_its_test(tmp_path: Path) -> None:
    dies = "import os\ndef test_dies(): os._exit(9)\ndef test_b(): pass\n"
    write(tmp_path, {**ON, **PASSES, "test_b.py": dies})
    outcome = run(tmp_path, "-n2")
    assert outcome.outcomes == {"test_a": "passed", "test_b": "passed", "test_dies": "error"}
    assert outcome.results["test_dies"]["error"] == "crash"
    assert "test_b.py" in outcome.content
    assert outcome.lines[-1]["type"] == "end"


ENDINGS = {
    "the process is gone": ("import os; os._exit(9)", False),
    "interrupted": ("raise KeyboardInterrupt", False),
    "pytest.exit": ("import pytest; pytest.exit('enough')", False),
    "first failure": ("assert 0", True),
}
STOPS = "def test_first(): pass\ndef test_stops():\n    {}\ndef test_after(): pass\n"


@pytest.mark.parametrize("ending", ENDINGS)
def test_only_a_run_that_came_to_its_end_says_so(tmp_path: Path, ending: str) -> None:
    body, ends = ENDINGS[ending]
    write(tmp_path, {**ON, "test_a.py": STOPS.format(body)})
    outcome = run(tmp_path, "-x")
    assert outcome.outcomes["test_first"] == "passed"
    assert "test_after" not in outcome.outcomes
    assert bool(outcome.of("end")) is ends, outcome.output
    assert "test_a.py" in outcome.content


@pytest.mark.parametrize("ending", ["interrupted", "first failure"])
def test_so_it_is_under_xdist(tmp_path: Path, ending: str) -> None:
    body, ends = ENDINGS[ending]
    write(tmp_path, {**ON, "test_a.py": STOPS.format(body)})
    outcome = run(tmp_path, "-x", "-n1")
    assert outcome.outcomes["test_first"] == "passed"
    assert bool(outcome.of("end")) is ends, outcome.output
    assert "test_a.py" in outcome.content


def test_a_killed_run_leaves_whole_lines(tmp_path: Path) -> None:
    """Killed while tests still run; what was finished by then is there."""
    test = """
import os, signal, pytest
@pytest.mark.parametrize("n", range(200))
def test_a(n):
    if n == 150: os.kill(os.getpid(), signal.SIGKILL)
"""
    write(tmp_path, {**ON, "test_a.py": test})
    outcome = run(tmp_path)
    assert outcome.exit == -signal.SIGKILL
    assert len(outcome.of("result")) == 150
    assert not outcome.of("end")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("written")
    write(folder, {**ON, "test_a.py": "def test_a(): assert '\\udc80\\x00\\n\\u2028' == ''\n"})
    run(folder)
    return evidence_files(folder)[0].read_bytes()


@given(data=st.data())
def test_any_prefix_is_whole_lines_and_perhaps_a_torn_one(
    written: bytes, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(written)))
    *whole, _torn = written[:cut].split(b"\n")
    assert all(isinstance(json.loads(line), dict) for line in whole)
    assert written[:cut].startswith(b"".join(line + b"\n" for line in whole))


# -- A fault in the recorder is no fault of the tests


def test_a_store_that_cannot_be_written_costs_one_line(tmp_path: Path) -> None:
    write(tmp_path, {**ON, **PASSES, ".adr-lsp/evidence": "not a folder"})
    outcome = run(tmp_path)
    assert (outcome.exit, outcome.output.count(COMPLAINT)) == (0, 1)


@pytest.mark.parametrize("part", [".adr-lsp", ".adr-lsp/evidence", ".adr-lsp/objects"])
def test_the_store_is_never_followed_out_of_the_root(tmp_path: Path, part: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    write(tmp_path / "repo", {**ON, **PASSES})
    (tmp_path / "repo" / part).parent.mkdir(exist_ok=True)
    (tmp_path / "repo" / part).symlink_to(outside)
    outcome = run(tmp_path / "repo")
    assert (outcome.exit, outcome.output.count(COMPLAINT)) == (0, 1)
    assert not list(outside.iterdir())


def test_a_full_disk_costs_one_line_and_leaves_no_end(tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk: a write falls short."""
    limit = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
"""
    test = "import pytest\n@pytest.mark.parametrize('n', range(50))\ndef test_a(n): pass\n"
    write(tmp_path, {**ON, "test_a.py": test, "conftest.py": limit})
    outcome = run(tmp_path, "-s")
    assert (outcome.exit, outcome.output.count(COMPLAINT)) == (0, 1)
    assert 0 < len(outcome.of("result")) < 50
    assert not outcome.of("end")


# -- However it is loaded, it is loaded once


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONPATH": "", "PYTEST_ADDOPTS": ""},
        {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        {},
    ],
    ids=["entry point", "option", "both"],
)
def test_registered_once(tmp_path: Path, env: dict[str, str]) -> None:
    write(tmp_path, {**ON, **PASSES})
    assert len(run(tmp_path, **env).of("result")) == 1


def test_two_copies_record_once(tmp_path: Path) -> None:
    copy = (RECORDER / "adr_lsp_pytest.py").read_text(encoding="utf-8")
    plugins = "pytest_plugins = ['a_copy']\n"
    write(tmp_path, {**ON, **PASSES, "conftest.py": plugins, "a_copy.py": copy})
    assert len(run(tmp_path).of("result")) == 1


def test_the_folder_holds_the_one_file() -> None:
    assert [path.name for path in RECORDER.iterdir() if path.is_file()] == ["adr_lsp_pytest.py"]
    names = set(sys.stdlib_module_names) | {"pytest", "hypothesis", "coverage", "__future__"}
    for line in (RECORDER / "adr_lsp_pytest.py").read_text().splitlines():
        words = line.split()
        if words[:1] == ["import"] or (words[:1] == ["from"] and "import" in words):
            assert words[1].split(".")[0] in names
