"""The configuration in a real Emacs, by Eglot."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

import provision
from editors.conftest import ACTIVATED, DEADLINE, HERE, recorded_copy
from provision import need

EDITORS = provision.PROJECT / "editors"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorded_copy(tmp_path_factory.mktemp("emacs") / "a project")


@pytest.fixture(scope="module")
def seen(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    need("emacs", "eglot")
    scratch = tmp_path_factory.mktemp("emacs")
    observed, told = scratch / "observed.json", scratch / "wanted.json"
    wanted = {
        "workspace": str(workspace),
        "configuration": str(EDITORS / "emacs"),
        "observed": str(observed),
        "deadline": DEADLINE,
        "id": "INV-1",
        "statement": "For every transfer",
    }
    told.write_text(json.dumps(wanted))
    command = ["emacs", "-q", "--batch", "-l", str(HERE / "emacs" / "drive.el")]
    environment = os.environ | ACTIVATED | {"ADR_LSP_WANTED": str(told), "HOME": str(scratch)}
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert observed.is_file(), done.stdout + done.stderr
    seen = json.loads(observed.read_text())
    assert "ended" in seen, f"{seen}\n{done.stderr[-2000:]}"
    return dict(seen)


def test_starts_in_records(seen: dict[str, Any]) -> None:
    assert (seen["record"], seen["server"]) == (True, "adr-lsp")


def test_shows_a_fault_where_it_is(seen: dict[str, Any]) -> None:
    assert "Usually" in [each["on"] for each in seen["diagnostics"]]


def test_tells_what_is_known_and_leads_to_the_test(seen: dict[str, Any]) -> None:
    assert "passed" in seen["hover"]
    assert "test_ledger.py" in seen["definition"]


def test_runs_the_tests_of_the_line(seen: dict[str, Any], workspace: Path) -> None:
    assert seen["meanwhile"] == "adr-lsp: the tests run"
    assert seen["ran"] == "adr-lsp: ADR-0001/INV-1 ✓ 1 test, 100 cases · now"
    assert len(list((workspace / ".adr-lsp" / "evidence").glob("*.jsonl"))) > 1


def test_runs_nothing_where_it_is_not_trusted_and_says_how_to_trust(seen: dict[str, Any]) -> None:
    assert "adr-lsp-trusted" in seen["untrusted"]


def test_shows_the_report_or_why_there_is_none(seen: dict[str, Any]) -> None:
    assert seen["report"] == "<!doctype html>"
    assert "could not be written" in seen["unwritten"]
    assert "--nothing" in seen["unwritten"]


def test_an_action_writes_a_test(seen: dict[str, Any]) -> None:
    assert any(title.startswith("Scaffold a property test for INV-2") for title in seen["offered"])
    assert "# Verifies: ADR-0001/INV-2" in seen["scaffolded"]


def test_a_new_id_reaches_the_test(seen: dict[str, Any]) -> None:
    record, test = seen["renamed"]
    assert "**INV-BALANCE** *(conservation)*" in record
    assert "# Verifies: ADR-0001/INV-BALANCE" in test


def test_the_package_is_byte_compiled_without_a_warning(tmp_path: Path) -> None:
    need("emacs", "eglot")
    (tmp_path / "adr-lsp.el").write_text((EDITORS / "emacs" / "adr-lsp.el").read_text())
    known = "(progn (package-initialize) (setq byte-compile-error-on-warn t))"
    done = subprocess.run(
        ["emacs", "-q", "--batch", "--eval", known, "-f", "batch-byte-compile", "adr-lsp.el"],
        cwd=tmp_path,
        env=os.environ | {"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
