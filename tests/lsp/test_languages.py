"""Both ways between a decision and its tests, in files of every language, over the protocol."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lsp.client import Client, client, named
from lsp.folder import write

ADR = "docs/adr/0001-transfers-balance.md"
RECORD = """\
# 1. Transfers balance

## Status

Accepted

## Invariants

- **INV-1** *(conservation)*: For every transfer, the sum of its entries is zero.
"""
# A file of each language: 😀 stands before the reference, so that columns are told from bytes; the
# name of the test is what a definition leads to.
CODE = {
    "web/cart.test.ts": (
        'import { it } from "vitest";\n\n'
        "/* 😀 */ // so\n/** Verifies: ADR-0001/INV-1 */\nit('😀 balances', () => {});\n",
        "😀 balances",
    ),
    "web/shop.spec.js": ('test("😀 pays [ADR-0001/INV-1]", async () => {});\n', "😀 pays"),
    "replica/src/lib.rs": (
        "mod tests {\n    // Verifies: ADR-0001/INV-1\n    #[test]\n    fn balances() {}\n}\n",
        "balances",
    ),
    "replica/tests/named.rs": ("#[test]\nfn adr_0001_inv_1_holds() {}\n", "adr_0001_inv_1_holds"),
    "ledger/ledger_test.go": (
        "package ledger\n\n// Verifies: ADR-0001/INV-1\nfunc TestBalances(t *testing.T) {}\n",
        "TestBalances",
    ),
    "src/LedgerTest.java": (
        'class LedgerTest {\n  /* 😀 */ @Test @Tag("ADR-0001/INV-1")\n  void balances() {}\n}\n',
        "balances",
    ),
    "features/pay.feature": (
        "Feature: 😀\n  @😀 @ADR-0001/INV-1\n  Scenario: Balances\n",
        "Balances",
    ),
    "formal/Ledger.tla": (
        "---- MODULE Ledger ----\n\\* Verifies: ADR-0001/INV-1\nBalanced == TRUE\n====\n",
        "Balanced",
    ),
    "deploy/check.sh": ("echo '😀' # Verifies: ADR-0001/INV-1\n", "ADR-0001/INV-1"),
}

DECLARED = {"includeDeclaration": True}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {path: text for path, (text, _) in CODE.items()}
    root = tmp_path_factory.mktemp("languages")
    return write(root, {ADR: RECORD, "adr-lsp.toml": ""} | files)


@pytest.fixture(scope="module")
def editor(folder: Path) -> Iterator[Client]:
    with client(cwd=folder) as started:
        edits = {"documentChanges": True, "resourceOperations": ["create", "rename"]}
        able = {"workspace": {"workspaceEdit": edits}}
        started.initialize(capabilities=able, workspaceFolders=[named(folder)])
        yield started


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def place(text: str, words: str) -> dict[str, Any]:
    """The range of some words as the protocol counts: in units of UTF-16."""
    before, found, _ = text.partition(words)
    assert found, words
    line, column = before.count("\n"), units(before.rpartition("\n")[2])
    end = {"line": line, "character": column + units(words)}
    return {"start": {"line": line, "character": column}, "end": end}


def reference(text: str) -> dict[str, Any]:
    named = "adr_0001_inv_1" if "adr_0001" in text else "ADR-0001/INV-1"
    return place(text, named)


def found(root: Path, locations: Any) -> dict[str, Any]:
    """Ranges by path, of links and of locations."""
    return {
        (each.get("targetUri") or each["uri"]).removeprefix(root.as_uri() + "/"): (
            each.get("targetSelectionRange") or each["range"]
        )
        for each in locations or []
    }


def start(range: dict[str, Any]) -> tuple[int, int]:
    return range["start"]["line"], range["start"]["character"] + 1


def test_from_the_decision_to_the_tests_of_all_languages(editor: Client, folder: Path) -> None:
    adr = editor.open(folder / ADR)
    at = start(place(RECORD, "INV-1"))
    went = found(folder, editor.on("definition", adr, *at))
    assert went.keys() == CODE.keys()
    for path, (text, name) in CODE.items():
        assert went[path]["start"] == place(text, name)["start"], path


def test_all_references_stand_where_they_are(editor: Client, folder: Path) -> None:
    adr = editor.open(folder / ADR)
    at = start(place(RECORD, "INV-1"))
    told = found(folder, editor.on("references", adr, *at, context={"includeDeclaration": False}))
    assert told == {path: reference(text) for path, (text, _) in CODE.items()}


@pytest.mark.parametrize("path", CODE)
def test_from_a_test_to_its_decision(editor: Client, folder: Path, path: str) -> None:
    text, _ = CODE[path]
    uri = editor.open(folder / path)
    at = start(reference(text))
    assert found(folder, editor.on("definition", uri, *at)) == {ADR: place(RECORD, "INV-1")}
    shown = editor.on("hover", uri, *at)
    assert "the sum of its entries is zero" in shown["contents"]["value"]
    assert shown["range"] == reference(text)
    lenses = editor.on("codeLens", uri)
    assert [lens["command"]["title"] for lens in lenses] == ["Verifies ADR-0001/INV-1"]
    told = found(folder, editor.on("references", uri, *at, context=DECLARED))
    assert told.keys() == {ADR, *CODE}
    editor.close(uri)


@pytest.mark.parametrize("path", ["web/shop.spec.js", "formal/Ledger.tla", "deploy/check.sh"])
def test_an_id_is_renamed_in_all_languages(editor: Client, folder: Path, path: str) -> None:
    text, _ = CODE[path]
    uri = editor.open(folder / path)
    at = place(text, "INV-1")
    assert editor.on("prepareRename", uri, *start(at))["placeholder"] == "INV-1"
    renamed = editor.on("rename", uri, *start(at), newName="INV-20")
    changed = {
        step["textDocument"]["uri"].removeprefix(folder.as_uri() + "/"): step["edits"]
        for step in renamed["documentChanges"]
    }
    assert changed.keys() == {ADR, *CODE}
    for other, (written, _) in CODE.items():
        id = "inv_1" if "adr_0001" in written else "INV-1"
        [edit] = changed[other]
        assert (edit["range"], edit["newText"]) == (place(written, id), id.replace("1", "20")), (
            other
        )
    editor.close(uri)


def test_only_what_is_wrong_with_a_reference_is_said_in_code(editor: Client, folder: Path) -> None:
    """A half-typed test of no decision gets no finding; one of an unknown invariant does."""
    wrong = {
        "web/new.test.ts": "// Verifies: ADR-0001/INV-9\nit('a', () => {});\nconst x = (",
        "replica/src/new.rs": "// Verifies: ADR-0001/INV-1\n\n#[test]\nfn a() { todo!( }\n",
        "deploy/new.yml": "a: ADR-9/INV-9\nb: [ # ADR-7\n",
    }
    codes = {}
    for path, text in wrong.items():
        (folder / path).write_text(text, encoding="utf-8")
        uri = editor.open(folder / path)
        editor.until(lambda uri=uri: editor.codes(uri) is not None, path)
        codes[path] = uri
    editor.await_codes(codes["web/new.test.ts"], "ADL202")
    editor.await_codes(codes["replica/src/new.rs"], "ADL304")
    editor.await_codes(codes["deploy/new.yml"])
