"""One run's file, as it is written: a header, what the run rests on, results, an end."""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from adr_lsp.run.recording.commit import commit
from adr_lsp.run.recording.content import Content, candidate_records
from adr_lsp.run.recording.fold import fold
from adr_lsp.run.recording.store import new_run

LONGEST_MESSAGE = 2_000
LONGEST_EXAMPLE = 20_000
MOST_REPLAYED = 20

encode = json.JSONEncoder(separators=(",", ":")).encode


class Recording:
    """The file is made by the first line about a test, so a run that says nothing leaves none.

    `process` is the tool's, whose life tells that the run goes on.
    """

    def __init__(self, root: Path, tool: str, argv: Iterable[str], cwd: Path) -> None:
        self.root = root
        self.content = Content(root)
        self.process = os.getpid()
        self.tool_version = ""
        self.environment = {"python": "", "implementation": "", "platform": sys.platform}
        self._tool, self._argv, self._cwd = tool, list(argv), cwd
        self._file: BinaryIO | None = None
        self._started = time.time()

    def rests_on(self, paths: Iterable[str]) -> None:
        """Keep the bytes of these files as they are now, and of all that may be records."""
        added = self.content.add((*candidate_records(self.root), *paths))
        if self._file:
            self._append("content", files=added)

    @property
    def is_open(self) -> bool:
        return self._file is not None

    def result(self, test: str, outcome: str, **more: Any) -> None:
        """One test's outcome; the other fields are those of the format."""
        found = {"parameter": None, "cases": None, "counterexample": None, "duration": 0.0} | more
        if "message" in found:
            found["message"] = str(found["message"])[:LONGEST_MESSAGE]
        self._write("result", test=test, outcome=outcome, **found)

    def collect_error(self, path: str, message: str) -> None:
        self._write("collect-error", path=path, message=message[:LONGEST_MESSAGE])

    def parameters(self, parameters: Mapping[str, Iterable[str]]) -> None:
        given = {test: list(names) for test, names in parameters.items()}
        self._write("collected", parameters=given, narrowed=[])

    def forgotten(self, test: str, reason: str) -> None:
        """Earlier failures of a test make its later passes no longer flaky."""
        self._write("forgotten", test=test, reason=reason)

    def end(self, code: int | None) -> None:
        """All that was to be said is said."""
        if self._file is None:
            return
        changed = self.content.changed()
        if changed:
            self._append("changed", files=changed)
        self._append("end", finished=_utc(time.time()), exit=code, coverage="unknown")
        self.close()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self, kind: str, **fields: Any) -> None:
        if self._file is None:
            fold(self.root)
            self._file = new_run(self.root, self._started)
            self._append("run", started=_utc(self._started), **self._header())
            self._append("content", files=self.content.digests)
        self._append(kind, **fields)

    def _append(self, kind: str, **fields: Any) -> None:
        data = encode({"type": kind, **fields}).encode("ascii") + b"\n"
        if self._file is None or self._file.write(data) != len(data):
            raise OSError("the disk is full")

    def _header(self) -> dict[str, Any]:
        cwd = self._cwd.relative_to(self.root).as_posix()
        return {
            "version": 1,
            "tool": self._tool,
            "tool_version": self.tool_version,
            "argv": self._argv,
            "cwd": "" if cwd == "." else cwd,
            "commit": commit(self.root),
            "environment": {"versions": "", **self.environment},
            "shard": os.environ.get("ADR_LSP_SHARD") or None,
            "pid": self.process,
            "host": socket.gethostname(),
        }


def _utc(seconds: float) -> str:
    """To the microsecond: which of two runs is later decides."""
    parts = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
    return f"{parts}.{int(seconds % 1 * 1_000_000):06}Z"
