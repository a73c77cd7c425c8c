"""An editor in a repository that has not set up adr-lsp, or accepts findings as they are."""

from __future__ import annotations

from pathlib import Path

from cli.command import adr_lsp
from lsp.client import client
from lsp.folder import write

BARE = "# 1. Use queues\n\n## Status\n\nAccepted\n\nSee [there](gone.md).\n"
PATH = "docs/adr/0001-use-queues.md"


def test_an_untouched_root_hears_one_finding_a_file_until_it_is_configured(tmp_path: Path) -> None:
    folder = write(tmp_path, {PATH: BARE})
    with client(cwd=folder) as server:
        server.initialize(folder)
        uri = server.open(folder / PATH)
        server.await_codes(uri, "ADL101")
        server.change(uri, 2, BARE + "\n[a](b.md)\n")
        server.await_codes(uri, "ADL101")
        write(folder, {"adr-lsp.toml": ""})
        changed = {"uri": (folder / "adr-lsp.toml").as_uri(), "type": 1}
        server.tell("workspace/didChangeWatchedFiles", changes=[changed])
        server.await_codes(uri, "ADL101", "ADL206", "ADL206")


def test_a_baseline_that_is_written_or_broken_shows_at_once(tmp_path: Path) -> None:
    folder = write(tmp_path, {PATH: BARE})
    with client(cwd=folder) as server:
        server.initialize(folder)
        uri = server.open(folder / PATH)
        server.await_codes(uri, "ADL101")
        assert adr_lsp(folder, "baseline", "write").code == 0
        file = folder / "adr-lsp-baseline.json"
        changed = {"uri": file.as_uri(), "type": 1}
        server.tell("workspace/didChangeWatchedFiles", changes=[changed])
        server.await_codes(uri)
        server.change(uri, 2, BARE + "\n[a](b.md)\n")
        server.await_codes(uri, "ADL206")
        file.write_text("[" * 100_000)
        server.tell("workspace/didChangeWatchedFiles", changes=[changed])
        server.await_codes(uri, "ADL101", "ADL206", "ADL206")
