"""A status in every place that it has, and what its words mean."""

from __future__ import annotations

import pytest

from adr_lsp.record import Status
from adr_lsp.record.dates import iso_date
from record.texts import record

PLACES = {
    "front matter": "---\nstatus: accepted\n---\n\n# X\n",
    "quoted front matter": '---\nstatus: "accepted"\n---\n\n# X\n',
    "front matter, a flow map": "---\nstatus: { accepted }\n---\n\n# X\n",
    "front matter, a list": "---\nstatus: [accepted]\n---\n\n# X\n",
    "front matter, a comment": "---\n# what holds\nstatus: accepted # since May\n---\n\n# X\n",
    "section": "# 1. X\n\nDate: 2020-01-01\n\n## Status\n\nAccepted\n\n## Context\n\nDraft\n",
    "section with a bullet": "# 1. X\n\n## Status\n\n* Accepted\n",
    "section of level one": "# X\n\n# Status:\n\nAccepted\n",
    "numbered section": "# X\n\n## 1. Status\n\nAccepted\n",
    "section with a comment": "# X\n\n## Status\n\n<!-- proposed -->\n\nAccepted\n",
    "section that repeats the label": "# X\n\n## Status\n\n**Status:** Accepted\n",
    "setext": "# X\n\nStatus\n------\n\nAccepted\n",
    "bullet": "# X\n\n* Status: accepted\n* Date: 2020-01-01\n",
    "hyphen": "# X\n\n- Status: accepted\n",
    "bold line": "# X\n\n**Status:** Accepted\n",
    "bold label": "# X\n\n**Status**: Accepted\n",
    "bold bullet": "# X\n\n- **Status:** Accepted\n",
    "plain line": "# X\n\nDate: 2020-01-01\nStatus: Accepted\n",
    "row": "# X\n\n| | |\n|---|---|\n| Status | Accepted |\n",
    "head of a table": "# X\n\n| Status | Accepted |\n|---|---|\n| Date | 2020-01-01 |\n",
    "column": "# X\n\n| Status | Date |\n|---|---|\n| Accepted | 2020-01-01 |\n",
    "bar": "# X\n\n**Status:** Accepted | **Date:** 2020-01-01\n",
    "before the title": "Status: accepted\n\n# X\n",
    "above the first section": "Status: accepted\n\n## Context\n",
    "quoted": "# X\n\n> Status: accepted\n",
    "quoted, in bold": "# X\n\n> **Status: Accepted**\n",
    "heading": "# X\n\n## Status: Accepted\n\n## Context\n",
    "heading with a dash": "# X\n\n## Status – *accepted*\n\nsince May\n",
    "below a title of level two": "## X\n\nStatus: accepted\n\n### Context\n",
    "French": "# X\n\n* Statut : accepted\n",
    "Korean": "# X\n\n## 상태\n\nAccepted\n",
    "front matter behind a comment": "<!-- licence -->\n\n---\nstatus: accepted\n---\n\n# X\n",
    "front matter never opened": "status: accepted\ntitle: X\n---\n\n## Context\n",
    "front matter after a BOM": "\ufeff---\nstatus: accepted\n---\n\n# X\n",
    "dots": "# X\n\n**Status:** Accepted · **Date:** 2024-02-03 · **Issues:** #7\n",
    "Japanese": "# X\n\n- 日付: 2024-02-03\n- ステータス: Accepted\n",
    "Chinese": "# X\n\n## 状态\n\nAccepted\n",
    "Russian": "# X\n\nСтатус: Accepted\n",
    "a ticked box": "# X\n\n## Status\n\n- [ ] Proposed\n- [x] Accepted\n- [ ] Rejected\n",
    "the newest change": "# X\n\n## Status\n\n- 2024-01-02: Proposed\n- 2024-02-03: Accepted\n",
}


@pytest.mark.parametrize("place", PLACES)
def test_every_place(place: str) -> None:
    found = record(PLACES[place])
    assert found.status is Status.ACCEPTED
    if place != "the newest change":  # which is shown with its date
        assert found.status_text.lower() == "accepted"
        assert found.text.between(found.status_range).strip("*").lower() == "accepted"


def test_the_first_place_wins() -> None:
    assert record("---\nstatus: draft\n---\n\n# X\n\n## Status\n\nAccepted\n").status == "draft"
    assert record("# X\n\n* Status: draft\n\n## Status\n\nAccepted\n").status == "draft"


