"""Less usual places near the top of a record that say its status, its date, what it replaces."""

from __future__ import annotations

import pytest

from adr_lsp.record import Status
from adr_lsp.record.dates import iso_date
from adr_lsp.record.key import key_of
from adr_lsp.record.pages import is_about_the_log
from record.texts import record


@pytest.mark.parametrize(
    "badge",
    [
        "![Status](https://img.shields.io/badge/status-accepted-green)",
        "![](https://img.shields.io/badge/Status-Accepted-brightgreen?style=for-the-badge)",
        "[![Status](https://badgen.net/badge/status/accepted/green)](../README.md)",
        "<!-- ![](https://img.shields.io/badge/status-proposed-blue) -->\n"
        "![](https://img.shields.io/badge/status-accepted-green)",
    ],
)
def test_a_badge_says_the_status(badge: str) -> None:
    found = record(f"# 4. Cache on disk\n\n{badge}\n\n## Context\n\nx\n")
    assert found.status is Status.ACCEPTED
    assert found.text.between(found.status_range).lower() == "accepted"


def test_a_badge_of_something_else_says_nothing() -> None:
    found = record("# 4. X\n\n![build](https://img.shields.io/badge/build-passing-green)\n")
    assert (found.status, found.date) == (Status.NONE, None)


def test_a_badge_gives_the_date() -> None:
    badge = "![Date](https://img.shields.io/badge/Date-06_Mar_2025-lightblue)"
    assert record(f"# 4. X\n\n{badge}\n").date == "2025-03-06"


def test_a_table_in_the_status_section() -> None:
    table = "| Field | Value |\n|---|---|\n| Status | Accepted |\n| Date | 2025-06-10 |\n"
    found = record(f"# 4. X\n\n## 1. Status\n\n{table}\n## 2. Context\n\nx\n")
    assert (found.status, found.date) == (Status.ACCEPTED, "2025-06-10")


@pytest.mark.parametrize(
    ("top", "by"),
    [
        ("Superseded-By: ADR-7", ["ADR-7"]),
        ("Superseded by:\n\n- ADR-7\n- [ADR-8](0008-x.md)", ["ADR-7", "ADR-8"]),
        ("- Superseded by:\n  - ADR-7\n- Owner: 3 people", ["ADR-7"]),
        ("Superseded by:\n\n3 services need it.", []),
    ],
)
def test_replaced(top: str, by: list[str]) -> None:
    assert [one.key for one in record(f"# 4. X\n\n{top}\n").superseded_by] == by


@pytest.mark.parametrize(
    "said",
    ["accepted, 2026-09-01 (at the meeting)", "принято, 2026-09-01.", "Done (by 3, 2026-09-01)"],
)
def test_the_date_behind_any_word(said: str) -> None:
    assert iso_date(said) == "2026-09-01"
    assert record(f"# 4. X\n\nStatus: {said}\n").date == "2026-09-01"


@pytest.mark.parametrize(
    ("section", "date"),
    [("Data\n\n2026-07-13", "2026-07-13"), ("Data\n\nRows of 2026-07-13 and later.", None)],
)
def test_a_section_of_data_is_a_date_where_nothing_else_is_in_it(
    section: str, date: str | None
) -> None:
    assert record(f"# 4. X\n\n## Status\n\nAccepted\n\n## {section}\n").date == date


def test_fields_behind_a_wide_bar() -> None:
    found = record("# 4. X\n\n> **日期**: 2026-10-11｜**状态**: 已批准（会议）｜**作者**: 甲\n")
    assert (found.status, found.date) == (Status.ACCEPTED, "2026-10-11")


def test_a_date_behind_adr_is_no_number() -> None:
    found = key_of("docs/adr/ADR-2026-08-24-cache.md", None, None)
    assert (found.text, found.number, found.date) == ("ADR-2026-08-24-cache", None, "2026-08-24")


@pytest.mark.parametrize("name", ["_template.md", "__template.md", "_adr-template.md"])
def test_templates_with_a_bar_before_their_name(name: str) -> None:
    assert is_about_the_log(f"docs/adr/{name}")
