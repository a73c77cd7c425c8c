"""How a server ends, and that it does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.command import adr_lsp, environment
from lsp.client import COMMAND, Client, client, frame, lives

DEADLINE = 60


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Client]:
    with client(cwd=tmp_path) as started:
        started.initialize(tmp_path)
        yield started


def test_exit_after_shutdown_is_zero(server: Client) -> None:
    """Verifies: ADR-0008/INV-2"""
    assert server.leave() == 0
    assert server.log == ""


def test_exit_without_shutdown_is_one(server: Client) -> None:
    """Verifies: ADR-0008/INV-2"""
    server.tell("exit")
    assert server.process.wait(DEADLINE) == 1
    assert server.log == ""


def test_exit_before_initialize_is_one(tmp_path: Path) -> None:
    """Verifies: ADR-0008/INV-2"""
    with client(cwd=tmp_path) as young:
        young.tell("exit")
        assert young.process.wait(DEADLINE) == 1


@pytest.mark.parametrize("torn", [b"", b"Content-Length: 9", b"Content-Length: 9\r\n\r\n{"])
def test_the_end_of_its_input_ends_it(server: Client, torn: bytes) -> None:
    assert server.process.stdin
    server.send(torn)
    server.process.stdin.close()
    assert server.process.wait(DEADLINE) == 1
    assert server.log == ""


def test_a_signal_ends_it(server: Client) -> None:
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(DEADLINE) == 1


CLIENT = """
import os, subprocess, sys
server = subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
server.stdin.write(bytes.fromhex(sys.argv[1]).replace(b"   4711", b"%7d" % os.getpid()))
server.stdin.flush()
fds = [server.stdin.fileno()]
holder = subprocess.Popen([sys.executable, "-c", "input()"], stdin=0, pass_fds=fds)
print("pids", server.pid, holder.pid, file=sys.stderr, flush=True)
os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are told apart by /proc")
def test_a_dead_client_ends_it_though_its_pipelives(tmp_path: Path) -> None:
    """The client is killed while a grandchild still holds the pipe open."""
    init = frame(
        b'{"jsonrpc":"2.0","id":1,"method":"initialize",'
        b'"params":{"processId":    4711,"rootUri":null,"capabilities":{}}}'
    )
    dead = subprocess.Popen(
        [sys.executable, "-c", CLIENT, init.hex(), *COMMAND],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert dead.stderr
    _, server, holder = dead.stderr.readline().split()
    dead.wait(DEADLINE)
    try:
        end = time.monotonic() + DEADLINE
        while lives(int(server)):
            assert time.monotonic() < end, "the server outlives its client"
            threading.Event().wait(0.05)
        assert lives(int(holder))
    finally:
        os.kill(int(holder), signal.SIGKILL)


def test_a_client_that_reads_nothing_keeps_nothing_waiting(tmp_path: Path) -> None:
    """Row 6: its pipe is full when it dies, and another process holds that open; the server still
    sees that its client is gone."""
    person = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    server = subprocess.Popen(
        COMMAND,
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert server.stdin
    head = {"jsonrpc": "2.0", "id": 1, "method": "initialize"}
    said = {"processId": person.pid, "rootUri": None, "capabilities": {}}
    server.stdin.write(frame(head | {"params": said}))
    server.stdin.write(b"".join(frame(head | {"id": n, "method": "no/such"}) for n in range(5000)))
    server.stdin.flush()
    person.kill()
    person.wait()
    try:
        assert server.wait(DEADLINE) == 1
    finally:
        server.kill()
        server.wait()


@pytest.mark.parametrize("option", ["--tcp", "--ws", "--host=127.0.0.1"])
def test_it_listens_on_no_socket(tmp_path: Path, option: str) -> None:
    assert adr_lsp(tmp_path, option).code == 2
