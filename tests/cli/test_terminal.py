"""Without arguments, a person at a terminal is told what there is; an editor gets the server."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

from cli.command import environment


def test_a_person_gets_help_and_no_server_that_waits() -> None:
    ours, theirs = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "adr_lsp"],
            stdin=theirs, capture_output=True, text=True, timeout=60, check=False,
            env=environment(),
        )  # fmt: skip
    finally:
        os.close(ours)
        os.close(theirs)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Without arguments: the language server" in " ".join(done.stdout.split())
