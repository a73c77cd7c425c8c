"""What a renaming refuses, and what it leaves and names."""

from __future__ import annotations

import json

from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.features.rename import files_renamed
from adr_lsp.features.renaming.model import Renaming
from adr_lsp.features.renaming.rename_id import rename_id
from adr_lsp.features.renaming.renumber import renumber
from adr_lsp.record import Record
from adr_lsp.snapshot import Snapshot
from rules.case import MemoryTree, snapshot

RECORD = "# {}. A\n\n{}\n\n## Invariants\n\n- **INV-1**: A.\n- **INV-2**: B.\n"


def read(files: dict[str, str]) -> Snapshot:
    tree = MemoryTree({path: text.encode() for path, text in files.items()})
    return snapshot(tree, {path for path in files if path.endswith(".md")})


def first(found: Snapshot) -> Record:
    return next(iter(found.log))


def left(made: Renaming | Refusal) -> list[tuple[str, int]]:
    assert isinstance(made, Renaming), made
    return [(one.path, one.range.start.line) for one in made.unclear]


def test_no_reference_comes_to_mean_another_record() -> None:
    found = read(
        {
            "a/adr/0001-a.md": RECORD.format(1, ""),
            "b/adr/0002-b.md": RECORD.format(2, ""),
            "tests/test_m.py": "# Verifies: ADR-0001/INV-1\ndef test_a():\n    assert make()\n",
        }
    )
    refused = renumber(found, first(found), 2)
    assert refused == Refusal("`ADR-0002/INV-1` in tests/test_m.py:1 would not be clear then")
    assert left(renumber(found, first(found), 3)) == []


def test_no_other_reference_becomes_ambiguous() -> None:
    found = read(
        {
            "a/adr/0001-a.md": RECORD.format(1, ""),
            "b/adr/0002-b.md": RECORD.format(2, ""),
            "tests/test_m.py": "# Verifies: b/ADR-0002/INV-1\n# Verifies: ADR-0002/INV-2\n"
            "def test_a():\n    assert make()\n",
        }
    )
    refused = renumber(found, first(found), 2)
    assert refused == Refusal("`ADR-0002/INV-2` in tests/test_m.py:2 would not be clear then")


def test_a_log_before_a_key_keeps_it_clear() -> None:
    found = read(
        {
            "a/adr/0001-a.md": RECORD.format(1, ""),
            "b/adr/0002-b.md": RECORD.format(2, ""),
            "tests/test_m.py": "# Verifies: a/ADR-0001/INV-1, b/ADR-0002/INV-1\n"
            "def test_a():\n    assert make()\n",
        }
    )
    assert left(renumber(found, first(found), 2)) == []


def test_ids_that_a_reader_takes_for_one_are_one() -> None:
    found = read({"docs/adr/0001-a.md": RECORD.format(1, "")})
    record = first(found)
    refused = rename_id(found, record, record.invariants[0], "INV-02")
    assert refused == Refusal("ADR-0001 has an invariant INV-2 already")


def test_code_and_hidden_comments_stay_and_are_named() -> None:
    said = "```text\nADR-0009/INV-1\n```\n\n    INV-1\n\n<!-- ADR-0009/INV-1 -->"
    files = {"docs/adr/0009-a.md": RECORD.format(9, said), "a.py": "X = 'ADR-0009/INV-1'\n"}
    found = read(files)
    record = first(found)
    places = left(rename_id(found, record, record.invariants[0], "INV-4"))
    own = "docs/adr/0009-a.md"
    assert places == [("a.py", 0), (own, 3), (own, 6), (own, 8)]


def test_modules_and_the_baseline_follow_a_file_of_code() -> None:
    """`Target:` by its module, under any root; what leaves that root stays for its author."""
    target = "# 1. A\n\n## Invariants\n\n- **INV-1**: A holds.\n  - Target: `{}:Book`\n"
    entry = {"rule": "ADL304", "place": "src/app/book.py", "invariant": "", "text": "", "count": 1}
    found = read(
        {
            "docs/adr/0001-a.md": target.format("app.book"),
            "docs/adr/0002-b.md": target.format("app"),
            "src/app/__init__.py": "",
            "src/app/book.py": "class Book: ...\n",
            "adr-lsp-baseline.json": json.dumps({"version": 1, "findings": [entry]}),
        }
    )

    def followed(*moves: tuple[str, str]) -> dict[str, str]:
        change = files_renamed(found, moves)
        edits = change.edits if change else ()
        return {edit.path: edit.new_text for edit in edits}

    book = followed(("src/app/book.py", "src/app/shop/till.py"))
    assert book.pop("docs/adr/0001-a.md") == "app.shop.till"
    (baseline,) = book.values()
    assert '"src/app/shop/till.py"' in baseline
    whole = [(f"src/app/{name}", f"src/shop/{name}") for name in ("__init__.py", "book.py")]
    assert followed(*whole)["docs/adr/0001-a.md"] == "shop.book"
    assert followed(*whole)["docs/adr/0002-b.md"] == "shop"
    assert "docs/adr/0001-a.md" not in followed(("src/app/book.py", "lib/book.py"))
