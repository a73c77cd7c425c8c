"""What the base declared, the present does not, and something still names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.diagnostics import diagnostics
from snapshot.made import Root

RECORD = "docs/adr/0001-bound-the-queue.md"
TEST = "tests/test_queue.py"
BOTH = """# 1. Bound the queue

## Invariants

- **INV-1**: The queue holds at most ten items.
- **INV-2**: A full queue rejects new items.
"""
FIRST_ALONE = BOTH.replace("- **INV-2**: A full queue rejects new items.\n", "")
NAMING = "# Verifies: ADR-0001/INV-2\ndef test_full():\n    assert full()\n"


def before() -> Root:
    root = Root()
    root.write(RECORD, BOTH)
    root.write(TEST, NAMING)
    return root


def removed(now: Root, then: Root) -> list[Diagnostic]:
    snapshot = replace(now.snapshot(), base=then.snapshot(), base_name="main")
    return [found for found in diagnostics(snapshot) if found.code == "ADL205"]


def after(**files: str) -> Root:
    root = before()
    del root.files[RECORD]
    for name, text in files.items():
        root.write(f"docs/adr/{name.lstrip('_').replace('_', '-')}.md", text)
    return root


def test_at_the_reference_with_its_place_at_the_base() -> None:
    (found,) = removed(after(_0001_bound_the_queue=FIRST_ALONE), before())
    assert (found.path, found.range.start.line, found.range.start.column) == (TEST, 0, 12)
    assert found.message == (
        f"`ADR-0001/INV-2` was removed since `main`, where `{RECORD}` declares it on line 6"
    )


def test_the_whole_record_is_gone() -> None:
    (found,) = removed(after(), before())
    assert found.path == TEST


@pytest.mark.parametrize(
    "files",
    [
        {"_0001_bound_the_queue": BOTH},
        {"_0002_bound_the_queue": BOTH.replace("# 1.", "# 2.").replace("rejects", "refuses")},
        {"_0002_limit_queues": BOTH.replace("# 1.", "# 2.").replace("rejects", "refuses")},
        {"_0001_bound_the_queue": FIRST_ALONE, "_0002_refuse": BOTH.replace("Bound", "Fill")},
        {"_0001_bound_the_queue": BOTH.replace("INV-2", "INV-3")},
    ],
    ids=["stays", "renumbered", "another name, one title", "moved", "another id"],
)
def test_what_lives_on_was_not_removed(files: dict[str, str]) -> None:
    assert removed(after(**files), before()) == []


def test_nobody_names_it() -> None:
    now = after(_0001_bound_the_queue=FIRST_ALONE)
    del now.files[TEST]
    assert removed(now, before()) == []


def test_without_a_base() -> None:
    found = diagnostics(after().snapshot())
    assert [each for each in found if each.code == "ADL205"] == []


def test_another_record_names_it() -> None:
    other = "# 2. Drop\n\nWe lean on ADR-1/INV-2, `ADR-0001#INV-1` and [ADR-0001/INV-2](x.md).\n"
    fenced = "\n```\nADR-0001/INV-2\n```\n<!-- ADR-0001/INV-2 -->\n"
    now = after(_0001_bound_the_queue=FIRST_ALONE, _0002_drop=other + fenced)
    found = [each for each in removed(now, before()) if each.path != TEST]
    assert [(each.range.start.line, each.range.start.column) for each in found] == [
        (2, 11),
        (2, 46),
    ]


def test_a_record_that_cannot_be_read_any_more_lost_nothing() -> None:
    now = after(_0001_bound_the_queue=BOTH + "x" * (2 << 20))
    assert removed(now, before()) == []
