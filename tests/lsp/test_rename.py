"""Renaming by the editor: at the cursor, and of files in its tree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lsp.client import Client, client, named
from lsp.folder import RECORD, TEST, ledger, write

ADR, CODE = "docs/adr/0001-transfers-balance.md", "tests/test_ledger.py"
OTHER = "docs/adr/0002-next.md"
ABLE = {
    "workspace": {
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create", "rename"]}
    }
}


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[Client]:
    linked = "# 2. Next\n\nSee [1](0001-transfers-balance.md) and ADR-0001/INV-2.\n"
    ledger(tmp_path, **{OTHER: linked})
    with client(cwd=tmp_path) as started:
        started.initialize(capabilities=ABLE, workspaceFolders=[named(tmp_path)])
        yield started


def place(text: str, words: str) -> tuple[int, int]:
    before, _, _ = text.partition(words)
    return before.count("\n"), len(before.rpartition("\n")[2]) + 1


def edits(root: Path, edit: Any) -> dict[str, list[str]]:
    """The new texts by path; a renamed file has its new path instead."""
    found: dict[str, list[str]] = {}
    for step in edit["documentChanges"]:
        if step.get("kind") == "rename":
            found[_path(root, step["oldUri"]) + " →"] = [_path(root, step["newUri"])]
        else:
            path = _path(root, step["textDocument"]["uri"])
            found[path] = [each["newText"] for each in step["edits"]]
    return found


def _path(root: Path, uri: str) -> str:
    return uri.removeprefix(root.as_uri() + "/")


def test_an_id_is_renamed_from_either_side(editor: Client, tmp_path: Path) -> None:
    adr, code = editor.open(tmp_path / ADR), editor.open(tmp_path / CODE)
    for uri, at in ((adr, place(RECORD, "INV-1")), (code, place(TEST, "ADR-0001/INV-1"))):
        prepared = editor.on("prepareRename", uri, *at)
        assert prepared["placeholder"] == "INV-1"
        renamed = editor.on("rename", uri, *at, newName="INV-SUM")
        assert edits(tmp_path, renamed) == {ADR: ["INV-SUM"], CODE: ["INV-SUM"]}


def test_columns_are_the_clients(editor: Client, tmp_path: Path) -> None:
    """The open text counts, saved or not; an emoji before the id takes two units."""
    uri = editor.open(tmp_path / ADR)
    editor.change(uri, 2, RECORD.replace("😀 A", "😀 Unlike INV-1, a"))
    (step,) = editor.on("rename", uri, *place(RECORD, "INV-2"), newName="INV-3")["documentChanges"][
        :1
    ]
    assert step["textDocument"] == {"uri": uri, "version": 2}
    line = next(n for n, text in enumerate(RECORD.split("\n")) if "INV-2" in text)
    assert [e["range"]["start"] for e in step["edits"]] == [{"line": line, "character": 4}]
    moved = editor.on("rename", uri, *place(RECORD, "INV-1"), newName="INV-9")
    (own,) = (s for s in moved["documentChanges"] if s["textDocument"]["uri"] == uri)
    after = next(e for e in own["edits"] if e["range"]["start"]["line"] == line)
    assert after["range"]["start"]["character"] == len("- **INV-2**: 😀 Unlike ") + 1


def test_what_has_no_name_is_not_renamed(editor: Client, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / ADR)
    assert editor.on("prepareRename", uri, *place(RECORD, "every transfer")) is None
    assert editor.on("prepareRename", uri, *place(RECORD, "Accepted")) is None


def test_a_name_that_is_taken_is_refused_with_the_reason(editor: Client, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / ADR)
    line, character = place(RECORD, "INV-1")
    asked = {
        "textDocument": {"uri": uri},
        "position": {"line": line, "character": character},
        "newName": "INV-2",
    }
    code, message = editor.fault("textDocument/rename", **asked)
    assert (code, message) == (-32803, "ADR-0001 has an invariant INV-2 already")


def test_a_record_is_renumbered_where_it_is_named(editor: Client, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / OTHER)
    at = place((tmp_path / OTHER).read_text(), "0001-transfers")
    assert editor.on("prepareRename", uri, *at)["placeholder"] == "ADR-0001"
    changed = edits(tmp_path, editor.on("rename", uri, *at, newName="ADR-0007"))
    assert changed[f"{ADR} →"] == ["docs/adr/0007-transfers-balance.md"]
    assert changed[ADR] == ["7"]
    assert sorted(changed[OTHER]) == ["0007", "0007-transfers-balance.md", "7"]
    assert changed[CODE] == ["0007"]


def test_files_renamed_in_the_tree(editor: Client, tmp_path: Path) -> None:
    verified = RECORD + "- **INV-3**: It is so.\n  - Verified by: `tests/test_ledger.py`\n"
    write(tmp_path, {ADR: verified})
    editor.tell(
        "workspace/didChangeWatchedFiles", changes=[{"uri": (tmp_path / ADR).as_uri(), "type": 2}]
    )
    editor.open(tmp_path / OTHER)

    def asked(*moves: tuple[str, str]) -> dict[str, list[str]]:
        files = [
            {"oldUri": (tmp_path / old).as_uri(), "newUri": (tmp_path / new).as_uri()}
            for old, new in moves
        ]
        edit = editor.request("workspace/willRenameFiles", files=files)
        return edits(tmp_path, edit) if edit else {}

    assert asked((ADR, "docs/adr/0001-balance.md")) == {OTHER: ["0001-balance.md"]}
    assert asked(("docs/adr", "docs/decisions")) == {}
    assert asked((OTHER, "docs/adr/old/0002-next.md")) == {OTHER: ["../0001-transfers-balance.md"]}
    editor.until(lambda: asked((CODE, "tests/unit/test_it.py")) == {ADR: ["tests/unit/test_it.py"]})


def test_a_name_is_found_where_it_is_only_mentioned(editor: Client, tmp_path: Path) -> None:
    """In a row of a table, in any page's words, in a title; not in code, nor in other words."""
    index = "[1. Balance](adr/0001-transfers-balance.md) 1\n\n| Id |\n| --- |\n| ADR-0001/INV-1 |\n"
    content = f"{index}\n```\nADR-0001/INV-2\n```\n"
    write(tmp_path, {"docs/README.md": content})
    page, adr = editor.open(tmp_path / "docs/README.md"), editor.open(tmp_path / ADR)

    def named(uri: str, at: tuple[int, int]) -> str | None:
        found = editor.on("prepareRename", uri, *at)
        return found["placeholder"] if found else None

    editor.until(lambda: named(page, (0, 1)) == "ADR-0001")
    assert named(page, place(content, "INV-1")) == "INV-1"
    assert named(page, place(content, "0001/INV-1")) == "ADR-0001"
    assert named(adr, place(RECORD, "1. Transfers")) == "ADR-0001"
    assert named(page, place(content, "INV-2")) is None
    assert named(page, place(content, "Balance")) is None
    assert named(page, place(content, " 1\n")) is None


