"""Parses arguments and starts one adapter: the language server, or the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

CHECK = ("--check", "check")


def main() -> int:
    arguments = sys.argv[1:] or ["--help"] * _is_a_person()
    if not arguments or arguments == ["--stdio"]:
        from adr_lsp.lsp import serve

        return serve()
    checks = arguments[0] in CHECK
    code = _kept(arguments) if checks and "--no-cache" not in arguments else None
    if code is None:
        from adr_lsp.cli import main as command_line

        code = command_line(arguments)
    return leave(code) if checks else code


def _is_a_person() -> bool:
    """Whether a terminal is there in place of an editor, which would wait for ever."""
    return sys.stdin is not None and sys.stdin.isatty()


def _kept(arguments: Sequence[str]) -> int | None:
    """The answer of the last check, if it still holds; it takes none of what gives one."""
    from adr_lsp.workspace.answer import print_kept

    try:
        return print_kept(arguments)
    except (OSError, ValueError, AttributeError):  # no output, or no folder: a check says so
        return None


def leave(code: int) -> int:
    """End at once: to take down what a whole log made takes longer than a small check.

    Not where something waits for the end, as what measures coverage does.
    """
    if "coverage" in sys.modules or sys.stdout is None or sys.stderr is None:
        return code
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
