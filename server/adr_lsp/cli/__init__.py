"""The command line: parses, asks the features, prints. Results on stdout, all else on stderr."""

from adr_lsp.cli.main import main

__all__ = ["main"]
