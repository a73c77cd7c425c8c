"""Which files a root holds."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adr_lsp.workspace.files import Digests
from adr_lsp.workspace.reading import read_file
from adr_lsp.workspace.walk import holds, stamp, walk
from lsp.folder import write

NAMES = ("a.md", "b.py", "docs/a.md", "docs/adr/0001-x.md", "docs/adr/b.py", "build/out/c.md")


def check(folder: Path, *expected: str) -> None:
    """The root holds these files, whichever way it is asked."""
    found = set(walk(folder).files)
    assert found == set(expected)
    for path in (p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir()):
        assert holds(folder, path) == (path in found), path


def files(folder: Path, *names: str, **ignores: str) -> Path:
    return write(folder, dict.fromkeys(names, "") | ignores)


@pytest.mark.parametrize(
    ("ignore", "kept"),
    [
        ("*.md", {"b.py", "docs/adr/b.py"}),
        ("docs/", {"a.md", "b.py", "build/out/c.md"}),
        ("/a.md\nbuild", {"b.py", "docs/a.md", "docs/adr/0001-x.md", "docs/adr/b.py"}),
        ("*.md\n!0001*.md", {"b.py", "docs/adr/b.py", "docs/adr/0001-x.md"}),
        ("docs/\n!docs/adr/0001-x.md", {"a.md", "b.py", "build/out/c.md"}),
        ("# all\n\n[\n\\\nbuild/**", {n for n in NAMES if not n.startswith("build")}),
        ("**/adr", {"a.md", "b.py", "docs/a.md", "build/out/c.md"}),
    ],
)
def test_what_git_ignores_is_left_out(tmp_path: Path, ignore: str, kept: set[str]) -> None:
    check(files(tmp_path, *NAMES, **{".gitignore": ignore}), ".gitignore", *kept)


def test_a_deeper_file_has_the_last_word(tmp_path: Path) -> None:
    inner = {".gitignore": "*.md\n", "docs/.gitignore": "!a.md\n", "docs/adr/.gitignore": "*\n"}
    check(
        files(tmp_path, *NAMES, **inner),
        *inner.keys() - {"docs/adr/.gitignore"},
        "b.py",
        "docs/a.md",
    )


def test_a_repository_ignores_for_the_roots_in_it(tmp_path: Path) -> None:
    files(tmp_path, ".git/HEAD", **{".gitignore": "*.py\n/svc/docs/adr\n!/svc/b.py\n"})
    write(tmp_path, {".git/info/exclude": "build/\n"})
    check(files(tmp_path / "svc", *NAMES), "a.md", "b.py", "docs/a.md")
    write(tmp_path, {".gitignore": "svc/\n"})
    check(tmp_path / "svc", *NAMES)


patterns = st.lists(
    st.sampled_from(
        [
            "*.md",
            "!*.md",
            "docs",
            "!docs",
            "/a.md",
            "adr/",
            "docs/*",
            "!docs/adr",
            "**/b.py",
            "out",
            "*",
            "!*/",
            "docs/**",
            "/*",
            "!/docs",
        ]
    ),
    max_size=4,
).map("\n".join)


@pytest.mark.skipif(not shutil.which("git"), reason="git is the oracle")
@given(patterns, patterns, patterns)
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_git_says_the_same(tmp_path: Path, top: str, docs: str, adr: str) -> None:
    ignores = {".gitignore": top, "docs/.gitignore": docs, "docs/adr/.gitignore": adr}
    files(tmp_path, *NAMES, **ignores)
    if not (tmp_path / ".git").exists():
        git(tmp_path, "init", "-q")
    listed = git(tmp_path, "ls-files", "-z", "--others", "--exclude-standard").split("\0")
    check(tmp_path, *filter(None, listed))


def git(folder: Path, *arguments: str) -> str:
    nothing = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = ["git", *arguments]
    done = subprocess.run(command, cwd=folder, env=nothing, capture_output=True, check=True)
    return done.stdout.decode()


def test_environments_modules_and_other_roots_are_left_to_themselves(tmp_path: Path) -> None:
    files(tmp_path, ".venv/a.md", "node_modules/x/a.md", ".git/a.md", "__pycache__/a.md", "a.md")
    files(tmp_path, "env/pyvenv.cfg", "env/lib/a.md", ".adr-lsp/evidence/a.md", "pyvenv.cfg")
    files(tmp_path, "own/adr-lsp.toml", "own/docs/a.md", "tool/docs/a.md", "plain/a.md")
    write(tmp_path, {"tool/pyproject.toml": "[tool.adr-lsp]\n", "plain/pyproject.toml": ""})
    check(tmp_path, "a.md", "pyvenv.cfg", "plain/a.md", "plain/pyproject.toml")


def test_links_pipes_and_loops(tmp_path: Path) -> None:
    root = files(tmp_path / "root", "docs/a.md")
    files(tmp_path, "outside/secret.md")
    (root / "docs/inside.md").symlink_to("a.md")
    (root / "docs/out.md").symlink_to(tmp_path / "outside/secret.md")
    (root / "docs/dangling.md").symlink_to("gone.md")
    (root / "docs/itself.md").symlink_to("itself.md")
    (root / "docs/up").symlink_to("..")
    (root / "docs/away").symlink_to(tmp_path / "outside")
    os.mkfifo(root / "docs/pipe.md")
    check(root, "docs/a.md", "docs/inside.md")
    for path in ("docs/out.md", "docs/away/secret.md", "../outside/secret.md", "docs/pipe.md"):
        assert read_file(root, path) is None
        assert path == "docs/out.md" or Digests(root).of(path) is None
    assert read_file(root, "docs/\0") is None
    assert read_file(root, "docs/inside.md") == b""


def test_pipes_in_the_place_of_what_is_read_first(tmp_path: Path) -> None:
    for name in (".gitignore", "pyproject.toml", "adr-lsp.toml"):
        os.mkfifo(tmp_path / name)
    files(tmp_path, "a.md")
    check(tmp_path, "a.md")


NOBODY = 65534


@pytest.fixture
def shut() -> Iterator[Path]:
    """A folder with one in it that may not be read, not even where the tests run as root."""
    with tempfile.TemporaryDirectory() as name:
        folder, user = Path(name).resolve(), os.geteuid()
        files(folder, "a.md", "shut/b.md")
        folder.chmod(0o755)
        (folder / "shut").chmod(0)
        if user == 0:
            os.seteuid(NOBODY)
        yield folder
        os.seteuid(user)
        (folder / "shut").chmod(0o755)


def test_a_folder_that_cannot_be_read_harms_no_other(shut: Path) -> None:
    found = walk(shut)
    assert (set(found.files), found.unreadable) == ({"a.md"}, ["shut/"])


def test_folders_deeper_than_the_stack(tmp_path: Path) -> None:
    place, depth = tmp_path, 0
    try:
        while depth < 1500 and len(str(place)) < 4000:
            place, depth = place / "d", depth + 1
            place.mkdir()
        files(place, "a.md")
        assert len(walk(tmp_path).files) == 1
    finally:
        subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)


def test_a_file_just_written_looks_new_each_time(tmp_path: Path) -> None:
    """It may be written again within one tick of the clock."""
    file = files(tmp_path, "a.md") / "a.md"
    assert stamp(file.stat()) != stamp(file.stat())
    os.utime(file, (1, 1))
    assert stamp(file.stat()) == stamp(file.stat())
