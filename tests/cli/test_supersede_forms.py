"""What one record promises in any form, its successor promises in its own, with the same tests."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.features.authoring.supersede import Fate, supersede
from adr_lsp.features.report import report
from adr_lsp.snapshot import Snapshot, tests_of
from adr_lsp.text import apply_edits
from adr_lsp.workspace import Workspace

HEAD = "# {number}. Wrap\n\n## Status\n\nAccepted\n\n## Context\n\nWords.\n\n"
OLD = {
    "items": """## Invariants

- **INV-1** *(bounds, needs: property|example)*: A number, see [why](../why.md#a),
  is below `len(x)`.

  ```python
  wrap(-1)  # [no link](here.md)
  ```
  - Verified by: [`test_wrap`](../../tests/test_wrap.py), `tests/test_wrap.py::test_more`
  - Waived until 2027-03-31: no sandbox yet ([#12](https://example.org/12))
- **INV-2**: A name is unique.
""",
    "headings": """## Invariants

### INV-1 *(bounds)*: A number is below ten

It says [why][a], and in [the context](#context).

- Verified by: [`test_wrap`](../../tests/test_wrap.py)

### INV-2: A name is unique

[a]: ../why.md
""",
    "rows": """## Invariants

| Id | Statement | Verified by |
| --- | --- | --- |
| INV-1 | A number \\| sum is below ten, see [why](../why.md) | ../../tests/test_wrap.py |
| INV-2 | A name is unique | |
""",
    "paragraphs": """## Invariants

**INV-1** *(bounds)*: A number,
see [why](../why.md), is below ten.

- Verified by: [`test_wrap`](../../tests/test_wrap.py)

INV-2: A name is unique.
""",
    "elsewhere": """## Decision

We wrap.

1. **INV-1**: A number is below ten.
   - Verified by: [`test_wrap`](../../tests/test_wrap.py)
2. **INV-2**: A name is unique.
""",
}
NEW = {
    "nothing": "## Consequences\n\nNone.\n",
    "an empty section": "## Invariants\n",
    "items": "## Invariants\n\n- **INV-1**: A total is even.\n\n## Consequences\n\nNone.\n",
    "numbered items": "## Invariants\n\n1. **INV-1**: A total is even.\n\n## Consequences\n",
    "headings": "## Invariants\n\n### INV-1: A total is even\n\nIt is.\n\n## Consequences\n",
    "rows": "## Invariants\n\n| Id | Statement |\n| --- | --- |\n| INV-1 | A total is even |\n",
    "paragraphs": "## Invariants\n\n**INV-1**: A total is even:\n\n- always\n\n## Consequences\n",
}
TESTS = """import pytest


# Verifies: ADR-0001/INV-1, INV-2, ADR-0003/INV-1
def test_wrap():
    assert int("1") == 1


@pytest.mark.invariant("ADR-1/INV-2")
def test_more():
    \"\"\"More.

    Verifies: 0001-old#INV-1
    \"\"\"
    assert int("1") == 1
"""


def opened(root: Path, old: str, new: str) -> tuple[Workspace, str, str]:
    paths = "docs/adr/0001-old.md", "docs/adr/new/0002-new.md"
    files = {
        paths[0]: HEAD.format(number=1) + old,
        paths[1]: HEAD.format(number=2) + new,
        "docs/adr/0003-x.md": HEAD.format(number=3) + "## Invariants\n\n- **INV-1**: A is B.\n",
        "docs/why.md": "# Why\n",
        "tests/test_wrap.py": TESTS,
    }
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content)
    (root / ".git").mkdir()
    workspace = Workspace(root)
    workspace.refresh()
    return workspace, *paths


def apply(workspace: Workspace, fate: Fate, old_path: str, new_path: str) -> None:
    snapshot = workspace.snapshot()
    old, new = (snapshot.log.records[path] for path in (old_path, new_path))
    fates = {i.id: fate for i in old.invariants if i.id}
    change = supersede(snapshot, old, new, fates)
    assert not isinstance(change, Refusal), change.reason
    for path in change.paths:
        before = (workspace.root / path).read_text()
        edits = [edit for edit in change.edits if edit.path == path]
        (workspace.root / path).write_text(apply_edits(before, edits))
    workspace.refresh()


def linked(snapshot: Snapshot, path: str) -> dict[str, set[str]]:
    """By what each invariant of a record promises: the names of its tests."""
    record = snapshot.log.records[path]
    return {
        " ".join(i.statement.rstrip(".").split()): {
            test.name for test in tests_of(snapshot, record, i)
        }
        for i in record.invariants
    }


def faults(snapshot: Snapshot) -> set[tuple[str, str]]:
    found = report(snapshot, sorted(snapshot.log.records)).findings
    told = {"ADL206"}
    return {(f.path, f.message) for f in found if f.severity == "error" or f.code in told}


@pytest.mark.parametrize(("old", "new"), list(product(OLD, NEW)))
def test_what_is_carried_over_stays_promised_and_tested(tmp_path: Path, old: str, new: str) -> None:
    workspace, old_path, new_path = opened(tmp_path, OLD[old], NEW[new])
    before = linked(workspace.snapshot(), old_path)
    assert sorted(map(len, before.values())) == [2, 2]
    apply(workspace, Fate.CARRY, old_path, new_path)
    snapshot = workspace.snapshot()
    after = linked(snapshot, new_path)
    own = [words for words in after if words.startswith("A total is even")]
    assert len(own) == (new not in ("nothing", "an empty section"))
    found = {words: after[words] for words in after if words not in own}
    if (old, new) in (("headings", "paragraphs"), ("headings", "items")):
        assert sorted(map(sorted, found.values())) == sorted(map(sorted, before.values()))
    else:
        assert found == before
    assert not faults(snapshot)
    assert snapshot.log.records[old_path].status == "superseded"
    assert (tmp_path / "tests/test_wrap.py").read_text().count("ADR-0003/INV-1") == 1


def test_all_that_an_item_says_is_carried_over(tmp_path: Path) -> None:
    workspace, old_path, new_path = opened(tmp_path, OLD["items"], NEW["nothing"])
    apply(workspace, Fate.CARRY, old_path, new_path)
    assert """## Invariants

- **INV-1** *(bounds, needs: property|example)*: A number, see [why](../../why.md#a),
  is below `len(x)`.

  ```python
  wrap(-1)  # [no link](here.md)
  ```
  - Verified by: [`test_wrap`](../../../tests/test_wrap.py), `tests/test_wrap.py::test_more`
  - Waived until 2027-03-31: no sandbox yet ([#12](https://example.org/12))
- **INV-2**: A name is unique.
""" in (tmp_path / new_path).read_text()


def test_what_verifies_the_whole_record_goes_along(tmp_path: Path) -> None:
    top = "Verified by: `tests/test_wrap.py::test_more`\n\n## Invariants\n\n- **INV-7**: A is B.\n"
    workspace, old_path, new_path = opened(tmp_path, OLD["items"], NEW["nothing"])
    content = f"# 1. Wrap\n\nStatus: accepted\n{top}"
    (tmp_path / old_path).write_text(content)
    workspace.refresh()
    before = linked(workspace.snapshot(), old_path)
    assert before == {"A is B": {"test_more"}}
    apply(workspace, Fate.CARRY, old_path, new_path)
    assert linked(workspace.snapshot(), new_path) == before


def test_what_was_superseded_before_is_asked_about_no_more(tmp_path: Path) -> None:
    old = "## Invariants\n\n- **INV-1**: A is B.\n  - Superseded by: ADR-0003/INV-1\n"
    workspace, old_path, new_path = opened(tmp_path, old, NEW["nothing"])
    snapshot = workspace.snapshot()
    change = supersede(snapshot, snapshot.log.records[old_path], snapshot.log.records[new_path], {})
    assert not isinstance(change, Refusal)
    assert change.paths == (new_path, old_path)


def test_who_says_to_promise_nothing_is_not_made_to(tmp_path: Path) -> None:
    nothing = "## Invariants\n\nNone: it is about how we work.\n"
    workspace, old_path, new_path = opened(tmp_path, OLD["items"], nothing)
    snapshot = workspace.snapshot()
    old, successor = (snapshot.log.records[path] for path in (old_path, new_path))
    refused = supersede(
        snapshot, old, successor, {i.id: Fate.CARRY for i in old.invariants if i.id}
    )
    assert refused == Refusal("ADR-0002 says that it has no invariants")
