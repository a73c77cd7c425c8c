"""`adr-lsp run` over several tools, of which one may be missing, hang, die or talk nonsense."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import provision
from cli.command import Done, adr_lsp, environment
from cli.test_run import wait_for, write
from recorders.crates import rust

RECORD = """# 1. Double

## Invariants

- **INV-1**: Doubling in Python adds.
- **INV-2**: Doubling in Rust adds.
- **INV-3**: Doubling in Rust is never odd.
"""
PYTHON = "# Verifies: ADR-0001/INV-1\ndef test_adds():\n    assert 2 * 2 == 4\n"
RUST = """pub fn double(n: i64) -> i64 {
    n * 2
}

#[cfg(test)]
mod tests {
    use super::double;

    // Verifies: ADR-0001/INV-2
    #[test]
    fn adds() {
        assert_eq!(double(2), 2 + 2);
    }
}
"""
ODD = """use mixed::double;

// Verifies: ADR-0001/INV-3
#[test]
fn never_odd() {
    assert_eq!(double(3) % 2, 0);
}
"""
MANIFEST = '[package]\nname = "mixed"\nversion = "0.1.0"\nedition = "2021"\n'
FILES = {
    "docs/adr/0001-double.md": RECORD,
    "tests/test_double.py": PYTHON,
    "crate/Cargo.toml": MANIFEST,
    "crate/src/lib.rs": RUST,
    "crate/tests/odd.rs": ODD,
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in {"adr-lsp.toml": "", "conftest.py": "", **FILES}.items():
        write(tmp_path, name, text)
    return tmp_path


def tool(root: Path, script: str, more: str = "") -> None:
    """A small program of its own stands where cargo is expected."""
    write(root, "tool.py", script)
    words = json.dumps([sys.executable, str(root / "tool.py")])
    write(root, "adr-lsp.toml", f"[run]\ncargo = {words}\n{more}")


def ran(root: Path, *arguments: str, **more: str) -> Done:
    return adr_lsp(root, "run", "-f", "json", *arguments, **more)


def verdicts(done: Done) -> dict[str, str]:
    return {found["id"]: found["verdict"] for found in done.json}


def reasons(done: Done) -> dict[str, str]:
    """What stands at each invariant's line."""
    return {each["id"]: each["reason"] for each in done.json}


