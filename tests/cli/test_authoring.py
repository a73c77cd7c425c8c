"""New records, other statuses, successors and index pages, written as a user asks for them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from cli.command import adr_lsp


def write(root: Path, path: str, content: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(content.encode())


def read(root: Path, path: str) -> str:
    return (root / path).read_bytes().decode()


def done(root: Path, *arguments: str) -> str:
    result = adr_lsp(root, *arguments)
    assert result.code == 0, result.err
    return result.out


# The next record


@pytest.mark.parametrize(
    ("sibling", "content", "path", "heading"),
    [
        ("docs/adr/0009-use-x.md", "# 9. Use X\n", "docs/adr/0010-keep-it.md", "# 10. Keep it"),
        ("docs/adr/adr-009-use-x.md", "# ADR 009: Use X\n", "docs/adr/adr-010-keep-it.md",
         "# ADR 010: Keep it"),
        ("docs/adr/ADR-0009-use-x.md", "# Use X\n", "docs/adr/ADR-0010-keep-it.md", "# Keep it"),
        ("docs/adr/9_use_x.md", "# 9 - Use X\n", "docs/adr/10_keep_it.md", "# 10 - Keep it"),
        ("docs/adr/009pdr-use-x.mdx", "# PDR-009: Use X\n", "docs/adr/010pdr-keep-it.mdx",
         "# PDR-010: Keep it"),
        ("docs/adr/0009-use-x/README.md", "# Use X\n", "docs/adr/0010-keep-it/README.md",
         "# Keep it"),
        ("docs/25-use-x.adr.md", "# Use X\n\n## Status\n\nAccepted\n",
         "docs/26-keep-it.adr.md", "# Keep it"),
        ("docs/adr/0009-x.md", "---\ntitle: |\n  9. Use X\n---\n", "docs/adr/0010-keep-it.md",
         "# 10. Keep it"),
    ],
)  # fmt: skip
def test_a_new_record_is_named_as_the_log_names_its_youngest(
    tmp_path: Path, sibling: str, content: str, path: str, heading: str
) -> None:
    write(tmp_path, sibling, content)
    assert done(tmp_path, "new", "Keep", "it") == f"wrote {path}\n"
    assert read(tmp_path, path).splitlines()[0] == heading


def test_a_log_of_days_gets_the_present_day(tmp_path: Path) -> None:
    write(tmp_path, "docs/adr/20240101-use-x.md", "# Use X\n")
    name = done(tmp_path, "new", "Keep it").removeprefix("wrote docs/adr/").strip()
    assert name.endswith("-keep-it.md")
    assert name[:8].isdigit()


def test_the_first_record_has_all_that_is_needed(tmp_path: Path) -> None:
    done(tmp_path, "new", "Émile’s  rule: never/always")
    text = read(tmp_path, "docs/adr/0001-emiles-rule-never-always.md")
    assert text.startswith("# 1. Émile’s rule: never/always\n")
    for part in ("## Status\n\nProposed\n", "## Invariants\n\n- **INV-1**: \n"):
        assert part in text
    codes = [f["code"] for f in adr_lsp(tmp_path, "--check", "-f", "json").json["findings"]]
    assert "ADL101" not in codes


MADR = """---
status: "{proposed | rejected | accepted | … | superseded by ADR-0123}"
date: {YYYY-MM-DD when the decision was last updated}
---

# {short title}

## Decision Outcome

