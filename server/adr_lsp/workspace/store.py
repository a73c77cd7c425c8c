"""Reads `.adr-lsp`: runs from `evidence/`, bytes from `objects/`. Writes nothing."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

from adr_lsp.evidence.model import Ending, Run
from adr_lsp.workspace.reading import digest_of, read_file
from adr_lsp.workspace.walk import Stamp, stamp

FOLDER = ".adr-lsp"
FRESH_SECONDS = 30
LARGEST = 64 * 1024 * 1024


class Store:
    """The evidence of one root, read again only where a file changed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.unreadable: tuple[str, ...] = ()
        self._runs: dict[str, tuple[Stamp, Run | None]] = {}

    def runs(self) -> tuple[Run, ...]:
        """Every run, in the order of the file names, which is that of their starts."""
        self._runs = {path: self._run(path, now) for path, now in self._stamps().items()}
        self.unreadable = tuple(path for path, (_, run) in self._runs.items() if run is None)
        return tuple(run for _, run in self._runs.values() if run)

    def changed(self) -> bool:
        """Whether a run came, went, grew, or may have ended since `runs` was asked."""
        seen = {path: before for path, (before, _) in self._runs.items()}
        return self._stamps() != seen or self._over()

    def _over(self) -> bool:
        """Whether a run that went on has ended without a word."""
        going = ((path, now) for path, (now, run) in self._runs.items() if _running(run))
        return any(not _alive(self._raw(path), now) for path, now in going)

    def _stamps(self) -> dict[str, Stamp]:
        """The evidence files, by path."""
        found: dict[str, Stamp] = {}
        with suppress(OSError):
            for entry in os.scandir(self.root / FOLDER / "evidence"):
                if entry.name.endswith(".jsonl"):
                    with suppress(OSError):
                        found[f"{FOLDER}/evidence/{entry.name}"] = stamp(entry.stat())
        return dict(sorted(found.items()))

    def _run(self, path: str, now: Stamp) -> tuple[Stamp, Run | None]:
        before = self._runs.get(path)
        if before and before[0] == now and not _running(before[1]):
            return before
        from adr_lsp.evidence import read_run

        raw = self._raw(path)
        return now, read_run(path, raw, alive=_alive(raw, now)) if raw else None

    def _raw(self, path: str) -> bytes:
        """Empty where `.adr-lsp` leads out of the root, or the file cannot be read."""
        return read_file(self.root, path) or b""

    def stored(self, digest: str) -> bytes | None:
        """The bytes of that SHA-256; None if they are missing, too large or not what they claim."""
        if len(digest) != 64 or not digest.isalnum():
            return None
        import zlib

        packed = read_file(self.root, f"{FOLDER}/objects/{digest[:2]}/{digest[2:]}")
        try:
            raw = zlib.decompressobj().decompress(packed or b"", LARGEST)
        except zlib.error:
            return None
        return raw if digest_of(raw) == digest else None


def _running(run: Run | None) -> bool:
    return run is not None and run.ending is Ending.RUNNING


def _alive(raw: bytes, now: Stamp) -> bool:
    """Whether the writer still lives on this host, or the file was written a moment ago."""
    if time.time_ns() - now[0] < FRESH_SECONDS * 1_000_000_000:
        return True
    import json
    import socket

    try:
        header = json.loads(raw.partition(b"\n")[0])
        process = int(header["pid"])
        if str(header["host"]) != socket.gethostname() or process <= 0 or os.name == "nt":
            return False
        os.kill(process, 0)
    except PermissionError:
        return True
    except (ValueError, KeyError, TypeError, OSError, OverflowError, RecursionError):
        return False
    return True
