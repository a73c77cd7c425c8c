"""What editors are sent, each as it said what it can take: recorded, or one that said nothing.

One session for each: the steps of a person who opens a record, reads, completes, scaffolds and
edits; then every message that was sent is held against what the editor said.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

from lsp.client import Client, client, named
from lsp.folder import RECORD, TEST, ledger, write

HERE = Path(__file__).parent / "profiles"
EDITORS = {file.stem: json.loads(file.read_text()) for file in sorted(HERE.glob("*.json"))}
PROFILES: dict[str, Any] = {**EDITORS, "one that said nothing": {"capabilities": {}}}
ADR, NEXT = "docs/adr/0001-transfers-balance.md", "docs/adr/0002-next.md"
SECOND = (
    "# 2. Next\n\n## Status\n\nAccepted\n\nSee [1](0001-transfers-balance.md), ADR-0001/INV-2.\n"
)
ALL = {"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}}
REFUSED, CREATE = -32803, "create"


@dataclass(frozen=True)
class Session:
    """A server, what its client said, and what it answered to `initialize`."""

    server: Client
    folder: Path
    said: dict[str, Any]
    answer: dict[str, Any]
    uri: str

    def can(self, path: str) -> Any:
        """What the client said of an ability; None if nothing."""
        return reduce(_of, path.split("."), self.said["capabilities"])

    @property
    def offers(self) -> dict[str, Any]:
        return dict(self.answer["capabilities"])

    @property
    def pulls(self) -> bool:
        """A client that pulls goes stale unless it can be told to pull again."""
        told = self.can("workspace.diagnostics.refreshSupport")
        return bool(self.can("textDocument.diagnostic") is not None and told)

    def findings(self) -> list[dict[str, Any]]:
        """Those of the first record, in the way that this client takes them."""
        if self.pulls:
            return list(self.server.on("diagnostic", self.uri)["items"])
        return self.server.await_codes(self.uri, "ADL301", "ADL103")

    def at(self, method: str, line: int, words: str, **more: Any) -> Any:
        return self.server.on(method, self.uri, line, self.column(line, words), **more)

    def column(self, line: int, words: str) -> int:
        """Where words begin, as this client counts."""
        before = RECORD.splitlines()[line].partition(words)[0]
        size = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2)}
        codec, unit = size[self.offers["positionEncoding"]]
        return len(before.encode(codec)) // unit


def _of(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None


@contextmanager
def session(folder: Path, said: dict[str, Any]) -> Iterator[Session]:
    with client(cwd=folder) as server:
        folders = [named(folder)] if said["capabilities"] else None
        where = {"workspaceFolders": folders, "rootUri": folder.as_uri(), "processId": None}
        answer = server.request("initialize", **said, **where)
        server.tell("initialized")
        yield Session(server, folder, said, answer, server.open(folder / ADR))


@pytest.fixture(scope="module", params=sorted(PROFILES))
def editor(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Session]:
    folder = ledger(tmp_path_factory.mktemp("profile"), **{NEXT: SECOND})
    with session(folder, PROFILES[request.param]) as opened:
        yield opened


def test_columns_are_counted_as_the_editor_prefers(editor: Session) -> None:
    offered = editor.can("general.positionEncodings") or []
    assert editor.offers["positionEncoding"] == ("utf-8" if "utf-8" in offered else "utf-16")
    fast = next(each for each in editor.findings() if each["code"] == "ADL103")
    assert fast["range"]["start"] == {"line": 9, "character": editor.column(9, "fast")}


def test_findings_come_in_one_way(editor: Session) -> None:
    assert [each["code"] for each in editor.findings()] == ["ADL301", "ADL103"]
    assert ("diagnosticProvider" in editor.offers) == editor.pulls
    assert bool(editor.server.sent("textDocument/publishDiagnostics")) == (not editor.pulls)
    assert [each["code"] for each in editor.findings()] == ["ADL301", "ADL103"]


def test_findings_hold_what_the_editor_shows(editor: Session) -> None:
    """Of a second record with the same number, each finding knows the other."""
    twin = write(editor.folder, {"docs/adr/0001-twin.md": RECORD}) / "docs/adr/0001-twin.md"
    server = editor.server
    uri = server.open(twin)
    if editor.pulls:
        found = server.on("diagnostic", uri)["items"]
    else:
        server.until(lambda: len(server.codes(uri) or []) > 2)
        found = (server.published(uri) or {})["diagnostics"]
    shows = ("publishDiagnostics", "diagnostic")
    related, pages = (
        any(editor.can(f"textDocument.{kind}.{ability}") for kind in shows)
        for ability in ("relatedInformation", "codeDescriptionSupport")
    )
    assert any("relatedInformation" in each for each in found) == related
    assert {"codeDescription" in each for each in found} == {pages}
    server.close(uri)
    twin.unlink()
    server.tell("textDocument/didSave", textDocument={"uri": editor.uri})


def test_hovers_are_in_a_form_that_the_editor_shows(editor: Session) -> None:
    knows = "markdown" in (editor.can("textDocument.hover.contentFormat") or [])
    content = editor.at("hover", 8, "INV-1")["contents"]
    assert content["kind"] == ("markdown" if knows else "plaintext")
    assert "the sum of its entries is zero" in content["value"]
    assert ("**" in content["value"], "`" in content["value"]) == (knows, knows)
    assert "tests/test_ledger.py::test_balances" in content["value"]


def completed(editor: Session, page: str) -> list[dict[str, Any]]:
    """What is offered at the end of a page."""
    server = editor.server
    uri = server.open(editor.folder / NEXT, page)
    lines = page.split("\n")
    found = server.on("completion", uri, len(lines) - 1, len(lines[-1]))["items"]
    server.close(uri)
    return list(found)


def test_completion_fits_the_editor(editor: Session) -> None:
    formats = editor.can("textDocument.completion.completionItem.documentationFormat") or []
    snippets = bool(editor.can("textDocument.completion.completionItem.snippetSupport"))
    items = completed(editor, SECOND + "\nSee ADR-0001/")
    assert {item["documentation"]["kind"] for item in items} == {
        "markdown" if "markdown" in formats else "plaintext"
    }
    sections = completed(editor, "# 2. Next\n\n## Status\n\nAccepted\n\n## ")
    assert sections
    assert any(item["insertTextFormat"] == 2 for item in sections) == snippets
    assert any("${" in item["textEdit"]["newText"] for item in sections) == snippets


def actions(editor: Session) -> list[dict[str, Any]]:
    place = {"line": 9, "character": 4}
    asked = {"range": {"start": place, "end": place}, "context": {"diagnostics": []}}
    return list(editor.server.on("codeAction", editor.uri, **asked))


def makes_files(editor: Session) -> bool:
    operations = editor.can("workspace.workspaceEdit.resourceOperations") or []
    return CREATE in operations or bool(
        editor.said.get("initializationOptions", {}).get("makesFiles")
    )


def test_actions_are_those_that_the_editor_can_take(editor: Session) -> None:
    found = actions(editor)
    if editor.can("textDocument.codeAction.codeActionLiteralSupport") is None:
        assert found == []
        return
    resolves = editor.can("textDocument.codeAction.resolveSupport") is not None
    (scaffold,) = [each for each in found if each["title"].startswith("Scaffold")]
    assert ("edit" not in scaffold) == resolves
    made = editor.server.request("codeAction/resolve", **scaffold) if resolves else scaffold
    check_edit(editor, made["edit"])


def check_edit(editor: Session, edit: dict[str, Any]) -> None:
    """Edits of a test that is not there yet, and of the record that is open."""
    operations = editor.can("workspace.workspaceEdit.resourceOperations") or []
    versioned = editor.can("workspace.workspaceEdit.documentChanges") or operations
    assert ("documentChanges" in edit, "changes" in edit) == (bool(versioned), not versioned)
    steps = edit.get("documentChanges", [])
    assert {step["kind"] for step in steps if "kind" in step} == {CREATE} & set(operations)
    versions = {
        step["textDocument"]["uri"]: step["textDocument"]["version"]
        for step in steps
        if "edits" in step
    }
    assert versions.get(editor.uri) == (1 if versioned else None)


def test_a_scaffold_is_applied_or_refused_in_words(editor: Session) -> None:
    words = {"command": "adr-lsp.scaffold", "arguments": [editor.uri, "ADR-0001/INV-2"]}
    if editor.can("workspace.applyEdit") and makes_files(editor):
        editor.server.request("workspace/executeCommand", **words)
        check_edit(editor, editor.server.sent("workspace/applyEdit")[-1]["params"]["edit"])
    else:
        code, why = editor.server.fault("workspace/executeCommand", **words)
        assert (code, "`adr-lsp scaffold` does" in why) == (REFUSED, True)
        assert not editor.server.sent("workspace/applyEdit")


def test_evidence_is_shown_or_refused_in_words(editor: Session) -> None:
    words = {"command": "adr-lsp.showEvidence", "arguments": [editor.uri, "ADR-0001/INV-1"]}
    if editor.can("window.showDocument.support"):
        editor.server.request("workspace/executeCommand", **words)
        assert editor.server.sent("window/showDocument")
    else:
        code, why = editor.server.fault("workspace/executeCommand", **words)
        assert (code, "shows no documents" in why) == (REFUSED, True)


def test_symbols_and_links_fit_the_editor(editor: Session) -> None:
    trees = editor.can("textDocument.documentSymbol.hierarchicalDocumentSymbolSupport")
    symbols = editor.server.on("documentSymbol", editor.uri)
    assert [symbol["name"] for symbol in symbols] == ["INV-1", "INV-2"]
    assert {"selectionRange" in symbol for symbol in symbols} == {bool(trees)}
    assert {"location" in symbol for symbol in symbols} == {not trees}
    uri = editor.server.open(editor.folder / NEXT)
    links = editor.server.on("documentLink", uri)
    assert links
    tooltips = bool(editor.can("textDocument.documentLink.tooltipSupport"))
    assert any("tooltip" in link for link in links) <= tooltips
    editor.server.close(uri)


def test_renaming_fits_the_editor(editor: Session) -> None:
    prepares = bool(editor.can("textDocument.rename.prepareSupport"))
    assert editor.offers["renameProvider"] == ({"prepareProvider": True} if prepares else True)
    edit = editor.at("rename", 8, "INV-1", newName="INV-9")
    assert ("changes" in edit) == (not editor.can("workspace.workspaceEdit"))
    operations = editor.can("workspace.workspaceEdit.resourceOperations") or []
    place = {"textDocument": {"uri": editor.uri}, "position": {"line": 0, "character": 3}}
    answer = editor.server.answer_to(editor.server.ask("textDocument/rename", **place, newName="7"))
    if "rename" in operations:
        assert "rename" in [step.get("kind") for step in answer["result"]["documentChanges"]]
    else:
        assert "`adr-lsp renumber` does" in answer["error"]["message"]


REFRESHES = {
    "workspace/diagnostic/refresh": "workspace.diagnostics.refreshSupport",
    "workspace/inlayHint/refresh": "workspace.inlayHint.refreshSupport",
    "workspace/codeLens/refresh": "workspace.codeLens.refreshSupport",
    "client/registerCapability": "workspace.didChangeWatchedFiles.dynamicRegistration",
    "window/workDoneProgress/create": "window.workDoneProgress",
    "workspace/applyEdit": "workspace.applyEdit",
    "window/showDocument": "window.showDocument.support",
}


def test_nothing_is_asked_of_an_editor_that_it_cannot_do(editor: Session) -> None:
    server = editor.server
    server.on("codeLens", editor.uri)
    before = len(server.received)
    write(editor.folder, {"tests/test_more.py": TEST.replace("INV-1", "INV-2")})
    server.tell("textDocument/didSave", textDocument={"uri": editor.uri})
    wanted = [m for m, a in REFRESHES.items() if m.endswith("refresh") and editor.can(a)]
    if not editor.pulls:
        server.await_codes(editor.uri, "ADL103")
    for method in wanted:
        server.until(lambda m=method: any(x.get("method") == m for x in server.received[before:]))
    assert not editor.pulls or [each["code"] for each in editor.findings()] == ["ADL103"]
    asked = {m["method"] for m in server.received if "method" in m and "id" in m}
    assert asked <= {method for method, ability in REFRESHES.items() if editor.can(ability)}
    if editor.can("workspace.didChangeWatchedFiles.dynamicRegistration"):
        server.until(lambda: server.sent("client/registerCapability"))


@pytest.mark.parametrize("said", ["vscode-1.139.1", "one that said nothing"])
def test_progress_is_shown_where_the_editor_shows_some(tmp_path: Path, said: str) -> None:
    profile = dict(PROFILES[said])
    profile["initializationOptions"] = {**profile.get("initializationOptions", {}), "trusted": True}
    with session(ledger(tmp_path), profile) as editor:
        words = {"command": "adr-lsp.run", "arguments": [editor.uri, "ADR-0001/INV-1"]}
        editor.server.request("workspace/executeCommand", **words)
        kinds = [m["params"]["value"]["kind"] for m in editor.server.sent("$/progress")]
        shows = bool(editor.can("window.workDoneProgress"))
        assert bool(editor.server.sent("window/workDoneProgress/create")) == shows
        assert (kinds[:1], kinds[-1:]) == ((["begin"], ["end"]) if shows else ([], []))