@pytest.mark.parametrize(
    "content",
    [
        "# X\n\n## Options\n\n### Status\n\nAccepted\n",
        "# X\n\n## Context\n\n* Status: Not Recommended\n",
        "# X\n\n```\nStatus: accepted\n```\n",
        "# X\n\n## Design\n\n> Status: accepted\n",
        "# X\n\n### State: accepted\n",
        "# X\n\n<!-- Status: accepted -->\n",
        "# X\n\n## Status\n\n## Context\n",
        "---\nstatus:\n---\n\n# X\n",
    ],
)
def test_no_status(content: str) -> None:
    found = record(content)
    assert (found.status, found.status_text) == (Status.NONE, "")


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("Accepted", "accepted"),
        ("ACCEPTED", "accepted"),
        ("✅ Accepted", "accepted"),
        ("Accepted (2023-01-05, by the team)", "accepted"),
        ("Accepted, implemented in v6", "accepted"),
        ("Implemented. Parts of this ADR were superseded by ADR-020.", "accepted"),
        ("Approved", "accepted"),
        ("Active", "accepted"),
        ("Decided", "accepted"),
        ("Partially implemented", "accepted"),
        ("Partially superseded by ADR-9", "accepted"),
        ("Accepté", "accepted"),
        ("Proposed", "proposed"),
        ("🤔 Proposed", "proposed"),
        ("Pending review", "proposed"),
        ("In review", "proposed"),
        ("Under review", "proposed"),
        ("provisional", "proposed"),
        ("Decision proposed; waiting", "proposed"),
        ("Draft", "draft"),
        ("Work in progress", "draft"),
        ("Rejected", "rejected"),
        ("❌ Declined", "rejected"),
        ("Withdrawn", "rejected"),
        ("ABANDONED. Something else came.", "rejected"),
        ("Deprecated", "deprecated"),
        ("Deprecated (no superseding ADR)", "deprecated"),
        ("Obsolete", "deprecated"),
        ("Superseded", "superseded"),
        ("Superceded by 0005-x", "superseded"),
        ("superseded by [ADR-0005](0005-x.md)", "superseded"),
        ("Accepted, superseded by ADR-0005", "superseded"),
        ("Replaced by ADR-0005", "superseded"),
        ("Superseded (never built) by ADR 32", "superseded"),
        ("[proposed | rejected | accepted]", "other"),
        ("{Draft|Proposed|Accepted}", "other"),
        ("Frozen", "other"),
        ("~~Proposed~~ Accepted", "accepted"),
        ("2024-02-03: Rejected", "rejected"),
        ("proposé", "proposed"),
        ("승인됨", "accepted"),
        ("제안", "proposed"),
        ("대체됨", "superseded"),
        ("已接受", "accepted"),
        ("Aceptada", "accepted"),
        ("Vorgeschlagen", "proposed"),
        ("Angenommen · 03.02.2024", "accepted"),
        ("採用 (Accepted)", "accepted"),
        ("採用済み（v1）", "accepted"),
        ("已采纳，自 2024 年 2 月 3 日起生效。", "accepted"),
        ("acceptée, février 2024", "accepted"),
        ("채택", "accepted"),
        ("Принято", "accepted"),
    ],
)
def test_what_the_words_mean(value: str, status: str) -> None:
    assert record(f"# X\n\n## Status\n\n{value}\n").status == status


def test_the_text_is_as_written() -> None:
    found = record("# X\n\n## Status\n\n✅ Accepted (see [5](5.md))\n")
    assert found.status_text == "✅ Accepted (see 5)"


def test_a_line_below_that_names_the_successor_decides() -> None:
    found = record("# 1. X\n\n## Status\n\nAccepted\n\nSuperseded by [5. Y](0005-y.md)\n")
    assert (found.status, found.status_text) == ("superseded", "Superseded by 5. Y")
    found = record("# 1. X\n\n## Status\n\nAccepted\n\nAmended by [5. Y](0005-y.md)\n")
    assert (found.status, found.status_text) == ("accepted", "Accepted")


