"""Reads `.adr-lsp`: runs from `evidence/`, bytes from `objects/`. Writes nothing.

Runs that the configuration names elsewhere count like those; their bytes stand in an `objects/`
beside them or beside their folder.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from adr_lsp.evidence.model import Ending, Run
from adr_lsp.workspace.reading import digest_of, read_file
from adr_lsp.workspace.walk import Stamp, stamp

if TYPE_CHECKING:
    from adr_lsp.evidence.reports.model import Filed
    from adr_lsp.workspace.named_runs import Named

FOLDER = ".adr-lsp"
FRESH_SECONDS = 30
LARGEST = 64 * 1024 * 1024


class Store:
    """The evidence of one root, read again only where a file changed.

    `globs` name runs that stand elsewhere below the root, `report_globs` reports of other tools;
    ignored files too.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.globs: tuple[str, ...] = ()
        self.report_globs: tuple[str, ...] = ()
        self.unreadable: tuple[str, ...] = ()
        self._reports: dict[str, tuple[Stamp, tuple[Filed, ...]]] = {}
        self._named: dict[str, Named] = {}
        self._runs: dict[str, tuple[Stamp, Run | None]] = {}
        self._folders: tuple[str, ...] = (FOLDER,)
        self._asked: set[str] = set()

    def runs(self) -> tuple[Run, ...]:
        """Every run, in the order of the file names, which is that of their starts."""
        self._runs = {path: self._run(path, now) for path, now in self._stamps().items()}
        self._folders = tuple(dict.fromkeys((FOLDER, *(f for p in self._runs for f in _around(p)))))
        self.unreadable = tuple(path for path, (_, run) in self._runs.items() if run is None)
        return tuple(run for _, run in self._runs.values() if run)

    def reports(self) -> tuple[Filed, ...]:
        """What each file tells that is named as a report, by path."""
        now = self._report_stamps()
        self._reports = {path: self._report(path, seen) for path, seen in now.items()}
        return tuple(filed for _, each in self._reports.values() for filed in each)

    def _report_stamps(self) -> dict[str, Stamp]:
        return self._meant("reports", self.report_globs)

    def _meant(self, kind: str, globs: tuple[str, ...]) -> dict[str, Stamp]:
        """The files that globs of the configuration mean, by path."""
        if not globs:
            self._named.pop(kind, None)
            return {}
        if kind not in self._named:
            from adr_lsp.workspace.named_runs import Named  # most roots name none

            self._named[kind] = Named(self.root)
        return self._named[kind].of(globs)

    def _report(self, path: str, now: Stamp) -> tuple[Stamp, tuple[Filed, ...]]:
        before = self._reports.get(path)
        if before and before[0] == now:
            return before
        from adr_lsp.workspace.filed import filed

        return now, filed(self.root, path, now)

    def looked_at(self) -> list[str] | None:
        """Every file that was asked for; None while a run may yet end, whatever its file says."""
        if any(run and run.ending is not Ending.ENDED for _, run in self._runs.values()):
            return None
        folders = [folder for named in self._named.values() for folder in named.folders]
        return [f"{FOLDER}/evidence", *self._runs, *self._asked, *self._reports, *folders]

    def changed(self) -> bool:
        """Whether a run came, went, grew, or may have ended since `runs` was asked, or a report
        came, went or was written."""
        seen = {path: before for path, (before, _) in self._runs.items()}
        told = {path: before for path, (before, _) in self._reports.items()}
        return self._stamps() != seen or self._over() or self._report_stamps() != told

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
        return self._meant("runs", self.globs) | dict(sorted(found.items()))

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
        kept = (self._kept(folder, digest) for folder in self._folders)
        return next((raw for raw in kept if raw is not None), None)

    def _kept(self, folder: str, digest: str) -> bytes | None:
        import zlib

        path = f"{folder}/objects/{digest[:2]}/{digest[2:]}"
        self._asked.add(path)
        packed = read_file(self.root, path)
        try:
            raw = zlib.decompressobj().decompress(packed or b"", LARGEST)
        except zlib.error:
            return None
        return raw if digest_of(raw) == digest else None


def _around(path: str) -> tuple[str, ...]:
    """The folders in which `objects/` may stand for a run: its own, and the one around that."""
    folder = path.rpartition("/")[0]
    return folder or ".", folder.rpartition("/")[0] or "."


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
