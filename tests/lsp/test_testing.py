"""What an editor with a view of tests asks for, over the protocol."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from cli.command import environment
from lsp.client import Client, client
from lsp.folder import CODE, ledger, write

ADR, KEY = "docs/adr/0001-transfers-balance.md", "ADR-0001/INV-1"
TEST = "tests/test_ledger.py"
REFUSED, INVALID = -32803, -32602


def tree(server: Client) -> Any:
    return server.request("adr-lsp/tests", of="all")


def first_test(server: Client) -> Any:
    (record,) = tree(server)
    return record["invariants"][0]["tests"][0]


def run(server: Client, folder: Path) -> None:
    words = [(folder / ADR).as_uri(), KEY]
    server.request("workspace/executeCommand", command="adr-lsp.run", arguments=words)


def test_the_tree_shows_what_the_last_run_said(tmp_path: Path) -> None:
    ledger(tmp_path)
    with client(cwd=tmp_path) as server:
        server.initialize(tmp_path, trusted=True)
        (record,) = tree(server)
        assert (record["uri"], record["line"]) == ((tmp_path / ADR).as_uri(), 0)
        assert [(i["key"], i["line"]) for i in record["invariants"]] == [
            (KEY, 8),
            ("ADR-0001/INV-2", 9),
        ]
        before = first_test(server)
        assert (before["uri"], before["line"]) == ((tmp_path / TEST).as_uri(), 7)
        assert (before["state"], before["description"]) == (None, "not-run")

        run(server, tmp_path)
        passed = first_test(server)
        assert (passed["state"], passed["description"]) == ("passed", "100 cases")
        lines = {
            each["uri"].rpartition("/")[2]: (each["lines"], each["total"])
            for each in server.request(
                "adr-lsp/coverage", uri=(tmp_path / ADR).as_uri(), keys=[KEY]
            )
        }
        assert lines["ledger.py"] == ([1], 1)

        write(tmp_path, {"ledger.py": "def transfer(amount):\n    return [amount, amount]\n"})
        run(server, tmp_path)
        failed = first_test(server)
        assert failed["state"] == "failed"
        at_record, at_test = failed["failures"]
        assert (at_record["uri"], at_record["line"]) == ((tmp_path / ADR).as_uri(), 8)
        assert at_record["message"].startswith(f"amount=1 breaks {KEY}")
        assert (at_test["uri"], at_test["line"]) == ((tmp_path / TEST).as_uri(), 9)
        assert all("amount=1" in each["message"] for each in (at_record, at_test))


def test_an_edit_makes_outcomes_stale_and_the_client_is_told(tmp_path: Path) -> None:
    ledger(tmp_path)
    with client(cwd=tmp_path) as server:
        server.initialize(tmp_path, trusted=True)
        run(server, tmp_path)
        assert not server.sent("adr-lsp/testsChanged")  # it never asked for tests
        assert first_test(server)["stale"] == []
        code = (tmp_path / "ledger.py").read_text()
        uri = server.open(tmp_path / "ledger.py")
        before = len(server.sent("adr-lsp/testsChanged"))
        server.change(uri, 2, code.replace("amount]", "2 * amount]"))
        server.until(lambda: len(server.sent("adr-lsp/testsChanged")) > before)
        stale = first_test(server)
        assert (stale["state"], stale["stale"]) == ("passed", ["transfer() changed"])
        server.change(uri, 3, code)
        assert first_test(server)["stale"] == []


ALL = {"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}}


def test_code_says_what_covers_it_where_the_user_wants_much(tmp_path: Path) -> None:
    code = f"import os\n\n\n{CODE}\n\ndef other() -> None:\n    os.abort()\n"
    ledger(tmp_path, **{"ledger.py": code})
    with client(cwd=tmp_path) as server:
        server.initialize(tmp_path, trusted=True)
        uri = server.open(tmp_path / "ledger.py")
        in_test = server.open(tmp_path / TEST)
        run(server, tmp_path)
        assert not server.on("inlayHint", uri, range=ALL)
        settings = {"adr-lsp": {"display": "rich"}}
        server.tell("workspace/didChangeConfiguration", settings=settings)
        (hint,) = server.on("inlayHint", uri, range=ALL)
        assert (hint["position"]["line"], hint["label"]) == (3, f"covered by {KEY}: 1 test")
        assert not server.on("inlayHint", in_test, range=ALL)
        server.change(uri, 2, code.replace("os.abort()", "pass"))
        assert server.on("inlayHint", uri, range=ALL) == [hint]  # what no test covered
        server.change(uri, 3, "# a\n" + code.replace("amount]", "2 * amount]"))
        (stale,) = server.on("inlayHint", uri, range=ALL)
        place, label = stale["position"]["line"], stale["label"]
        assert (place, label) == (4, f"◐ covered by {KEY}: 1 test, stale")
        server.change(uri, 4, code)
        assert server.on("inlayHint", uri, range=ALL) == [hint]


TWO = """\
from ledger import transfer


