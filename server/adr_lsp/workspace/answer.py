"""The answer of a check, kept as long as all that it rests on stays as it is.

One file for each way of asking. One that is torn, foreign or of another version is passed over,
and replaced. Reading it runs nothing: it holds texts and numbers alone.
"""

from __future__ import annotations

import os
import sys
import time
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress

from adr_lsp import __version__
from adr_lsp.workspace import cache
from adr_lsp.workspace.witness import Witness, settled

PREFIX, MOST = "answer-", 16
MAGIC = b"adr-lsp answer 1"
PARTS = 8
DAY = 86_400
VARIABLES = (
    *("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "GITHUB_ACTIONS", "COLUMNS", "TERM"),
    *("LANG", "LC_ALL", "LC_CTYPE", "PYTHONIOENCODING", "PYTHONUTF8", "PYTHONWARNINGS"),
)

# What was printed, in turn: 1 for standard output or 2 for standard error, and the bytes.
Said = Sequence[tuple[int, bytes]]


def question(arguments: Sequence[str]) -> bytes:
    """All that a check is told: by whom, when, where, and how its output is shown."""
    tty = sys.stdout.isatty()
    told = (
        *(__version__, sys.version, sys.executable, str(int(time.time()) // DAY), os.getcwd()),
        *(f"{name}={os.environ.get(name)}" for name in VARIABLES),
        *(str(tty), str(sys.stderr.isatty())),
        str(os.get_terminal_size(sys.stdout.fileno()).columns if tty else ""),
        *arguments,
    )
    return b"\0".join(os.fsencode(each) for each in told)


def print_kept(arguments: Sequence[str]) -> int | None:
    """Print the kept answer and give its exit code; None where there is none that still holds.

    Raises OSError where it cannot be printed.
    """
    root = _root()
    if root is None:
        return None
    asked = question(arguments)
    parts = _parts(cache.read(root, _name(asked)))
    if parts is None or parts[0] != asked:
        return None
    _, files, looked, links, *seen, printed = parts
    witness = Witness(_texts(files), _texts(looked), _texts(links))
    return _print(printed) if _blobs(witness.seen(root)) == seen else None


def keep(
    root: str, arguments: Sequence[str], began: int, witness: Witness, said: Said, code: int
) -> None:
    """Keep an answer for a check that asks the same, where `.adr-lsp/` stands in the root."""
    if root != _root():
        return
    with suppress(OSError, OverflowError, ValueError):
        seen = witness.seen(root)
        if not settled(seen[0], began):
            return
        asked = question(arguments)
        rests = (_bytes(each) for each in (witness.files, witness.looked, witness.links))
        cache.write(
            root, _name(asked), _joined([asked, *rests, *_blobs(seen), _packed(said, code)])
        )
        cache.prune(root, PREFIX, MOST)


def _root() -> str | None:
    """The nearest folder upwards that has an `.adr-lsp`, unless another root is named.

    None where looking at a path could ask another machine.
    """
    if os.name == "nt" or os.environ.get("ADR_LSP_EVIDENCE"):
        return None
    here = os.getcwd()
    while not os.path.isdir(f"{here}/{cache.PARENT}"):
        above = os.path.dirname(here)
        if above == here:
            return None
        here = above
    return here


def _name(asked: bytes) -> str:
    return f"{PREFIX}{zlib.crc32(asked):08x}"


def _texts(blob: bytes) -> list[str]:
    return os.fsdecode(blob).split("\0") if blob else []


def _bytes(texts: Iterable[str]) -> bytes:
    return os.fsencode("\0".join(texts))


def _blobs(seen: tuple[object, list[str], list[str]]) -> list[bytes]:
    return [bytes(seen[0]), _bytes(seen[1]), _bytes(seen[2])]  # type: ignore[call-overload]


def _joined(parts: Sequence[bytes]) -> bytes:
    """A line with the checksum and the sizes, then the parts."""
    body = b"".join(parts)
    sizes = " ".join(str(len(part)) for part in parts)
    return b"%s %d %s\n%s" % (MAGIC, zlib.crc32(body), sizes.encode(), body)


def _parts(raw: bytes | None) -> list[bytes] | None:
    """The parts of a kept answer; None for whatever else stands there."""
    head, _, body = (raw or b"").partition(b"\n")
    if not head.startswith(MAGIC + b" "):
        return None
    try:
        checksum, *sizes = (int(word) for word in head[len(MAGIC) :].split())
    except ValueError:
        return None
    sound = len(sizes) == PARTS and min(sizes) >= 0 and sum(sizes) == len(body)
    if not sound or zlib.crc32(body) != checksum:
        return None
    parts, at = [], 0
    for size in sizes:
        parts.append(body[at : at + size])
        at += size
    return parts


def _packed(said: Said, code: int) -> bytes:
    sizes = " ".join(f"{stream} {len(raw)}" for stream, raw in said)
    return b"%d %s\n%s" % (code, sizes.encode(), b"".join(raw for _, raw in said))


def _print(printed: bytes) -> int | None:
    head, _, body = printed.partition(b"\n")
    try:
        code, *sizes = (int(word) for word in head.split())
        turns = list(zip(sizes[::2], sizes[1::2], strict=True))
    except ValueError:
        return None
    at = 0
    for stream, size in turns:
        out = sys.stdout if stream == 1 else sys.stderr
        out.buffer.write(body[at : at + size])
        out.buffer.flush()
        at += size
    return code
