"""`adr-lsp completions SHELL`: the script that completes our commands, options and paths."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from adr_lsp.cli.exit import Exit
from adr_lsp.cli.output import emit

SHELLS = ("bash", "zsh", "fish", "powershell", "tcsh")
FILES = frozenset({"PATH", "PAGE", "FILE"})
FOLDERS = frozenset({"FOLDER"})


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "shell", choices=SHELLS, help='bash: eval "$(adr-lsp completions bash)" in ~/.bashrc'
    )


def command(options: argparse.Namespace) -> Exit:
    import shtab

    from adr_lsp.cli.main import whole_parser

    parser = whole_parser()
    for action in _actions(parser):
        if action.metavar in FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        elif action.metavar in FOLDERS:
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
    emit(shtab.complete(parser, options.shell) + "\n")
    return Exit.CLEAN


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Those of a parser and of all its commands."""
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for command_parser in action.choices.values():
                yield from _actions(command_parser)
