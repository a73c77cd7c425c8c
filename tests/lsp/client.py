"""A client of the real server: frames over pipes, good and bad ones, and what came back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from cli.command import environment

T = TypeVar("T")
Message = dict[str, Any]

DEADLINE = float(os.environ.get("ADR_LSP_TEST_SECONDS", "60"))
COMMAND = (sys.executable, "-m", "adr_lsp")
INSIDE = (sys.executable, str(Path(__file__).with_name("inside.py")))
"""The server that tells what it holds."""
UNASKED = ("window/showMessage", "window/showMessageRequest")
MARKDOWN = ["markdown", "plaintext"]
USUAL: dict[str, Any] = {
    "textDocument": {
        "hover": {"contentFormat": MARKDOWN},
        "completion": {"completionItem": {"documentationFormat": MARKDOWN}},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}},
        "documentLink": {"tooltipSupport": True},
        "publishDiagnostics": {"relatedInformation": True, "codeDescriptionSupport": True},
    },
    "workspace": {
        "applyEdit": True,
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]},
    },
    "window": {"showDocument": {"support": True}},
}
"""What editors can take today."""
ANSWERS: dict[str, Any] = {
    "workspace/applyEdit": {"applied": True},
    "window/showDocument": {"success": True},
}


def frame(body: Any, header: str = "Content-Length: {}\r\n\r\n") -> bytes:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return header.format(len(raw)).encode() + raw


class Client:
    """One server process, and all that it sent."""

    def __init__(self, *arguments: str, cwd: Path, command: tuple[str, ...] = COMMAND) -> None:
        self.process = subprocess.Popen(
            [*command, *arguments],
            cwd=cwd,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.received: list[Message] = []
        self.answers = dict(ANSWERS)
        self.is_silent = False
        self._news = threading.Condition()
        self._errors: list[bytes] = []
        self._ids = 0
        for read in (self._read, self._read_errors):
            threading.Thread(target=read, daemon=True).start()

    # Sending

    def send(self, raw: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(raw)
        self.process.stdin.flush()

    def tell(self, method: str, **params: Any) -> None:
        self.send(frame({"jsonrpc": "2.0", "method": method, "params": params}))

    def ask(self, method: str, **params: Any) -> int:
        """Send a request; its id."""
        self._ids += 1
        request = {"jsonrpc": "2.0", "id": self._ids, "method": method}
        self.send(frame(request | ({"params": params} if params else {})))
        return self._ids

    def request(self, method: str, **params: Any) -> Any:
        """The result of a request, which must have one."""
        answer = self.answer_to(self.ask(method, **params))
        assert "error" not in answer, answer
        return answer["result"]

    def fault(self, method: str, **params: Any) -> tuple[int, str]:
        """The code and the message of a request's error, which it must have."""
        error = self.answer_to(self.ask(method, **params))["error"]
        assert set(error) == {"code", "message"} or isinstance(error["data"], list), error
        return error["code"], error["message"]

    # Receiving

    def _read(self) -> None:
        assert self.process.stdout
        stream = self.process.stdout
        while header := stream.readline():
            length = int(header.partition(b":")[2])
            while stream.readline().strip():
                pass
            self._take(json.loads(stream.read(length)))
        with self._news:
            self._news.notify_all()

    def _take(self, message: Message) -> None:
        with self._news:
            self.received.append(message)
            self._news.notify_all()
        if "method" in message and "id" in message and not self.is_silent:
            known = self.answers.get(message["method"])
            result = known(message["params"]) if callable(known) else known
            self.send(frame({"jsonrpc": "2.0", "id": message["id"], "result": result}))

    def _read_errors(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            with self._news:
                self._errors.append(line)
                self._news.notify_all()

    @property
    def log(self) -> str:
        return b"".join(self._errors).decode()

    def until(self, see: Callable[[], T], what: str = "") -> T:
        """The first true value of `see`, looked at after each message."""
        end = time.monotonic() + DEADLINE
        with self._news:
            while not (seen := see()):
                left = end - time.monotonic()
                assert left > 0, f"waited for {what or see}; log: {self.log}"
                self._news.wait(min(left, 0.05))
        return seen

    def answers_to(self, id: Any) -> list[Message]:
        return [m for m in self.received if "method" not in m and m.get("id") == id]

    def answer_to(self, id: int) -> Message:
        return self.until(lambda: self.answers_to(id), f"an answer to {id}")[0]

    def inside(self) -> dict[str, int]:
        """What the server holds, where it is one that tells."""
        return dict(self.request("test/inside", of="all"))

    def sent(self, method: str) -> list[Message]:
        """Notifications and requests of that method."""
        return [m for m in self.received if m.get("method") == method]

    def forget(self) -> None:
        with self._news:
            self.received.clear()

    # A session

    def initialize(self, *folders: Path, **options: Any) -> Message:
        """`capabilities` (beside the usual ones) and `processId` among the options are the
        request's own."""
        capabilities = beside(USUAL, options.pop("capabilities", {}))
        process = options.pop("processId", None)
        answer = self.request(
            "initialize",
            processId=process,
            rootUri=None,
            capabilities=capabilities,
            workspaceFolders=[named(folder) for folder in folders],
            initializationOptions=options,
        )
        self.tell("initialized")
        return answer  # type: ignore[no-any-return]

    def leave(self) -> int:
        """Shut down as a client should; the exit code."""
        self.request("shutdown")
        self.tell("exit")
        return self.process.wait(DEADLINE)

    def open(self, file: Path, text: str | None = None, version: int = 1) -> str:
        uri = file.as_uri()
        content = file.read_text(encoding="utf-8") if text is None else text
        language = "markdown" if file.suffix in (".md", ".mdx") else file.suffix[1:]
        item = {"uri": uri, "languageId": language, "version": version, "text": content}
        self.tell("textDocument/didOpen", textDocument=item)
        return uri

    def change(self, uri: str, version: int, *changes: str | Message) -> None:
        """Changes are whole texts, or ranges with their new text."""
        events = [{"text": c} if isinstance(c, str) else c for c in changes]
        document = {"uri": uri, "version": version}
        self.tell("textDocument/didChange", textDocument=document, contentChanges=events)

    def close(self, uri: str) -> None:
        self.tell("textDocument/didClose", textDocument={"uri": uri})

    def on(
        self, method: str, uri: str, line: int | None = None, column: int = 0, **more: Any
    ) -> Any:
        """Ask a `textDocument/…` request about a document, or a place in it."""
        place = {} if line is None else {"position": {"line": line, "character": column}}
        return self.request(f"textDocument/{method}", textDocument={"uri": uri}, **place, **more)

    def published(self, uri: str) -> Message | None:
        """What was last pushed about a document."""
        found = [m["params"] for m in self.sent("textDocument/publishDiagnostics")]
        return next((params for params in reversed(found) if params["uri"] == uri), None)

    def codes(self, uri: str) -> list[str] | None:
        last = self.published(uri)
        return None if last is None else [item["code"] for item in last["diagnostics"]]

    def await_codes(self, uri: str, *codes: str) -> list[Message]:
        """The findings, once they have these codes."""
        self.until(lambda: self.codes(uri) == list(codes), f"{codes} on {uri}")
        last = self.published(uri)
        assert last
        return last["diagnostics"]  # type: ignore[no-any-return]


def beside(usual: Message, more: Message) -> Message:
    """Both, and what is in both as `more` has it."""
    nested = {
        key: beside(usual[key], value)
        for key, value in more.items()
        if isinstance(value, dict) and isinstance(usual.get(key), dict)
    }
    return {**usual, **more, **nested}


def named(folder: Path) -> Message:
    return {"uri": folder.as_uri(), "name": folder.name}


def lives(process: int) -> bool:
    """Whether a process runs; one that ended and that nobody asked about does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@contextmanager
def client(*arguments: str, cwd: Path, command: tuple[str, ...] = COMMAND) -> Iterator[Client]:
    """A server that is gone afterwards, and showed nobody anything unasked."""
    started = Client(*arguments, cwd=cwd, command=command)
    try:
        yield started
        assert not [m for m in started.received if m.get("method") in UNASKED]
    finally:
        started.process.kill()
        started.process.wait()
