"""Which files count as records while they are written, saved and named."""

from __future__ import annotations

from pathlib import Path

from adr_lsp.workspace import Workspace

DECISION = "# Use x\n\n## Status\n\nAccepted\n\n## Context\n\n## Decision\n"
PAGE = "# How to install\n"


def write(root: Path, path: str, content: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(content)


def opened(root: Path) -> Workspace:
    workspace = Workspace(root)
    workspace.refresh()
    return workspace


def records(workspace: Workspace) -> set[str]:
    return set(workspace.snapshot().log.records)


def test_a_file_without_a_key_counts_as_soon_as_it_is_saved_as_a_decision(tmp_path: Path) -> None:
    """Verifies: ADR-0011/INV-3"""
    write(tmp_path, "docs/adr/use-x.md", PAGE)
    workspace = opened(tmp_path)
    assert records(workspace) == set()
    workspace.edit("docs/adr/use-x.md", DECISION)
    assert records(workspace) == set()
    write(tmp_path, "docs/adr/use-x.md", DECISION)
    workspace.refresh()
    assert records(workspace) == {"docs/adr/use-x.md"}


def test_a_template_with_a_key_is_none_until_it_has_a_title(tmp_path: Path) -> None:
    write(tmp_path, "docs/adr/0009-x.md", "# [short title]\n\n## Status\n\n## Context\n")
    workspace = opened(tmp_path)
    assert records(workspace) == set()
    workspace.edit("docs/adr/0009-x.md", DECISION)
    assert records(workspace) == {"docs/adr/0009-x.md"}


def test_a_folder_that_a_tool_names(tmp_path: Path) -> None:
    write(tmp_path, "choices/0001-x.md", PAGE)
    write(tmp_path, ".adr-dir", "choices\n")
    workspace = opened(tmp_path)
    assert records(workspace) == {"choices/0001-x.md"}
    (tmp_path / ".adr-dir").unlink()
    workspace.refresh()
    assert records(workspace) == set()


def test_a_named_file_needs_a_key(tmp_path: Path) -> None:
    write(tmp_path, "notes/use-x.md", DECISION)
    write(tmp_path, "notes/0001-x.md", DECISION)
    workspace = opened(tmp_path)
    workspace.refresh(named=["notes/use-x.md", "notes/0001-x.md"])
    assert records(workspace) == {"notes/0001-x.md"}


def test_each_part_of_a_repository_has_its_own_numbers(tmp_path: Path) -> None:
    write(tmp_path, "api/docs/adr/0001-x.md", DECISION)
    write(tmp_path, "web/docs/adr/0001-y.md", DECISION)
    log = opened(tmp_path).snapshot().log
    assert {log.key(record) for record in log} == {"api/docs/adr/ADR-0001", "web/docs/adr/ADR-0001"}
