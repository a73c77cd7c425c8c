"""Which runs are of one lane, whatever ran the tests."""

from __future__ import annotations

import json

import pytest

from adr_lsp.evidence import read_run
from adr_lsp.evidence.model import Environment


def read(**environment: str) -> Environment:
    header = {"type": "run", "version": 1, "started": "2026-11-23T12:00:00.000000Z"}
    raw = json.dumps({**header, "environment": {"platform": "linux", **environment}}).encode()
    run = read_run("a.jsonl", raw + b"\n", alive=False)
    assert run is not None
    return run.environment


@pytest.mark.parametrize(
    ("environment", "lane", "shown"),
    [
        ({"python": "3.11.7", "implementation": "cpython"}, "3.11", "Python 3.11.7"),
        ({"runtime": "node 24.19.0"}, "node 24", "node 24.19.0"),
        ({"runtime": "rustc 1.84.0"}, "rustc 1.84", "rustc 1.84.0"),
        ({"runtime": "java 21"}, "java 21", "java 21"),
        ({}, "", ""),
    ],
)
def test_a_lane_is_a_release_line(environment: dict[str, str], lane: str, shown: str) -> None:
    found = read(**environment)
    assert found.lane == (lane, "linux")
    assert found.shown == shown


def test_a_runtime_that_is_no_text_is_none() -> None:
    header = {"type": "run", "version": 1, "started": "2026-11-23T12:00:00Z"}
    raw = json.dumps({**header, "environment": {"runtime": ["node"], "python": 3}}).encode()
    run = read_run("a.jsonl", raw, alive=False)
    assert run is not None
    assert run.environment == Environment()
