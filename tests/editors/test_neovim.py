"""The configuration in a real Neovim: what a person sees, and what they can do."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from editors.conftest import ACTIVATED, PYTHON, need, recorded_copy, wrong_ledger
from editors.neovim.start import drive

if TYPE_CHECKING:
    from pathlib import Path

    from editors.conftest import Observed


STALE = (22, "◐ stale: transfer() changed")


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Neovim 0.11 sees no change from outside where the path has a space."""
    return recorded_copy(tmp_path_factory.mktemp("neovim") / "project")


@pytest.fixture(scope="module")
def seen(recorded: Path, tmp_path_factory: pytest.TempPathFactory) -> Observed:
    """What Neovim saw of the workspace, step by step."""
    need("neovim", "inotifywait")
    scratch = tmp_path_factory.mktemp("neovim")
    instead = wrong_ledger(recorded, scratch)
    return drive("drive.lua", scratch, recorded, instead=str(instead))


def test_attaches_to_the_root(seen: Observed, recorded: Path) -> None:
    assert seen("attached")["root"] == str(recorded)


def test_speaks_of_columns_in_bytes(seen: Observed) -> None:
    assert seen("attached")["encoding"] == "utf-8"


def test_findings_stand_at_their_place(seen: Observed) -> None:
    [unverified] = [finding for finding in seen("findings") if finding["code"] == "ADL301"]
    assert (unverified["at"], unverified["source"]) == ("INV-2", "adr-lsp")


def test_columns_count_what_stands_behind_an_emoji(seen: Observed) -> None:
    assert "normally" in {finding["at"] for finding in seen("findings")}


def test_lenses_run_and_scaffold(seen: Observed) -> None:
    lenses = {(lens["line"], lens["command"]) for lens in seen("lenses")}
    assert {(22, "adr-lsp.run"), (24, "adr-lsp.scaffold")} <= lenses


def test_verdicts_stand_at_the_end_of_the_line(seen: Observed) -> None:
    hints = {hint["line"]: hint["label"].strip() for hint in seen("hints")}
    assert hints[22].startswith("✓ 1 test, 100 cases")
    assert hints[24] == "○ unverified"


def test_hover_tells_the_last_run(seen: Observed) -> None:
    assert "test_a_transfer_balances" in seen("hover")


def test_definition_leads_to_the_test_and_back(seen: Observed) -> None:
    assert seen("to_test") == ["tests/test_ledger.py"]
    assert seen("to_record") == ["docs/adr/0001-transfers-balance.md"]


def test_the_lens_runs_the_tests_with_progress(seen: Observed) -> None:
    assert (seen("run")[0], seen("run")[-1]) == ("begin", "end")


def test_a_change_from_outside_turns_the_verdict_stale(seen: Observed) -> None:
    assert STALE in [(hint["line"], hint["label"].strip()) for hint in seen("outside")["now"]]


def test_a_failed_run_shows_the_counterexample(seen: Observed) -> None:
    hint = seen("counterexample")
    assert (hint["line"], hint["label"].strip()) == (22, "✗ minor_units=1")


def test_scaffolding_writes_the_test_and_the_link(seen: Observed) -> None:
    scaffold = seen("scaffold")
    assert "Verifies: ADR-0001/INV-2" in scaffold["test"]["text"]
    assert "ADL408" in [finding["code"] for finding in scaffold["findings"]]


def test_stops_when_told(seen: Observed) -> None:
    assert seen("stopped") is True


@pytest.fixture(scope="module")
def unwatched(tmp_path_factory: pytest.TempPathFactory) -> Observed:
    """The same where `inotifywait` is not installed, and below a folder with a space."""
    need("neovim")
    scratch = tmp_path_factory.mktemp("unwatched")
    project, tools = recorded_copy(scratch / "a project"), scratch / "tools"
    tools.mkdir()
    (tools / "adr-lsp").symlink_to(PYTHON / "adr-lsp")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(ACTIVATED, "PATH", str(tools))
        return drive(
            "unwatched.lua",
            scratch,
            project,
            instead=str(wrong_ledger(project, scratch)),
            pytest=[sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
            path=os.environ["PATH"],
        )


def test_without_watching_a_change_is_seen_on_save_and_a_run_at_once(unwatched: Observed) -> None:
    assert unwatched("watches") is False
    assert unwatched("before").startswith("✓ 1 test, 100 cases")
    assert unwatched("a file") == "◐ stale: transfer() changed"
    assert unwatched("a run") == {"code": 1, "verdict": "✗ minor_units=1"}
