"""`adr-lsp completions SHELL`: the script that completes our commands and options."""

from __future__ import annotations

import argparse

from adr_lsp.cli.exit import Exit
from adr_lsp.cli.output import emit

SHELLS = ("bash", "zsh", "fish", "powershell", "tcsh")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "shell", choices=SHELLS, help='bash: eval "$(adr-lsp completions bash)" in ~/.bashrc'
    )


def command(options: argparse.Namespace) -> Exit:
    import shtab

    from adr_lsp.cli.main import whole_parser

    emit(shtab.complete(whole_parser(), options.shell) + "\n")
    return Exit.CLEAN
