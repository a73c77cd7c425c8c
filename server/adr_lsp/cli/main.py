"""The commands and their arguments."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Container, Sequence
from importlib import import_module

from adr_lsp import __version__
from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.features.formats.escape import safe

# What each command does; the module of its name in `cli` holds its arguments and does it.
COMMANDS = {
    "check": "lint the records and judge their invariants",
    "fix": "mend what can be mended without changing what is meant",
    "run": "run the tests of invariants and record the evidence",
    "scaffold": "write a test for an invariant",
    "pin": "have every run try what made the tests of an invariant fail",
    "show": "say all that is known of invariants",
    "list": "list invariants or records",
    "report": "write an HTML report, a badge or the decision graph",
    "doctor": "say what was read, what was left out and why",
    "evidence": "list the runs that are kept, drop old ones, forget a failure",
    "completions": "print a shell's completion script",
    "new": "write the next record of a log",
    "status": "say or change a record's status",
    "supersede": "let one record take the place of another",
    "rename": "give an invariant another id",
    "renumber": "give a record another number",
    "index": "keep tables of records current",
    "candidates": "rank sentences that read like invariants",
    "link": "rank existing tests for invariants that have none",
    "for": "say which decisions and invariants govern files",
    "rule": "explain a rule",
    "baseline": "accept the findings of today, so that only new ones are told",
    "init": "say what is found, propose a configuration and what comes next",
}

MODULES = {"for": "governing"}  # where a command's name cannot be a module's


def main(arguments: Sequence[str]) -> int:
    """Run one command; the exit codes are those of `cli.exit`."""
    gc.disable()  # a command is short; what it makes lives to its end
    try:
        given = _normal(arguments)
        options = _parser(given).parse_args(given)
    except SystemExit as stop:  # argparse printed the usage, or the help
        return int(stop.code or 0)
    try:
        code = _answered(options, arguments)
        sys.stdout.flush()
        return code
    except Stop as stop:
        print(f"adr-lsp: {safe(str(stop))}", file=sys.stderr)
        return stop.code
    except BrokenPipeError:  # the reader, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.CLEAN
    except KeyboardInterrupt:
        return 130
    except Exception:
        import traceback  # slow to import

        traceback.print_exc()
        print("adr-lsp: internal error; the lines above say where", file=sys.stderr)
        return Exit.FAULT


def _answered(options: argparse.Namespace, arguments: Sequence[str]) -> int:
    """Runs the command; what a check says may be kept."""
    if getattr(options, "no_cache", True):
        return int(options.command(options))
    from adr_lsp.cli.keeping import kept

    return kept(options, arguments)


def _normal(arguments: Sequence[str]) -> list[str]:
    """`--check` is the command `check`, unless a command stands before it."""
    at = next((place for place, given in enumerate(arguments) if given == "--check"), None)
    if at is None or any(argument in COMMANDS for argument in arguments[:at]):
        return list(arguments)
    return [*arguments[:at], "check", *arguments[at + 1 :]]


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """Knows every command by name, and the arguments of the one that was asked for."""
    asked = next((argument for argument in arguments if argument in COMMANDS), None)
    return _with_arguments(() if asked is None else (asked,))


def whole_parser() -> argparse.ArgumentParser:
    """Knows the arguments of every command."""
    return _with_arguments(COMMANDS)


def _with_arguments(wanted: Container[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="adr-lsp",
        formatter_class=_formatter,
        description="Keeps Architecture Decision Records executable. "
        "Without arguments: the language server on standard input and output.",
    )
    parser.add_argument("--version", action="version", version=f"adr-lsp {__version__}")
    parser.add_argument("--stdio", action="store_true", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, help in COMMANDS.items():
        description = f"{help[0].upper()}{help[1:]}."
        command = commands.add_parser(
            name, help=help, description=description, formatter_class=_formatter
        )
        if name in wanted:
            module = import_module(f"adr_lsp.cli.{MODULES.get(name, name)}")
            module.arguments(command)
            command.set_defaults(command=module.command)
    return parser


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Knows the terminal's width without `shutil`, which argparse would import for it."""
    try:
        columns = int(os.environ.get("COLUMNS", "")) or os.get_terminal_size(1).columns
    except (ValueError, OSError):
        columns = 80
    return argparse.HelpFormatter(prog, width=columns - 2)
