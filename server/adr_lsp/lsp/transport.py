"""Frames on standard input, read so that one bad frame harms no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

_LENGTH = re.compile(rb"content-length:[ \t]*(\d{1,9})[ \t]*\r?\n?\Z", re.IGNORECASE)
LARGEST = 256 * 1024 * 1024


def frames(stream: BinaryIO) -> Iterator[bytes]:
    """The body of each message; ends with the stream.

    The header's case and line ends do not matter. After a wrong length the next header is found
    again, also at the end of a line of left-over bytes.
    """
    while True:
        length = _header(stream)
        if length is None:
            return
        if length > LARGEST:
            continue
        body = stream.read(length)
        if len(body) < length:
            return
        yield body


def _header(stream: BinaryIO) -> int | None:
    """The length that the next header gives; None at the end of the stream."""
    length: int | None = None
    while True:
        line = stream.readline()
        if not line:
            return None
        found = _LENGTH.search(line)
        if found:
            length = int(found[1])
        elif not line.strip() and length is not None:
            return length