BAD: dict[str, tuple[str, int, str]] = {
    "nonsense": ("print('test tests::adds ... maybe')\nprint('\\x00\\xff{')", 3, "exit code 0"),
    "nothing": ("", 3, "exit code 0 and said nothing"),
    "crash": ("raise RuntimeError('no way')", 3, "RuntimeError: no way"),
    "killed": ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", 3, "SIGKILL"),
    "ran none": (
        "print('     Running unittests src/lib.rs (target/a)')\n"
        "print('\\nrunning 0 tests\\n')\n"
        "print('test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured')",
        *(3, "exit code 0"),
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_tool_that_is_bad_is_an_error_and_no_other_tool_is_hurt(root: Path, name: str) -> None:
    script, code, why = BAD[name]
    tool(root, script)
    done = ran(root)
    assert done.code == code, done.err
    assert verdicts(done) == {"INV-1": "passed", "INV-2": "error", "INV-3": "error"}
    assert why in done.err
    assert why in reasons(done)["INV-2"]


def test_a_tool_that_is_missing_leaves_its_tests_not_run(root: Path) -> None:
    write(root, "adr-lsp.toml", '[run]\ncargo = ["./no-such-cargo"]\n')
    done = ran(root)
    assert done.code == 3
    assert verdicts(done) == {"INV-1": "passed", "INV-2": "not-run", "INV-3": "not-run"}
    assert "cargo: could not start: ./no-such-cargo" in done.err
    assert "crate/src/lib.rs::tests::adds" in done.err


def test_no_cargo_at_all_is_said(root: Path) -> None:
    done = ran(root, PATH="/nowhere", ADR_LSP_NOTHING="1")
    assert done.code == 3
    assert "cargo: it is not on the PATH" in done.err
    assert set(verdicts(done).values()) == {"not-run"}


HANGS = """import os, pathlib, subprocess, sys, time

sleep = [sys.executable, "-c", "import time; time.sleep(600)"]
child = subprocess.Popen(sleep, process_group=0)
daemon = subprocess.Popen(sleep, start_new_session=True)
pathlib.Path(__file__).with_name("pids").write_text(f"{os.getpid()} {child.pid} {daemon.pid}")
print("     Running unittests src/lib.rs (target/a)", flush=True)
print("test tests::adds ... ok", flush=True)
time.sleep(600)
"""


def test_a_tool_that_hangs_is_ended_with_all_its_children(root: Path) -> None:
    tool(root, HANGS, "time-limit = 2\n")
    done = ran(root)
    assert verdicts(done) == {"INV-1": "passed", "INV-2": "passed", "INV-3": "error"}
    assert "time limit (run.time-limit)" in reasons(done)["INV-3"]
    assert gone(root)


def gone(root: Path) -> bool:
    pids = (root / "pids").read_text().split()
    return not any(alive(pid) for pid in pids)


def alive(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b") ")[2][:1] not in b"ZX"
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ending_it_leaves_no_process_and_no_result(root: Path, number: int) -> None:
    tool(root, HANGS)
    child = subprocess.Popen(
        [sys.executable, "-m", "adr_lsp", "run", "--tool", "cargo"],
        cwd=root,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    wait_for(lambda: (root / "pids").exists() and len((root / "pids").read_text().split()) == 3)
    child.send_signal(number)
    assert child.wait(60) == 128 + number
    wait_for(lambda: gone(root))
    assert not list((root / ".adr-lsp").glob("evidence/*"))


def test_what_its_own_recorder_says_later_counts(root: Path) -> None:
    """Nobody knows the interpreter of a program that only was to be pytest."""
    write(root, "adr-lsp.toml", '[run]\npytest = ["true"]\n')
    done = ran(root, "ADR-1/INV-1")
    assert (done.code, verdicts(done)) == (3, {"INV-1": "error"})
    write(root, "adr-lsp.toml", "")
    assert verdicts(ran(root, "ADR-1/INV-1")) == {"INV-1": "passed"}


def test_a_test_that_the_tool_leaves_out_is_not_run(root: Path) -> None:
    write(root, "tests/test_more.py", "# Verifies: ADR-0001/INV-2\ndef test_more():\n    pass\n")
    more = json.dumps([sys.executable, "-m", "pytest", "--deselect", "tests/test_more.py"])
    write(root, "adr-lsp.toml", f"[run]\npytest = {more}\n")
    done = ran(root, "--tool", "pytest")
    assert (done.code, verdicts(done)["INV-2"]) == (1, "not-run")
    assert "it ran, but not these tests; no result: tests/test_more.py::test_more" in done.err


def test_a_failure_keeps_no_other_test_from_its_result(root: Path) -> None:
    failing = "# Verifies: ADR-0001/INV-2\ndef test_fails():\n    assert len('a') == 2\n"
    write(root, "tests/test_double.py", failing + PYTHON)
    write(root, "pytest.ini", "[pytest]\naddopts = -x\n")
    found = verdicts(ran(root, "--tool", "pytest"))
    assert (found["INV-1"], found["INV-2"]) == ("passed", "failed")


def test_rust_and_python_in_one_command(root: Path) -> None:
    provision.need("cargo")
    env = {**rust(), "CARGO_TARGET_DIR": str(root / "target")}
    done = ran(root, **env)
    assert done.code == 0, done.err
    assert set(verdicts(done).values()) == {"passed"}
    assert "1/2 pytest, 1 test:" in done.err
    assert "2/2 cargo, 2 tests in crate:" in done.err
    lib = root / "crate/src/lib.rs"
    lib.write_text(lib.read_text().replace("n * 2", "n * 3"))
    broken = ran(root, "--tool", "cargo", "--stale", **env)
    assert verdicts(broken) == {"INV-2": "failed", "INV-3": "failed"}
    lib.write_text(lib.read_text().replace("n * 3", 'n * "2"'))
    torn = ran(root, "ADR-1", "--tool", "cargo", **env)
    assert verdicts(torn) == {"INV-1": "passed", "INV-2": "error", "INV-3": "error"}
    assert torn.code == 1
    assert "cannot multiply `i64` by `&str`" in reasons(torn)["INV-2"]
    assert "src/lib.rs:2: error[E0277]" in reasons(torn)["INV-3"]
    lib.write_text(lib.read_text().replace('n * "2"', "n * 2"))
    assert set(verdicts(ran(root, "--tool", "cargo", **env)).values()) == {"passed"}


def test_only_what_changed_since_a_commit(root: Path) -> None:
    def git(*words: str) -> None:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *who, *words], cwd=root, env=kept, check=True, capture_output=True)

    write(root, "docs/adr/0001-double.md", RECORD.partition("- **INV-2**")[0])
    record = "# 2. More\n\n## Invariants\n\n- **INV-1**: More is more.\n"
    write(root, "docs/adr/0002-more.md", record)
    write(root, "more.py", "def more(n):\n    return n + 1\n")
    test = "from more import more\n\n\n# Verifies: ADR-0002/INV-1\ndef test_more():\n"
    write(root, "tests/test_more.py", test + "    assert more(1) == 2\n")
    for path in ("crate/src/lib.rs", "crate/tests/odd.rs"):
        (root / path).unlink()
    git("init", "-q")
    git("add", "-A")
    git("commit", "-q", "-m", "all")
    assert ran(root).code == 0
    assert ran(root, "--changed").json == []
    write(root, "more.py", "def more(n):\n    return 1 + n\n")
    done = ran(root, "--changed")
    assert [each["record"] for each in done.json] == ["ADR-0002"]
    assert done.code == 0
    again = ran(root, "--changed", "HEAD")
    assert [each["record"] for each in again.json] == ["ADR-0002"]
    assert ran(root, "--changed=no-such-ref").code == 2


def test_a_language_that_no_tool_here_runs(root: Path) -> None:
    """Somebody else runs it; what was asked for is still not known."""
    go = "package a\n\n// Verifies: ADR-0001/INV-1\nfunc TestAdds(t *testing.T) { t.Fail() }\n"
    write(root, "a_test.go", go)
    done = ran(root, "ADR-1/INV-1")
    assert (done.code, verdicts(done)) == (1, {"INV-1": "not-run"})
    assert "no tool that adr-lsp starts runs this file; not run: a_test.go::TestAdds" in done.err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--method", "magic"), "magic is none of example, property"),
        (("--tool", "make"), "make is none of pytest, "),
    ],
)
def test_what_is_no_method_and_no_tool(root: Path, words: tuple[str, str], why: str) -> None:
    done = ran(root, *words)
    assert done.code == 2
    assert why in done.err


