"""Questions that nobody waits for any more: each is answered once, never with what is past, and
nothing of them stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lsp.client import INSIDE, Client, client
from lsp.folder import RECORD, ledger

ADR, CODE = "docs/adr/0001-transfers-balance.md", "tests/test_ledger.py"
CANCELLED, MODIFIED = -32800, -32801
ALL = {"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}}
REFRESHED = {
    "workspace": {
        "inlayHint": {"refreshSupport": True},
        "codeLens": {"refreshSupport": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
    }
}
HELD = ("tasks", "futures", "documents", "roots")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Client]:
    ledger(tmp_path)
    with client(cwd=tmp_path, command=INSIDE) as started:
        started.initialize(tmp_path, capabilities=REFRESHED)
        yield started


def held(server: Client) -> dict[str, int]:
    now = server.inside()
    return {name: now[name] for name in HELD}


def settled(server: Client, before: dict[str, int]) -> None:
    """What goes on ends, and nothing is held that was not held before."""
    server.until(lambda: held(server) == before, f"what was held before: {before}")


def code(answer: dict[str, Any]) -> int | None:
    found = answer.get("error", {}).get("code")
    return None if found is None else int(found)


def test_lenses_that_are_cancelled_while_one_types(server: Client, tmp_path: Path) -> None:
    """Row 22: a hundred, each followed by its cancellation, and an edit after every tenth."""
    uri = server.open(tmp_path / ADR)
    server.on("codeLens", uri)
    before, lines, asked = held(server), 0, []
    for version in range(1, 101):
        id = server.ask("textDocument/codeLens", textDocument={"uri": uri})
        asked.append((id, lines))
        if version % 3:
            server.tell("$/cancelRequest", id=id)
        if version % 10 == 0:
            lines += 1
            server.change(uri, version + 1, "\n" * lines + RECORD)
    for id, shift in asked:
        answer = server.answer_to(id)
        assert code(answer) in (None, CANCELLED, MODIFIED)
        if "result" in answer:
            assert {lens["range"]["start"]["line"] for lens in answer["result"]} == {
                8 + shift,
                9 + shift,
            }
    assert CANCELLED in {code(server.answer_to(id)) for id, _ in asked}
    settled(server, before)
    assert all(len(server.answers_to(id)) == 1 for id, _ in asked)


def test_what_is_asked_of_a_root_that_is_being_read_is_void_at_once(tmp_path: Path) -> None:
    """Row 22: what is past or cancelled when the root has been read is not answered."""
    ledger(tmp_path, **{f"docs/adr/{n:04}-x.md": RECORD for n in range(2, 600)})
    with client(cwd=tmp_path) as server:
        server.initialize(tmp_path)
        uri = server.open(tmp_path / ADR)
        asked = [server.ask("textDocument/codeLens", textDocument={"uri": uri}) for _ in range(100)]
        for id in asked[:50]:
            server.tell("$/cancelRequest", id=id)
        server.change(uri, 2, RECORD + "\n")
        codes = [code(server.answer_to(id)) for id in asked]
        assert set(codes[:50]) <= {None, CANCELLED}
        assert set(codes[50:]) <= {None, MODIFIED}
        assert {CANCELLED, MODIFIED} <= set(codes)
        assert server.on("codeLens", uri)


@pytest.fixture
def large(tmp_path: Path) -> Iterator[Client]:
    """A server that has read a hundred records, so that a new name takes a while."""
    long = "Much is said here. " * 1000 + "\n\nSee ADR-0001/INV-1.\n"
    ledger(tmp_path, **{f"docs/adr/{n:04}-x.md": f"# {n}. X\n\n{long}" for n in range(2, 100)})
    with client(cwd=tmp_path, command=INSIDE) as started:
        started.initialize(tmp_path)
        yield started


def test_an_edit_of_several_documents_is_one_of_texts_that_are(
    large: Client, tmp_path: Path
) -> None:
    """A name in two open documents is changed while one types in the other of them."""
    server, text, answers, anew = large, (tmp_path / CODE).read_text(), [], False
    uri, other = server.open(tmp_path / ADR), server.open(tmp_path / CODE)
    asked = {"textDocument": {"uri": uri}, "position": {"line": 8, "character": 6}}
    server.request("textDocument/rename", **asked, newName="INV-9")
    for version in range(1, 21):
        answers.append((version, server.ask("textDocument/rename", **asked, newName="INV-9")))
        server.inside()  # by now that is begun
        server.change(other, version + 1, "\n" * version + text)
    for version, id in answers:
        answer = server.answer_to(id)
        if "error" in answer:
            assert code(answer) == MODIFIED
            continue
        (edit,) = [
            step
            for step in answer["result"]["documentChanges"]
            if step["textDocument"]["uri"] == other
        ]
        found = text.partition("INV-1")[0].count("\n") + edit["textDocument"]["version"] - 1
        assert edit["edits"][0]["range"]["start"]["line"] == found
        assert edit["textDocument"]["version"] >= version
        anew |= edit["textDocument"]["version"] > version
    assert anew, "nothing was asked anew of the text that came meanwhile"


def everything(uri: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """One request of each kind about a document."""
    document, place = {"textDocument": {"uri": uri}}, {"position": {"line": 8, "character": 6}}
    yield "textDocument/hover", document | place
    yield "textDocument/completion", document | place
    yield "textDocument/definition", document | place
    yield "textDocument/implementation", document | place
    yield "textDocument/references", document | place | {"context": {"includeDeclaration": True}}
    yield "textDocument/documentHighlight", document | place
    yield "textDocument/documentLink", document
    yield "textDocument/foldingRange", document
    yield "textDocument/selectionRange", document | {"positions": [place["position"]]}
    yield "textDocument/prepareTypeHierarchy", document | place
    yield "textDocument/documentSymbol", document
    yield "textDocument/codeLens", document
    yield "textDocument/inlayHint", document | {"range": ALL}
    yield "textDocument/prepareRename", document | place
    yield "textDocument/rename", document | place | {"newName": "INV-9"}
    yield "textDocument/codeAction", document | {"range": ALL, "context": {"diagnostics": []}}
    yield "workspace/symbol", {"query": ""}
    moved = {"oldUri": uri, "newUri": f"{uri[:-3]}-b.md"}
    yield "workspace/willRenameFiles", {"files": [moved]}
    yield "adr-lsp/tests", {"of": "all"}
    show = {"command": "adr-lsp.showEvidence", "arguments": [uri, "ADR-0001/INV-1"]}
    yield "workspace/executeCommand", show


def test_a_client_that_cancels_everything(server: Client, tmp_path: Path) -> None:
    """Every request, at once and after a while, and also what it never asked."""
    uris = [server.open(tmp_path / name) for name in (ADR, CODE)]
    server.on("hover", uris[0], 8, 6)
    before, asked = held(server), []
    for round in range(4):
        for method, params in (each for uri in uris for each in everything(uri)):
            asked.append(server.ask(method, **params))
            if round % 2:
                server.tell("$/cancelRequest", id=asked[-1])
        for id in (*asked, "never", 10**9):
            server.tell("$/cancelRequest", id=id)
    assert {code(server.answer_to(id)) for id in asked} <= {None, CANCELLED, -32803}
    settled(server, before)
    assert all(len(server.answers_to(id)) == 1 for id in asked)
    assert "zero" in server.on("hover", uris[0], 8, 6)["contents"]["value"]


def test_a_client_that_never_answers(server: Client, tmp_path: Path) -> None:
    """What was asked of it is not kept: neither refreshes nor commands that it cancelled."""
    uri = server.open(tmp_path / ADR)
    server.on("codeLens", uri)
    before = held(server)
    server.is_silent = True
    for version in range(2, 42):
        server.change(uri, version, RECORD + "\n" * version)
        server.tell("workspace/didChangeConfiguration", settings={})
        server.tell("textDocument/didSave", textDocument={"uri": uri})
    refreshes = "workspace/inlayHint/refresh"
    server.until(lambda: len(server.sent(refreshes)) > 20)
    settled(server, before)
    show = {"command": "adr-lsp.showEvidence", "arguments": [uri, "ADR-0001/INV-1"]}
    id = server.ask("workspace/executeCommand", **show)
    server.until(lambda: server.sent("window/showDocument"))
    server.tell("$/cancelRequest", id=id)
    assert code(server.answer_to(id)) == CANCELLED
    assert held(server)["tasks"] == before["tasks"]