### Consequences
"""


def test_the_template_of_the_log_is_filled_in(tmp_path: Path) -> None:
    write(tmp_path, "docs/adr/0001-use-x.md", "# Use X\n")
    write(tmp_path, "docs/adr/adr-template.md", MADR)
    done(tmp_path, "new", "Keep it")
    text = read(tmp_path, "docs/adr/0002-keep-it.md")
    assert "status: proposed\n" in text or 'status: "proposed"\n' in text
    assert "{YYYY" not in text
    assert "\n# Keep it\n" in text
    record = adr_lsp(tmp_path, "--check", "-f", "json").json["records"][1]
    assert (record["title"], record["status"]) == ("Keep it", "proposed")


def test_the_words_of_adr_tools_are_filled_in(tmp_path: Path) -> None:
    write(tmp_path, "doc/adr/0001-use-x.md", "# 1. Use X\n")
    template = "# NUMBER. TITLE\r\n\r\nDate: DATE\r\n\r\n## Status\r\n\r\nSTATUS\r\n"
    write(tmp_path, "doc/adr/templates/template.md", template)
    done(tmp_path, "new", "Keep it")
    text = read(tmp_path, "doc/adr/0002-keep-it.md")
    assert text.startswith("# 2. Keep it\r\n\r\nDate: 20")
    assert "\r\nProposed\r\n" in text
    assert "\n" not in text.replace("\r\n", "")


def test_nothing_is_overwritten_and_a_diff_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path, "docs/adr/0001-use-x.md", "# 1. Use X\n")
    assert "+# 2. Keep it" in done(tmp_path, "new", "Keep it", "--diff")
    assert [p.name for p in (tmp_path / "docs/adr").iterdir()] == ["0001-use-x.md"]
    write(tmp_path, "docs/adr/2-keep-it.md/x", "")
    write(tmp_path, "docs/adr/0002-keep-it.md/x", "")
    assert adr_lsp(tmp_path, "new", "Keep it").code == 2


def test_of_several_logs_one_is_named(tmp_path: Path) -> None:
    for log in ("a/adr", "b/adr"):
        write(tmp_path, f"{log}/0001-use-x.md", "# 1. Use X\n")
    (tmp_path / ".git").mkdir()
    assert "a/adr, b/adr" in adr_lsp(tmp_path, "new", "Keep it").err
    assert done(tmp_path, "new", "Keep it", "--log", "b/adr") == "wrote b/adr/0002-keep-it.md\n"
    assert done(tmp_path / "a", "new", "Keep it") == "wrote a/adr/0002-keep-it.md\n"


# Another status


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# 1. X\n\n## Status\n\nProposed\n", "# 1. X\n\n## Status\n\nAccepted\n"),
        ("# X\r\n\r\n* Status: PROPOSED\r\n", "# X\r\n\r\n* Status: ACCEPTED\r\n"),
        ("---\nstatus: draft # yet\n---\n# X\n", "---\nstatus: accepted # yet\n---\n# X\n"),
        ("# X\n\n| Status | proposed |\n|---|---|\n", "# X\n\n| Status | accepted |\n|---|---|\n"),
        ("# X\n\n## Status\n\n**Proposed** \n", "# X\n\n## Status\n\n**Accepted** \n"),
        ("# X\n\n## Status: draft\n", "# X\n\n## Status: accepted\n"),
        ("---\nstatus: 'draft'\n---\n# X\n", "---\nstatus: 'accepted'\n---\n# X\n"),
        ("---\nstatus: >-\n  in\n  review\n---\n# X\n", "---\nstatus: accepted\n---\n# X\n"),
        ("---\nstatus: [draft, x]\n---\n# X\n", "---\nstatus: [accepted, x]\n---\n# X\n"),
        ("---\nstatus: # yet\n---\n# X\n", "---\nstatus: accepted # yet\n---\n# X\n"),
        ("---\n# status: {x}\na: b\n---\n# X\n", "---\nstatus: accepted\na: b\n---\n# X\n"),
        ("# X\n\n## Status\n\n## Context\n", "# X\n\n## Status\n\nAccepted\n\n## Context\n"),
        ("# X\n\n- **Status:**\n- Date: 2024\n", "# X\n\n- **Status:** Accepted\n- Date: 2024\n"),
        ("# X\n\n| Status | |\n|---|---|\n", "# X\n\n| Status | Accepted |\n|---|---|\n"),
        (
            "# X\n\n## Status\n\nAccepted\n\nSuperseded by ADR-2\n\nMore.\n",
            "# X\n\n## Status\n\nAccepted\n\nMore.\n",
        ),
        ("Some words.\n", "Status: Accepted\n\nSome words.\n"),
        (
            "# X\n\n## Status\n\n- [x] Proposed\n- [ ] Rejected\n- [ ] Accepted\n",
            "# X\n\n## Status\n\n- [ ] Proposed\n- [ ] Rejected\n- [x] Accepted\n",
        ),
        ("\ufeff# X\n\nStatus: draft", "\ufeff# X\n\nStatus: accepted"),
    ],
)
def test_a_status_is_replaced_where_it_stands(tmp_path: Path, before: str, after: str) -> None:
    write(tmp_path, "docs/adr/0001-x.md", before)
    done(tmp_path, "status", "ADR-1", "accepted")
    assert read(tmp_path, "docs/adr/0001-x.md") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Proposed on 2024-01-02", "Accepted on {day}"),
        ("Proposed (2024-01-02)", "Accepted ({day})"),
        ("- 2024-01-02: Proposed", "- 2024-01-02: Proposed\n- {day}: Accepted"),
        ("2024-01-02 draft", "2024-01-02 draft\n\n{day} accepted"),
        (
            "- 2024-02-02 Proposed\n- 2024-01-02 Draft",
            "- {day} Accepted\n- 2024-02-02 Proposed\n- 2024-01-02 Draft",
        ),
    ],
)
def test_a_day_beside_the_status_becomes_the_present_one_and_history_stays(
    tmp_path: Path, before: str, after: str
) -> None:
    write(tmp_path, "docs/adr/0001-x.md", f"# X\n\n## Status\n\n{before}\n")
    done(tmp_path, "status", "1", "accepted")
    done(tmp_path, "status", "1", "accepted")  # says what it says already
    dated = after.format(day=datetime.now().astimezone().date())
    assert read(tmp_path, "docs/adr/0001-x.md") == f"# X\n\n## Status\n\n{dated}\n"


def test_a_sign_before_the_status_is_the_one_that_the_log_has_for_it(tmp_path: Path) -> None:
    for number, status in enumerate(("✅ Accepted", "🚧 Draft", "🚧 Draft"), start=1):
        path = f"docs/adr/000{number}-x.md"
        write(tmp_path, path, f"# X\n\n## Status\n\n{status}\n")
    done(tmp_path, "status", "2", "accepted")
    done(tmp_path, "status", "3", "rejected")
    assert read(tmp_path, "docs/adr/0002-x.md").endswith("\n✅ Accepted\n")
    assert read(tmp_path, "docs/adr/0003-x.md").endswith("\nRejected\n")


@pytest.mark.parametrize(
    ("sibling", "after"),
    [
        ("# A\n\n- **Status:** Accepted\n", "# X\n\n- **Status:** Proposed\n\nIt is so.\n"),
        ("---\nstatus: accepted\n---\n# A\n", "---\nstatus: proposed\n---\n\n# X\n\nIt is so.\n"),
        ("# A\n\n## Status\n\nAccepted\n", "# X\n\n## Status\n\nProposed\n\nIt is so.\n"),
        ("# A\n", "# X\n\n## Status\n\nProposed\n\nIt is so.\n"),
    ],
)
def test_a_missing_status_is_written_as_the_siblings_do(
    tmp_path: Path, sibling: str, after: str
) -> None:
    write(tmp_path, "docs/adr/0001-a.md", sibling)
    write(tmp_path, "docs/adr/0002-x.md", "# X\n\nIt is so.\n")
    done(tmp_path, "status", "2", "proposed")
    assert read(tmp_path, "docs/adr/0002-x.md") == after


def test_what_if_a_record_had_another_status(tmp_path: Path) -> None:
    content = "# 1. X\n\n## Status\n\nProposed\n"
    write(tmp_path, "docs/adr/0001-x.md", content)
    said = adr_lsp(tmp_path, "status", "1", "--as", "accepted", "-f", "json").json
    severities = {f["code"]: f["severity"] for f in said["findings"]}
    assert severities == {"ADL101": "warning"}
    assert read(tmp_path, "docs/adr/0001-x.md") == content


def test_an_unknown_status_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "docs/adr/0001-x.md", "# 1. X\n\n## Status\n\nProposed\n")
    refused = adr_lsp(tmp_path, "status", "1", "shipped-ish")
    assert refused.code == 2
    assert "known are accepted, proposed" in refused.err
    assert adr_lsp(tmp_path, "status", "7", "accepted").code == 2


# A successor

OLD = """# 1. Old

