"""`adr-lsp rule [CODE]`."""

from __future__ import annotations

import argparse

from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.output import emit
from adr_lsp.rules import RULES
from adr_lsp.rules.page import page


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", nargs="?", metavar="CODE", help="ADL301, or its name; none: all")


def command(options: argparse.Namespace) -> Exit:
    if not options.code:
        rows = (f"{rule.code}  {rule.name:<28} {rule.severity or 'off'}\n" for rule in RULES)
        emit("".join(rows))
        return Exit.CLEAN
    wanted = options.code.lower()
    found = next((rule for rule in RULES if wanted in (rule.code.lower(), rule.name)), None)
    if found is None:
        raise Stop(Exit.USAGE, f"{options.code}: no such rule; `adr-lsp rule` lists all")
    emit(page(found))
    return Exit.CLEAN
