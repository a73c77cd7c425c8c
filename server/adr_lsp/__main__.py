"""Parses arguments and starts one adapter: the language server, or the command line."""

from __future__ import annotations

import sys


def main() -> int:
    arguments = sys.argv[1:]
    if not arguments or arguments == ["--stdio"]:
        from adr_lsp.lsp import serve

        return serve()
    from adr_lsp.cli import main as command_line

    return command_line(arguments)


if __name__ == "__main__":
    sys.exit(main())
