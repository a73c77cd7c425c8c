"""JSON-RPC over pipes: what a client may get wrong, and what it is told.

The servers of this file stand for many tests each, so that a fault of one message would show in
what follows it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lsp.client import Client, client, frame
from lsp.folder import ledger

PARSE, INVALID, UNKNOWN, PARAMS, EARLY = -32700, -32600, -32601, -32602, -32002
HOVER = "textDocument/hover"
NOWHERE = {"textDocument": {"uri": "untitled:1"}, "position": {"line": 0, "character": 0}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ledger(tmp_path_factory.mktemp("protocol"))


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Client]:
    with client("--stdio", cwd=folder) as started:
        started.initialize(folder)
        yield started


@pytest.fixture
def young(folder: Path) -> Iterator[Client]:
    """A server that nobody has initialized."""
    with client(cwd=folder) as started:
        yield started


def complaints(server: Client) -> list[int]:
    """The codes of the errors that answer no request."""
    return [m["error"]["code"] for m in server.answers_to(None)]


def check_still_answers(server: Client) -> None:
    assert server.request(HOVER, **NOWHERE) is None


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{x}", PARSE),
        (b"", PARSE),
        (b"[" * 100_000, PARSE),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "\xff"}', PARSE),
        (b'{"jsonrpc": "2.0", "id": ' + b"9" * 5000 + b"}", PARSE),
        (b"42", INVALID),
        (b"[]", INVALID),
        (b"null", INVALID),
        (b"{}", INVALID),
        (b'{"jsonrpc": "1.0", "method": "shutdown"}', INVALID),
        (b'{"jsonrpc": "2.0", "method": 7}', INVALID),
        (b'{"jsonrpc": "2.0", "id": {}, "method": "shutdown"}', INVALID),
        (b'{"jsonrpc": "2.0", "id": null, "method": "shutdown"}', INVALID),
    ],
)
def test_what_is_no_message_is_refused_once(server: Client, body: bytes, code: int) -> None:
    server.forget()
    server.send(frame(body))
    check_still_answers(server)
    assert complaints(server) == [code]


METHODS = ["textDocument/documentColor", "textDocument/moniker", "no/such", "$/odd", "", "\ud800"]


@pytest.mark.parametrize("method", METHODS)
def test_an_unknown_method_is_named(server: Client, method: str) -> None:
    code, message = server.fault(method)
    assert code == UNKNOWN
    assert method.encode("utf-8", "replace") in message.encode("utf-8", "replace")


@pytest.mark.parametrize(
    ("method", "params"),
    [
        (HOVER, {}),
        (HOVER, {"textDocument": 7, "position": []}),
        (HOVER, NOWHERE | {"position": {"line": -1, "character": 0}}),
        (HOVER, NOWHERE | {"position": {"line": "x", "character": 0}}),
        ("workspace/executeCommand", {"arguments": []}),
        ("workspace/executeCommand", {"command": "rm"}),
        ("workspace/executeCommand", {"command": "adr-lsp.run"}),
        ("workspace/executeCommand", {"command": "adr-lsp.run", "arguments": [1]}),
        ("workspace/executeCommand", {"command": "adr-lsp.scaffold", "arguments": ["a"] * 4}),
    ],
)
def test_invalid_parameters_are_answered(server: Client, method: str, params: Any) -> None:
    assert server.fault(method, **params)[0] == PARAMS


def test_a_notification_is_no_request(server: Client) -> None:
    assert server.fault("textDocument/didOpen")[0] == INVALID
    assert server.fault("exit")[0] == INVALID


def test_a_second_initialize_is_refused(server: Client) -> None:
    assert server.fault("initialize", processId=None, rootUri=None, capabilities={})[0] == INVALID


@pytest.mark.parametrize(
    "message",
    [
        {"method": "no/such", "params": {}},
        {"method": "no/such"},
        {"method": "textDocument/didOpen", "params": 7},
        {"method": "textDocument/didChange", "params": {"textDocument": {"uri": "file:///x"}}},
        {"method": "workspace/didChangeConfiguration", "params": {"settings": ["x"]}},
        {"method": "workspace/didChangeConfiguration", "params": {"settings": {"adr-lsp": 1}}},
        {"method": "$/cancelRequest", "params": {"id": "never asked"}},
        {"method": "$/setTrace", "params": {"value": "loud"}},
        {"id": "never asked", "result": None},
        {"id": "never asked", "error": {"code": 1, "message": ""}},
        {"id": 4711, "result": None},
        {"id": None, "error": {"code": 1, "message": ""}},
    ],
)
def test_a_notification_and_an_answer_get_no_answer(server: Client, message: Any) -> None:
    server.forget()
    server.send(frame({"jsonrpc": "2.0"} | message))
    check_still_answers(server)
    assert complaints(server) == []


@pytest.mark.parametrize(
    "header",
    [
        "content-length: {}\r\n\r\n",
        "Content-Length: {}\n\n",
        "CONTENT-LENGTH:{}\r\n\r\n",
        "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: {}\r\n\r\n",
        "Content-Length: {}\r\nContent-Type: application/vscode-jsonrpc\r\n\r\n",
        "\r\n\r\nContent-Length:   {}  \r\n\r\n",
        "noise\r\nContent-Length: 3\r\nContent-Length: {}\r\n\r\n",
    ],
)
def test_headers_are_read_as_clients_write_them(server: Client, header: str) -> None:
    server.forget()
    request = {"jsonrpc": "2.0", "id": "h", "method": HOVER, "params": NOWHERE}
    server.send(frame(request, header))
    server.until(lambda: server.answers_to("h"))
    assert complaints(server) == []


@pytest.mark.parametrize("length", ["-5", "0", "7", "40", "99999", "999999999", "x", ""])
def test_a_wrong_length_costs_its_own_message_alone(server: Client, length: str) -> None:
    server.forget()
    body = json.dumps({"jsonrpc": "2.0", "id": "lost", "method": HOVER, "params": NOWHERE})
    server.send(f"Content-Length: {length}\r\n\r\n{body}".encode())
    check_still_answers(server)
    assert len(complaints(server)) <= 1


def test_before_initialize_requests_are_told_so(young: Client) -> None:
    assert young.fault(HOVER, **NOWHERE)[0] == EARLY
    assert young.fault("shutdown")[0] == EARLY
    young.tell("textDocument/didOpen")
    assert young.fault("initialize", capabilities=7)[0] == PARAMS
    assert young.request("initialize", processId=None, rootUri=None, capabilities={})
    assert complaints(young) == []


def test_after_shutdown_requests_are_told_so(young: Client) -> None:
    """Verifies: ADR-0008/INV-2"""
    young.initialize()
    young.request("shutdown")
    assert young.fault(HOVER, **NOWHERE)[0] == INVALID
    assert young.fault("shutdown")[0] == INVALID
    young.tell("exit")
    assert young.process.wait(60) == 0


# Every sequence of frames

ids = st.one_of(st.integers(0, 2**31 - 1), st.text("abc019-", min_size=1, max_size=8))
methods = st.sampled_from([HOVER, "textDocument/codeLens", "no/such", "textDocument/didOpen"])
junk = st.one_of(
    st.none(), st.integers(-5, 5), st.text(max_size=3), st.lists(st.integers(), max_size=2)
)
given_params = st.one_of(st.just(NOWHERE), st.dictionaries(st.text(max_size=3), junk, max_size=2))
bodies = st.one_of(
    st.binary(max_size=30).filter(lambda raw: b"ontent" not in raw.lower()),
    junk.map(lambda value: json.dumps(value).encode()),
    st.fixed_dictionaries({"jsonrpc": st.just("2.0"), "method": methods}).map(
        lambda message: json.dumps(message).encode()
    ),
)
headers = st.sampled_from(
    ["Content-Length: {}\r\n\r\n", "content-length:{}\n\n", "X: y\r\nContent-Length: {}\r\n\r\n"]
)


@st.composite
def lying(draw: st.DrawFn) -> bytes:
    """A body under a header with a length that it does not have."""
    body, header, length = draw(bodies), draw(headers), draw(st.integers(-2, 3000))
    return header.format(length).encode() + body


bad = st.one_of(st.builds(frame, bodies, headers), lying())
good = st.tuples(ids, methods, given_params, headers)


@given(st.lists(st.one_of(good, bad), min_size=1, max_size=12))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_request_is_answered_once(server: Client, sequence: list[Any]) -> None:
    """Verifies: ADR-0008/INV-1, INV-3"""
    server.forget()
    wanted: dict[Any, int] = {}
    for at, each in enumerate(sequence):
        if isinstance(each, bytes):
            server.send(each)
            continue
        id, method, params, header = each
        id = f"{at} {id}" if isinstance(id, str) else at * 2**20 + id % 2**20
        wanted[id] = wanted.get(id, 0) + 1
        request = {"jsonrpc": "2.0", "id": id, "method": method, "params": params}
        server.send(frame(request, header))
    server.request(HOVER, **NOWHERE)
    server.until(lambda: all(server.answers_to(id) for id in wanted))
    server.request(HOVER, **NOWHERE)
    assert {id: len(server.answers_to(id)) for id in wanted} == wanted
    assert all(type(m["id"]) is type(id) for id in wanted for m in server.answers_to(id))
    assert not server.sent("window/showMessage")


def test_no_traceback_reaches_the_client(server: Client) -> None:
    said = json.dumps([m for m in server.received if "error" in m])
    assert "Traceback" not in said
    assert "site-packages" not in said