OWN = """import pathlib, sys

case = '<testcase classname="own" name="%s" file="%s">%s</testcase>'
cases = "".join(
    case % (name, path, fault)
    for path in sys.argv[1:]
    for name, fault in (("first", ""), ("second", "<failure message='two is odd'/>"))
)
pathlib.Path("out").mkdir(exist_ok=True)
pathlib.Path("out/own.xml").write_text(f"<testsuites><testsuite>{cases}</testsuite></testsuites>")
"""


def own(root: Path, script: str = OWN, form: str = "junit") -> dict[str, Any]:
    write(root, "own.py", script)
    command = json.dumps([sys.executable, "own.py", "{files}"])
    write(
        root,
        "adr-lsp.toml",
        f'[run.methods.golden]\nfiles = ["checks/*.txt"]\ncommand = {command}\n'
        f'report = "out/own.xml"\nformat = "{form}"\n',
    )
    write(root, "checks/a.txt", "first second\n")
    (root / "tests/test_double.py").unlink()
    (root / "crate/Cargo.toml").unlink()
    (root / "crate/src/lib.rs").unlink()
    (root / "crate/tests/odd.rs").unlink()
    lines = "".join(
        f"- **INV-{n}**: It holds.\n  - Verified by: `checks/a.txt::{name}`\n"
        for n, name in ((1, "first"), (2, "second"), (3, "third"))
    )
    write(root, "docs/adr/0001-double.md", f"# 1. Own\n\n## Invariants\n\n{lines}")
    return verdicts(ran(root, "--method", "golden"))