@pytest.mark.parametrize(
    ("content", "date"),
    [
        ("---\ndate: 2024-02-03\n---\n\n# X\n", "2024-02-03"),
        ("---\ncreated: 2023-01-01\ndate: 2024-02-03\n---\n\n# X\n", "2024-02-03"),
        ("---\nlast-updated: 2025-01-01\ncreation-date: 2024-02-03\n---\n\n# X\n", "2024-02-03"),
        ("---\ndate: { 2024-02-03 }\n---\n\n# X\n", "2024-02-03"),
        ("# X\n\nDate: 2024-02-03\n", "2024-02-03"),
        ("# X\n\nDate 2024-02-03\n", "2024-02-03"),
        ("# X\n\n* Date: 2024-02-03 (changed since)\n", "2024-02-03"),
        ("# X\n\n* **Last Modified:** 2024-02-03\n", "2024-02-03"),
        ("# X\n\n| authors | last revised |\n|---|---|\n| A | 2024-02-03 |\n", "2024-02-03"),
        ("# X\n\n## Status\n\nAccepted (2024-02-03)\n", "2024-02-03"),
        ("# X\n\n## Status\n\nSuperseded by [Y](2024-02-03-y.md)\n", None),
        ("# X\n\n## Date\n\n2024-02-03\n", "2024-02-03"),
        ("# X\n\n## Decision Date\n03/02/24\n", "2024-02-03"),
        ("# X\n\n## 日付\n\n2024-02-03\n", "2024-02-03"),
        ("# X\n\n## Status\n\nAccepted\n\nDate: 2024-02-03\n", "2024-02-03"),
        ("# X\n\n## 상태\n\n**Accepted**\n\n- 제안일: 2024-02-03\n", "2024-02-03"),
        ("# X\n\n**Status:** Accepted · **Date:** 2024-02-03 · **Issues:** #7\n", "2024-02-03"),
        ("# X\n\n日期：2024-02-03\n", "2024-02-03"),
        ("# X\n\n## Status\n\n已采纳，自 2024 年 2 月 3 日起生效。\n", "2024-02-03"),
        ("# X\n\n**Statut** : acceptée, février 2024\n", "2024-02"),
        ("# X\n\n- Datum: 03.02.2024\n", "2024-02-03"),
        ("# X\n\n## Status\n\nSuperseded by 20240203-y\n", None),
        ("# X\n\n## Context\n\nDate: 2024-02-03\n", None),
        ("# X\n\nDate: YYYY-MM-DD\n", None),
        ("# X\n\nDate: 2024-02-30\n", None),
    ],
)
def test_the_date(content: str, date: str | None) -> None:
    assert record(content).date == date


def test_a_date_that_is_none_has_a_place() -> None:
    found = record("# X\n\nDate: 2024-02-30\n")
    assert found.text.between(found.date_range) == "2024-02-30"


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("12026-08-13", "2026-08-13"),
        ("2024/2/3", "2024-02-03"),
        ("2024-02-03T10:00:00Z", "2024-02-03"),
        ("20240203", "2024-02-03"),
        ("2024-02", "2024-02"),
        ("2024", "2024"),
        ("03.02.2024", "2024-02-03"),
        ("03/02/2024", "2024-02-03"),
        ("03/02/24", "2024-02-03"),
        ("02/13/2024", "2024-02-13"),
        ("Feb 3, 2024", "2024-02-03"),
        ("February 3rd, 2024", "2024-02-03"),
        ("3 Sept 2024", "2024-09-03"),
        ("03-April-2024", "2024-04-03"),
        ("May, 2024", "2024-05"),
        ("1er août 2024", "2024-08-01"),
        ("3 de mayo de 2024", "2024-05-03"),
        ("3. März 2024", "2024-03-03"),
        ("2024년 2월 3일", "2024-02-03"),
        ("2024年2月3日", "2024-02-03"),
        ("in 2024 we met", None),
        ("v1.2.2020", None),
        ("2024-13-45", None),
        ("soon", None),
    ],
)
def test_dates_in_all_shapes(words: str, date: str | None) -> None:
    assert iso_date(words) == date


def test_the_date_of_the_file_name_is_the_last_resort() -> None:
    assert record("# X\n", "docs/adr/20240203-x.md").date == "2024-02-03"
    assert record("# X\n\nDate: 2024-02-04\n", "docs/adr/20240203-x.md").date == "2024-02-04"
    assert record("# X\n", "docs/adr/2024-02-x.md").date == "2024-02"
