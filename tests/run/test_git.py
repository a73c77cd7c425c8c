"""Git is asked, and nothing that a repository says runs."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from adr_lsp.features.paired import paired
from adr_lsp.run import git
from adr_lsp.run.blobs import Blobs, entries
from adr_lsp.run.git import GitError, commit_of, fork, open_repository
from adr_lsp.run.revision import changed_paths, with_base
from adr_lsp.snapshot import Snapshot
from adr_lsp.workspace import Workspace
from run.repository import PERSON, Repository, repository

RECORD = "# 1. A\n\n## Invariants\n\n- **INV-1**: Alpha holds for every x.\n"
TEST = 'def test_a():\n    """Verifies: ADR-0001/INV-1"""\n    assert len("a") == 1\n'


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, PERSON[name])
    here = repository(tmp_path / "work")
    here.write("docs/adr/0001-a.md", RECORD)
    here.write("tests/test_a.py", TEST)
    here.commit()
    return here


def based(folder: Path, ref: str = "HEAD") -> tuple[Snapshot, Snapshot]:
    """The present, and the base."""
    workspace = Workspace(folder)
    workspace.refresh()
    present = with_base(workspace.snapshot(), workspace.root, ref)
    assert present.base
    return present, present.base


def why_not(folder: Path, ref: str) -> str:
    with pytest.raises(GitError) as caught:
        fork(open_repository(folder), ref)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# Nothing runs

TRAPS = {
    "core.sshCommand": "{trap}",
    "core.fsmonitor": "{trap}",
    "core.pager": "{trap}",
    "core.editor": "{trap}",
    "core.askPass": "{trap}",
    "core.gitProxy": "{trap}",
    "core.alternateRefsCommand": "{trap}",
    "core.hooksPath": "{hooks}",
    "credential.helper": "{trap}",
    "diff.external": "{trap}",
    "diff.evil.command": "{trap}",
    "diff.evil.textconv": "{trap}",
    "filter.evil.clean": "{trap}",
    "filter.evil.smudge": "{trap}",
    "filter.evil.process": "{trap}",
    "filter.evil.required": "true",
    "merge.evil.driver": "{trap}",
    "gpg.program": "{trap}",
    "log.showSignature": "true",
    "alias.ls-tree": "!{trap}",
    "alias.cat-file": "!{trap}",
    "alias.rev-parse": "!{trap}",
    "pager.ls-tree": "{trap}",
    "pager.cat-file": "{trap}",
    "remote.origin.url": "ext::{trap}",
    "remote.origin.uploadpack": "{trap}",
    "remote.origin.promisor": "true",
    "protocol.ext.allow": "always",
    "protocol.allow": "always",
    "extensions.partialClone": "origin",
    "core.repositoryFormatVersion": "1",
    "uploadpack.packObjectsHook": "{trap}",
    "sequence.editor": "{trap}",
}
HOOKS = ("post-checkout", "pre-auto-gc", "reference-transaction", "fsmonitor-watchman")


def executable(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file


def trapped(made: Repository, tmp_path: Path) -> Path:
    """The repository names a program wherever it can; the file that each would leave behind."""
    ran = tmp_path / "ran"
    trap = executable(tmp_path / "trap.sh", f'#!/bin/sh\necho "$0 $@" >> "{ran}"\n')
    for name in HOOKS:
        for folder in (tmp_path / "hooks", made.root / ".git/hooks"):
            executable(folder / name, trap.read_text())
    made.write(".gitattributes", "* diff=evil filter=evil merge=evil\n")
    lines = []
    for key, value in TRAPS.items():
        section, _, name = key.rpartition(".")
        head, _, sub = section.partition(".")
        quoted = value.format(trap=trap, hooks=tmp_path / "hooks")
        title = f'[{head} "{sub}"]' if sub else f"[{head}]"
        lines.append(f"{title}\n\t{name} = {quoted}\n")
    config = made.root / ".git/config"
    config.write_text(config.read_text() + "".join(lines))
    return ran


def test_no_program_that_a_repository_names_is_run(made: Repository, tmp_path: Path) -> None:
    """Verifies: ADR-0005/INV-5"""
    object = made.git("rev-parse", "HEAD:tests/test_a.py")
    ran = trapped(made, tmp_path)
    made.write("docs/adr/0001-a.md", RECORD.replace("Alpha", "Beta"))
    made.write("tests/test_a.py", TEST.replace("1\n", "2\n"))
    (made.root / ".git/objects" / object[:2] / object[2:]).unlink()  # git would fetch it
    before = snapshot_of_files(made.root)
    command = [sys.executable, "-m", "adr_lsp", "--check", "--base", "HEAD"]
    done = subprocess.run(command, cwd=made.root, capture_output=True, check=False, text=True)
    assert done.returncode in (0, 1), done.stderr
    assert not ran.exists(), ran.read_text()
    assert snapshot_of_files(made.root) == before


def test_the_traps_are_such_that_a_plain_git_falls_into_them(
    made: Repository, tmp_path: Path
) -> None:
    ran = trapped(made, tmp_path)
    made.write("tests/test_a.py", TEST.replace("1\n", "2\n"))
    subprocess.run(["git", "diff"], cwd=made.root, capture_output=True, check=False)
    assert ran.exists()


def snapshot_of_files(root: Path) -> dict[str, tuple[int, int]]:
    files = (file for file in sorted(root.rglob("*")) if "__pycache__" not in file.parts)
    return {str(f): (f.lstat().st_mtime_ns, f.lstat().st_size) for f in files}


def test_the_callers_variables_lead_git_nowhere_else(
    made: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = repository(tmp_path / "other")
    other.write("x", "x")
    other.commit()
    ran = tmp_path / "ran"
    trap = executable(tmp_path / "trap.sh", f'#!/bin/sh\necho "$0 $@" >> "{ran}"\n')
    for name, value in {
        "GIT_DIR": str(other.root / ".git"),
        "GIT_WORK_TREE": str(other.root),
        "GIT_INDEX_FILE": str(tmp_path / "index"),
        "GIT_OBJECT_DIRECTORY": str(tmp_path),
        "GIT_NAMESPACE": "evil",
        "GIT_EXTERNAL_DIFF": str(trap),
        "GIT_PAGER": str(trap),
        "GIT_SSH_COMMAND": str(trap),
        "GIT_EXEC_PATH": str(tmp_path),
        "GIT_TRACE": str(tmp_path / "trace"),
    }.items():
        monkeypatch.setenv(name, value)
    _, base = based(made.root)
    assert list(base.log.records) == ["docs/adr/0001-a.md"]
    assert not ran.exists()
    assert not (tmp_path / "trace").exists()


def test_a_git_in_the_current_folder_is_not_meant(
    made: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    executable(made.root / "git", f"#!/bin/sh\ntouch {tmp_path / 'ran'}\n")
    monkeypatch.chdir(made.root)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.pathsep}{os.environ['PATH']}")
    based(made.root)
    assert not (tmp_path / "ran").exists()


def test_replaced_objects_are_not_believed(made: Repository) -> None:
    old = made.git("rev-parse", "HEAD:docs/adr/0001-a.md")
    new = made.git("hash-object", "-w", "--stdin", input=RECORD.replace("Alpha", "Omega").encode())
    made.git("replace", old, new)
    made.write("docs/adr/0001-a.md", "# 1. A\n")
    _, base = based(made.root)
    assert "Alpha" in base.log.records["docs/adr/0001-a.md"].invariants[0].statement


# What a revision may be


@pytest.mark.parametrize("ref", ["--upload-pack=x", "-h", "", "a\nb", "a\0b", "HEAD\x1b[2J"])
def test_what_is_no_revision_is_refused(made: Repository, ref: str) -> None:
    assert why_not(made.root, ref) == "not a revision"


def test_what_git_does_not_know_is_said_in_its_words(made: Repository) -> None:
    assert why_not(made.root, "nope") == "Not a valid object name nope"
    made.git("update-ref", "refs/remotes/origin/trunk", "HEAD")
    assert why_not(made.root, "trunk").endswith("; there is origin/trunk")
    assert "tree" in why_not(made.root, "HEAD:tests")


@pytest.mark.parametrize("ref", ["main", "HEAD", "HEAD~0", "v1", "main@{0}", "refs/heads/main"])
def test_branches_tags_and_commits_are_known(made: Repository, ref: str) -> None:
    made.git("tag", "-a", "v1", "-m", "one")
    assert commit_of(open_repository(made.root), ref) == made.git("rev-parse", "HEAD")


def test_the_base_is_where_head_left(made: Repository) -> None:
    base = made.git("rev-parse", "HEAD")
    made.git("checkout", "-q", "-b", "topic")
    made.commit("here")
    made.git("checkout", "-q", "main")
    tip = made.commit("there")
    made.git("checkout", "-q", "topic")
    parted = fork(open_repository(made.root), "main")
    assert (parted.base, parted.tip) == (base, tip)


def test_without_a_repository_or_git_it_says_so(
    tmp_path: Path, made: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(GitError, match="not a git repository"):
        open_repository(tmp_path)
    with pytest.raises(GitError):
        open_repository(made.root / ".git")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError, match="git is not installed"):
        open_repository(made.root)


def test_an_empty_repository_has_no_head(tmp_path: Path) -> None:
    assert "HEAD" in why_not(repository(tmp_path).root, "HEAD")


def test_a_shallow_clone_says_what_it_lacks(made: Repository, tmp_path: Path) -> None:
    made.commit("two")
    made.git("checkout", "-q", "-b", "topic")
    made.commit("three")
    url, clone = made.root.as_uri(), Repository(tmp_path / "clone")
    made.git("clone", "-q", "--depth", "1", "--branch", "topic", url, str(clone.root))
    clone.git("fetch", "-q", "--depth", "1", "origin", "main:main")
    assert "this clone is shallow" in why_not(clone.root, "main")
    assert "this clone is shallow" in why_not(clone.root, "v1")
    clone.git("fetch", "-q", "--unshallow", "origin")
    assert fork(open_repository(clone.root), "main").base == made.git("rev-parse", "main")


def test_histories_that_share_nothing(made: Repository) -> None:
    made.git("checkout", "-q", "--orphan", "other")
    made.commit("other")
    assert why_not(made.root, "main") == "it shares no commit with HEAD"


# What a commit holds


def test_a_root_below_the_top_is_read_alone(made: Repository) -> None:
    folder = "team [a] *é/ledger"
    made.write(f"{folder}/docs/adr/0002-b.md", RECORD.replace("1. A", "2. B"))
    made.write(f"{folder}/adr-lsp.toml", "")
    made.commit()
    _, base = based(made.root / folder)
    assert list(base.log.records) == ["docs/adr/0002-b.md"]
    assert list(based(made.root)[1].log.records) == ["docs/adr/0001-a.md"]
    made.git("rm", "-q", "-r", "--cached", folder)
    made.git("commit", "-q", "-m", "without")
    present, base = based(made.root / folder)
    assert list(present.log.records) == ["docs/adr/0002-b.md"]
    assert list(base.log.records) == []


def test_the_base_of_an_unchanged_tree_is_the_present(made: Repository) -> None:
    """Also with ignored files, links, another root, an environment and odd names."""
    made.write(".gitignore", "/ignored/\n*.tmp.md\n")
    made.write("ignored/adr/0009-x.md", RECORD)
    made.write("docs/adr/0008-x.tmp.md", RECORD)
    made.write('docs/adr/0003-é "q"\tx.md', RECORD)
    made.write("env/pyvenv.cfg", "")
    made.write("env/adr/0001-x.md", RECORD)
    made.write("inner/adr-lsp.toml", "")
    made.write("inner/adr/0001-x.md", RECORD)
    made.write("empty.py", "")
    (made.root / "docs/adr/0004-link.md").symlink_to("0001-a.md")
    (made.root / "docs/adr/0005-out.md").symlink_to("/etc/hostname")
    (made.root / "docs/adr/0006-loop.md").symlink_to("0006-loop.md")
    (made.root / "folder").symlink_to("docs")
    made.commit()
    present, base = based(made.root)
    assert present.log == base.log
    assert present.references == base.references
    assert present.config == base.config
    assert changed_paths(present) == ()
    assert present.tree.paths() == base.tree.paths()
    for path in present.tree.paths():
        assert base.tree.digest(path) == present.tree.digest(path)
        assert base.tree.exists(path)


def test_the_configuration_counts_as_it_was(made: Repository) -> None:
    made.write("adr-lsp.toml", 'records = ["decided/*.md"]\nprefixes = ["INV", "REQ"]\n')
    made.write("decided/0007-x.md", "# 7. X\n\n## Invariants\n\n- **REQ-1**: A holds.\n")
    made.commit()
    made.write("adr-lsp.toml", "")
    present, base = based(made.root)
    assert list(present.log.records) == ["docs/adr/0001-a.md"]
    assert [i.id for record in base.log for i in record.invariants] == ["REQ-1"]


def test_what_changed_is_told_without_the_index(made: Repository) -> None:
    made.write("same.txt", "x\n")
    made.write("gone.txt", "x\n")
    made.commit()
    made.remove("gone.txt")
    made.write("new.txt", "x\n")
    made.write("same.txt", "x\r\n")
    made.replace("tests/test_a.py", "len", "abs")
    present, _ = based(made.root)
    assert changed_paths(present) == ("gone.txt", "new.txt", "tests/test_a.py")


def test_files_that_no_commit_holds_count_as_now(made: Repository) -> None:
    made.write(".gitignore", "generated/\n")
    made.commit()
    made.write("generated/api.md", "x")
    made.write("new/api.md", "x")
    _, base = based(made.root)
    assert base.tree.exists("generated/api.md")
    assert base.tree.exists("generated")
    assert base.tree.read("generated/api.md") == b"x"
    assert not base.tree.exists("new/api.md")
    assert base.tree.read("new/api.md") is None


def test_submodules_are_left_alone(made: Repository, tmp_path: Path) -> None:
    inner = repository(tmp_path / "inner")
    inner.write("docs/adr/0009-x.md", RECORD)
    inner.commit()
    allowed = ("-c", "protocol.file.allow=always")
    made.git(*allowed, "submodule", "add", "-q", str(inner.root), "sub")
    made.commit()
    present, base = based(made.root)
    assert "sub/docs/adr/0009-x.md" not in base.log.records
    assert base.tree.exists("sub/docs/adr/0009-x.md")
    assert changed_paths(present) == ()


def test_what_a_clone_lacks_is_unknown(made: Repository, tmp_path: Path) -> None:
    """A partial clone would fetch it; git is not let, and goes on with what is there."""
    made.write("docs/adr/0002-b.md", RECORD.replace("1. A", "2. B"))
    made.commit()
    for number in (1, 2):
        made.replace(f"docs/adr/000{number}-{'ab'[number - 1]}.md", "Alpha", "Beta")
    lost = made.git("rev-parse", "HEAD:docs/adr/0001-a.md")
    for key, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": str(tmp_path / "away"),
    }.items():
        made.git("config", key, value)
    (made.root / ".git/objects" / lost[:2] / lost[2:]).unlink()
    present, base = based(made.root)
    assert list(base.log.records) == ["docs/adr/0002-b.md"]
    assert "Alpha" in base.log.records["docs/adr/0002-b.md"].invariants[0].statement
    assert base.tree.exists("docs/adr/0001-a.md")
    assert base.tree.read("docs/adr/0001-a.md") is None
    assert [pair.path for pair in paired(base, present)] == ["docs/adr/0002-b.md"]
    assert Blobs(open_repository(made.root)).read("0" * 40) is None


def test_large_contents_are_passed_over(made: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adr_lsp.run.blobs.LARGEST", 1000)
    made.write("large.bin", b"x" * 5000)
    made.commit()
    found = entries(open_repository(made.root), "HEAD")
    blobs = Blobs(open_repository(made.root))
    assert blobs.read(found["large.bin"].object) is None
    assert blobs.read(found["docs/adr/0001-a.md"].object) == RECORD.encode()


def test_a_commit_of_too_many_files_is_refused(
    made: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git, "LONGEST_ANSWER", 20)
    repo = git.Repository(made.root, git._program(), "", "sha1", False)
    with pytest.raises(GitError, match="too many files"):
        entries(repo, "HEAD")


def test_objects_may_be_named_by_sha256(tmp_path: Path) -> None:
    made = repository(tmp_path / "work", "--object-format=sha256")
    made.write("docs/adr/0001-a.md", RECORD)
    made.commit()
    present, base = based(made.root)
    assert base.log.records["docs/adr/0001-a.md"] is present.log.records["docs/adr/0001-a.md"]
