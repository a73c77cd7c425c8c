"""Reads `.adr-lsp`: runs from `evidence/`, bytes from `objects/`. Writes nothing."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import time
import zlib
from contextlib import suppress
from pathlib import Path

from adr_lsp.evidence import read_run
from adr_lsp.evidence.model import Ending, Run
from adr_lsp.workspace.walk import Stamp, stamp

FRESH_SECONDS = 30
LARGEST = 64 * 1024 * 1024


class Store:
    """The evidence of one root, read again only where a file changed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.unreadable: tuple[str, ...] = ()
        self._runs: dict[str, tuple[Stamp, Run | None]] = {}

    @property
    def folder(self) -> Path | None:
        """`.adr-lsp`, unless it leads out of the root."""
        folder = self.root / ".adr-lsp"
        return folder if folder.resolve().is_relative_to(self.root) else None

    def runs(self) -> tuple[Run, ...]:
        """Every run, in the order of the file names, which is that of their starts."""
        found: dict[str, tuple[Stamp, Run | None]] = {}
        unreadable: list[str] = []
        for file in self._files():
            path = file.relative_to(self.root).as_posix()
            try:
                found[path] = self._run(path, file)
            except OSError:
                unreadable.append(path)
        self._runs = found
        self.unreadable = (*unreadable, *(p for p, (_, run) in found.items() if run is None))
        return tuple(run for _, run in found.values() if run)

    def changed(self) -> bool:
        """Whether a run came, went, grew, or may have ended since `runs` was asked."""
        now = {}
        for file in self._files():
            with suppress(OSError):
                now[file.relative_to(self.root).as_posix()] = stamp(file.stat())
        seen = {path: before for path, (before, _) in self._runs.items()}
        return now != seen or self._over()

    def _over(self) -> bool:
        """Whether a run that went on has ended without a word."""
        going = [path for path, (_, run) in self._runs.items() if _running(run)]
        for path in going:
            with suppress(OSError):
                file = self.root / path
                if not _alive(file.read_bytes(), stamp(file.stat())):
                    return True
        return False

    def _files(self) -> list[Path]:
        if self.folder is None:
            return []
        try:
            names = sorted(entry.name for entry in os.scandir(self.folder / "evidence"))
        except OSError:
            return []
        return [self.folder / "evidence" / name for name in names if name.endswith(".jsonl")]

    def _run(self, path: str, file: Path) -> tuple[Stamp, Run | None]:
        now = stamp(file.stat())
        before = self._runs.get(path)
        if before and before[0] == now and not _running(before[1]):
            return before
        raw = file.read_bytes()
        return now, read_run(path, raw, alive=_alive(raw, now))

    def stored(self, digest: str) -> bytes | None:
        """The bytes of that SHA-256; None if they are missing, too large or not what they claim."""
        if self.folder is None or len(digest) != 64 or not digest.isalnum():
            return None
        try:
            packed = (self.folder / "objects" / digest[:2] / digest[2:]).read_bytes()
            raw = zlib.decompressobj().decompress(packed, LARGEST)
        except (OSError, zlib.error):
            return None
        return raw if hashlib.sha256(raw).hexdigest() == digest else None


def _running(run: Run | None) -> bool:
    return run is not None and run.ending is Ending.RUNNING


def _alive(raw: bytes, now: Stamp) -> bool:
    """Whether the writer still lives on this host, or the file was written a moment ago."""
    if time.time_ns() - now[0] < FRESH_SECONDS * 1_000_000_000:
        return True
    try:
        header = json.loads(raw.partition(b"\n")[0])
        here = str(header["host"]) == socket.gethostname()
        os.kill(int(header["pid"]), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    except (ValueError, KeyError, TypeError, OSError, OverflowError):
        return False
    return here
