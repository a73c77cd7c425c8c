"""The commands and their arguments."""

from __future__ import annotations

import argparse
import gc
import os
import sys
import traceback
from collections.abc import Callable, Sequence

from adr_lsp import __version__
from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.features.formats.escape import safe

FORMAT_NAMES = ("text", "concise", "json")
SEVERITIES = ("error", "warning", "information", "hint")


def main(arguments: Sequence[str]) -> int:
    """Run one command; the exit codes are those of `cli.exit`."""
    gc.disable()  # a command is short; what it makes lives to its end
    try:
        options = _parser().parse_args(_normal(arguments))
    except SystemExit as stop:  # argparse printed the usage, or the help
        return int(stop.code or 0)
    try:
        code = int(options.command(options))
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
        traceback.print_exc()
        print("adr-lsp: internal error; the lines above say where", file=sys.stderr)
        return Exit.FAULT


def _normal(arguments: Sequence[str]) -> list[str]:
    """`--check` is the command `check`."""
    return ["check" if argument == "--check" else argument for argument in arguments]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="adr-lsp",
        description="Keeps Architecture Decision Records executable. "
        "Without arguments: the language server on standard input and output.",
    )
    parser.add_argument("--version", action="version", version=f"adr-lsp {__version__}")
    parser.add_argument("--stdio", action="store_true", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (_check, _scaffold, _run, _show, _rule):
        add(commands)
    return parser


def _check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    check = commands.add_parser("check", help="lint the records and judge their invariants")
    check.add_argument("paths", nargs="*", metavar="PATH", help="say only what concerns these")
    _format(check)
    check.add_argument(
        "--fail-on",
        choices=SEVERITIES,
        default="warning",
        help="exit 1 from this severity on (default: warning)",
    )
    check.add_argument(
        "--require-evidence",
        action="store_true",
        help="not run, stale, vacuous and skipped are errors, and so is having no run at all",
    )
    check.add_argument(
        "--verdicts", action="store_true", help="print every invariant's verdict (text only)"
    )
    check.set_defaults(command=_lazily("check"))


def _scaffold(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    scaffold = commands.add_parser("scaffold", help="write a test for an invariant")
    scaffold.add_argument("id", metavar="ID", help="ADR-0012/INV-1")
    scaffold.add_argument("--method", default="property", choices=("property",))
    scaffold.add_argument("--diff", action="store_true", help="print the edit, write nothing")
    scaffold.set_defaults(command=_lazily("scaffold"))


def _run(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    run = commands.add_parser("run", help="run the tests of invariants and record the evidence")
    run.add_argument("ids", nargs="*", metavar="ID", help="ADR-0012/INV-1, or ADR-0012 (all of it)")
    run.add_argument("--stale", action="store_true", help="only those that are not passed")
    run.add_argument("--no-coverage", action="store_true", help="do not measure covered lines")
    run.add_argument(
        "--method", choices=("example", "property", "state-machine"), help="only these tests"
    )
    _format(run)
    run.set_defaults(command=_lazily("run"))


def _show(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    show = commands.add_parser("show", help="say all that is known of invariants")
    show.add_argument(
        "ids", nargs="+", metavar="ID", help="ADR-0012/INV-1, or ADR-0012 (all of it)"
    )
    _format(show)
    show.set_defaults(command=_lazily("show"))


def _rule(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    rule = commands.add_parser("rule", help="explain a rule")
    rule.add_argument("code", nargs="?", metavar="CODE", help="ADL301, or its name; none: all")
    rule.set_defaults(command=_lazily("rule"))


def _format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-f",
        "--output-format",
        action="append",
        metavar="NAME[:PATH]",
        help=f"one of {', '.join(FORMAT_NAMES)}; with PATH into that file; may be repeated",
    )


def _lazily(name: str) -> Callable[[argparse.Namespace], Exit]:
    """Each command's module is imported when it is asked for."""

    def command(options: argparse.Namespace) -> Exit:
        from importlib import import_module

        asked: Callable[[argparse.Namespace], Exit] = import_module(f"adr_lsp.cli.{name}").command
        return asked(options)

    return command
