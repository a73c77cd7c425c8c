"""What a commit holds: its files with the names of their contents, and the contents."""

from __future__ import annotations

import os
import subprocess
import threading
import weakref
from contextlib import suppress

from adr_lsp.run.git import SECONDS, Repository, ask, command, environment
from adr_lsp.value import dataclass

LARGEST = 64 * 1024 * 1024
CHUNK = 1024 * 1024
MOST_DEATHS = 100

FILES = ("100644", "100755", "100664")
LINK = "120000"
SUBMODULE = "160000"


@dataclass(frozen=True, slots=True)
class Entry:
    """One path of a commit: what it is, and the name of its content."""

    mode: str
    object: str

    @property
    def is_file(self) -> bool:
        return self.mode in FILES


def entries(repository: Repository, commit: str) -> dict[str, Entry]:
    """All that stands below the repository's folder, by paths relative to it."""
    said = ask(repository, ["ls-tree", "-r", "-z", commit])
    found: dict[str, Entry] = {}
    for line in said.split(b"\0")[:-1]:
        about, _, name = line.partition(b"\t")
        mode, _, object = about.decode().split(" ")
        path = os.fsdecode(name)
        if not {"", ".", ".."}.intersection(path.split("/")):
            found[path] = Entry(mode, object)
    return found


class Blobs:
    """Contents by their names, from one process that lives as long as this.

    What the clone lacks, and what is too large, is None. A git that would fetch what a partial
    clone lacks ends here instead; it is started again for the rest.
    """

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.missing: set[str] = set()
        self._child: subprocess.Popen[bytes] | None = None
        self._deaths = 0

    def read(self, name: str) -> bytes | None:
        """The bytes of a blob: by its object's name, or by `COMMIT:path`."""
        if name in self.missing or "\n" in name or self._deaths > MOST_DEATHS:
            return None
        try:
            raw = self._asked(self._running(), name)
        except (OSError, ValueError):  # it ended instead of an answer
            self._deaths += 1
            self._child = None
            raw = None
        if raw is None:
            self.missing.add(name)
        return raw

    def _asked(self, child: subprocess.Popen[bytes], name: str) -> bytes | None:
        """Raises ValueError or OSError if the process ends."""
        if child.stdin is None or child.stdout is None:
            raise ValueError("no pipes")
        child.stdin.write(os.fsencode(name) + b"\n")
        child.stdin.flush()
        header = child.stdout.readline().rstrip(b"\n")
        if not header or header.endswith((b" missing", b" ambiguous")):
            if not header:
                raise ValueError("ended")
            return None
        _, kind, length = header.rsplit(b" ", 2)
        return _content(child, int(length), keep=kind == b"blob")

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._child = subprocess.Popen(
                command(self.repository.program, ["cat-file", "--batch"]),
                cwd=self.repository.folder,
                env=environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            deadline = threading.Timer(SECONDS, self._child.kill)
            deadline.daemon = True
            deadline.start()
            weakref.finalize(self, _end, self._child, deadline)
        return self._child


def _content(child: subprocess.Popen[bytes], length: int, *, keep: bool) -> bytes | None:
    """The bytes that follow a header, and the line end behind them, which is dropped."""
    if child.stdout is None:
        raise ValueError("no pipe")
    if keep and length <= LARGEST:
        raw = child.stdout.read(length + 1)
        if len(raw) != length + 1:
            raise ValueError("ended")
        return raw[:-1]
    left = length + 1
    while left:
        chunk = child.stdout.read(min(left, CHUNK))
        if not chunk:
            raise ValueError("ended")
        left -= len(chunk)
    return None


def _end(child: subprocess.Popen[bytes], deadline: threading.Timer) -> None:
    deadline.cancel()
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        with suppress(OSError):
            if pipe:
                pipe.close()
