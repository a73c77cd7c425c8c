"""Reads a run's file; whatever its bytes are, it raises nothing (`docs/evidence-format.md`)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import UTC, datetime
from typing import Any

from adr_lsp.evidence.coverage import Coverage, Key, key_of
from adr_lsp.evidence.decode import decode_result, flat, texts
from adr_lsp.evidence.model import Ending, Environment, Result, Run
from adr_lsp.evidence.paths import inside
from adr_lsp.value import dataclass

VERSION = 1
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_scan = json.JSONDecoder().scan_once  # type: ignore[attr-defined]  # the stubs lack it
_STAMP = re.compile(r"(\d{8}T\d{6}Z)-[0-9a-f]+\.jsonl\Z")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")

Line = Mapping[str, Any]


@dataclass(slots=True)
class _Reading:
    """What has been read of one file so far."""

    content: dict[str, str] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    parameters: dict[str, dict[str, None]] = field(default_factory=dict)
    narrowed: set[str] = field(default_factory=set)
    results: list[Result] = field(default_factory=list)
    collect_errors: dict[str, str] = field(default_factory=dict)
    coverage: dict[Key, list[bytes]] = field(default_factory=dict)
    ended: bool = False
    foreign: bool = False
    complete: bool = True
    measured: set[str] | None = None
    forgotten: dict[str, str] = field(default_factory=dict)
    torn: int = 0


def read_run(file: str, raw: bytes, *, alive: bool) -> Run | None:
    """One run from the bytes of its file; None if the file does not begin as a run does.

    `alive` says of a run without an end line that its process lives or its file is fresh.
    """
    head, _, rest = raw.partition(b"\n")
    header = _object(head)
    if header is None or header.get("type") != "run" or header.get("version") != VERSION:
        return None
    started = _time(header.get("started")) or _stamp(file)
    if started is None:
        return None
    reading = _Reading()
    for line in rest.split(b"\n"):
        if line.strip() and (reading.foreign or not _take(line.strip(), reading)):
            reading.torn += 1
    return _run(file, header, started, reading, alive)


def _run(file: str, header: Line, started: datetime, reading: _Reading, alive: bool) -> Run:
    unfinished = Ending.RUNNING if alive else Ending.CUT
    commit = flat(header.get("commit"))
    has_coverage = reading.complete and (reading.ended or bool(reading.coverage))
    return Run(
        file=file,
        tool=flat(header.get("tool")),
        tool_version=flat(header.get("tool_version")),
        argv=texts(header.get("argv")),
        started=started,
        commit=commit if _COMMIT.match(commit) else None,
        environment=_environment(header.get("environment")),
        ending=Ending.ENDED if reading.ended else unfinished,
        content=reading.content,
        changed=frozenset(reading.changed),
        parameters={test: tuple(names) for test, names in reading.parameters.items()},
        narrowed=frozenset(reading.narrowed),
        results=tuple(reading.results),
        collect_errors=reading.collect_errors,
        coverage=Coverage(reading.coverage) if has_coverage else None,
        torn=reading.torn,
        measured=None if reading.measured is None else frozenset(reading.measured),
        forgotten=reading.forgotten,
    )


def _object(raw: bytes) -> Line | None:
    """A line as a JSON object, if it is one."""
    try:
        found = _plain(raw) if raw.startswith(b'{"') else json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _plain(raw: bytes) -> Any:
    """As `json.loads`, for a line that begins as recorders begin it: nothing in it is guessed."""
    text = raw.decode("utf-8", "surrogatepass")
    try:
        found, end = _scan(text, 0)
    except StopIteration:
        return None
    return found if end == len(text) else None


def _take(raw: bytes, reading: _Reading) -> bool:
    """Add one line; False if it cannot be read. Types from a later version are passed over."""
    key = key_of(raw)
    if key is not None:
        return _covered(key, raw, reading)
    line = _object(raw)
    if line is None:
        return False
    take = _TAKERS.get(flat(line.get("type")))
    if take is None:
        return isinstance(line.get("type"), str)
    if take is _coverage:
        return _covered((line.get("test"), line.get("parameter")), raw, reading)
    return take(line, reading)


def _content(line: Line, reading: _Reading) -> bool:
    files = line.get("files")
    if not isinstance(files, dict):
        return False
    sound = {p: d for p, d in files.items() if inside(p) and _is_digest(d)}
    for path, digest in sound.items():
        if reading.content.setdefault(path, digest) != digest:  # two processes read it differently
            reading.changed.add(path)
    return len(sound) == len(files)


def _is_digest(value: Any) -> bool:
    return isinstance(value, str) and bool(_DIGEST.match(value))


def _changed(line: Line, reading: _Reading) -> bool:
    if not isinstance(line.get("files"), list):
        return False
    reading.changed.update(path for path in texts(line["files"]) if inside(path))
    return True


def _collected(line: Line, reading: _Reading) -> bool:
    parameters = line.get("parameters")
    if not isinstance(parameters, dict):
        return False
    for test, names in parameters.items():
        reading.parameters.setdefault(test, {}).update(dict.fromkeys(texts(names)))
    reading.narrowed.update(texts(line.get("narrowed")))
    return True


def _collect_error(line: Line, reading: _Reading) -> bool:
    path = line.get("path")
    if not isinstance(path, str) or not inside(path):
        return False
    reading.collect_errors[path] = flat(line.get("message"))
    return True


def _result(line: Line, reading: _Reading) -> bool:
    result = decode_result(line)
    if result is not None:
        reading.results.append(result)
    return result is not None


def _covered(key: tuple[Any, Any], raw: bytes, reading: _Reading) -> bool:
    test, parameter = key
    if not isinstance(test, str) or not (parameter is None or isinstance(parameter, str)):
        return False
    reading.coverage.setdefault((test, parameter), []).append(raw)
    return True


def _coverage(_line: Line, _reading: _Reading) -> bool:
    """Coverage is kept as written; see `_covered`."""
    return True


def _measured(line: Line, reading: _Reading) -> bool:
    if not isinstance(line.get("files"), list):
        return False
    reading.measured = (reading.measured or set()) | {*filter(inside, texts(line["files"]))}
    return True


def _forgotten(line: Line, reading: _Reading) -> bool:
    test, reason = line.get("test"), flat(line.get("reason")).strip()
    if not isinstance(test, str) or not reason:
        return False
    reading.forgotten[test] = reason
    return True


def _end(line: Line, reading: _Reading) -> bool:
    reading.ended = True
    reading.complete = line.get("coverage") == "measured"
    return True


def _second_header(_line: Line, reading: _Reading) -> bool:
    """Two files pasted into one: nothing tells what the results that follow rest on."""
    reading.foreign = True
    return False


_TAKERS: Mapping[str, Callable[[Line, _Reading], bool]] = {
    "run": _second_header,
    "content": _content,
    "changed": _changed,
    "collected": _collected,
    "collect-error": _collect_error,
    "result": _result,
    "coverage": _coverage,
    "measured": _measured,
    "forgotten": _forgotten,
    "end": _end,
}


def _environment(value: Any) -> Environment:
    if not isinstance(value, dict):
        return Environment()
    names = ("python", "platform", "versions", "implementation", "runtime")
    return Environment(**{name: flat(value.get(name)) for name in names})


def _time(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(value)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (TypeError, ValueError, OverflowError):
        return None


def _stamp(file: str) -> datetime | None:
    """The start that the file's own name tells."""
    found = _STAMP.search(file)
    return _time(found[1]) if found else None
