"""How a tool is ended that was started here."""

from __future__ import annotations

import importlib.util
import os
import signal
import sys
from pathlib import Path
from types import ModuleType

import pytest

from adr_lsp.run import process
from adr_lsp.run.tool import Ended


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Another copy, read where there are no groups of processes and no SIGKILL, as on Windows."""
    monkeypatch.delattr(signal, "SIGKILL")
    monkeypatch.delattr(os, "killpg")
    spec = importlib.util.spec_from_file_location("process_elsewhere", str(process.__file__))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ended(module: ModuleType, folder: Path, code: str, *, cancelled: bool) -> Ended:
    found: Ended = module.run_process(
        [sys.executable, "-c", code],
        cwd=folder,
        environment=dict(os.environ),
        seconds=60,
        on_line=lambda _: None,
        cancelled=lambda: cancelled,
    )
    return found


def test_a_tool_comes_to_its_end_where_there_is_no_sigkill(
    elsewhere: ModuleType, tmp_path: Path
) -> None:
    assert ended(elsewhere, tmp_path, "", cancelled=False) == Ended(0)
    slow = "import time; time.sleep(600)"
    assert ended(elsewhere, tmp_path, slow, cancelled=True) == Ended(None, cancelled=True)
