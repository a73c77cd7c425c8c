"""Coverage in JSON: Istanbul's `coverage-final.json`, and coverage.py's with its contexts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from adr_lsp.evidence.reports.dialect import instant
from adr_lsp.evidence.reports.lines import Lines, TooMany, number
from adr_lsp.evidence.reports.model import Report, Unreadable
from adr_lsp.text import without_surrogates

LARGEST = 32 * 1024 * 1024
PHASES = ("|run", "|setup", "|teardown")


def read_json(raw: bytes) -> tuple[Report, ...] | Unreadable:
    """The lines that ran in the whole run and, where contexts tell, under each test."""
    if len(raw) > LARGEST:
        return Unreadable(f"it is larger than {LARGEST >> 20} MiB")
    try:
        told = json.loads(raw)
        if isinstance(told, dict) and isinstance(told.get("files"), dict) and "meta" in told:
            return (_of_coverage_py(told),)
        if isinstance(told, dict) and told and all(map(_is_istanbul, told.values())):
            return (_of_istanbul(told),)
    except json.JSONDecodeError as fault:
        return Unreadable(fault.msg, fault.lineno)
    except TooMany as fault:
        return Unreadable(str(fault))
    except (ValueError, RecursionError):
        return Unreadable("it is no JSON that can be read")
    return Unreadable("it is the JSON of no tool that is known")


def _of_coverage_py(told: Mapping[str, Any]) -> Report:
    lines, contexts = Lines(), dict[str, Lines]()
    for path, file in _objects(told["files"]):
        lines.file(path)
        executed = file.get("executed_lines")
        for line in executed if isinstance(executed, list) else ():
            lines.ran(path, line)
        for line, names in _items(file.get("contexts")):
            for name in names if isinstance(names, list) else ():
                test = _test(name)
                if test:
                    contexts.setdefault(test, Lines()).ran(path, number(line))
    meta = told["meta"] if isinstance(told["meta"], dict) else {}
    started = instant(str(meta.get("timestamp", "")))
    each = {name: found.frozen() for name, found in contexts.items()}
    return Report("coverage.py", started, lines=lines.frozen(), contexts=each)


def _test(context: object) -> str | None:
    """`tests/test_a.py::test_x[1]` of `tests/test_a.py::test_x[1]|run`; None for other contexts."""
    if not isinstance(context, str) or "::" not in context:
        return None
    name = without_surrogates(context)
    return next((name.removesuffix(end) for end in PHASES if name.endswith(end)), name)


def _is_istanbul(file: object) -> bool:
    return isinstance(file, dict) and isinstance(file.get("statementMap"), dict) and "s" in file


def _of_istanbul(told: Mapping[str, Any]) -> Report:
    lines = Lines()
    for key, file in _objects(told):
        path = file.get("path") if isinstance(file.get("path"), str) else key
        path = without_surrogates(path or key)
        lines.file(path)
        places = file["statementMap"]
        for statement, count in _items(file.get("s")):
            if type(count) is int and count > 0:
                lines.ran(path, _line(places.get(statement)))
    return Report("istanbul", None, lines=lines.frozen())


def _line(place: object) -> object:
    start = place.get("start") if isinstance(place, dict) else None
    return start.get("line") if isinstance(start, dict) else None


def _items(value: object) -> Iterator[tuple[str, Any]]:
    yield from value.items() if isinstance(value, dict) else ()


def _objects(value: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for key, each in _items(value):
        if isinstance(each, dict):
            yield without_surrogates(key), each
