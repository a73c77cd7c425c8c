"""Messages on standard input and output, read so that one bad frame harms no other, and written
so that a client that does not read keeps nothing waiting.

Neither the case nor the line ends of a header matter. A length may lie: valid JSON never holds a
header with its line end, so one that is found inside a body begins the next message, also where
the body would go on.
"""

from __future__ import annotations

import json
import queue
import re
import threading
from collections.abc import Callable, Iterator
from io import BufferedReader
from typing import Any, BinaryIO

_LENGTH = re.compile(rb"content-length:[ \t]*(\d{1,9})[ \t]*\r?\n", re.IGNORECASE)
_LONGEST_HEADER = 64
CHUNK = 65536


FLUSH_SECONDS = 2.0


class Outgoing:
    """Writes in a thread of its own, in order. `lost` is called if nobody can read any more."""

    def __init__(self, stream: BinaryIO, lost: Callable[[], object]) -> None:
        self._stream = stream
        self._lost = lost
        self._waiting: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()

    def write(self, raw: bytes) -> None:
        self._waiting.put(raw)

    def close(self) -> None:
        """All that was written goes out, if it does so soon."""
        self._waiting.put(None)
        self._thread.join(FLUSH_SECONDS)

    def _write(self) -> None:
        try:
            while (raw := self._waiting.get()) is not None:
                self._stream.write(raw)
                self._stream.flush()
        except (OSError, ValueError):
            self._lost()


class NotJson:
    """A body that is no JSON."""


def messages(stream: BufferedReader) -> Iterator[Any]:
    """Each message as JSON has it, or NotJson; ends with the stream."""
    incoming = _Incoming(stream)
    while (length := _header(incoming)) is not None:
        body = incoming.body(length)
        if body is None:
            return
        yield _parsed(body)


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return NotJson()


def _header(incoming: _Incoming) -> int | None:
    """The length that the next header gives; None at the end of the stream."""
    length: int | None = None
    while (line := incoming.line()) is not None:
        found = _LENGTH.search(line)
        if found:
            length = int(found[1])
        elif not line.strip() and length is not None:
            return length
    return None


class _Incoming:
    """The stream, of which some is read ahead."""

    def __init__(self, stream: BufferedReader) -> None:
        self._stream = stream
        self._ahead = bytearray()

    def _more(self) -> bool:
        chunk = self._stream.read1(CHUNK)
        self._ahead += chunk
        return bool(chunk)

    def _take(self, length: int) -> bytes:
        taken = bytes(self._ahead[:length])
        del self._ahead[:length]
        return taken

    def line(self) -> bytes | None:
        """The next line with its end; None at the end of the stream."""
        seen = 0
        while (end := self._ahead.find(b"\n", seen)) < 0:
            seen = len(self._ahead)
            if not self._more():
                return None
        return self._take(end + 1)

    def body(self, length: int) -> bytes | None:
        """As many bytes, or those before the next header; None if the stream ends in them."""
        seen = 0
        while True:
            found = _LENGTH.search(self._ahead, seen, max(length, 0) + _LONGEST_HEADER)
            if found and found.start() < length:
                return self._take(found.start())
            if len(self._ahead) >= length:
                return self._take(length)
            seen = max(0, len(self._ahead) - _LONGEST_HEADER)
            if not self._more():
                return None
