"""What a record is called: by its file name, then its front matter, then its title."""

from __future__ import annotations

import pytest

from adr_lsp.record.key import series_of
from record.texts import record


@pytest.mark.parametrize(
    ("path", "key", "number", "stem"),
    [
        ("docs/adr/0012-use-x.md", "ADR-0012", 12, "0012-use-x"),
        ("docs/adr/12.md", "ADR-0012", 12, "12"),
        ("docs/adr/ADR-0012-use-x.md", "ADR-0012", 12, "ADR-0012-use-x"),
        ("docs/adr/adr-012-use-x.md", "ADR-0012", 12, "adr-012-use-x"),
        ("docs/adr/adr12.md", "ADR-0012", 12, "adr12"),
        ("docs/adr/adr_0012_use_x.md", "ADR-0012", 12, "adr_0012_use_x"),
        ("docs/adr/12345-use-x.md", "ADR-12345", 12345, "12345-use-x"),
        ("docs/adr/017pdr-use-x.md", "ADR-0017", 17, "017pdr-use-x"),
        ("docs/adr/ODH-ADR-Operator-0014-use-x.md", "ADR-0014", 14, "ODH-ADR-Operator-0014-use-x"),
        ("docs/adr/RFC-0014-use-x.md", "ADR-0014", 14, "RFC-0014-use-x"),
        ("docs/adr/20240131-use-x.md", "20240131-use-x", None, "20240131-use-x"),
        ("docs/adr/2024-01-31-use-x.md", "2024-01-31-use-x", None, "2024-01-31-use-x"),
        ("docs/adr/2024-01-31_018-use-x.md", "ADR-0018", 18, "2024-01-31_018-use-x"),
        ("docs/adr/0012-use-x/README.md", "ADR-0012", 12, "0012-use-x"),
        ("docs/adr/2024-01-31-x/README.md", "2024-01-31-x", None, "2024-01-31-x"),
        ("docs/adr/use-x.md", "use-x", None, "use-x"),
        ("docs/adr/0003-[Superseded]use-y.md", "ADR-0003", 3, "0003-[Superseded]use-y"),
        ("INVARIANTS.md", "INVARIANTS", None, "INVARIANTS"),
    ],
)
def test_by_the_file_name(path: str, key: str, number: int | None, stem: str) -> None:
    found = record("# X\n", path)
    assert (found.key, found.number, found.stem) == (key, number, stem)


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ("---\nid: ADR-0007\n---\n\n# X\n", "ADR-0007"),
        ("---\nnumber: 7\n---\n\n# 9. X\n", "ADR-0007"),
        ("# ADR-0009: X\n", "ADR-0009"),
        ("# 9. X\n", "ADR-0009"),
        ("# 3 ways to x\n", "use-x"),
    ],
)
def test_by_the_front_matter_then_by_the_title(content: str, key: str) -> None:
    assert record(content, "docs/adr/use-x.md").key == key


@pytest.mark.parametrize(
    ("heading", "title", "number"),
    [
        ("Use x", "Use x", None),
        ("12. Use x", "Use x", 12),
        ("12: Use x", "Use x", 12),
        ("12 - Use x", "Use x", 12),
        ("0012 Use x", "Use x", 12),
        ("ADR-0012: Use x", "Use x", 12),
        ("ADR 12 Use x", "Use x", 12),
        ("adr-012 – Use x", "Use x", 12),
        ("ODH-ADR-0012: Use x", "Use x", 12),
        ("PDR-012: Use x", "Use x", 12),
        ("**ADR-0012**: Use `x`", "Use x", 12),
        ("ADR-0012", "ADR-0012", 12),
        ("2.0 migration", "2.0 migration", None),
        ("3 ways to x", "3 ways to x", None),
        ("Adrenaline 5", "Adrenaline 5", None),
    ],
)
def test_a_title_is_without_its_key(heading: str, title: str, number: int | None) -> None:
    found = record(f"# {heading}\n")
    assert (found.title, found.title_number) == (title, number)


def test_the_first_heading_of_level_one_is_the_title() -> None:
    assert record("## Status\n\nAccepted\n\n# Use x\n\n# Again\n").title == "Use x"
    assert record("---\ntitle: Front\n---\n\n## Context\n").title == "Front"
    assert record("## Only this\n\ntext\n").title == "Only this"
    assert record("no heading\n").title == ""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("0004-a", "ADR-0004-b", True),
        ("ADR0004-a", "adr-4-b", True),
        ("X-ADR-0004-a", "X-ADR-OPS-0004-b", False),
        ("X-ADR-OPS-0004-a", "x-adr-ops-4-b", True),
        ("RFC-0004", "0004-a", False),
    ],
)
def test_words_before_a_number_make_a_series(one: str, other: str, same: bool) -> None:
    assert (series_of(one) == series_of(other)) == same


@pytest.mark.parametrize(
    ("title", "path", "read"),
    [
        ("23 Logging", "docs/adr/023-logging.md", "Logging"),
        ("7 ways to log", "docs/adr/023-logging.md", "7 ways to log"),
        ("RFC 001: Use x", "docs/adr/001rfc-x.md", "Use x"),
        ("Architecture Decision Record 5 - Use x", "docs/adr/0005-x.md", "Use x"),
        ("UTF-8 everywhere", "docs/adr/0005-x.md", "UTF-8 everywhere"),
        ("CEP-12: Use x", "docs/adr/0012-x.md", "Use x"),
        ("ADR 0012：使用 x", "docs/adr/0012-x.md", "使用 x"),
        ("ADR 0012 · Use x", "docs/adr/0012-x.md", "Use x"),
        ("0012 — Use x", "docs/adr/0012-x.md", "Use x"),
        ("ADR: Use x", "docs/adr/0012-x.md", "ADR: Use x"),
    ],
)
def test_which_number_of_a_title_is_its_key(title: str, path: str, read: str) -> None:
    assert record(f"# {title}\n", path).title == read


def test_a_month_is_no_number() -> None:
    found = record("# Use x\n", "docs/adr/2026-01-use-x.md")
    assert (found.key, found.number, found.date) == ("2026-01-use-x", None, "2026-01")
