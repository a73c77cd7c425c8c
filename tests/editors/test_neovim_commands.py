"""The plugin's commands in a real Neovim, as a person calls them; and its help."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from adr_lsp.cli.query import VERDICTS
from adr_lsp.cli.scaffold import METHODS
from editors.conftest import Observed, need
from editors.neovim.ledger import ledger
from editors.neovim.start import CONFIGURATION, drive, nvim


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Observed:
    need("neovim")
    scratch = tmp_path_factory.mktemp("commands")
    return drive("commands.lua", scratch, ledger(scratch / "project"))


def test_verdicts_and_findings_are_shown_by_setup_alone(seen: Observed) -> None:
    shown = seen("shown")
    assert [hint.split(" · ")[0] for hint in shown["hints"]] == [
        "✗ minor_units=0",
        "✓ 1 test, 100 cases",
        "◐ stale: fixed() changed",
        "○ unverified",
        "✓ 1 test",
    ]
    assert (seen("status elsewhere"), shown["status"]) == ("", "ADR E1 W2")


def test_nothing_runs_in_a_folder_that_is_not_trusted(seen: Observed) -> None:
    asked = seen("untrusted")
    for told in (asked["run"]["message"], asked["lens"]):
        assert "is not trusted" in told
        assert ":AdrTrust" in told
    assert asked["recorded"] == 0
    assert "stays untrusted" in seen("refused")["told"]
    assert seen("refused")["id"]


def test_a_folder_is_trusted_by_neovims_own_question(seen: Observed) -> None:
    assert "project is not trusted" in seen("trusted")["question"]
    assert seen("trusted")["trusted"]


def test_runs_what_is_under_the_cursor_and_says_its_verdict(seen: Observed) -> None:
    assert "ADR-0002/INV-3 ✓ 1 test, 100 cases" in seen("run")["told"]["message"]
    assert seen("run")["recorded"] == 1


def test_runs_what_a_file_verifies_and_warns_of_a_failure(seen: Observed) -> None:
    told = seen("run a file")
    first, second = told["message"].splitlines()
    assert first.endswith("ADR-0002/INV-1 ✗ minor_units=0")
    assert second.startswith("ADR-0002/INV-2 ✓")
    assert told["level"] > seen("run")["told"]["level"]


def test_runs_what_stands_in_a_selection(seen: Observed) -> None:
    told, nothing = seen("run a selection")
    first, second = told.splitlines()
    assert "ADR-0002/INV-2 ✓" in first
    assert "ADR-0002/INV-3 ✓" in second
    assert nothing.endswith("no invariant stands in these lines, and no test of one")


def test_runs_a_record(seen: Observed) -> None:
    told = seen("run a record")
    first, second = told["message"].splitlines()
    assert "ADR-0001/INV-1 ✓ 1 test, 100 cases" in first
    assert second == "ADR-0001/INV-2 ○ unverified"
    assert told["level"] > seen("run")["told"]["level"], "whatever is not passed is a warning"


def test_says_why_there_is_nothing_to_run(seen: Observed) -> None:
    gone, several, untested = seen("run what is not there")
    assert gone.endswith("there is no invariant and no record ADR-0009/INV-1")
    assert "may mean ADR-0001/INV-1, ADR-0001/INV-2" in several
    assert untested.endswith("no test names ADR-0002/INV-4")
    assert "no invariant is under the cursor" in seen("run where nothing is")
    assert "open a record" in seen("without a server")


def test_a_run_is_stopped_with_its_process(seen: Observed) -> None:
    assert seen("stop") == {
        "status": "ADR … ADR-0002/INV-5",
        "told": "adr-lsp: stopped ADR-0002/INV-5",
        "running": 0,
        "again": "adr-lsp: nothing runs",
    }


def test_evidence_is_shown_at_the_cursor_or_opened(seen: Observed) -> None:
    shown = "\n".join(seen("evidence"))
    assert shown.startswith("✗ ADR-0002/INV-1")
    assert "minor_units=0" in shown
    assert seen("evidence in a test").startswith("✓ ADR-0002/INV-2")
    assert seen("without lenses").startswith("✓ ADR-0002/INV-2")
    assert seen("evidence file").startswith(".adr-lsp/evidence/")


def test_goes_to_an_invariant_whatever_the_case_of_its_id(seen: Observed) -> None:
    assert seen("goto").startswith("- **INV-2** *(round-trip)*")


def test_command_lines_are_completed(seen: Observed) -> None:
    found = seen("complete")
    assert found["AdrGoto ADR-0001"] == ["ADR-0001", "ADR-0001/INV-1", "ADR-0001/INV-2"]
    assert found["AdrRun "][:2] == ["%", "ADR-0001"]
    assert found["AdrScaffold st"] == ["state-machine", "static"]
    assert found["AdrList f"] == ["failed", "flaky"]
    assert found["AdrEvidence adr-0002/inv-4"] == ["ADR-0002/INV-4"]


def test_words_that_complete_are_those_that_the_program_knows() -> None:
    completing = (CONFIGURATION / "lua" / "adr_lsp" / "complete.lua").read_text()
    known = dict(re.findall(r"M\.(\w+) = \{([^}]*)\}", completing))
    assert sorted(re.findall("'([^']+)'", known["VERDICTS"])) == sorted(VERDICTS)
    assert sorted(re.findall("'([^']+)'", known["METHODS"])) == sorted(METHODS)


def test_lists_invariants_by_verdict(seen: Observed) -> None:
    listed = seen("list")
    assert listed["some"]["title"] == "adr-lsp: failed, unverified"
    assert [(item["path"], item["line"], item["type"]) for item in listed["some"]["items"]] == [
        ("docs/adr/0001-transfers-balance.md", 25, "W"),
        ("docs/adr/0002-charge-fees.md", 14, "E"),
        ("docs/adr/0002-charge-fees.md", 20, "W"),
    ]
    assert "ADR-0002/INV-1 failed (minor_units=0): 💸" in listed["some"]["items"][1]["text"]
    assert listed["all"] == 7
    assert listed["none"].endswith("no invariant is flaky")
    assert listed["unknown"].endswith("did you mean failed?")


def test_scaffolds_by_a_method_and_by_choice(seen: Observed) -> None:
    made = seen("scaffold")
    assert "parametrize" in made["example"]
    assert "tests/test_charge_fees.py" in made["told"]
    assert "../../tests/test_charge_fees.py)" in made["linked"]
    assert "@given(" in made["property"]
    assert "`guess` is no method" in made["unknown"]


def test_writes_the_next_record(seen: Observed) -> None:
    assert seen("new")["path"].startswith("docs/adr/0003-")
    assert '# --keep | "one" clock' in seen("new")["title"]


def test_writes_the_report_and_shows_it(seen: Observed) -> None:
    report = seen("report")
    assert report["told"].endswith("/project/a report.html")
    assert report["html"] == "<!doctype html>"
    assert report["shown"]
    assert [report["kept"]] == [f"adr-lsp: wrote {path}" for path in report["opened"]]


def test_a_key_may_hold_spaces_and_what_has_no_id_has_none(seen: Observed) -> None:
    asked = seen("names with spaces")
    assert asked["completed"] == ["old notes/adr/ADR-0009", "old notes/adr/ADR-0009/INV-1"]
    assert asked["named"].endswith("no test names old notes/adr/ADR-0009/INV-1")
    assert asked["file"].endswith("no test names new notes/adr/ADR-0009/INV-1")


def test_starts_anew(seen: Observed) -> None:
    assert seen("restart") is True


def test_says_what_is_wrong_with_an_option(seen: Observed) -> None:
    unknown, display, trusted, codelens = seen("options")
    assert "no option `trustd`" in unknown
    assert "'quiet', 'normal', 'rich', not \"loud\"" in display
    assert "a list of folders" in trusted
    assert "true or false, not 1" in codelens


HELP = CONFIGURATION / "doc" / "adr-lsp.txt"


def test_every_command_and_option_is_in_the_help() -> None:
    told = HELP.read_text()
    plugin = (CONFIGURATION / "plugin" / "adr_lsp.lua").read_text()
    defined = re.findall(r"^command\('(\w+)'", plugin, re.MULTILINE)
    assert sorted(re.findall(r"\*:(Adr\w+)\*", told)) == sorted(defined)
    options = (CONFIGURATION / "lua" / "adr_lsp" / "options.lua").read_text()
    names = re.findall(r"^  (\w+) = ", options.partition("DEFAULTS")[2].partition("}")[0], re.M)
    assert sorted(re.findall(r"\*adr_lsp-option-(\w+)\*", told)) == sorted(names)
    assert len(names) > 3


def test_the_help_has_its_form(tmp_path: Path) -> None:
    need("neovim")
    (tmp_path / "doc").mkdir()
    (tmp_path / "doc" / HELP.name).write_text(HELP.read_text())
    seek = "set rtp^=. | helptags doc | help :AdrRun | echo 'found' expand('%:t')"
    said = nvim("--clean", "--headless", "-c", seek, "-c", "qall!", environment={}, folder=tmp_path)
    assert said.split() == ["found", HELP.name]
    tags = {line.split("\t")[0] for line in (tmp_path / "doc" / "tags").read_text().splitlines()}
    told = HELP.read_text()
    named = {each for each in re.findall(r"\|([^|\s]+)\|", told) if each.lower().startswith("adr")}
    assert named <= tags
    assert max(map(len, told.splitlines())) <= 80