def test_a_client_that_renames_no_files_is_told(tmp_path: Path) -> None:
    able = {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]}}
    with client(cwd=ledger(tmp_path)) as editor:
        editor.initialize(capabilities={"workspace": able}, workspaceFolders=[named(tmp_path)])
        uri = editor.open(tmp_path / ADR)
        line, character = place(RECORD, "1. Transfers")
        asked = {
            "textDocument": {"uri": uri},
            "position": {"line": line, "character": character},
            "newName": "7",
        }
        code, message = editor.fault("textDocument/rename", **asked)
        assert (code, "renames no files" in message) == (-32803, True)
        assert editor.on("rename", uri, *place(RECORD, "INV-1"), newName="INV-9")


def test_files_of_several_roots_renamed_at_once(tmp_path: Path) -> None:
    """Each root follows its own; a file outside of all is none of our business."""
    linked = "# 2. Next\n\nSee [1](0001-transfers-balance.md).\n"
    roots = [ledger(tmp_path / name, **{OTHER: linked}) for name in ("one", "two")]
    with client(cwd=tmp_path) as editor:
        editor.initialize(capabilities=ABLE, workspaceFolders=[named(root) for root in roots])
        moves = [(f"{root.name}/{ADR}", f"{root.name}/docs/adr/0001-sums.md") for root in roots]
        moves.append(("elsewhere/x.md", "elsewhere/y.md"))
        files = [
            {"oldUri": (tmp_path / old).as_uri(), "newUri": (tmp_path / new).as_uri()}
            for old, new in moves
        ]
        edit = editor.request("workspace/willRenameFiles", files=files)
        found = edits(tmp_path, edit)
        assert found == {f"one/{OTHER}": ["0001-sums.md"], f"two/{OTHER}": ["0001-sums.md"]}
        assert editor.request("workspace/willRenameFiles", files=files[2:]) is None
