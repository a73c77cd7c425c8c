"""Workspaces that are not as one would wish: the server shows what it can, and says the rest."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from lsp.client import COMMAND, INSIDE, Client, client
from lsp.folder import RECORD, ledger, write

ADR, CODE, KEY = "docs/adr/0001-transfers-balance.md", "tests/test_ledger.py", "ADR-0001/INV-1"
ALL = {"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}}
PLAIN_USER = (sys.executable, str(Path(__file__).with_name("plain_user.py")), *COMMAND[1:])
MIB = 1 << 20
REFUSED = -32803


def label(server: Client, uri: str) -> str:
    """The verdict at the first invariant's line."""
    return str(server.on("inlayHint", uri, range=ALL)[0]["label"])


# No records

ORDINARY = {
    "README.md": "# A library\n\nUse it.\n",
    "src/library.py": "def one():\n    return 1\n",
    "tests/test_library.py": "def test_one():\n    assert True\n",
    "package.json": "{}",
}


def test_a_workspace_without_records_is_left_in_peace(tmp_path: Path) -> None:
    """Nothing is shown, written or said; each file is looked at once, and not again and again."""
    write(tmp_path, ORDINARY)
    (tmp_path / ".git").mkdir()
    before = sorted(tmp_path.rglob("*"))
    with client(cwd=tmp_path, command=INSIDE) as server:
        server.initialize(tmp_path, trusted=True, diagnostics="workspace")
        uris = [server.open(tmp_path / name) for name in ORDINARY]
        for uri in uris:
            for method in ("codeLens", "documentSymbol", "documentLink", "foldingRange"):
                server.on(method, uri)
            assert not server.on("codeLens", uri)
            assert not server.on("inlayHint", uri, range=ALL)
            assert not server.on("codeAction", uri, range=ALL, context={"diagnostics": []})
            for method in ("hover", "definition", "documentHighlight", "prepareRename"):
                assert not server.on(method, uri, 0, 2)
        assert server.request("workspace/symbol", query="") == []
        assert server.request("adr-lsp/tests", of="all") == []
        once = server.inside()
        assert (once["passes"], once["on loop"]) == (1, 0)
        for version in range(2, 30):
            server.change(uris[0], version, f"# A library\n\nUse it {version}.\n")
        server.on("hover", uris[0], 0, 2)
        now = server.inside()
        assert now["passes"] == once["passes"]
        assert now["read"] - once["read"] <= 29  # for each edit a look for a baseline
        told = [m["params"] for m in server.sent("textDocument/publishDiagnostics")]
        assert all(params["diagnostics"] == [] for params in told)
        assert server.leave() == 0
        assert server.log == ""
    assert sorted(tmp_path.rglob("*")) == before


# Nothing may be written, some not read


@pytest.fixture
def locked() -> Iterator[Path]:
    """A small system in which nobody may write; root may not either, if it gave that up."""
    folder = ledger(Path(tempfile.mkdtemp()).resolve())
    yield folder
    for path in (folder, *folder.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
    shutil.rmtree(folder)


def lock(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)


def test_a_read_only_workspace_does_all_but_record(locked: Path) -> None:
    """What cannot be written is said once, with the folder's name, to the one who asked."""
    lock(locked)
    with client(cwd=locked, command=PLAIN_USER) as server:
        server.initialize(locked, trusted=True)
        uri = server.open(locked / ADR)
        server.await_codes(uri, "ADL301", "ADL103")
        assert label(server, uri).startswith("○ not-run")
        assert [lens["command"]["command"] for lens in server.on("codeLens", uri)]
        assert server.on("references", uri, 8, 6, context={"includeDeclaration": True})
        assert server.on("rename", uri, 8, 6, newName="INV-9")
        assert server.on("codeAction", uri, range=ALL, context={"diagnostics": []})
        words = {"command": "adr-lsp.run", "arguments": [uri, KEY]}
        code, why = server.fault("workspace/executeCommand", **words)
        assert (code, "not recorded" in why, str(locked) in why) == (REFUSED, True, True)
        assert label(server, uri).startswith("○ not-run")
        server.change(uri, 2, RECORD.replace("fast", "quick"))
        server.await_codes(uri, "ADL301", "ADL103")
        assert server.log == ""
    assert not (locked / ".adr-lsp").exists()


# Evidence

CONTENT = '{"type":"content","files":{}}\n'


def run_of(number: int, *results: str) -> str:
    started = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number)
    header = (
        f'{{"type":"run","started":"{started.isoformat()}",'
        '"version":1,"tool":"pytest","tool_version":"9","argv":[],"cwd":"","commit":null,'
        '"environment":{"python":"3.11","implementation":"cpython","platform":"linux",'
        '"versions":"0"},"shard":null,"pid":1,"host":"elsewhere"}\n'
    )
    end = '{"type":"end","finished":"2026-01-02T00:00:00Z","exit":0,"coverage":"off"}\n'
    return header + CONTENT + "".join(results) + end


RESULT = (
    f'{{"type":"result","test":"{CODE}::test_balances","parameter":null,"outcome":"passed",'
    '"duration":0.1,"cases":null,"counterexample":null}\n'
)


