"""Where a command's output goes: formats to stdout or to files, colour only on a terminal."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.features.formats.escape import inert

FORMAT_NAMES = ("text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "markdown")
FOR_TOOLS = ("json", "jsonl", "sarif", "github", "gitlab")
IN_COLOUR = ("text", "concise")
COLOURS = {"error": "31", "warning": "33", "information": "34", "hint": "36"}
_SEVERITY = re.compile(r"^(\S.*?:\d+:\d+: )(error|warning|information|hint)( ADL\d+)", re.MULTILINE)
_MARK = re.compile(r"^([✓✗◐≈])", re.MULTILINE)
_MARKS = {"✓": "32", "✗": "31", "◐": "33", "≈": "33"}


def format_argument(parser: argparse.ArgumentParser, names: Iterable[str] = FORMAT_NAMES) -> None:
    """`--output-format NAME[:PATH]`, repeatable; a name that is unknown stops before all else."""
    known = tuple(names)

    def named(given: str) -> str:
        if given.partition(":")[0] in known:
            return given
        raise argparse.ArgumentTypeError(f"{given!r} is unknown; known are {', '.join(known)}")

    parser.add_argument(
        "-f",
        "--output-format",
        action="append",
        type=named,
        metavar="NAME[:PATH]",
        help=f"one of {', '.join(known)}; with PATH into that file; may be repeated",
    )


def write(formats: list[str] | None, rendered: Mapping[str, Callable[[], str]]) -> None:
    """Print each `NAME` to stdout, write each `NAME:PATH` to its file; the default is text."""
    wanted = [each.partition(":") for each in formats or ["text"]]
    _need_files_of_their_own(path for _, _, path in wanted if path)
    for name, _, path in wanted:
        content = rendered[name]()
        if path:
            _to_file(Path(path), content)
        elif name in FOR_TOOLS:
            emit(content)
        else:
            say(content, colour=name in IN_COLOUR)


def _need_files_of_their_own(paths: Iterable[str]) -> None:
    """Stops where one format would be written over another."""
    seen: set[str] = set()
    for path in paths:
        real = os.path.realpath(path)
        if real in seen and not real.startswith("/dev/"):
            raise Stop(Exit.USAGE, f"two formats go into {path}; give each a file of its own")
        seen.add(real)


def say(content: str, *, colour: bool = True) -> None:
    """Print lines for people: in colour where that is wanted, and no command of GitHub Actions."""
    content = inert(content) if os.environ.get("GITHUB_ACTIONS") else content
    emit(coloured(content) if colour and in_colour() else content)


def emit(content: str) -> None:
    """Write UTF-8 to stdout whatever the locale says."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content.encode("utf-8", errors="replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as fault:  # a full disk
        sys.stdout = None
        raise Stop(Exit.FAULT, f"standard output: {fault.strerror}") from fault


def _to_file(path: Path, content: str) -> None:
    try:
        path.write_bytes(content.encode("utf-8", errors="replace"))
    except OSError as fault:
        raise Stop(Exit.USAGE, f"{path}: {fault.strerror}") from fault


def in_colour() -> bool:
    """NO_COLOR, then FORCE_COLOR (`0`: off), then CLICOLOR_FORCE, then whether stdout is a
    terminal; an empty variable says nothing."""
    if os.environ.get("NO_COLOR"):
        return False
    if forced := os.environ.get("FORCE_COLOR"):
        return forced != "0"
    return os.environ.get("CLICOLOR_FORCE", "0") not in ("", "0") or sys.stdout.isatty()


def width() -> int | None:
    """The terminal's columns; None where stdout is no terminal."""
    if not sys.stdout.isatty():
        return None
    import shutil  # slow to import

    return shutil.get_terminal_size().columns


def coloured(content: str) -> str:
    content = _SEVERITY.sub(
        lambda m: f"\x1b[1m{m[1]}\x1b[0m\x1b[{COLOURS[m[2]]}m{m[2]}\x1b[0m{m[3]}", content
    )
    return _MARK.sub(lambda m: f"\x1b[{_MARKS[m[1]]}m{m[1]}\x1b[0m", content)


def at_home(path: str) -> str:
    """Without the user's name, so that the answer can be shown to others."""
    home = str(Path.home())
    return f"~{path[len(home) :]}" if home != "/" and path.startswith(home + os.sep) else path