## Status

Accepted

## Invariants

- **INV-1** *(bounds)*: A **count** is
  never negative.
  - Verified by: [`test_count`](../../tests/test_old.py)
- **INV-2**: A name is unique.
"""
NEW = "# 2. New\n\n## Status\n\nAccepted\n\n## Invariants\n\n- **INV-1**: A total is even.\n"
TESTS = """# Verifies: ADR-0001/INV-1, INV-2
def test_count():
    assert 1 + 1 == 2
"""


@pytest.fixture
def two(tmp_path: Path) -> Path:
    write(tmp_path, "docs/adr/0001-old.md", OLD)
    write(tmp_path, "docs/adr/sub/0002-new.md", NEW)
    write(tmp_path, "tests/test_old.py", TESTS)
    return tmp_path


def test_every_invariant_needs_a_fate(two: Path) -> None:
    refused = adr_lsp(two, "supersede", "1", "2", "--drop", "INV-2")
    assert refused.code == 2
    assert "INV-1" in refused.err
    assert read(two, "docs/adr/0001-old.md") == OLD


def test_carried_invariants_take_their_tests_along(two: Path) -> None:
    done(two, "supersede", "1", "2", "--carry", "INV-1", "--drop", "INV-2")
    assert "\nSuperseded by [ADR-0002](sub/0002-new.md)\n" in read(two, "docs/adr/0001-old.md")
    new = read(two, "docs/adr/sub/0002-new.md")
    assert "Accepted\n\nSupersedes [ADR-0001](../0001-old.md)\n" in new
    assert "- **INV-2** *(bounds)*: A **count** is\n  never negative.\n" in new
    assert "  - Verified by: [`test_count`](../../../tests/test_old.py)" in new
    assert read(two, "tests/test_old.py").startswith("# Verifies: ADR-0002/INV-2, ADR-0001/INV-2\n")
    said = adr_lsp(two, "--check", "-f", "json").json
    assert said["records"][0]["status"] == "superseded"
    assert said["records"][1]["supersedes"] == ["ADR-0001"]
    assert not [f for f in said["findings"] if f["severity"] == "error"]


def test_what_is_carried_fills_in_what_the_template_left_blank(two: Path) -> None:
    new = NEW.replace("A total is even.", "").replace("Accepted", "Proposed")
    write(two, "docs/adr/sub/0002-new.md", f"{new}\n## Consequences\n\nNone.\n")
    done(two, "supersede", "1", "2", "--carry", "all")
    carried = read(two, "docs/adr/sub/0002-new.md").partition("## Invariants\n\n")[2]
    assert carried.startswith("- **INV-1** *(bounds)*: A **count** is\n  never negative.\n")
    assert carried.endswith("- **INV-2**: A name is unique.\n\n## Consequences\n\nNone.\n")
    assert read(two, "tests/test_old.py").startswith("# Verifies: ADR-0002/INV-1, ADR-0002/INV-2\n")
    said = adr_lsp(two, "--check", "-f", "json").json
    assert not [f for f in said["findings"] if f["code"] in ("ADL305", "ADL102")], said["findings"]


def test_what_is_kept_keeps_the_record_in_force(two: Path) -> None:
    done(two, "supersede", "1", "2", "--keep", "INV-1", "--drop", "all")
    old = read(two, "docs/adr/0001-old.md")
    assert old == OLD + "  - Superseded by: ADR-0002\n"
    assert "Partially supersedes [ADR-0001](../0001-old.md)" in read(
        two, "docs/adr/sub/0002-new.md"
    )
    assert adr_lsp(two, "--check", "-f", "json").json["records"][0]["status"] == "accepted"


def test_a_row_cannot_say_what_superseded_it_alone(two: Path) -> None:
    old = OLD.partition("- **INV-1**")[0] + "| Id | Statement |\n|---|---|\n"
    write(two, "docs/adr/0001-old.md", f"{old}| INV-1 | A is B |\n| INV-2 | B is A |\n")
    refused = adr_lsp(two, "supersede", "1", "2", "--keep", "INV-1", "--drop", "INV-2")
    assert "INV-2: a table's row has no place" in refused.err
    done(two, "supersede", "1", "2", "--drop", "all")


def test_a_record_is_superseded_once_and_never_by_itself(two: Path) -> None:
    assert "cannot supersede itself" in adr_lsp(two, "supersede", "1", "1", "--drop", "all").err
    done(two, "supersede", "1", "2", "--drop", "all")
    assert "superseded already" in adr_lsp(two, "supersede", "1", "2", "--drop", "all").err
    assert "ADR-0001 is superseded" in adr_lsp(two, "supersede", "2", "1", "--drop", "all").err


# An index page

PAGE = "# Log\n\n<!-- adr-lsp: index -->\n<!-- adr-lsp: end -->\n\nMore.\n"


def test_an_index_is_written_once_and_kept_current(two: Path) -> None:
    write(two, "docs/adr/README.md", PAGE)
    assert adr_lsp(two, "index", "--check").code == 1
    done(two, "index")
    page = read(two, "docs/adr/README.md")
    assert "| [ADR-0002: New](sub/0002-new.md) | accepted |  |\n" in page
    assert page.endswith("<!-- adr-lsp: end -->\n\nMore.\n")
    assert done(two, "index", "--check") == ""
    assert done(two, "index") == ""
    assert read(two, "docs/adr/README.md") == page


def test_a_hostile_title_stays_one_cell(tmp_path: Path) -> None:
    write(tmp_path, "docs/adr/0001-x.md", "# 1. A | b](https://example.org) <i>\n")
    write(tmp_path, "docs/adr/README.md", PAGE)
    done(tmp_path, "index")
    row = read(tmp_path, "docs/adr/README.md").splitlines()[6]
    assert row.count("|") - row.count("\\|") == 4


def test_a_page_without_an_end_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "docs/adr/0001-x.md", "# 1. X\n")
    assert "no page holds" in adr_lsp(tmp_path, "index").err
    write(tmp_path, "docs/adr/README.md", "# Log\n\n<!-- adr-lsp: index -->\n")
    assert "docs/adr/README.md:3:" in adr_lsp(tmp_path, "index").err


def test_only_what_the_page_itself_says_is_a_place(tmp_path: Path) -> None:
    shown = "```html\n<!-- adr-lsp: index -->\n<!-- adr-lsp: end -->\n```\n\n"
    inside = "<!--\n<!-- adr-lsp: index -->\n`<!-- adr-lsp: index -->` begins one.\n\n"
    write(tmp_path, "docs/adr/0001-x.md", "# 1. X\n")
    write(tmp_path, "docs/adr/README.md", f"# Log\n\n{shown}{inside}")
    assert "no page holds" in adr_lsp(tmp_path, "index").err
    listed = "- A list\n  <!-- adr-lsp: index -->\n  <!-- adr-lsp: end -->\n"
    write(tmp_path, "docs/adr/README.md", f"# Log\n\n{shown}{inside}{listed}")
    done(tmp_path, "index")
    page = read(tmp_path, "docs/adr/README.md")
    assert page.startswith(f"# Log\n\n{shown}{inside}- A list\n  <!-- adr-lsp: index -->\n\n  |")
    assert page.count("0001-x.md") == 1
    assert adr_lsp(tmp_path, "index", "--check").code == 0


def test_several_places_of_a_page_with_carriage_returns(tmp_path: Path) -> None:
    for log in ("a/adr", "b/adr"):
        write(tmp_path, f"{log}/0001-x y (z)|#1.md", "# 1. A & B &amp; _c_ d_e\n")
    mark = "<!-- adr-lsp: index {} --><!-- adr-lsp: end -->\r\n"
    write(tmp_path, "README.md", "# Log\r\n\r\n" + mark.format("a/adr") + mark.format("b"))
    assert "README.md:4: no log is called `b`" in adr_lsp(tmp_path, "index").err
    write(tmp_path, "README.md", "# Log\r\n\r\n" + mark.format("a/adr") + mark.format("b/adr"))
    done(tmp_path, "index")
    page = read(tmp_path, "README.md")
    assert "\n" not in page.replace("\r\n", "")
    row = "| [b/adr/ADR-0001: A & B & c d_e](<b/adr/0001-x y (z)%7C%231.md>) | none |  |"
    assert row in page
    assert adr_lsp(tmp_path, "index", "--check").code == 0