def evidence(folder: Path, runs: int) -> Path:
    """Runs of another machine, of which every tenth has the test in it."""
    found = folder / ".adr-lsp/evidence"
    found.mkdir(parents=True)
    for n in range(runs):
        text = run_of(n, *([RESULT] if n % 10 == 9 else ()))
        (found / f"20260101T{n:06}Z-{n:016x}.jsonl").write_text(text)
    return found


@pytest.mark.parametrize("runs", [200, 10_000])
def test_a_folder_of_many_runs_is_read_beside_the_work(tmp_path: Path, runs: int) -> None:
    """Never on the loop, each once: a question that rests on no file is answered meanwhile, and
    one more run costs one more file."""
    found = evidence(ledger(tmp_path), runs)
    with client(cwd=tmp_path, command=INSIDE) as server:
        server.initialize(tmp_path)
        uri = server.open(tmp_path / ADR)
        assert server.inside()["passes"] <= 1
        first = label(server, uri)
        assert "not-run" not in first
        read = server.inside()["read"]
        assert read >= runs
        (found / "20260102T000000Z-ffffffffffffffff.jsonl").write_text(
            run_of(runs, RESULT.replace('"passed"', '"failed"'))
        )
        server.tell("textDocument/didSave", textDocument={"uri": uri})
        server.until(lambda: label(server, uri) != first, "another verdict")
        after = server.inside()
        assert after["read"] - read < 50
        assert after["on loop"] == 0


def test_garbage_among_the_evidence_harms_no_run(locked: Path) -> None:
    found = evidence(locked, 20)
    for name, raw in {
        "empty": b"",
        "nul": b"\0" * 4096,
        "binary": os.urandom(4096),
        "deep": b"[" * 100_000,
        "other": b'{"type":"run","version":99}\n',
        "list": b"[]\n" * 50,
        "torn": run_of(1, RESULT).encode()[:-40],
        "surrogate": b'{"type":"run","started":"\\ud800","version":1}\n',
    }.items():
        (found / f"20260103T000000Z-{name}.jsonl").write_bytes(raw)
    (found / "20260103T000000Z-folder.jsonl").mkdir()
    (found / "20260103T000000Z-loop.jsonl").symlink_to("20260103T000000Z-loop.jsonl")
    (found / "20260103T000000Z-out.jsonl").symlink_to("/etc/passwd")
    os.mkfifo(found / "20260103T000000Z-pipe.jsonl")
    (found / "20260103T000000Z-secret.jsonl").write_text(run_of(2, RESULT))
    (found / "20260103T000000Z-secret.jsonl").chmod(0)
    with client(cwd=locked, command=PLAIN_USER) as server:
        server.initialize(locked)
        uri = server.open(locked / ADR)
        assert "not-run" not in label(server, uri)
        assert "test_balances" in server.on("hover", uri, 8, 6)["contents"]["value"]
        found.chmod(0)
        server.tell("textDocument/didSave", textDocument={"uri": uri})
        server.until(lambda: "not-run" in label(server, uri), "the verdict without evidence")
        found.chmod(0o755)
        server.until(lambda: "not-run" not in label(server, uri), "the verdict with evidence")
        assert server.leave() == 0
        assert server.log == ""


# A record as large as a log


def test_a_record_of_two_mebibytes_is_read_and_a_larger_one_is_not(tmp_path: Path) -> None:
    """Row 13: what is not read costs no more than its text."""
    ledger(tmp_path)
    line = "A sentence that says nothing. " * 3 + "\n\n"
    just = RECORD + "\n## Log\n\n" + line * ((2 * MIB - len(RECORD) - 400) // len(line))
    large = RECORD + "\n## Log\n\n" + line * (10 * MIB // len(line))
    write(tmp_path, {"docs/adr/0002-just.md": just.replace("# 1.", "# 2.")})
    write(tmp_path, {"docs/adr/0003-large.md": large.replace("# 1.", "# 3.")})
    assert len(just.encode()) < 2 * MIB < len(large.encode())
    with client(cwd=tmp_path, command=INSIDE) as server:
        server.initialize(tmp_path)
        uri = server.open(tmp_path / "docs/adr/0002-just.md")
        assert "ADL301" in [each["code"] for each in findings(server, uri, 1)]
        assert len(server.on("documentSymbol", uri)) == 2
        server.close(uri)
        before = server.inside()["memory"]
        huge = server.open(tmp_path / "docs/adr/0003-large.md")
        assert [each["code"] for each in findings(server, huge, 1)] == ["ADL602"]
        for version in range(2, 8):
            start = {"line": 3, "character": 0}
            typed = {"range": {"start": start, "end": start}, "text": "x"}
            server.change(huge, version, typed)
            assert [f["code"] for f in findings(server, huge, version)] == ["ADL602"]
        assert server.on("documentSymbol", huge) in ([], None)
        grown = server.inside()["memory"] - before
        assert grown < 12 * len(large)
        assert "zero" in server.on("hover", server.open(tmp_path / ADR), 8, 6)["contents"]["value"]


def findings(server: Client, uri: str, version: int) -> list[dict[str, Any]]:
    def said() -> Any:
        last = server.published(uri)
        return last if last and last.get("version") == version else None

    return list(server.until(said, f"findings of version {version}")["diagnostics"])
