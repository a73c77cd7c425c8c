"""What the lenses start, only when asked to, and how it is stopped."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from lsp.client import Client, client, lives
from lsp.folder import RECORD, TEST, ledger, write

ADR, KEY = "docs/adr/0001-transfers-balance.md", "ADR-0001/INV-1"
ALL = {"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}}
REFUSED, CANCELLED = -32803, -32800
SHOWS = {"window": {"workDoneProgress": True, "showDocument": {"support": True}}}
SLOW = f"""\
import os
import time


# Verifies: {KEY}
def test_slow() -> None:
    with open("pid", "w") as file:
        file.write(str(os.getpid()))
    while True:
        time.sleep(0.1)
"""


@contextmanager
def editor(folder: Path, **options: Any) -> Iterator[tuple[Client, str]]:
    with client(cwd=folder) as started:
        started.initialize(folder, capabilities=SHOWS, **options)
        yield started, started.open(folder / ADR)


def until(see: Callable[[], Any]) -> Any:
    end = time.monotonic() + 60
    while not (seen := see()):
        assert time.monotonic() < end
        threading.Event().wait(0.05)
    return seen


def run(folder: Path) -> dict[str, Any]:
    return {"command": "adr-lsp.run", "arguments": [(folder / ADR).as_uri(), KEY]}


def test_an_untrusted_workspace_runs_nothing(tmp_path: Path) -> None:
    """Verifies: ADR-0005/INV-3"""
    ledger(tmp_path, **{"conftest.py": "open('ran', 'w').close()\n"})
    with editor(tmp_path) as (server, _):
        settings = {"adr-lsp": {"trusted": True}}
        server.tell("workspace/didChangeConfiguration", settings=settings)
        code, why = server.fault("workspace/executeCommand", **run(tmp_path))
        assert (code, "not trusted" in why) == (REFUSED, True)
    assert not (tmp_path / "ran").exists()


def test_a_run_of_what_is_not_saved_is_refused(tmp_path: Path) -> None:
    """It would be told of a text that nobody sees."""
    ledger(tmp_path)
    with editor(tmp_path, trusted=True) as (server, _):
        test = tmp_path / "tests/test_ledger.py"
        saved = test.read_text()
        uri = server.open(test)
        server.change(uri, 2, saved + "\n# more\n")
        code, why = server.fault("workspace/executeCommand", **run(tmp_path))
        assert (code, "not saved yet: tests/test_ledger.py" in why) == (REFUSED, True)
        test.write_text(saved + "\n# more\n")
        ((told,),) = [server.request("workspace/executeCommand", **run(tmp_path))]
        assert told["verdict"] == "passed"
        test.write_bytes("# \xe9\n".encode("latin-1") + saved.encode())
        server.change(uri, 3, "# \xe9\n" + saved)
        assert "not saved" not in str(
            server.answer_to(server.ask("workspace/executeCommand", **run(tmp_path)))
        )


def test_tests_run_also_where_the_client_answers_nothing(tmp_path: Path) -> None:
    ledger(tmp_path)
    with editor(tmp_path, trusted=True) as (server, uri):
        server.is_silent = True
        server.request("workspace/executeCommand", **run(tmp_path))
        assert server.on("inlayHint", uri, range=ALL)[0]["label"].startswith("✓ 1 test, 100 cases")
        assert not server.sent("$/progress")


def test_a_run_shows_its_progress_and_then_its_verdict(tmp_path: Path) -> None:
    ledger(tmp_path)
    with editor(tmp_path, trusted=True) as (server, uri):
        server.request("workspace/executeCommand", **run(tmp_path))
        kinds = [m["params"]["value"]["kind"] for m in server.sent("$/progress")]
        assert (kinds[0], kinds[-1], set(kinds[1:-1])) == ("begin", "end", {"report"})
        assert server.on("inlayHint", uri, range=ALL)[0]["label"].startswith("✓ 1 test, 100 cases")
        write(tmp_path, {"ledger.py": "def transfer(amount):\n    return [amount, amount]\n"})
        server.request("workspace/executeCommand", **run(tmp_path))
        assert server.on("inlayHint", uri, range=ALL)[0]["label"].startswith("✗ amount=")
        assert (
            server.fault("workspace/executeCommand", **run_of(tmp_path, "ADR-0001/INV-9"))[0]
            == REFUSED
        )
        assert (
            server.fault("workspace/executeCommand", **run_of(tmp_path, "ADR-0001/INV-2"))[0]
            == REFUSED
        )
        write(tmp_path, {"conftest.py": "raise SystemExit('no way')\n"})
        code, why = server.fault("workspace/executeCommand", **run(tmp_path))
        assert (code, "no way" in why) == (REFUSED, True)
        assert server.on("inlayHint", uri, range=ALL)[0]["label"].startswith(
            "✗ error: crash: pytest"
        )


CRATE = {
    "Cargo.toml": '[package]\nname = "ledger"\n',
    "src/lib.rs": f"// Verifies: {KEY}\n#[test]\nfn balances() {{\n    assert_eq!(f(), 0);\n}}\n",
    "adr-lsp.toml": '[run]\ncargo = ["./of-our-own"]\n',
}


def test_each_tool_shows_its_progress_and_a_missing_one_hurts_no_other(tmp_path: Path) -> None:
    ledger(tmp_path, **CRATE)
    with editor(tmp_path, trusted=True) as (server, uri):
        error = server.answer_to(server.ask("workspace/executeCommand", **run(tmp_path)))["error"]
        assert (error["code"], "cargo: could not start: ./of-our-own" in error["message"]) == (
            REFUSED,
            True,
        )
        (part,) = error["data"]
        assert (part["reason"], part["tests"]) == (error["message"], ["src/lib.rs::balances"])
        told = [m["params"]["value"].get("message", "") for m in server.sent("$/progress")]
        assert "pytest (1/2), 1 test" in told
        assert "cargo (2/2), 1 test" in told
        assert (
            server.on("inlayHint", uri, range=ALL)[0]["label"] == "○ not-run: balances has not run"
        )
        write(tmp_path, {"src/lib.rs": "", "adr-lsp.toml": ""})
        server.tell("textDocument/didSave", textDocument={"uri": uri})
        until(lambda: "100 cases" in server.on("inlayHint", uri, range=ALL)[0]["label"])


FLAKY = f"""\
from pathlib import Path


