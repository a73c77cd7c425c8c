"""`adr-lsp --check`: exit codes, denominators, formats."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from adr_lsp.config.schema import json_schema as configuration_schema
from adr_lsp.features.formats.schema import json_schema as check_schema
from cli.command import Done, adr_lsp

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"
CLEAN = "# 1. A\n\n## Status\n\nAccepted\n\n## Invariants\n\nNone: it is about people.\n"
BARE = "# 2. B\n\n## Status\n\nAccepted\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    write(tmp_path, "docs/adr/0001-a.md", CLEAN)
    return tmp_path


def write(root: Path, path: str, content: str | bytes) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    raw = content if isinstance(content, bytes) else content.encode()
    (root / path).write_bytes(raw)


def check(root: Path, *arguments: str) -> Done:
    return adr_lsp(root, "--check", *arguments)


def findings(root: Path, *arguments: str) -> list[str]:
    said = check(root, "-f", "json", *arguments).json["findings"]
    return [f"{f['path']}:{f['range']['start']['line']} {f['code']}" for f in said]


def test_a_clean_log(root: Path) -> None:
    done = check(root)
    assert (done.code, done.out) == (0, "1 record, 0 invariants; evidence: none read\n")
    assert adr_lsp(root, "check").out == done.out


def test_findings_exit_with_1_unless_the_threshold_is_above(root: Path) -> None:
    write(root, "docs/adr/0002-b.md", BARE)
    done = check(root)
    assert done.code == 1
    assert "docs/adr/0002-b.md:1:3: warning ADL101" in done.out
    assert "1 | # 2. B\n" in done.out
    assert check(root, "--fail-on", "error").code == 0


def test_a_path_narrows_what_is_said_and_not_what_is_read(root: Path) -> None:
    write(root, "docs/adr/0002-b.md", BARE + "\nSupersedes [ADR-0001](0001-a.md)\n")
    assert findings(root, "docs/adr/0001-a.md") == []
    assert findings(root, "docs/adr") == ["docs/adr/0002-b.md:1 ADL101"]
    assert check(root, "docs/adr/0001-a.md", "-f", "json").json["summary"]["records"] == 1


def test_usage_is_2_and_says_what_is_wrong(root: Path, tmp_path: Path) -> None:
    missing = check(root, "docs/none.md")
    assert missing.code == 2
    assert "docs/none.md: no such file" in missing.err
    assert check(root, "--nonsense").code == 2
    assert check(root, "-f", "nonsense").code == 2
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / ".git").mkdir()
    nothing = check(empty)
    assert nothing.code == 2
    assert "no record found" in nothing.err
    assert "docs/architecture" in nothing.err


def test_a_named_file_that_is_no_record_is_noted(root: Path) -> None:
    write(root, "notes.md", "some notes\n")
    done = check(root, "notes.md")
    assert done.code == 0
    assert "notes.md is no record; skipped" in done.err


def test_a_path_elsewhere_is_checked_in_its_own_root(root: Path) -> None:
    other = root / "other"
    write(other, "adr-lsp.toml", "")
    write(other, "adr/0001-x.md", BARE.replace("2.", "1."))
    assert findings(root) == []
    assert findings(root, str(other / "adr")) == ["adr/0001-x.md:1 ADL101"]


def test_a_path_in_a_repository_is_checked_there_and_not_from_a_folder_around_it(
    tmp_path: Path,
) -> None:
    for name in ("one", "other"):
        (tmp_path / name / ".git").mkdir(parents=True)
        write(tmp_path / name, "docs/adr/0001-a.md", CLEAN)
    said = check(tmp_path, "-f", "json", "one/docs/adr/0001-a.md").json
    assert [record["path"] for record in said["records"]] == ["docs/adr/0001-a.md"]


def test_a_configuration_that_cannot_be_used_is_2(root: Path) -> None:
    write(root, "adr-lsp.toml", "\nmin-cases = 'many'\n")
    done = check(root)
    assert done.code == 2
    assert "adr-lsp.toml:2: `min-cases`" in done.err


def test_an_unknown_key_is_a_finding_with_a_suggestion(root: Path) -> None:
    write(root, "adr-lsp.toml", "min-case = 3\n")
    done = check(root, "-f", "json")
    (finding,) = done.json["findings"]
    assert finding["code"] == "ADL903"
    assert "did you mean `min-cases`" in finding["message"]
    assert finding["range"]["start"] == {"line": 1, "column": 1}
    assert finding["record"] is None


def test_what_cannot_be_read_is_one_finding_at_its_place(root: Path) -> None:
    write(root, "docs/adr/0002-b.md", b"# 2. B\n\n\xff\xfe\n")
    write(root, "docs/adr/0003-c.md", "# 3. C\n" + "a " * (1024 * 1024 + 10))
    write(root, "docs/adr/0004-d.md", "---\nstatus: [a\n---\n# 4. D\n\n## Invariants\n\nNone: no\n")
    found = findings(root)
    assert "docs/adr/0002-b.md:3 ADL601" in found
    assert "docs/adr/0003-c.md:1 ADL602" in found
    assert any(f.startswith("docs/adr/0004-d.md:") and f.endswith("ADL603") for f in found)
    assert not [f for f in found if "0001" in f]


def test_many_records_without_invariants_are_one_line_for_people(root: Path) -> None:
    for number in range(10, 25):
        write(root, f"docs/adr/00{number}-x.md", BARE.replace("2.", f"{number}."))
    assert check(root).out.count("ADL101") == 2
    assert "15 records have no invariants" in check(root).out
    assert check(root, "-f", "concise").out.count("ADL101") == 15
    assert len(findings(root)) == 15


def test_formats_can_be_combined_and_go_to_files(root: Path) -> None:
    done = check(root, "-f", "concise", "-f", f"json:{root}/out.json")
    assert done.out.startswith("1 record")
    assert json.loads((root / "out.json").read_text())["version"] == 1


def test_hostile_names_and_texts_steer_no_terminal(root: Path) -> None:
    write(root, "docs/adr/0002-\x1b]0;x\x07\n::warning::y.md", "# 2. B \x1b[2J \u202e\n")
    done = check(root)
    assert done.code == 1
    assert not [c for c in done.out if c < " " and c != "\n"]
    assert "\u202e" not in done.out
    assert not [line for line in done.out.splitlines() if line.startswith("::")]


def test_colour_is_for_terminals_and_can_be_forced(root: Path) -> None:
    write(root, "docs/adr/0002-b.md", BARE)
    assert "\x1b[" not in check(root).out
    assert "\x1b[" in adr_lsp(root, "check", FORCE_COLOR="1").out
    assert "\x1b[" not in adr_lsp(root, "check", FORCE_COLOR="1", NO_COLOR="1").out


def test_the_json_keeps_to_its_published_schema(root: Path) -> None:
    sample = Path(__file__).parents[2] / "adrs-sample"
    for place in (root, sample):
        jsonschema.validate(check(place, "-f", "json").json, check_schema())


@pytest.mark.parametrize(
    ("name", "schema"),
    [("check.schema.json", check_schema()), ("configuration.schema.json", configuration_schema())],
)
def test_the_published_schemas_are_current(name: str, schema: object, update: bool) -> None:
    text = json.dumps(schema, indent=1) + "\n"
    if update:
        SCHEMAS.mkdir(exist_ok=True)
        (SCHEMAS / name).write_text(text)
    assert (SCHEMAS / name).read_text() == text


def test_checking_writes_nothing(root: Path) -> None:
    """Verifies: ADR-0005/INV-2"""
    before = sorted(root.rglob("*"))
    check(root)
    assert sorted(root.rglob("*")) == before
