"""Writes runs as a recorder would, line by line."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from adr_lsp.evidence import read_run
from adr_lsp.evidence.model import Run

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TEST = "tests/test_merge.py::test_merge"
END = {"type": "end", "finished": "2026-03-01T12:00:09Z", "exit": 0, "coverage": "unknown"}


def header(minute: int = 0, python: str = "3.11.7", **fields: Any) -> dict[str, Any]:
    environment = {"python": python, "implementation": "cpython", "platform": "linux"}
    return {
        "type": "run",
        "version": 1,
        "tool": "pytest",
        "tool_version": "9.0.0",
        "argv": ["-q"],
        "cwd": "",
        "started": (START + timedelta(minutes=minute)).isoformat().replace("+00:00", "Z"),
        "commit": "0" * 40,
        "environment": environment | {"versions": fields.pop("versions", "0" * 16)},
        "shard": None,
        "pid": 1,
        "host": "here",
        **fields,
    }


def result(outcome: str = "passed", test: str = TEST, **fields: Any) -> dict[str, Any]:
    return {"type": "result", "test": test, "parameter": None, "outcome": outcome, **fields}


def cases(accepted: int, rejected: int = 0, *, exhausted: bool = False) -> dict[str, Any]:
    return {"accepted": accepted, "rejected": rejected, "exhausted": exhausted}


def example(**values: str) -> dict[str, Any]:
    said = ", ".join(f"{name}={value}" for name, value in values.items())
    return {"text": f"test_merge({said})", "values": values}


def content(**files: str) -> dict[str, Any]:
    return {"type": "content", "files": files}


def as_bytes(*lines: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(line, separators=(",", ":")).encode() + b"\n" for line in lines)


def file_name(minute: int, salt: int = 0) -> str:
    stamp = (START + timedelta(minutes=minute)).strftime("%Y%m%dT%H%M%SZ")
    return f".adr-lsp/evidence/{stamp}-{salt:016x}.jsonl"


def read(*lines: dict[str, Any], minute: int = 0, alive: bool = False) -> Run:
    """The run that these lines make; the first is the header."""
    found = read_run(file_name(minute), as_bytes(*lines), alive=alive)
    assert found is not None
    return found


def run(*lines: dict[str, Any], minute: int = 0, cut: bool = False, **fields: Any) -> Run:
    """A run with a header, these lines, and an end unless it was cut."""
    return read(header(minute, **fields), *lines, *([] if cut else [END]), minute=minute)
