"""A kept answer is what a check that reads everything says, byte for byte, or it is not used."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import chdir, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adr_lsp.cli.main import main
from adr_lsp.workspace import answer, cache
from cli.command import environment
from evidence.writing import END, as_bytes, file_name, header, result

OPENED = Path(__file__).with_name("opened.py")
RECORD = """# {n}. Take {n}

Status: {status}

## Invariants

- **INV-1**: A holds{weak}.
  - Verified by: `{test}`
  - Waived until 2026-01-01: later

See [the other]({link}).
"""
Told = tuple[int, bytes, bytes]


def told(act: Callable[[], int | None]) -> Told | None:
    """What a command prints, and its exit code; None where it has no answer."""
    streams = sys.stdout, sys.stderr
    out, err = io.BytesIO(), io.BytesIO()
    sys.stdout, sys.stderr = (io.TextIOWrapper(each, "utf-8") for each in (out, err))
    try:
        code = act()
        sys.stdout.flush()
        sys.stderr.flush()
        return None if code is None else (code, out.getvalue(), err.getvalue())
    finally:
        sys.stdout, sys.stderr = streams


def cold(*arguments: str) -> Told | None:
    return told(lambda: main(["check", "--no-cache", *arguments]))


def checked(*arguments: str) -> Told | None:
    """A check that may keep its answer."""
    return told(lambda: main(["check", *arguments]))


def kept(*arguments: str) -> Told | None:
    return told(lambda: answer.print_kept(["check", *arguments]))


def keeping(*arguments: str, seconds: float = 10) -> Told:
    """Check until the answer is kept: one that is a moment old is not."""
    deadline = time.monotonic() + seconds
    while (found := kept(*arguments)) is None:
        assert time.monotonic() < deadline, "no answer was kept"
        checked(*arguments)
    return found


def put(root: Path, path: str, content: str) -> None:
    file = root / path
    with suppress(FileExistsError, NotADirectoryError):
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.is_symlink():
            file.unlink()
        file.write_text(content)


def planted(root: Path) -> Path:
    (root / ".adr-lsp").mkdir(parents=True)
    put(root, ".gitignore", "build/\n")
    put(root, "docs/adr/0001-a.md", record(1))
    put(root, "docs/adr/0002-b.md", record(2, link="../../build/page.md"))
    return root


def record(n: int, status: str = "accepted", weak: str = "", **more: str) -> str:
    given = {"link": "0001-a.md", "test": "tests/test_a.py::test_a", **more}
    return RECORD.format(n=n, status=status, weak=weak, **given)


PATHS = st.sampled_from(
    ["docs/adr/0001-a.md", "docs/adr/0002-b.md", "docs/adr/0003-c.md", "docs/adr/sub/0004-d.md"]
)
TEXTS = st.builds(
    record,
    st.integers(1, 3),
    st.sampled_from(["accepted", "proposed", "odd"]),
    st.sampled_from(["", " fast"]),
    link=st.sampled_from(["0001-a.md", "../../build/page.md", "0003-c.md", "../../notes.md"]),
)
Edit = Callable[[Path], None]


def writing(path: str, content: str) -> Edit:
    return lambda root: put(root, path, content)


def removing(path: str) -> Edit:
    return lambda root: (root / path).unlink(missing_ok=True)


def renaming(path: str, other: str) -> Edit:
    def edit(root: Path) -> None:
        with suppress(OSError):
            (root / path).rename(root / other)

    return edit


def same_stamp(path: str, content: str) -> Edit:
    """Other words of the same length, and the time of the last change put back."""

    def edit(root: Path) -> None:
        file = root / path
        with suppress(OSError):
            before = file.stat()
            file.write_text(content[: before.st_size].ljust(before.st_size))
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    return edit


def touching(path: str, mode: int) -> Edit:
    def edit(root: Path) -> None:
        with suppress(OSError):
            os.utime(root / path)
            (root / path).chmod(mode)

    return edit


def linking(path: str, target: str) -> Edit:
    def edit(root: Path) -> None:
        with suppress(OSError):
            (root / path).unlink(missing_ok=True)
            (root / path).symlink_to(target)

    return edit


TEST = "def test_a():\n    assert 1\n"
GLOBS = 'records = ["docs/**/0001*"]\n'
RUN = as_bytes(header(), result(test="tests/test_a.py::test_a"), END).decode()
NAMING = 'reports = ["build/ci/**/*.xml"]\nevidence = ["build/**/*.jsonl"]\n'
JUNIT = (
    '<testsuites name="pytest tests"><testcase classname="tests.test_a" name="test_a"><!---->'
    "</testcase></testsuites>"
)
REPORTS = st.sampled_from(["build/ci/junit.xml", "build/ci/deep/junit.xml"])
EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(writing, PATHS, TEXTS),
    st.builds(same_stamp, PATHS, TEXTS),
    st.builds(removing, PATHS),
    st.builds(renaming, PATHS, PATHS),
    st.builds(touching, PATHS, st.sampled_from([0o644, 0o600, 0o000])),
    st.builds(
        linking,
        st.sampled_from(["docs/adr/0003-c.md", "build/page.md", "docs/adr/0001-a.md"]),
        st.sampled_from(["0001-a.md", "../docs/adr/0002-b.md", "/nowhere", "../../build/page.md"]),
    ),
    st.builds(
        writing,
        st.sampled_from(["build/page.md", "notes.md", "tests/test_a.py", "tests/conftest.py"]),
        st.sampled_from(
            ["# Page\n", "def test_a():\n    assert 1\n", "# Verifies: ADR-0001/INV-1"]
        ),
    ),
    st.builds(removing, st.sampled_from(["build/page.md", "notes.md", "tests/test_a.py"])),
    st.builds(
        writing,
        st.sampled_from(["adr-lsp.toml", "docs/adr/sub/adr-lsp.toml", "pyproject.toml"]),
        st.sampled_from(
            [
                "",
                'ignore = ["ADL301"]\n',
                "[tool.adr-lsp]\n",
                'records = ["docs/**/000[12]*"]\n',
                "odd",
            ]
        ),
    ),
    st.builds(removing, st.sampled_from(["adr-lsp.toml", "docs/adr/sub/adr-lsp.toml"])),
    st.builds(writing, st.just("adr-lsp.toml"), st.just(NAMING)),
    st.builds(writing, REPORTS, st.sampled_from([JUNIT, JUNIT.replace("<!---->", "<failure/>")])),
    st.builds(same_stamp, REPORTS, st.just(JUNIT.replace("<!---->", "<error/>"))),
    st.builds(writing, st.just("build/ci/run.jsonl"), st.sampled_from([RUN, "x"])),
    st.builds(removing, REPORTS),
    st.builds(renaming, st.just("build/ci"), st.sampled_from(["ci", "build/other"])),
    st.builds(
        writing,
        st.sampled_from([".gitignore", "docs/.gitignore", "../.gitignore", ".git/info/exclude"]),
        st.sampled_from(["", "build/\n", "*.md\n", "adr/\n", "0002*\n"]),
    ),
    st.builds(writing, st.just("docs/adr/sub/pyvenv.cfg"), st.just("")),
    st.builds(writing, st.just(file_name(1)), st.sampled_from([RUN, "x"])),
    st.builds(writing, st.just("adr-lsp-baseline.json"), st.sampled_from(["{}", "odd"])),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EDITS, min_size=1, max_size=4), st.sampled_from([(), ("docs/adr/0002-b.md",)]))
def test_what_is_kept_is_what_a_check_says(edits: Sequence[Edit], paths: tuple[str, ...]) -> None:
    """Verifies: ADR-0012/INV-1"""
    with tempfile.TemporaryDirectory() as folder:
        root = planted(Path(folder, "above", "root").resolve())
        (root.parent / ".git").mkdir()
        with chdir(root):
            for edit in edits:
                before = checked(*paths)
                if before and before[0] < 2:
                    assert keeping(*paths) == before
                edit(root)
                assert kept(*paths) in (None, cold(*paths))


@pytest.mark.parametrize(
    "edit",
    [
        writing("build/page.md", "# Page\n"),
        same_stamp("docs/adr/0001-a.md", record(1, weak=" fast")),
        touching("docs/adr/0001-a.md", 0o600),
        writing(".git/info/exclude", "0002*\n"),
        writing("docs/adr/adr-lsp.toml", ""),
        writing("tests/test_a.py", TEST),
        writing(file_name(1), RUN),
    ],
)
def test_what_an_answer_rests_on_is_looked_at(tmp_path: Path, edit: Edit) -> None:
    root = planted(tmp_path)
    (root / ".git/info").mkdir(parents=True)
    with chdir(root):
        keeping()
        edit(root)
        assert kept() is None
        assert checked() == cold()


def test_another_question_has_another_answer(tmp_path: Path) -> None:
    with chdir(planted(tmp_path)):
        keeping()
        assert kept("--verdicts") is None
        assert kept("-f", "json") is None
        assert keeping("-f", "json") == cold("-f", "json")
        assert kept() == cold()


def test_another_day_has_another_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with chdir(planted(tmp_path)):
        keeping()
        tomorrow = time.time() + answer.DAY
        monkeypatch.setattr(time, "time", lambda: tomorrow)
        assert kept() is None


def test_nothing_is_kept_where_nobody_asked_for_a_folder(tmp_path: Path) -> None:
    (planted(tmp_path) / ".adr-lsp").rmdir()
    with chdir(tmp_path):
        assert checked() == cold()
    assert not (tmp_path / ".adr-lsp").exists()


@pytest.mark.parametrize("spoil", ["torn", "flipped", "grown", "empty", "other", "pipe", "link"])
def test_a_spoilt_answer_is_passed_over_and_replaced(tmp_path: Path, spoil: str) -> None:
    with chdir(planted(tmp_path / "root")):
        said = keeping()
        (file,) = Path(cache.FOLDER).glob("answer-*")
        raw = file.read_bytes()
        file.unlink()
        if spoil == "pipe":
            os.mkfifo(file)
        elif spoil == "link":
            Path("../elsewhere").write_bytes(raw)
            file.symlink_to("../../../elsewhere")
        else:
            file.write_bytes(
                {
                    "torn": raw[: len(raw) // 2],
                    "flipped": raw[:-20] + bytes([raw[-20] ^ 1]) + raw[-19:],
                    "grown": raw + b"\n",
                    "empty": b"",
                    "other": raw.replace(answer.MAGIC, b"adr-lsp answer 0"),
                }[spoil]
            )
        assert kept() is None
        assert checked() == said
        assert keeping() == said
    assert spoil != "link" or (tmp_path / "elsewhere").read_bytes() == raw


def test_any_tear_is_seen(tmp_path: Path) -> None:
    """Verifies: ADR-0012/INV-2"""
    with chdir(planted(tmp_path)):
        keeping()
        (file,) = Path(cache.FOLDER).glob("answer-*")
        raw = file.read_bytes()
        for size in range(0, len(raw), 97):
            file.write_bytes(raw[:size])
            assert kept() is None


@pytest.mark.parametrize("place", [".adr-lsp", ".adr-lsp/cache"])
def test_a_folder_that_leads_elsewhere_is_not_written_to(tmp_path: Path, place: str) -> None:
    root = planted(tmp_path / "root")
    (root / ".adr-lsp").rmdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (root / place).parent.mkdir(exist_ok=True)
    (root / place).symlink_to(elsewhere)
    with chdir(root):
        deadline = time.monotonic() + 0.2
        while time.monotonic() < deadline:
            assert checked() == cold()
    assert list(elsewhere.iterdir()) == []


def test_a_cache_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    root = planted(tmp_path)
    (root / cache.FOLDER).write_text("a file")
    with chdir(root):
        assert checked() == cold()
    limited = "import resource, signal, sys\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    limited += "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
    limited += "from adr_lsp.cli.main import main\nsys.exit(main(['check']))"
    (root / cache.FOLDER).unlink()
    done = subprocess.run(
        [sys.executable, "-c", limited], cwd=root, env=environment(), capture_output=True
    )
    with chdir(root):
        assert (done.returncode, done.stdout, done.stderr) == cold()
    assert list((root / ".adr-lsp").rglob("answer-*")) == []


def test_checks_at_once_see_whole_answers(tmp_path: Path) -> None:
    root = planted(tmp_path)
    with chdir(root):
        said = cold()
    command = [sys.executable, "-m", "adr_lsp", "--check"]
    for _ in range(2):
        running = [
            subprocess.Popen(
                command,
                cwd=root,
                env=environment(),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            for _ in range(4)
        ]
        for each in running:
            out, err = each.communicate(timeout=60)
            assert (each.returncode, out, err) == said


def test_an_answer_rests_on_every_file_that_was_opened(tmp_path: Path) -> None:
    root = planted(tmp_path)
    put(root, "tests/test_a.py", "# Verifies: ADR-0001/INV-1\ndef test_a():\n    assert 1\n")
    put(root, "adr-lsp.toml", "")
    put(root, file_name(1), RUN)
    log = tmp_path.parent / f"{tmp_path.name}.opened"
    deadline = time.monotonic() + 20
    while not (answers := list((root / cache.FOLDER).glob("answer-*"))):
        assert time.monotonic() < deadline
        log.unlink(missing_ok=True)
        command = [sys.executable, str(OPENED), str(log), str(root), "check"]
        subprocess.run(command, cwd=root, env=environment(), capture_output=True, check=False)
    opened = {line for line in log.read_text().splitlines() if f"/{cache.FOLDER}" not in line}
    assert any(line.endswith("0001-a.md") for line in opened)
    parts = answer._parts(answers[0].read_bytes())
    assert parts is not None
    rested = {os.path.normpath(root / path) for path in answer._texts(parts[1])}
    assert {os.path.normpath(line) for line in opened} <= rested


def test_a_report_that_comes_changes_or_goes_makes_another_answer(tmp_path: Path) -> None:
    """Also one that is ignored, in a folder that was not there."""
    root = planted(tmp_path / "root")
    put(root, "tests/test_a.py", "from lib import a\n\n\ndef test_a():\n    assert a()\n")
    put(root, "adr-lsp.toml", NAMING)
    told: list[Told] = []
    with chdir(root):
        for act in (
            lambda: None,
            lambda: put(root, "build/ci/deep/junit.xml", JUNIT),
            lambda: put(root, "build/ci/deep/junit.xml", JUNIT.replace("<!---->", "<failure/>")),
            (root / "build/ci/deep/junit.xml").unlink,
        ):
            act()
            told.append(keeping())
            assert told[-1] == cold()
    assert b"unsigned" in told[1][1]
    assert b"ADL401" in told[2][1]
    assert told[0] == told[3]
