"""What every format holds to, whatever files are called and say."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.formats import FORMATS
from adr_lsp.features.formats.encode import json_line, pretty
from adr_lsp.features.formats.escape import inert, safe, safe_json
from adr_lsp.features.formats.fingerprint import fingerprints
from adr_lsp.features.formats.json_report import document
from adr_lsp.features.formats.schema import json_schema, line_schema
from adr_lsp.features.report import Report, report
from adr_lsp.snapshot import Snapshot
from features.asked import ask
from features.hostile import HOSTILE, PIECES, commands, reports, steering
from rules.case import MemoryTree, snapshot

JSON = ("json", "sarif", "gitlab")
PAGE = """
````adr docs/adr/0001-merge.md
# 1. Mer$0ge

## Invariants

- **INV-1**: Merging is usually fast.
- **INV-1**: Merging, twice: no change.
- One more.
````
"""


def of(page: str = PAGE) -> Report:
    return report(ask(page)[0])


def test_of_a_long_line_the_part_around_the_finding_is_shown() -> None:
    """With the carets below it; what is cut is marked, and a line that fits stays whole."""
    for before, after in ((0, 0), (20, 30), (300, 0), (0, 300), (300, 300), (5000, 5000)):
        line = f"{'word ' * (before // 5)}[a\u200b](gone.md){' more' * (after // 5)}"
        told = report(ask(f"\n````adr docs/adr/0001-a.md\n# 1. A$0\n\n{line}\n````\n")[0])
        (found,) = (each for each in told.findings if each.code == "ADL206")
        frame = FORMATS["text"](replace(told, findings=(found,))).split("\n")[1:4]
        assert [each[:4] for each in frame] == ["  |", "3 | ", "  | "]
        shown, carets = frame[1][4:], frame[2][4:]
        assert shown[carets.index("^") : len(carets)] == "gone.md"
        assert carets.strip() == "^" * 7
        assert len(shown) < 120
        assert shown.startswith("…") == (before > 60 or (before > 40 and after > 40))
        assert shown.endswith("…") == (after > 60)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports())
def test_nothing_steers_hides_or_injects(told: Report) -> None:
    """Verifies: ADR-0015/INV-1"""
    for name, form in FORMATS.items():
        output = form(told)
        assert steering(output) == set(), name
        if name in ("json", "jsonl", "sarif", "gitlab"):
            assert commands(output) == [], name
        elif name != "github":
            assert commands(inert(output)) == [], name


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports())
def test_one_line_is_one_finding_and_json_is_json(told: Report) -> None:
    findings = list(told.findings)
    concise = FORMATS["concise"](told).splitlines()
    assert len(concise) == len(findings) + 1
    for line, start in zip(concise, (f.range.start for f in findings), strict=False):
        assert f":{start.line + 1}:{start.column + 1}: " in line
    for name in JSON:
        json.loads(FORMATS[name](told))
    lines = FORMATS["jsonl"](told).splitlines()
    kinds = [json.loads(line)["kind"] for line in lines]
    assert kinds == ["finding"] * len(findings) + ["invariant"] * len(told.invariants) + ["summary"]


COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def understood(line: str) -> tuple[dict[str, str], str]:
    """A command as the runner of GitHub Actions reads it."""
    command = COMMAND.fullmatch(line)
    assert command
    properties = dict(pair.split("=", 1) for pair in command[2].split(","))
    return {name: decoded(value) for name, value in properties.items()}, decoded(command[3])


def decoded(value: str) -> str:
    for code, meant in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        value = value.replace(code, meant)
    return value


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports())
def test_github_reads_back_what_was_found_and_nothing_else(told: Report) -> None:
    *lines, last = FORMATS["github"](told).splitlines()
    assert commands(last) == []
    assert len(lines) == len(told.findings)
    for line, finding in zip(lines, told.findings, strict=True):
        properties, message = understood(line)
        assert properties["title"] == f"{finding.code} {finding.name}"
        assert properties["line"] == str(finding.range.start.line + 1)
        assert re.sub(r"[\r\n]", "", message) == re.sub(r"[␍␊]", "", safe(message))
        assert _bare(properties["file"]) == _bare(finding.path)


def _bare(text: str) -> str:
    """Without what is shown by name."""
    return re.sub(r"⟨U\+\w+⟩|[\u2400-\u243f]", "", safe(text))


def test_a_name_with_a_line_end_stays_in_its_property() -> None:
    tree = MemoryTree({"docs/adr/0001-b\n::warning::x,y.md": b"# 1. B\n"})
    told = report(snapshot(tree, set(tree.files)))
    assert "file=docs/adr/0001-b%0A%3A%3Awarning%3A%3Ax%2Cy.md," in FORMATS["github"](told)


SCALARS = st.none() | st.booleans() | st.integers() | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@given(VALUES)
def test_json_is_what_the_library_writes(value: Any) -> None:
    assert pretty(value) == safe_json(json.dumps(value, ensure_ascii=False, indent=1)) + "\n"
    assert json_line(value) == safe_json(json.dumps(value, ensure_ascii=False))


@given(st.recursive(HOSTILE.filter(str.isprintable) | st.text(), st.lists, max_leaves=8))
def test_escaped_json_means_the_same(value: Any) -> None:
    assert json.loads(pretty(value)) == value
    assert json.loads(json_line(value)) == value


def test_half_a_character_becomes_one_that_json_can_hold() -> None:
    assert json_line("a\udc80\u202e") == '"a\ufffd\\u202e"'


@pytest.mark.parametrize("piece", PIECES)
def test_safe_is_one_line_that_shows_what_it_hides(piece: str) -> None:
    said = safe(f"a{piece}b")
    assert len(said.splitlines()) == 1
    assert steering(said) == set()
    assert safe(said) == said


def test_joiners_stay_where_they_join() -> None:
    assert safe("👩\u200d💻 می\u200cخواهم") == "👩\u200d💻 می\u200cخواهم"
    assert safe("pass\u200dword \u200d") == "pass⟨U+200D⟩word ⟨U+200D⟩"


def test_the_json_of_hostile_roots_keeps_to_the_schema() -> None:
    told = of()
    jsonschema.validate(document(told), json_schema())
    for line in FORMATS["jsonl"](told).splitlines():
        jsonschema.validate(json.loads(line), line_schema())


def test_the_published_schema_of_a_line_is_current(update: bool) -> None:
    file = Path(__file__).parents[2] / "docs" / "schema" / "check-line.schema.json"
    text = json.dumps(line_schema(), indent=1) + "\n"
    if update:
        file.write_text(text)
    assert file.read_text() == text


def test_a_line_says_of_which_kind_it_is() -> None:
    lines = [json.loads(line) for line in FORMATS["jsonl"](of()).splitlines()]
    assert [line["kind"] for line in lines if line["kind"] != "finding"] == [
        *["invariant"] * 3,
        "summary",
    ]
    assert lines[0]["code"] == "ADL301"
    assert lines[-1]["records"] == 1


# GitLab's documented format: docs.gitlab.com, Code Quality, "Code Quality report format".
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "location", "severity"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"\A(?!\./|/)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports())
def test_gitlab_keeps_to_its_format_with_fingerprints_of_their_own(told: Report) -> None:
    issues = json.loads(FORMATS["gitlab"](told))
    jsonschema.validate(issues, GITLAB)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == len(told.findings)


def test_gitlab_is_told_how_grave_it_is() -> None:
    said = [(i["check_name"], i["severity"]) for i in json.loads(FORMATS["gitlab"](of()))]
    assert ("duplicate-id", "critical") in said
    assert ("weak-wording", "major") in said
    assert ("missing-id", "minor") in said


def marked(snapshot: Snapshot) -> dict[str, Diagnostic]:
    return {mark: finding for finding, mark in fingerprints(snapshot, report(snapshot).findings)}


@given(st.integers(1, 5))
def test_a_fingerprint_survives_lines_that_move(lines: int) -> None:
    before = marked(ask(PAGE)[0])
    after = marked(ask(PAGE.replace("## Inv", "A word.\n" * lines + "\n## Inv"))[0])
    assert before.keys() == after.keys()
    assert [f.code for f in before.values()] == [f.code for f in after.values()]


def test_and_tells_findings_apart() -> None:
    again = PAGE.replace("Merging, twice", "Merging is usually fast, usually")
    found = marked(ask(again)[0])
    assert len(found) == len(report(ask(again)[0]).findings)
