"""Opening, reading and checking a folder starts nothing, imports nothing of it, writes nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cli.command import environment
from lsp.client import Client
from lsp.folder import RECORD, ledger, write

AUDITED = Path(__file__).with_name("audited.py")
ADR, CODE = "docs/adr/0001-transfers-balance.md", "tests/test_ledger.py"
TRAP = "open('ran', 'w').close()\n"
TRAPS = dict.fromkeys(
    ("conftest.py", "sitecustomize.py", "yaml.py", "attr.py", "griffe.py", "jinja2.py"), TRAP
)
TARGET = RECORD + "  - Target: `ledger:transfer`\n"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A small system that would leave a file behind if any of its code ran."""
    folder = ledger(
        tmp_path / "work", **TRAPS, **{"ledger.py": TRAP + "def transfer(n: int): ...\n"}
    )
    return write(folder, {ADR: TARGET, ".git/HEAD": "ref: refs/heads/main\n"})


def files(folder: Path) -> dict[str, int]:
    return {str(file): file.lstat().st_mtime_ns for file in sorted(folder.rglob("*"))}


def noted(log: Path) -> list[Any]:
    return [json.loads(line) for line in log.read_text().splitlines()]


def audited(log: Path, folder: Path) -> tuple[str, ...]:
    return sys.executable, str(AUDITED), str(log), str(folder)


def test_a_check_is_safe(hostile: Path, tmp_path: Path) -> None:
    """Verifies: ADR-0005/INV-1, INV-2"""
    before, log = files(hostile), tmp_path / "log"
    for arguments in (["--check"], ["check", "-f", "json"], ["show", "ADR-0001/INV-1"]):
        command = [*audited(log, hostile), *arguments]
        done = subprocess.run(
            command, cwd=hostile, env=environment(), capture_output=True, check=False
        )
        assert done.returncode in (0, 1), done.stderr
    assert noted(log) == []
    assert files(hostile) == before


def test_an_open_editor_is_safe(hostile: Path, tmp_path: Path) -> None:
    """Verifies: ADR-0005/INV-1, INV-2"""
    before, log = files(hostile), tmp_path / "log"
    server = Client(cwd=hostile, command=audited(log, hostile))
    server.initialize(hostile, trusted=True)
    everything = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
    for name in (ADR, CODE, "adr-lsp.toml"):
        uri = server.open(hostile / name)
        for line in range(10):
            server.on("hover", uri, line, 6)
            server.on("definition", uri, line, 6)
            server.on("references", uri, line, 6, context={"includeDeclaration": True})
        server.on("codeAction", uri, range=everything, context={"diagnostics": []})
        server.on("codeLens", uri)
        server.on("inlayHint", uri, range=everything)
        server.on("documentSymbol", uri)
        server.change(uri, 2, "# 1. T\n")
        server.tell("textDocument/didSave", textDocument={"uri": uri})
    words = {
        "command": "adr-lsp.scaffold",
        "arguments": [(hostile / ADR).as_uri(), "ADR-0001/INV-1"],
    }
    server.answer_to(server.ask("workspace/executeCommand", **words))
    assert server.leave() == 0
    assert noted(log) == []
    assert files(hostile) == before


def test_the_audit_sees_a_run(hostile: Path, tmp_path: Path) -> None:
    """What it is to find, it finds: a run on request starts a process and writes evidence."""
    log = tmp_path / "log"
    command = [*audited(log, hostile), "run", "ADR-0001/INV-1"]
    subprocess.run(command, cwd=hostile, env=environment(), capture_output=True, check=False)
    assert "subprocess.Popen" in {event for event, *_ in noted(log)}
    assert (hostile / "ran").exists()
