"""The packaged client in a real VS Code: what a person sees, and what they can do."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import provision
from editors.conftest import DEADLINE, HERE, PYTHON, keep, need, read, run_tests, wrong_ledger
from scaffold.once import once

if TYPE_CHECKING:
    from editors.conftest import Observed

DRIVERS = HERE / "vscode"
SECOND = """\
# 2. Amounts as text

## Status

Accepted

## Invariants

- **INV-1**: Reading an amount that was written gives it back.
"""
TEST_OF_SECOND = """\
from ledger import decode, encode


# Verifies: ADR-0002/INV-1
def test_an_amount_survives() -> None:
    assert decode(encode(1234)) == 1234
"""


def see(driver: str, scratch: Path, wanted: dict[str, Any]) -> None:
    """Starts VS Code with the packaged client on a workspace; what was seen there is in a file."""
    observed, told = scratch / "observed.json", scratch / "wanted.json"
    paths = {
        "server": provision.VSCODE_SERVER,
        "playwright": provision.PLAYWRIGHT,
        "browser": provision.chromium(),
        "profile": scratch / "profile",
        "inside": DRIVERS / "inside",
        "observed": observed,
    }
    path = os.pathsep.join((str(PYTHON), str(provision.BIN), os.environ["PATH"]))
    environment = {"ADR_LSP_WANTED": str(told), "PATH": path}
    fixed = {"deadline": DEADLINE * 1000, "settings": {}, "environment": environment}
    told.write_text(json.dumps(fixed | paths | wanted, default=str))
    command = [provision.NODE, DRIVERS / driver, told]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert observed.is_file(), done.stdout + done.stderr


@pytest.fixture(scope="module")
def vscode(packaged: Path, pictures: Path) -> dict[str, Path]:
    """What every window needs."""
    need("node", "vscode", "playwright", "chromium")
    return {"vsix": packaged, "pictures": pictures}


@pytest.fixture(scope="module")
def unwell(vscode: dict[str, Path], shared: Path) -> dict[str, Any]:
    """A user opens a folder that names a program of its own, loses the server, and trusts it."""
    scratch = shared / "unwell"
    scratch.mkdir(exist_ok=True)
    with once(scratch / "observed.json") as is_first:
        if is_first:
            see("health.mjs", scratch, vscode | ill(scratch))
    return dict(json.loads((scratch / "observed.json").read_text()))


def ill(scratch: Path) -> dict[str, Any]:
    """A folder that is not to be trusted, and what goes wrong in its window."""
    workspace = shutil.copytree(HERE / "workspace", scratch / "a project")
    ran = workspace / "ran"
    code = f"import pathlib; pathlib.Path({str(ran)!r}).touch(); exit('no')"
    program = [sys.executable, "-c", code]
    (workspace / ".vscode").mkdir()
    (workspace / ".vscode" / "settings.json").write_text(
        json.dumps({"adr-lsp.server.command": program})
    )
    settings = {
        "security.workspace.trust.enabled": True,
        "security.workspace.trust.startupPrompt": "always",
    }
    wanted = {"name": "unwell", "workspace": workspace, "settings": settings}
    # Its time is a number of our own, by which its process is found.
    silent = [shutil.which("sleep"), f"{600 + os.getpid() / 1e7:.7f}"]
    wanted |= {"silent": {"adr-lsp.server.command": silent}, "starting": "adr-lsp starts"}
    wanted |= {"missing": {"adr-lsp.server.command": ["/nowhere/adr-lsp"]}, "marker": ran}
    failing = [sys.executable, str(DRIVERS / "failing.py")]
    wanted |= {"failing": {"adr-lsp.server.command": failing}, "limited": "is off"}
    wanted |= {"restricted": "not trusted", "distrusted": "/nowhere"}
    return wanted | {"trusted": "did not start"}


def test_in_an_untrusted_workspace_tests_show_and_do_not_run(unwell: dict[str, Any]) -> None:
    assert unwell["restricted"][1] == "runs no tests: this workspace is not trusted"
    assert ["Running tests may execute code" in asked for asked in unwell["asked"]] == [True, True]
    assert not unwell["ranTests"]


def test_a_missing_server_is_named_in_the_status(unwell: dict[str, Any]) -> None:
    missing = "`/nowhere/adr-lsp` was not found"
    assert unwell["distrusted"] == ["adr-lsp: server failed", missing, "Show Log"]


def test_a_server_that_never_answers_is_ended_once_the_setting_is_mended(
    unwell: dict[str, Any],
) -> None:
    silent = unwell["silent"]
    assert silent["starting"][0].strip() == "adr-lsp starts"
    assert silent["mended"] == unwell["restricted"]
    assert silent["isGone"]


def test_what_a_server_can_do_no_longer_shows_in_the_status(unwell: dict[str, Any]) -> None:
    off = "textDocument/codeLens failed 3 times and is off until the server restarts"
    assert unwell["limited"][1:] == [off, "Show Log"]


def test_a_server_that_ends_at_once_shows_in_the_status(unwell: dict[str, Any]) -> None:
    ended = "it did not start; the log says more"
    assert unwell["trusted"] == ["adr-lsp: server failed", ended, "Show Log"]


def test_only_a_trusted_workspace_names_the_server(unwell: dict[str, Any]) -> None:
    assert (unwell["ranBeforeTrust"], unwell["ranAfterTrust"]) == (False, True)


def test_no_failure_pops_up(unwell: dict[str, Any]) -> None:
    assert [popup for popup in unwell["popups"] if "adr-lsp" in popup] == []


def recorded(folder: Path) -> Path:
    shutil.copytree(HERE / "workspace", folder)
    (folder / "docs/adr/0002-amounts-as-text.md").write_text(SECOND)
    (folder / "tests/test_amounts.py").write_text(TEST_OF_SECOND)
    run_tests(folder)
    return folder


@pytest.fixture(scope="module")
def seen(vscode: dict[str, Path], shared: Path) -> Observed:
    """What the extension host saw of the workspace, step by step."""
    scratch = shared / "inside"
    scratch.mkdir(exist_ok=True)
    with once(scratch / "observed.json") as is_first:
        if is_first:
            workspace = recorded(scratch / "a project")
            wanted = {"name": "inside", "workspace": workspace, "python": Path(sys.executable)}
            wanted["instead"] = wrong_ledger(workspace, scratch)
            # As it is where nobody sets it: outcomes that are shown, and no run, open nothing.
            wanted["settings"] = {"testing.automaticallyOpenTestResults": "openOnTestStart"}
            see("inside.mjs", scratch, vscode | wanted)
    return read(scratch / "observed.json")


def test_the_installed_client_starts(seen: Observed) -> None:
    assert "/extensions/adr-lsp.adr-lsp-" in seen("extension")["folder"]


def test_findings_stand_at_their_place(seen: Observed) -> None:
    [unverified] = [finding for finding in seen("findings") if finding["code"] == "ADL301"]
    assert (unverified["at"], unverified["source"]) == ("INV-2", "adr-lsp")


def test_columns_count_what_stands_behind_an_emoji(seen: Observed) -> None:
    assert "normally" in {finding["at"] for finding in seen("findings")}


def test_each_finding_shows_once(seen: Observed) -> None:
    findings = [json.dumps(finding) for finding in seen("findings")]
    assert len(findings) == len(set(findings))


def test_lenses_run_and_scaffold(seen: Observed) -> None:
    lenses = {(lens["line"], lens["command"]) for lens in seen("lenses")}
    assert {(22, "adr-lsp.run"), (24, "adr-lsp.scaffold")} <= lenses


def test_verdicts_stand_at_the_end_of_the_line(seen: Observed) -> None:
    hints = {hint["line"]: hint["label"].strip() for hint in seen("hints")}
    assert hints[22].startswith("✓ 1 test, 100 cases")
    assert hints[24] == "○ unverified"


def test_hover_tells_the_last_run(seen: Observed) -> None:
    assert "test_a_transfer_balances" in seen("hover")


def test_in_a_test_the_promise_and_its_record_are_told(seen: Observed) -> None:
    told = seen("hoverInTest")
    assert "For every transfer, the sum of its entries is zero." in told
    assert "From: Transfers balance (accepted)" in told
    [lens] = seen("lensInTest")
    assert lens["title"] == "Verifies ADR-0001/INV-1"


def test_findings_and_lenses_are_drawn(seen: Observed) -> None:
    shown = seen("shown")
    assert "squiggly-warning" in shown["squiggle"]
    assert shown["lenses"] == ["Run", "Show evidence", "Scaffold property test"]


def test_the_outline_lists_invariants(seen: Observed) -> None:
    assert any("INV-2" in name for name in seen("symbols"))


def test_definition_leads_to_the_test_and_back(seen: Observed) -> None:
    assert seen("toTest") == ["tests/test_ledger.py"]
    assert seen("toRecord") == ["docs/adr/0001-transfers-balance.md"]


def test_the_tree_shows_recorded_outcomes_and_runs_nothing(seen: Observed) -> None:
    tree = seen("tree")
    wanted = [
        (1, "ADR-0001 Transfers balance"),
        (2, "INV-1 For every transfer"),
        (3, "test_a_transfer_balances"),
        (2, "INV-2 😀 For every amount"),
        (1, "ADR-0002 Amounts as text"),
        (2, "INV-1 Reading an amount"),
        (3, "test_an_amount_survives"),
    ]
    for row, (level, text) in zip(tree["rows"], wanted, strict=True):
        assert (row["level"], row["text"][: len(text)]) == (level, text)
    assert all("passed" in tree["rows"][n]["icon"] for n in (0, 1, 2, 4, 5, 6))
    assert (tree["ran"], tree["results"]) == (0, 0)


def test_coverage_is_drawn_in_the_code(seen: Observed) -> None:
    assert seen("coverage")["lines"] == [5, 9, 13, 14]


def test_an_invariant_has_the_lines_of_its_own_tests(seen: Observed) -> None:
    assert seen("coverageOfOne")["lines"] == [9, 13, 14]


def test_settings_apply_at_once(seen: Observed) -> None:
    settings = seen("settings")
    assert settings["rich"] == [
        "covered by ADR-0001/INV-1: 1 test",
        "covered by ADR-0002/INV-1: 1 test",
        "covered by ADR-0002/INV-1: 1 test",
    ]
    assert settings["after"] == settings["before"], "the server need not start anew for it"


def test_a_walkthrough_leads_from_nothing_to_a_verdict(seen: Observed) -> None:
    assert len(seen("walkthrough")) == 4


def test_an_edit_that_is_not_saved_makes_stale_at_once(seen: Observed) -> None:
    unsaved = seen("unsaved")
    assert unsaved["dirty"]
    assert unsaved["hint"].strip() == "◐ stale: transfer() changed"
    old = ["ADR-0001 Transfers balance", "INV-1 For every transfer", "test_a_transfer_balances"]
    for row, name in zip(unsaved["old"], old, strict=False):
        assert row.startswith(name)
    assert not any("ADR-0002" in row for row in unsaved["old"])
    assert not unsaved["again"]["old"]


def test_an_outcome_in_the_tree_is_dimmed_once_it_is_stale(seen: Observed) -> None:
    assert "passed" in seen("staleTest")["icon"]


def test_one_test_runs_alone(seen: Observed) -> None:
    first, second = seen("oneTest")
    assert ("unset" in first["icon"], "passed" in second["icon"]) == (True, True)


def test_a_breakpoint_in_a_property_is_hit(seen: Observed) -> None:
    debugged = seen("debugPython")
    stopped = debugged["stopped"]
    assert (stopped["reason"], stopped["line"]) == ("breakpoint", debugged["wanted"])
    assert stopped["file"].endswith("tests/test_ledger.py")
    assert debugged["first"]["type"] == "debugpy"
    assert debugged["recorded"] == 0, "who steps through a test can change it"


def test_a_breakpoint_in_typescript_is_hit(seen: Observed) -> None:
    debugged = seen("debugJavaScript")
    stopped = debugged["stopped"]
    assert (stopped["reason"], stopped["line"]) == ("breakpoint", debugged["wanted"])
    assert stopped["file"].endswith("cart/cart.test.ts")
    assert debugged["first"]["type"] == "pwa-node"
    assert debugged["recorded"] == 0, "who steps through a test can change it"


def test_of_two_invariants_with_one_id_both_are_in_the_tree(seen: Observed) -> None:
    rows = seen("debugJavaScript")["rows"]
    third = [row.removesuffix("○ unverified") for row in rows if row.startswith("INV-3")]
    assert third == ["INV-3 A cart keeps its order.", "INV-3 A cart is paid once."]


def test_a_debugger_that_is_missing_is_named_at_the_test(seen: Observed) -> None:
    missing = "To debug tests that cargo runs, install the extension CodeLLDB"
    refused = seen("debugRust")
    assert refused["message"].strip().startswith(missing)
    assert refused["sessions"] == []


def test_a_failure_stands_at_the_invariant_and_at_the_line_that_failed(seen: Observed) -> None:
    assert "fail" in seen("runFromTree")["icon"]
    assert seen("messageInRecord").strip() == "minor_units=1 breaks ADR-0001/INV-1"
    assert seen("messageInTest").strip().startswith("assert 2 == 0")


def test_a_click_on_the_lens_runs_the_tests_with_progress(seen: Observed) -> None:
    run = seen("run")
    assert run["after"] == run["before"] + 1
    assert "Running ADR-0001/INV-1" in run["progress"]
    assert run["dirty"] == [True, False], "what was not saved is saved before it runs"


def test_a_change_from_outside_turns_the_verdict_stale(seen: Observed) -> None:
    hints = [(hint["line"], hint["label"].strip()) for hint in seen("outside")]
    assert (22, "◐ stale: transfer() changed") in hints


def test_a_failed_run_shows_the_counterexample(seen: Observed) -> None:
    hint = seen("counterexample")
    assert (hint["line"], hint["label"].strip()) == (22, "✗ minor_units=1")


def test_the_lightbulb_writes_the_test_and_the_link(seen: Observed) -> None:
    assert seen("scaffold")["offered"][0] == "Scaffold a property test for INV-2"
    [test] = seen("scaffold")["tests"]
    assert test["path"].startswith("tests/")
    assert "Verifies: ADR-0001/INV-2" in test["text"]
    assert test["saved"] == test["text"]
    after = seen("afterScaffold")
    assert f"../../{test['path']}" in after["text"]
    assert "ADL408" in [finding["code"] for finding in after["findings"]]


def test_once_it_is_written_both_files_lead_on(seen: Observed) -> None:
    lenses = seen("scaffoldShown")
    assert "Scaffold property test" not in lenses
    assert (lenses.count("Run"), "Verifies ADR-0001/INV-2" in lenses) == (2, True)


def test_pictures_of_it_are_small_enough_for_the_docs(
    seen: Observed, vscode: dict[str, Path]
) -> None:
    seen("scaffoldShown")
    for name in ("vscode-failed", "vscode-scaffold", "vscode-coverage"):
        keep(vscode["pictures"] / f"{name}.png")


def test_a_run_that_is_cancelled_leaves_no_process_behind(seen: Observed) -> None:
    assert seen("cancelled")


def test_a_server_that_crashed_is_started_again(seen: Observed) -> None:
    crash = seen("crash")
    assert (crash["others"], len(crash["after"])) == ([], 1)
