"""Keeps what a check says, so that the next one need not read what has not changed."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from adr_lsp.cli.exit import Exit
from adr_lsp.workspace import Workspace
from adr_lsp.workspace.answer import keep
from adr_lsp.workspace.witness import Witness, upwards

SAYING = (Exit.CLEAN, Exit.FINDINGS)


def kept(options: argparse.Namespace, arguments: Sequence[str]) -> int:
    """Runs a command; keeps its answer if it says what that rests on (`options.rests_on`)."""
    began = time.time_ns()
    said: list[tuple[int, bytes]] = []
    streams = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Heard(sys.stdout, 1, said), _Heard(sys.stderr, 2, said)
    try:
        code = int(options.command(options))
    finally:
        if sys.stdout is not None:
            sys.stdout = streams[0]
        sys.stderr = streams[1]
    workspace: Workspace | None = getattr(options, "rests_on", None)
    witness = workspace.witness() if workspace and code in SAYING else None
    if workspace and witness:
        more = [upwards(os.path.realpath(place)) for place in (".", *options.paths)]
        keep(str(workspace.root), arguments, began, _all(witness, more, options.paths), said, code)
    return code


def _all(witness: Witness, more: Iterable[Witness], paths: Iterable[str]) -> Witness:
    """With where the command ran, the paths that it was given, and the code that answered."""
    given = [os.path.abspath(path) for path in paths]  # noqa: PTH100
    modules = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    code = (os.path.abspath(file) for file in modules if file)  # noqa: PTH100
    above = {file for each in more for file in each.files}
    return Witness(
        [*witness.files, *given, *sorted(above), *code],
        [*witness.looked, *sorted({place for each in more for place in each.looked})],
        [*witness.links, *given],
    )


class _Heard:
    """A stream of which all is written down that goes through it."""

    def __init__(self, stream: Any, number: int, said: list[tuple[int, bytes]]) -> None:
        self._stream, self._number, self._said = stream, number, said
        self.buffer = _HeardBytes(stream.buffer, lambda raw: said.append((number, raw)))

    def write(self, text: str) -> int:
        raw = text.encode(self._stream.encoding, self._stream.errors)
        self._said.append((self._number, raw))
        return int(self._stream.write(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _HeardBytes:
    def __init__(self, stream: Any, note: Callable[[bytes], None]) -> None:
        self._stream, self._note = stream, note

    def write(self, raw: bytes) -> int:
        self._note(raw)
        return int(self._stream.write(raw))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
