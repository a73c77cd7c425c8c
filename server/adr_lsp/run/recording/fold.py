"""Keeps the store small: beyond a limit, what younger runs hold too can go from older ones."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from adr_lsp.run.recording.store import FOLDER, folder, replace

LIMIT = 64 * 1024 * 1024
HALF_FULL = LIMIT // 2
DAY = 86_400
HOUR = 3_600
BAD = ("failed", "error", "flaky")

Line = Mapping[str, Any]


def fold(root: Path, limit: int = LIMIT) -> None:
    """Over `limit`, keep per test and environment the latest result and the latest failure; within
    half the limit also the latest per content and one a day. Runs that may still go on are left."""
    if not (root / FOLDER / "evidence").is_dir():
        return
    files = sorted(_plain(folder(root, "evidence").glob("*.jsonl")), reverse=True)
    objects = {path: path.stat().st_size for path in _plain(folder(root, "objects").glob("*/*"))}
    if sum(path.stat().st_size for path in files) + sum(objects.values()) <= limit:
        return
    with suppress(FileExistsError), _locked(folder(root) / "lock"):
        kept = _Kept(limit // 2, folder(root, "objects"), objects)
        for path in files:
            _fold_run(path, kept)
        for path in objects.keys() - kept.objects:
            with suppress(OSError):
                if path.stat().st_mtime < time.time() - DAY:
                    path.unlink()


def sizes(root: Path) -> tuple[int, int]:
    """How many runs are kept, and the bytes that they and what they rest on take."""
    store = root / FOLDER
    runs = _plain(store.glob("evidence/*.jsonl"))
    every = (*runs, *_plain(store.glob("objects/*/*")))
    return len(runs), sum(path.stat().st_size for path in every)


def _plain(paths: Iterator[Path]) -> list[Path]:
    return [path for path in paths if path.is_file() and not path.is_symlink()]


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Whoever makes the file holds the lock; one that is an hour old was left by a crash."""
    with suppress(OSError):
        if path.stat().st_mtime < time.time() - HOUR:
            path.unlink()
    path.touch(exist_ok=False)
    try:
        yield
    finally:
        path.unlink()


class _Kept:
    """What the younger runs already hold, so that an older line can go."""

    def __init__(self, budget: int, objects: Path, sizes: Mapping[Path, int]) -> None:
        self.budget = budget
        self.objects: set[Path] = set()
        self._folder = objects
        self._sizes = sizes
        self._seen: set[tuple[Any, ...]] = set()

    def wants(self, run: Line, digest: str, line: Line) -> bool:
        given = run.get("environment")
        environment = given if isinstance(given, dict) else {}
        runtime = environment.get("python") or environment.get("runtime", "")
        minor = str(runtime).split(".")[:2]
        lane = (*_test_of(line), *minor, str(environment.get("platform")))
        reasons: set[tuple[Any, ...]] = {("latest", lane)}
        if line.get("outcome") in BAD:
            reasons.add(("failure", lane))
        if self.budget > 0:
            reasons |= {(digest, lane), (str(run.get("started"))[:10], lane)}
        wanted = not reasons <= self._seen
        self._seen |= reasons
        return wanted

    def hold(self, content: Mapping[str, str], size: int) -> None:
        paths = {self._folder / str(d)[:2] / str(d)[2:] for d in content.values()}
        self.budget -= size + sum(self._sizes.get(path, 0) for path in paths - self.objects)
        self.objects |= paths


def _fold_run(path: Path, kept: _Kept) -> None:
    lines = [(raw, _parsed(raw)) for raw in path.read_bytes().splitlines(keepends=True)]
    run: Line = next((line for _, line in lines if line.get("type") == "run"), {})
    content = _content(line for _, line in lines)
    ended = any(line.get("type") == "end" for _, line in lines)
    if any(line.get("type") == "forgotten" for _, line in lines):  # somebody's word, no result
        kept.hold(content, 0)
        return
    if not ended and path.stat().st_mtime > time.time() - DAY:
        kept.hold(content, 0)
        return
    digest = hashlib.sha256(json.dumps(sorted(content.items())).encode()).hexdigest()
    wanted = {
        _test_of(line)
        for line in _told([line for _, line in lines], ended=ended)
        if kept.wants(run, digest, line)
    }
    if not wanted:
        path.unlink()
        return
    whole = [raw for raw, line in lines if _stays(line, wanted)]
    if len(whole) < len(lines):
        replace(path, b"".join(whole))
    kept.hold(content, sum(map(len, whole)))


def _content(lines: Iterator[Line]) -> dict[str, str]:
    content: dict[str, str] = {}
    for line in lines:
        files = line.get("files") if line.get("type") == "content" else None
        content.update(files if isinstance(files, dict) else {})
    return content


def _told(lines: list[Line], *, ended: bool) -> Iterator[Line]:
    """What counts of a run; a file that was not collected stands for an error of its own."""
    for line in lines:
        if line.get("type") == "result" and (ended or line.get("outcome") in BAD):
            yield line
        elif line.get("type") == "collect-error":
            yield {"test": line.get("path"), "outcome": "error"}


def _stays(line: Line, wanted: set[tuple[str, str]]) -> bool:
    if line.get("type") in ("result", "coverage"):
        return _test_of(line) in wanted
    return bool(line)


def _test_of(line: Line) -> tuple[str, str]:
    """The test and its parameter; what is no text there is not told apart."""
    return str(line.get("test")), str(line.get("parameter"))


def _parsed(raw: bytes) -> Line:
    try:
        line = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return line if isinstance(line, dict) else {}