# Verifies: ADR-0001/INV-1
def test_one() -> None:
    assert sum(transfer(1)) == 0


# Verifies: ADR-0001/INV-1, ADR-0001/INV-2
def test_two() -> None:
    assert sum(transfer(2)) == 0
"""


def states(server: Client) -> list[list[str | None]]:
    (record,) = tree(server)
    return [[test["state"] for test in i["tests"]] for i in record["invariants"]]


def test_one_test_of_an_invariant_runs_alone(tmp_path: Path) -> None:
    ledger(tmp_path, **{TEST: TWO})
    with client(cwd=tmp_path) as server:
        server.initialize(tmp_path, trusted=True)
        words = [(tmp_path / ADR).as_uri(), f"{TEST}::test_two"]
        server.request("workspace/executeCommand", command="adr-lsp.run", arguments=words)
        assert states(server) == [[None, "passed"], ["passed"]]
        words[1] += "_no_more"
        fault = server.fault("workspace/executeCommand", command="adr-lsp.run", arguments=words)
        assert fault == (REFUSED, f"there is no {TEST}::test_two_no_more any more")


def test_a_debugger_starts_what_a_run_starts(tmp_path: Path) -> None:
    ledger(tmp_path, **{TEST: TWO})
    with client(cwd=tmp_path) as server:
        server.initialize(tmp_path, trusted=True)
        uri, ids = (tmp_path / ADR).as_uri(), [f"{TEST}::test_two"]
        (launch,) = server.request("adr-lsp/debug", uri=uri, tests=ids)
        told = (launch["tool"], launch["debugger"], launch["tests"], launch["cwd"])
        assert told == ("pytest", "python", ids, str(tmp_path))
        done = subprocess.run(
            [launch["program"], *launch["arguments"]],
            cwd=launch["cwd"],
            env=environment() | launch["environment"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert "1 passed" in done.stdout, done.stdout + done.stderr
        assert states(server)[0] == [None, None], "who steps through a test can change it"


def test_nothing_is_debugged_without_trust(tmp_path: Path) -> None:
    ledger(tmp_path)
    with client(cwd=tmp_path) as server:
        server.initialize(tmp_path)
        asked = {"uri": (tmp_path / ADR).as_uri(), "tests": [f"{TEST}::test_balances"]}
        code, why = server.fault("adr-lsp/debug", **asked)
        assert (code, why) == (
            REFUSED,
            "the workspace is not trusted, so nothing is run in it: trust it first",
        )


def test_lines_are_about_what_stands_in_them_or_is_tested_there(tmp_path: Path) -> None:
    ledger(tmp_path)

    def about(path: str, first: int, last: int) -> Any:
        uri = (tmp_path / path).as_uri()
        return server.request("adr-lsp/invariants", uri=uri, first=first, last=last)

    with client(cwd=tmp_path) as server:
        server.initialize(tmp_path, display="quiet")
        assert (about(ADR, 8, 8), about(ADR, 9, 9)) == ([KEY], ["ADR-0001/INV-2"])
        assert about(ADR, 0, 10_000) == [KEY, "ADR-0001/INV-2"]
        assert (about(ADR, 0, 7), about(CODE, 0, 99)) == ([], [])
        assert (about(TEST, 9, 9), about(TEST, 0, 2)) == ([KEY], [])
        assert about("docs/adr/0009-none.md", 0, 9) == []


def test_what_is_asked_wrongly_is_refused(tmp_path: Path) -> None:
    ledger(tmp_path)
    with client(cwd=tmp_path) as server:
        server.initialize(tmp_path)
        uri = (tmp_path / ADR).as_uri()
        for wrong in ({}, {"uri": 1, "keys": []}, {"uri": uri}, {"uri": uri, "keys": KEY}):
            assert server.fault("adr-lsp/coverage", **wrong)[0] == INVALID
        for wrong in ({}, {"uri": uri, "first": "1", "last": 2}, {"uri": uri, "first": 1}):
            assert server.fault("adr-lsp/invariants", **wrong)[0] == INVALID
        nowhere = {"uri": "untitled:x", "keys": [KEY]}
        for wrong in ({"uri": uri, "keys": ["ADR-0001/INV-9"]}, nowhere):
            assert server.fault("adr-lsp/coverage", **wrong)[0] == REFUSED
        assert server.request("adr-lsp/coverage", uri=uri, keys=[1, {}]) == []
