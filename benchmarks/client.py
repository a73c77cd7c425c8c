"""An editor as a server sees it: opens a document, types, and waits for what is published."""

from __future__ import annotations

import json
import os
import select
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.process import Failed, cpu_of, environment

Message = dict[str, Any]
DEADLINE_SECONDS = 60.0
IDLE_SECONDS = 0.5
IDLE_CPU_SECONDS = 0.005


class Client:
    """One server process with its pipes; a `with` block ends it."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self.folder = folder
        self._server = subprocess.Popen(
            command,
            cwd=folder,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._received = b""
        self._id = 0

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.kill()
        self._server.communicate()

    @property
    def cpu(self) -> float:
        return cpu_of(self._server.pid)

    def initialize(self) -> Message:
        """The server's capabilities. Of ours it hears the fewest: findings are pushed."""
        uri = self.folder.as_uri()
        result = self.request(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": uri,
                "workspaceFolders": [{"uri": uri, "name": "log"}],
                "capabilities": {"textDocument": {"publishDiagnostics": {"versionSupport": True}}},
            },
        )
        capabilities: Message = result["capabilities"]
        return capabilities

    def request(self, method: str, params: Any) -> Any:
        self._id += 1
        asked = self._id
        self._send({"id": asked, "method": method, "params": params})
        answer = self.until(lambda message: message.get("id") == asked and "method" not in message)
        if "result" not in answer:
            raise Failed(f"{method}: {answer.get('error')}")
        return answer["result"]

    def notify(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def published(self, uri: str, version: int) -> None:
        """Wait for the findings of a document at a version."""
        self.until(
            lambda message: (
                message.get("method") == "textDocument/publishDiagnostics"
                and message["params"]["uri"] == uri
                and message["params"].get("version") in (None, version)
            )
        )

    def until(self, wanted: Callable[[Message], bool]) -> Message:
        """The first wanted message; what the server asks meanwhile is answered with null."""
        deadline = time.monotonic() + DEADLINE_SECONDS
        while time.monotonic() < deadline:
            message = self._next(deadline - time.monotonic())
            if message is not None and wanted(message):
                return message
        raise Failed("the server did not say what was waited for")

    def settle(self) -> None:
        """Wait until the server has had nothing to do for a moment."""
        deadline = time.monotonic() + DEADLINE_SECONDS
        while time.monotonic() < deadline:
            before, quiet_until = self.cpu, time.monotonic() + IDLE_SECONDS
            while time.monotonic() < quiet_until:
                self._next(quiet_until - time.monotonic())
            if self.cpu - before < IDLE_CPU_SECONDS:
                return
        raise Failed("the server does not come to rest")

    def _send(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        pipe = self._server.stdin
        assert pipe is not None
        pipe.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        pipe.flush()

    def _next(self, patience: float) -> Message | None:
        """One message, or None if none came in time."""
        deadline = time.monotonic() + patience
        while (body := self._taken()) is None:
            if not self._fill(deadline - time.monotonic()):
                return None
        message: Message = json.loads(body)
        if "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message

    def _taken(self) -> bytes | None:
        """The next body, if all of it is there."""
        head, parted, rest = self._received.partition(b"\r\n\r\n")
        if not parted:
            return None
        named = next(line for line in head.split(b"\r\n") if line.lower().startswith(b"content-l"))
        length = int(named.partition(b":")[2])
        if len(rest) < length:
            return None
        self._received = rest[length:]
        return rest[:length]

    def _fill(self, patience: float) -> bool:
        pipe = self._server.stdout
        assert pipe is not None
        if not select.select([pipe], [], [], max(0.0, patience))[0]:
            return False
        received = os.read(pipe.fileno(), 1 << 16)
        if not received:
            raise Failed("the server has ended")
        self._received += received
        return True
