"""A run as a recorder would have left it, from one line a result."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from adr_lsp.evidence.model import Run
from adr_lsp.evidence.read import read_run

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
_RESULT = re.compile(r"(\S+::[^\s\[:]+(?:::[^\s\[:]+)*)(\[.*\])?: (\w+)(?:, (.*))?\Z")
HEADER = """
{"type": "run", "version": 1, "tool": "pytest", "tool_version": "9.0.0", "argv": ["pytest"],
"cwd": "", "commit": null, "shard": null, "pid": 1, "host": "here",
"environment": {"python": "3.12.1", "implementation": "cpython", "platform": "linux",
"versions": "0123456789abcdef"}}
"""
END = """
{"type": "end", "finished": "2026-06-15T00:00:00Z", "exit": 0, "coverage": "unknown"}
"""


def recorded(body: str, files: Mapping[str, bytes], number: int, *, signed: bool = True) -> Run:
    """What a recorder would have written of these results over these files, as it is read."""
    started = NOW - timedelta(days=10 - number)
    results = [_result(line) for line in body.splitlines() if line.strip()]
    parameters: dict[str, list[str]] = {}
    for result in results:
        if result["parameter"]:
            parameters.setdefault(str(result["test"]), []).append(str(result["parameter"]))
    content = {"type": "content", "files": {path: digest(raw) for path, raw in files.items()}}
    lines = [
        json.loads(HEADER) | {"started": f"{started:%Y-%m-%dT%H:%M:%SZ}"},
        *([content] if signed else []),
        {"type": "collected", "parameters": parameters, "narrowed": []},
        *results,
        json.loads(END),
    ]
    name = f".adr-lsp/evidence/{started:%Y%m%dT%H%M%SZ}-{number:016x}.jsonl"
    raw = "".join(json.dumps(line) + "\n" for line in lines).encode()
    run = read_run(name, raw, alive=False)
    assert run is not None and not run.torn, body
    return run


def _result(line: str) -> dict[str, object]:
    found = _RESULT.match(line.strip())
    assert found, line
    test, parameter, outcome, detail = found.groups()
    count = re.fullmatch(r"(\d+) cases", detail or "")
    result: dict[str, object] = {
        "type": "result",
        "test": test,
        "parameter": parameter,
        "outcome": outcome,
        "duration": 0.1,
        "message": "",
        "cases": None,
        "counterexample": None,
    }
    if count:
        result["cases"] = {
            "accepted": int(count[1]),
            "rejected": 0,
            "failed": 0,
            "exhausted": False,
            "phases": {"generate": int(count[1])},
            "max_examples": 100,
        }
    elif detail and "=" in detail:
        values = dict(pair.split("=", 1) for pair in re.split(r", (?=\w+=)", detail))
        text = f"{test.rpartition('::')[2]}({detail})"
        result["counterexample"] = {"text": text, "values": values}
    elif detail:
        result["message"] = detail
    return result


def digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
