"""Fixing when an editor saves, over the protocol."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lsp.client import client
from lsp.folder import write

RECORD = """\
# 1. A 🦀

## Status

Acceptd

## Invariants

- **INV-1**: A holds.
- 🦀 B holds.
- **INV-1**: C holds.
"""


def test_all_safe_fixes_are_one_edit_when_asked_for(tmp_path: Path) -> None:
    write(tmp_path, {"docs/adr/0001-a.md": RECORD})
    with client(cwd=tmp_path) as editor:
        able = editor.initialize(tmp_path)["capabilities"]["codeActionProvider"]
        assert "source.fixAll.adr-lsp" in able["codeActionKinds"]
        uri = editor.open(tmp_path / "docs/adr/0001-a.md")

        def kinds(*only: str) -> list[dict[str, Any]]:
            at = {"line": 0, "character": 0}
            context = {"diagnostics": [], **({"only": list(only)} if only else {})}
            return editor.on("codeAction", uri, range={"start": at, "end": at}, context=context)

        (action,) = kinds("source.fixAll")
        assert [d["code"] for d in action["diagnostics"]] == ["ADL503", "ADL102"]
        assert edits(action) == [(4, 0, 7, "Accepted"), (9, 2, 2, "**INV-2**: ")]
        assert kinds("source.organizeImports") == []
        assert all(a["kind"].startswith(("quickfix", "refactor")) for a in kinds())


def edits(action: dict[str, Any]) -> list[tuple[int, int, int, str]]:
    changed = action["edit"].get("changes") or {
        step["textDocument"]["uri"]: step["edits"] for step in action["edit"]["documentChanges"]
    }
    return [
        (
            e["range"]["start"]["line"],
            e["range"]["start"]["character"],
            e["range"]["end"]["character"],
            e["newText"],
        )
        for found in changed.values()
        for e in found
    ]
