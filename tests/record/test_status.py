"""A status in every place that it has, and what its words mean."""

from __future__ import annotations

import pytest

from adr_lsp.record import Status
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
}


@pytest.mark.parametrize("place", PLACES)
def test_every_place(place: str) -> None:
    found = record(PLACES[place])
    assert (found.status, found.status_text.lower()) == (Status.ACCEPTED, "accepted")
    assert found.text.between(found.status_range).lower() == "accepted"


def test_the_first_place_wins() -> None:
    assert record("---\nstatus: draft\n---\n\n# X\n\n## Status\n\nAccepted\n").status == "draft"
    assert record("# X\n\n* Status: draft\n\n## Status\n\nAccepted\n").status == "draft"


@pytest.mark.parametrize(
    "content",
    [
        "# X\n\n## Options\n\n### Status\n\nAccepted\n",
        "# X\n\n## Context\n\n* Status: Not Recommended\n",
        "# X\n\n```\nStatus: accepted\n```\n",
        "# X\n\n> Status: accepted\n",
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
        ("---\ndate: { 2024-02-03 }\n---\n\n# X\n", "2024-02-03"),
        ("# X\n\nDate: 2024-02-03\n", "2024-02-03"),
        ("# X\n\n* Date: 2024-02-03 (changed since)\n", "2024-02-03"),
        ("# X\n\n**Date**: 12 May 2024\n", "12 May 2024"),
        ("# X\n\nDate: 12026-08-13\n", "12026-08-13"),
        ("# X\n\n## Status\n\nAccepted (2024-02-03)\n", "2024-02-03"),
        ("# X\n\n## Context\n\nDate: 2024-02-03\n", None),
    ],
)
def test_the_date(content: str, date: str | None) -> None:
    assert record(content).date == date


def test_the_date_of_the_file_name_is_the_last_resort() -> None:
    assert record("# X\n", "docs/adr/20240203-x.md").date == "2024-02-03"
    assert record("# X\n\nDate: 2024-02-04\n", "docs/adr/20240203-x.md").date == "2024-02-04"
