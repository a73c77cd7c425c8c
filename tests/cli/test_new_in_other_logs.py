"""`new` in logs without numbers, with times in names, with templates in other languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.command import adr_lsp


def write(root: Path, path: str, content: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(content.encode())


def new(root: Path) -> tuple[str, str]:
    """The path of a new record and its text."""
    result = adr_lsp(root, "new", "Keep it")
    assert result.code == 0, result.err
    path = result.out.removeprefix("wrote ").strip()
    return path, (root / path).read_bytes().decode()


def test_a_log_without_numbers_gets_none(tmp_path: Path) -> None:
    for name in ("use-x", "use-y"):
        write(tmp_path, f"docs/adr/{name}.md", "# Use\n\n## Status\n\nAccepted\n\n## Context\n")
    path, content = new(tmp_path)
    assert path == "docs/adr/keep-it.md"
    assert content.startswith("# Keep it\n")


def test_a_time_behind_the_day_is_kept(tmp_path: Path) -> None:
    write(tmp_path, "docs/adr/20240603162604-use-x.md", "# Use X\n\nDate: 2024-06-03\n")
    path, content = new(tmp_path)
    name = path.removeprefix("docs/adr/")
    assert name[14:] == "-keep-it.md"
    assert name[:14].isdigit()
    assert name[8:14] == "000000"
    assert content.startswith("# Keep it\n")


def test_markup_in_the_youngest_title_hides_no_number(tmp_path: Path) -> None:
    write(tmp_path, "docs/adr/0007-x.md", "# 0007 - Keep `x.json` small\n")
    assert new(tmp_path)[1].startswith("# 0008 - Keep it\n")


def test_a_template_in_spanish(tmp_path: Path) -> None:
    write(tmp_path, "docs/adr/0001-x.md", "# 1. X\n\n- Estado: aceptado\n")
    template = "# Plantilla\n\n- Estado: [aceptado | propuesto]\n- Fecha: dd/mm/aa\n\n## Contexto\n"
    write(tmp_path, "docs/adr/PLANTILLA.md", template)
    lines = new(tmp_path)[1].splitlines()
    assert lines[0] == "# 2. Keep it"
    assert lines[2] == "- Estado: propuesto"
    assert lines[3].startswith("- Fecha: 2")


def test_a_template_in_french_whose_front_matter_is_no_yaml(tmp_path: Path) -> None:
    write(tmp_path, "docs/adr/0001-x.md", "# 1. X\n")
    front = (
        "---\nstatut: {accepté | proposé | remplacé par [ADR-5](5.md)}\ndate: {AAAA-MM-JJ}\n---\n"
    )
    write(tmp_path, "docs/adr/TEMPLATE.md", f"{front}\n# {{titre}}\n\n## Contexte\n")
    lines = new(tmp_path)[1].splitlines()
    assert lines[1] == "statut: proposé"
    assert lines[2].startswith("date: 2")
    assert "# 2. Keep it" in lines


def test_a_log_without_a_template_gets_what_its_records_have_in_common(tmp_path: Path) -> None:
    for number in (1, 2):
        write(
            tmp_path,
            f"docs/adr/000{number}-x.md",
            f"# ADR-000{number}: X\n\n**Status:** Accepted\n**Date:** 3 May 2024\n\n"
            f"## Problem\n\nIt is.\n\n## Only {number}\n\n## Answer\n\nSo.\n\n## Consequences\n",
        )
    path, content = new(tmp_path)
    day = content.partition("**Date:** ")[2][:10]
    assert content == (
        f"# ADR-0003: Keep it\n\n**Status:** Proposed\n**Date:** {day}\n\n## Problem\n\n"
        "## Answer\n\n## Invariants\n\n- **INV-1**: \n\n## Consequences\n"
    )
    assert path == "docs/adr/0003-keep-it.md"


def test_a_log_with_titles_in_front_matter_alone(tmp_path: Path) -> None:
    for number in (8, 9):
        front = f"---\nslug: x\ntitle: |\n  {number}. Use X\ndate: 2024-01-02\n---\n\n"
        sections = "## Status\n\nAccepted\n\n## Context\n\nX.\n\n## Decision\n\nX.\n"
        write(tmp_path, f"docs/adr/000{number}-x.md", front + sections)
    content = new(tmp_path)[1]
    assert content.startswith('---\ntitle: "10. Keep it"\ndate: 2')
    assert "\n---\n\n## Status\n\nProposed\n\n## Context\n\n## Decision\n" in content


@pytest.mark.parametrize(
    ("template", "begins"),
    [
        ("---\n# status: {proposed}\n# tags: x\n---\n\n# {title}\n",
         "---\nstatus: proposed\n# tags: x\n---\n\n# 2. Keep it\n"),
        ("Title\n=====\n\n## Status\n\nDraft\n", "# 2. Keep it\n\n## Status\n\nProposed\n"),
        ("Fill in.\n\n## Status\n\ndraft\n", "# 2. Keep it\n\nFill in.\n\n## Status\n\nproposed\n"),
        ("---\nstatus: draft\n---\n", "---\nstatus: proposed\n---\n\n# 2. Keep it\n"),
        ("---\ntitle: >\n  A\n  title\nstatus: draft\n---\n# A\n",
         "---\ntitle: Keep it\nstatus: proposed\n---\n# 2. Keep it\n"),
        ("# x\n\n- Status: [draft | superseded by [A](a.md)] <!-- [one] -->\n",
         "# 2. Keep it\n\n- Status: proposed <!-- [one] -->\n"),
        ("# x\n\n## Status\n\n<!-- one word -->\n\n## Context\n",
         "# 2. Keep it\n\n## Status\n\nProposed\n\n<!-- one word -->\n"),
        ("\ufeff# x\r\n\r\nStatus: draft", "# 2. Keep it\r\n\r\nStatus: proposed\r\n"),
    ],
)  # fmt: skip
def test_templates_of_all_kinds(tmp_path: Path, template: str, begins: str) -> None:
    write(tmp_path, "docs/adr/0001-x.md", "# 1. X\n\n## Status\n\nAccepted\n")
    write(tmp_path, "docs/adr/template.md", template)
    assert new(tmp_path)[1].startswith(begins)


def test_a_template_that_is_no_utf_8_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "docs/adr/0001-x.md", "# 1. X\n")
    (tmp_path / "docs/adr/template.md").write_bytes(b"# T\xe9l\n")
    refused = adr_lsp(tmp_path, "new", "Keep it")
    assert refused.code == 2
    assert "docs/adr/template.md: byte 3 is not UTF-8" in refused.err


def test_a_record_goes_to_the_folder_of_its_siblings(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for path in ("docs/adr/0001-x.md", "docs/adr/api/0001-x.md", "docs/adr/api/0007-y.md"):
        write(tmp_path, path, "# X\n")
    assert new(tmp_path)[0] == "docs/adr/0002-keep-it.md"
    (tmp_path / "docs/adr/0001-x.md").unlink()
    (tmp_path / "docs/adr/0002-keep-it.md").unlink()
    assert new(tmp_path)[0] == "docs/adr/api/0008-keep-it.md"
    write(tmp_path, "docs/adr/db/0002-x.md", "# X\n")
    refused = adr_lsp(tmp_path, "new", "Keep it")
    assert "name one with --log: docs/adr/api, docs/adr/db" in refused.err
    assert (
        adr_lsp(tmp_path, "new", "A", "--log", "docs/adr/db").out == "wrote docs/adr/db/0009-a.md\n"
    )
    assert adr_lsp(tmp_path / "docs/adr/db", "new", "B").out == "wrote docs/adr/db/0010-b.md\n"


@pytest.mark.parametrize(
    ("title", "heading", "front"),
    [
        ('Say "no" to a: b', 'Say "no" to a: b', r'"Say \"no\" to a: b"'),
        (
            "Drop <T> and __init__ ##",
            r"Drop \<T\> and \_\_init\_\_ \##",
            '"Drop <T> and __init__ ##"',
        ),
        ("Use `a_b` | [c](d)", r"Use `a_b` | \[c\](d)", '"Use `a_b` | [c](d)"'),
        ("true", "true", '"true"'),
        ("決定 🎉", "決定 🎉", '"決定 🎉"'),
        ("A & B, snake_case", "A & B, snake_case", '"A & B, snake_case"'),
    ],
)
def test_a_title_says_what_was_typed(tmp_path: Path, title: str, heading: str, front: str) -> None:
    write(tmp_path, "docs/adr/0001-x.md", "# X\n")
    write(tmp_path, "docs/adr/template.md", "---\ntitle: x\n---\n\n# x\n")
    result = adr_lsp(tmp_path, "new", title)
    path = result.out.removeprefix("wrote ").strip()
    content = (tmp_path / path).read_text()
    assert content.startswith(f"---\ntitle: {front}\n---\n\n# {heading}\n")
    read = adr_lsp(tmp_path, "--check", "-f", "json").json["records"][-1]
    assert read["title"] == title.replace("`", "")
