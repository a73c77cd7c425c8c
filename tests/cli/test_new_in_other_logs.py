"""`new` in logs without numbers, with times in names, with templates in other languages."""

from __future__ import annotations

from pathlib import Path

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
