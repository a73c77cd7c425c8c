"""What fails inside stays inside: an answer in one line, the rest goes on."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from adr_lsp.lsp.health import MOST, WITHIN_SECONDS, Health
from lsp.client import INSIDE, Client, client
from lsp.folder import ledger

ADR, KEY = "docs/adr/0001-transfers-balance.md", "ADR-0001/INV-1"
INTERNAL, REFUSED = -32603, -32803
MONIKER, LINKED = "textDocument/moniker", "textDocument/linkedEditingRange"
STATUS = "experimental/serverStatus"


@pytest.fixture(params=[True, False], ids=["shows health", "shows none"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Client]:
    ledger(tmp_path)
    with client(cwd=tmp_path, command=INSIDE) as started:
        experimental = {"serverStatusNotification": True} if request.param else {}
        started.initialize(tmp_path, capabilities={"experimental": experimental})
        yield started


def at(uri: str, line: int) -> dict[str, object]:
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": 0}}


def test_a_feature_that_fails_thrice_is_left_alone(server: Client, tmp_path: Path) -> None:
    """Row 23: neither traceback nor path reaches the client; the log has them without the home;
    the third failure turns the feature off, and the client is told once. All else goes on."""
    uri = server.open(tmp_path / ADR)
    for _ in range(MOST):
        code, why = server.fault(MONIKER, **at(uri, 8))
        assert (code, why) == (INTERNAL, f"{MONIKER} failed; the server's log tells why")
    assert server.request(MONIKER, **at(uri, 8)) is None
    assert server.request(MONIKER, **at(uri, 8)) is None
    assert server.log.count("OSError: cannot read ~/secret") == MOST
    assert "Traceback" in server.log or "inside.py" in server.log
    assert str(Path.home()) + "/secret" not in server.log
    (said,) = [m["params"]["message"] for m in server.sent("window/logMessage")]
    assert said == f"{MONIKER} failed {MOST} times and is off until the server restarts"
    shown = [m["params"] for m in server.sent(STATUS)]
    assert shown in ([], [{"health": "warning", "quiescent": True, "message": said}])
    assert "zero" in server.on("hover", uri, 8, 6)["contents"]["value"]


def test_who_shows_health_is_told_of_it(server: Client, request: pytest.FixtureRequest) -> None:
    for _ in range(MOST + 2):
        server.answer_to(server.ask(MONIKER, **at("file:///x.md", 0)))
    shows = "shows health" in request.node.name
    assert len(server.sent(STATUS)) == (1 if shows else 0)


def test_a_fault_of_one_question_is_none_of_the_next(server: Client, tmp_path: Path) -> None:
    uri = server.open(tmp_path / ADR)
    for _ in range(MOST - 1):
        assert server.fault(LINKED, **at(uri, 13))[0] == INTERNAL
        assert server.request(LINKED, **at(uri, 8)) is None
    assert server.sent("window/logMessage") == []


def test_only_failures_of_late_count() -> None:
    told: list[str] = []
    times = iter([0.0, 1.0, WITHIN_SECONDS + 0.5, WITHIN_SECONDS + 1.5, WITHIN_SECONDS + 2, 999.0])
    health = Health(told.append, lambda: next(times))
    for _ in range(4):
        health.failed("hover")
        assert not health.is_off("hover")
    health.failed("hover")
    health.failed("hover")
    assert (health.is_off("hover"), health.is_off("other"), len(told)) == (True, False, 1)


KILLED = f"""\
import os
import time


# Verifies: {KEY}
def test_slow() -> None:
    with open("pid", "w") as file:
        file.write(str(os.getpid()))
    while True:
        time.sleep(0.1)
"""


def test_a_tool_that_is_killed_is_said_to_be(tmp_path: Path) -> None:
    """Row 23: what works for the server (the tools that it starts) may die at any time."""
    ledger(tmp_path, **{"tests/test_ledger.py": KILLED})
    with client(cwd=tmp_path) as server:
        server.initialize(tmp_path, trusted=True)
        uri = server.open(tmp_path / ADR)
        words = {"command": "adr-lsp.run", "arguments": [uri, KEY]}
        asked = server.ask("workspace/executeCommand", **words)
        pid, end = tmp_path / "pid", time.monotonic() + 60
        while not (pid.exists() and pid.read_text()):
            assert time.monotonic() < end
            threading.Event().wait(0.05)
        os.kill(int(pid.read_text()), signal.SIGKILL)
        answer = server.answer_to(asked)
        assert "error" not in answer or answer["error"]["code"] == REFUSED
        hint = server.on("hover", uri, 8, 6)["contents"]["value"]
        assert "SIGKILL" in hint
        assert server.fault("workspace/executeCommand", **words | {"arguments": [uri, "X/Y"]})