def test_a_method_of_the_team_is_run_and_its_report_is_signed(root: Path) -> None:
    assert own(root) == {"INV-1": "passed", "INV-2": "failed", "INV-3": "not-run"}
    assert "two is odd" in adr_lsp(root, "show", "ADR-0001/INV-2").out
    write(root, "checks/a.txt", "changed\n")
    stale = adr_lsp(root, "--check", "-f", "json").json["invariants"]
    assert stale[0]["verdict"] == "stale"


def test_a_file_without_tests_of_its_own_is_what_all_its_cases_are(root: Path) -> None:
    own(root)
    write(root, "adr-lsp.toml", (root / "adr-lsp.toml").read_text().replace("*.txt", "*.sh"))
    write(root, "checks/a.sh", "true\n")
    told = "".join(
        f"- **INV-{n}**: It holds.\n  - Verified by: `checks/a.sh{name}`\n"
        for n, name in ((1, "::first"), (2, ""))
    )
    write(root, "docs/adr/0001-double.md", f"# 1. Own\n\n## Invariants\n\n{told}")
    assert verdicts(ran(root, "--method", "golden")) == {"INV-1": "passed", "INV-2": "failed"}
    write(root, "own.py", PASSES)
    write(root, "checks/a.sh", "true mended\n")
    assert verdicts(ran(root, "--method", "golden")) == {"INV-1": "passed", "INV-2": "passed"}


def test_a_report_that_was_there_before_does_not_count(root: Path) -> None:
    assert own(root)["INV-1"] == "passed"
    write(root, "own.py", "")
    done = ran(root, "--method", "golden")
    assert (done.code, verdicts(done)["INV-1"]) == (3, "error")
    assert "golden: it recorded no run" in done.err


PASSES = OWN.replace("<failure message='two is odd'/>", "")
DOUBTFUL = {
    "it dies": (PASSES + "import os\nos.kill(os.getpid(), 9)\n", 3, "it was killed by SIGKILL"),
    "it hangs": (PASSES + "import time\ntime.sleep(600)\n", 3, "had not ended after 2 s"),
    "it fails": (PASSES + "sys.exit(5)\n", 1, "exit code 5, though its report tells of no failure"),
}


@pytest.mark.parametrize("name", DOUBTFUL)
def test_a_green_report_of_a_command_that_went_wrong_is_no_pass(root: Path, name: str) -> None:
    script, code, why = DOUBTFUL[name]
    own(root, PASSES)
    write(root, "adr-lsp.toml", (root / "adr-lsp.toml").read_text() + "[run]\ntime-limit = 2\n")
    write(root, "own.py", script)
    done = ran(root, "ADR-0001/INV-1", "ADR-0001/INV-2", "--method", "golden")
    assert (done.code, verdicts(done)) == (code, {"INV-1": "error", "INV-2": "error"})
    assert why in reasons(done)["INV-1"]


LINES = """import json, pathlib

result = {"type": "result", "parameter": None, "outcome": "passed"}
lines = [
    {"type": "run", "version": 1, "tool": "own", "started": "2026-01-01T00:00:00Z"},
    {**result, "test": "checks/a.txt::first", "cases": {"accepted": 50}},
    {**result, "test": "checks/a.txt::second", "outcome": "failed", "message": "two is odd",
     "counterexample": {"text": "n = 2", "values": {"n": "2"}}},
    {"type": "end", "exit": 1},
]
pathlib.Path("out").mkdir(exist_ok=True)
pathlib.Path("out/own.xml").write_text("\\n".join(map(json.dumps, lines)))
"""


def test_a_report_of_a_method_in_our_own_format(root: Path) -> None:
    assert own(root, LINES, "jsonl") == {"INV-1": "passed", "INV-2": "failed", "INV-3": "not-run"}
    done = adr_lsp(root, "--check", "-f", "json").json["invariants"]
    assert (done[0]["cases"], done[1]["counterexample"]["values"]) == (50, {"n": "2"})


def test_a_report_in_our_own_format_without_an_end_passes_nothing(root: Path) -> None:
    cut = LINES.replace('    {"type": "end", "exit": 1},\n', "")
    assert own(root, cut, "jsonl")["INV-1"] != "passed"


def test_a_report_of_a_method_that_is_none(root: Path) -> None:
    torn = "import os\nos.mkdir('out')\nopen('out/own.xml', 'w').write('<a')\n"
    assert set(own(root, torn).values()) == {"error"}
