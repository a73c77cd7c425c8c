"""Runs the server with lenses that fail, as a fault of ours would."""

import sys

sys.path.pop(0)
from adr_lsp.__main__ import main
from adr_lsp.features import code_lens


def code_lenses(*_: object) -> None:
    raise RuntimeError("no lens today")


code_lens.code_lenses = code_lenses
sys.argv = ["adr-lsp"]
sys.exit(main())
