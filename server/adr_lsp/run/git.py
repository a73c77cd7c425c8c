"""Asks git about a repository, so that nothing the repository says can start a program.

Only commands that read objects are used: no index, no working tree, no filters. Hooks, fsmonitor,
pager, external diffs, credential helpers, prompts, locks, replaced objects and every transport
are off; of the caller's `GIT_*` only where git finds its own configuration stays.
"""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from adr_lsp.value import dataclass

SECONDS = 120.0
LONGEST_ANSWER = 256 * 1024 * 1024
LONGEST_REASON = 4096
ALGORITHMS = ("sha1", "sha256")
KEPT = (
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_CONFIG_COUNT",
    "GIT_CEILING_DIRECTORIES",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
)
KEPT_PREFIXES = ("GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_")
SET = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_ASKPASS": "",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    "SSH_ASKPASS": "",
    "LC_ALL": "C",
}
SETTINGS = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.pager=cat",
    "core.askPass=",
    "core.sshCommand=",
    "credential.helper=",
    "diff.external=",
    "gc.auto=0",
    "maintenance.auto=false",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
    "submodule.recurse=false",
)


class GitError(Exception):
    """Why git could not answer, in one line."""


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository that a folder stands in.

    `prefix` is the way from its top to the folder, empty or ending in `/`; `algorithm` names its
    objects; a `shallow` one lacks the history before some commits.
    """

    folder: Path
    program: str
    prefix: str
    algorithm: str
    shallow: bool


@dataclass(frozen=True, slots=True)
class Fork:
    """The commit that a revision names, and the last one that it shares with HEAD."""

    tip: str
    base: str


def open_repository(folder: Path) -> Repository:
    """Raises GitError where there is no git, no repository, or none with a working tree."""
    program = _program()
    asked = ("--is-inside-work-tree", "--show-object-format", "--is-shallow-repository")
    said = _answer(program, folder, ["rev-parse", *asked, "--show-prefix"])
    answers = os.fsdecode(said).split("\n", 3)
    if len(answers) < 4 or answers[1] not in ALGORITHMS:
        raise GitError(f"{program} is too old; 2.25 or newer is needed")
    inside, algorithm, shallow, prefix = answers
    if inside != "true":
        raise GitError("the repository has no working tree here")
    return Repository(folder, program, prefix.removesuffix("\n"), algorithm, shallow == "true")


def ask(repository: Repository, arguments: Sequence[str]) -> bytes:
    """What a git command prints; raises GitError with git's own reason if it fails."""
    return _answer(repository.program, repository.folder, arguments)


def fork(repository: Repository, ref: str) -> Fork:
    """Where HEAD left the history that `ref` names; raises GitError if it never did."""
    tip = commit_of(repository, ref)
    try:
        found = ask(repository, ["merge-base", tip, "HEAD"])
    except GitError as fault:
        raise (fault if str(fault) else GitError(_unrelated(repository))) from None
    return Fork(tip, found.decode().strip())


def commit_of(repository: Repository, ref: str) -> str:
    """The commit that a revision names; raises GitError where it names none."""
    if not ref or ref.startswith("-") or not ref.isprintable():
        raise GitError("not a revision")
    try:
        named = ask(repository, ["rev-parse", "--verify", "--quiet", ref]).decode().strip()
    except GitError as fault:
        raise GitError(str(fault) or _unknown(repository, ref)) from None
    return ask(repository, ["rev-parse", "--verify", f"{named}^{{commit}}"]).decode().strip()


def _unrelated(repository: Repository) -> str:
    if repository.shallow:
        return (
            "this clone is shallow and lacks the commit that it shares with HEAD; "
            "fetch the history first (`git fetch --unshallow`, or `fetch-depth: 0`)"
        )
    return "it shares no commit with HEAD"


def _unknown(repository: Repository, ref: str) -> str:
    """Git's own words, and the remote branch that may be meant: CI checks out no other branch."""
    try:
        ask(repository, ["cat-file", "-e", ref])
    except GitError as fault:
        reason = str(fault)
    else:
        return "not a revision"
    try:
        ask(repository, ["rev-parse", "--verify", "--quiet", f"refs/remotes/origin/{ref}"])
    except GitError:
        shallow = "; this clone is shallow, so it may have to be fetched first"
        return reason + (shallow if repository.shallow else "")
    return f"{reason}; there is origin/{ref}"


def _program() -> str:
    """Git on the PATH, by an absolute entry: what stands in the current folder is not meant."""
    names = ("git.exe",) if os.name == "nt" else ("git",)
    for entry in os.environ.get("PATH", os.defpath).split(os.pathsep):
        for name in names:
            file = Path(entry, name)
            if file.is_absolute() and file.is_file() and os.access(file, os.X_OK):
                return str(file)
    raise GitError("git is not installed, or not on the PATH")


def command(program: str, arguments: Sequence[str]) -> list[str]:
    """The whole command line of a git command."""
    settings = (part for setting in SETTINGS for part in ("-c", setting))
    return [program, "--no-pager", "--literal-pathspecs", *settings, *arguments]


def environment() -> Mapping[str, str]:
    """Ours without what would lead git elsewhere or let it start anything."""

    def stays(name: str) -> bool:
        return not name.startswith("GIT_") or name in KEPT or name.startswith(KEPT_PREFIXES)

    return {name: value for name, value in os.environ.items() if stays(name)} | SET


def _answer(program: str, folder: Path, arguments: Sequence[str]) -> bytes:
    child = _started(program, folder, arguments)
    reasons: list[bytes] = []
    drain = threading.Thread(target=_drain, args=(child, reasons), daemon=True)
    deadline = threading.Timer(SECONDS, child.kill)
    deadline.daemon = True
    drain.start()
    deadline.start()
    try:
        said = child.stdout.read(LONGEST_ANSWER + 1) if child.stdout else b""
        if len(said) > LONGEST_ANSWER:
            raise GitError("the repository holds too many files")
        code = child.wait()
        drain.join()
    finally:
        deadline.cancel()
        child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()
    if code:
        raise GitError(_reason(b"".join(reasons)))
    return said


def _started(program: str, folder: Path, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            command(program, arguments),
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    except OSError as fault:
        raise GitError(f"{program}: {fault.strerror or fault}") from fault


def _drain(child: subprocess.Popen[bytes], reasons: list[bytes]) -> None:
    """Read all that git complains of, and keep the beginning."""
    with child.stderr or open(os.devnull, "rb") as stream:  # noqa: PTH123 - for the types alone
        reasons.append(stream.read(LONGEST_REASON))
        while stream.read(LONGEST_REASON):
            pass


def _reason(said: bytes) -> str:
    """The line in which git says why; hints and warnings aside."""
    lines = said.decode("utf-8", "replace").splitlines()
    faults = (line for line in lines if line.startswith(("fatal: ", "error: ")))
    return next(faults, lines[0] if lines else "").partition(": ")[2] or (lines or [""])[0]