# Verifies: {KEY}
def test_balances() -> None:
    seen = Path("seen")
    was = seen.exists()
    seen.touch()
    assert was
"""


def test_a_run_answers_with_where_its_invariants_stand(tmp_path: Path) -> None:
    ledger(tmp_path)
    with editor(tmp_path, trusted=True) as (server, uri):
        (passed,) = server.request("workspace/executeCommand", **run(tmp_path))
        label = server.on("inlayHint", uri, range=ALL)[0]["label"]
        assert passed == {
            "key": KEY,
            "verdict": "passed",
            "ok": True,
            "reason": "100 cases",
            "label": label,
        }
        write(tmp_path, {"tests/test_ledger.py": FLAKY})
        server.tell("textDocument/didSave", textDocument={"uri": uri})
        (failed,) = server.request("workspace/executeCommand", **run(tmp_path))
        assert (failed["verdict"], failed["ok"]) == ("failed", False)
        (flaky,) = server.request("workspace/executeCommand", **run(tmp_path))
        assert (flaky["verdict"], flaky["ok"]) == ("flaky", False)
        assert flaky["reason"]
        assert flaky["label"].startswith("≈")


def run_of(folder: Path, key: str) -> dict[str, Any]:
    return run(folder) | {"arguments": [(folder / ADR).as_uri(), key]}


WAYS = ["progress", "request", "shutdown", "end of input", "dead client", "kill"]


@pytest.mark.parametrize("way", WAYS)
def test_a_stopped_run_leaves_no_process_behind(tmp_path: Path, way: str) -> None:
    """Row 6, too: however the client goes, and however the server."""
    ledger(tmp_path, **{"tests/test_ledger.py": SLOW})
    person = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with editor(tmp_path, trusted=True, processId=person.pid) as (server, uri):
        asked = server.ask("workspace/executeCommand", **run(tmp_path))
        pid = tmp_path / "pid"
        process = int(until(lambda: pid.exists() and pid.read_text()))
        assert server.on("inlayHint", uri, range=ALL)[0]["label"] == "… running"
        assert server.fault("workspace/executeCommand", **run(tmp_path))[0] == REFUSED
        if way == "progress":
            token = server.sent("$/progress")[0]["params"]["token"]
            server.tell("window/workDoneProgress/cancel", token=token)
            assert server.answer_to(asked)["result"] is None
            assert server.sent("$/progress")[-1]["params"]["value"]["kind"] == "end"
        elif way == "request":
            server.tell("$/cancelRequest", id=asked)
            assert server.answer_to(asked)["error"]["code"] == CANCELLED
        elif way == "shutdown":
            assert server.leave() == 0
        elif way == "dead client":
            person.kill()
            person.wait()
        elif way == "kill":
            server.process.kill()
        elif server.process.stdin:
            server.process.stdin.close()
        until(lambda: not lives(process))
    person.kill()
    person.wait()


def test_a_scaffold_is_written_through_the_editor(tmp_path: Path) -> None:
    ledger(tmp_path)
    with editor(tmp_path) as (server, uri):
        words = {"command": "adr-lsp.scaffold", "arguments": [uri, "ADR-0001/INV-2"]}
        server.request("workspace/executeCommand", **words)
        (asked,) = server.sent("workspace/applyEdit")
        made, *edits = asked["params"]["edit"]["documentChanges"]
        assert (made["kind"], made["uri"]) == ("create", edits[0]["textDocument"]["uri"])
        assert [edit["textDocument"]["uri"].rpartition("/")[2] for edit in edits] == [
            "test_transfers_balance.py",
            "0001-transfers-balance.md",
        ]
        example = words | {"arguments": [uri, "ADR-0001/INV-2", "example"]}
        server.request("workspace/executeCommand", **example)
        (_, asked) = server.sent("workspace/applyEdit")
        assert "parametrize" in str(asked["params"]["edit"])
        guess = words | {"arguments": [uri, "ADR-0001/INV-2", "guess"]}
        assert "`guess` is no method" in server.fault("workspace/executeCommand", **guess)[1]
        server.answers["workspace/applyEdit"] = {"applied": False, "failureReason": "read-only"}
        assert server.fault("workspace/executeCommand", **words) == (REFUSED, "read-only")


def test_evidence_is_shown_where_there_is_some(tmp_path: Path) -> None:
    ledger(tmp_path)
    with editor(tmp_path) as (server, uri):
        for key, code in ((KEY, None), ("ADR-0001/INV-2", REFUSED)):
            words = {"command": "adr-lsp.showEvidence", "arguments": [uri, key]}
            answer = server.answer_to(server.ask("workspace/executeCommand", **words))
            assert answer.get("error", {}).get("code") == code
        (shown,) = server.sent("window/showDocument")
        assert shown["params"]["uri"] == (tmp_path / "tests/test_ledger.py").as_uri()


def test_a_question_of_another_version_is_void(tmp_path: Path) -> None:
    """The root is still being read when the document changes."""
    files = {f"docs/adr/{n:04}-x.md": RECORD for n in range(2, 400)}
    ledger(tmp_path, **files)
    with editor(tmp_path) as (server, uri):
        place = {"textDocument": {"uri": uri}, "position": {"line": 8, "character": 6}}
        first = server.ask("textDocument/hover", **place)
        gone = server.ask("textDocument/hover", **place)
        server.tell("$/cancelRequest", id=gone)
        server.change(uri, 2, RECORD + "\n")
        assert server.answer_to(first)["error"]["code"] == -32801
        assert server.answer_to(gone)["error"]["code"] == CANCELLED
        assert "Transfers" not in server.on("hover", uri, 8, 6)["contents"]["value"]


def test_a_storm_of_questions_is_answered(tmp_path: Path) -> None:
    ledger(tmp_path)
    with editor(tmp_path) as (server, uri):
        asked = []
        for _ in range(100):
            asked.append(
                server.ask(
                    "textDocument/references",
                    textDocument={"uri": uri},
                    position={"line": 8, "character": 6},
                    context={"includeDeclaration": True},
                )
            )
            server.tell("$/cancelRequest", id=asked[-1])
        codes = {server.answer_to(id).get("error", {}).get("code") for id in asked}
        assert codes <= {None, CANCELLED}
        assert all(len(server.answers_to(id)) == 1 for id in asked)


def test_what_the_user_chose_to_see(tmp_path: Path) -> None:
    ledger(tmp_path)
    write(tmp_path, {"docs/adr/0002-b.md": RECORD.replace("# 1.", "# 2.")})
    with editor(tmp_path, display="quiet", run="onSave", diagnostics="workspace") as (server, uri):
        other = (tmp_path / "docs/adr/0002-b.md").as_uri()
        server.await_codes(uri, "ADL301", "ADL103")
        server.await_codes(other, "ADL301", "ADL301", "ADL103")
        assert server.on("codeLens", uri) == []
        server.change(uri, 2, "# 1. T\n")
        server.on("hover", uri, 0, 0)
        assert server.codes(uri) == ["ADL301", "ADL103"]
        server.tell("textDocument/didSave", textDocument={"uri": uri})
        server.await_codes(uri, "ADL101")
        chosen = {"display": "loud", "diagnostics": "open", "run": 7}
        server.tell("workspace/didChangeConfiguration", settings={"adr-lsp": chosen})
        server.await_codes(other)
        server.until(lambda: "display: 'loud' is not allowed" in server.log)


PULLS = {
    "textDocument": {"diagnostic": {}},
    "workspace": {"diagnostics": {"refreshSupport": True}},
}


def test_a_client_that_pulls_is_pushed_what_it_cannot_pull(tmp_path: Path) -> None:
    """Findings of files that are not open, if the user wants to see them; each in one way."""
    ledger(tmp_path, **{"docs/adr/0002-b.md": RECORD.replace("# 1.", "# 2.")})
    with client(cwd=tmp_path) as server:
        server.initialize(tmp_path, capabilities=PULLS)
        uri, other = server.open(tmp_path / ADR), (tmp_path / "docs/adr/0002-b.md").as_uri()
        chosen = {"adr-lsp": {"diagnostics": "workspace"}}
        server.tell("workspace/didChangeConfiguration", settings=chosen)
        server.await_codes(other, "ADL301", "ADL301", "ADL103")
        server.open(tmp_path / "docs/adr/0002-b.md")
        server.await_codes(other)
        server.close(other)
        server.tell("textDocument/didSave", textDocument={"uri": uri})
        server.await_codes(other, "ADL301", "ADL301", "ADL103")
        chosen["adr-lsp"]["diagnostics"] = "open"
        server.tell("workspace/didChangeConfiguration", settings=chosen)
        server.await_codes(other)
        assert server.published(uri) is None
        assert len(server.on("diagnostic", uri)["items"]) == 2


@pytest.mark.parametrize(
    ("refresh", "options"), [(True, {}), (False, {}), (True, {"diagnostics": "workspace"})]
)
def test_findings_are_pushed_or_pulled_never_both(
    tmp_path: Path, refresh: bool, options: dict[str, str]
) -> None:
    ledger(tmp_path)
    capabilities = PULLS if refresh else {"textDocument": {"diagnostic": {}}}
    with client(cwd=tmp_path) as server:
        answer = server.initialize(tmp_path, capabilities=capabilities, **options)
        uri = server.open(tmp_path / ADR)
        if "diagnosticProvider" not in answer["capabilities"]:
            assert not refresh or options
            server.await_codes(uri, "ADL301", "ADL103")
            return
        assert refresh and not options
        assert [f["code"] for f in server.on("diagnostic", uri)["items"]] == ["ADL301", "ADL103"]
        before = len(server.sent("workspace/diagnostic/refresh"))
        write(tmp_path, {"tests/test_more.py": TEST.replace("INV-1", "INV-2")})
        server.tell("textDocument/didSave", textDocument={"uri": uri})
        server.until(lambda: len(server.sent("workspace/diagnostic/refresh")) > before)
        assert [f["code"] for f in server.on("diagnostic", uri)["items"]] == ["ADL103"]
        assert not server.sent("textDocument/publishDiagnostics")
