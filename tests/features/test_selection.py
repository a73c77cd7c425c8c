"""Which rules speak: selected, ignored, given a severity, spared older records; one algebra."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_lsp.config import Config
from adr_lsp.decision_log import DecisionLog
from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.adoption import untouched
from adr_lsp.features.diagnostics import diagnostics, findings
from adr_lsp.features.older import older
from adr_lsp.features.selection import chosen, said
from adr_lsp.rule import LOG, RECORD
from adr_lsp.rules import RULES
from adr_lsp.snapshot import Snapshot
from features.made_tree import records, root
from rules.case import MemoryTree, snapshot

BARE = "# {}. Use queues\n\nStatus: {}\n\nSee [there](gone.md).\n"
CONFIG = "adr-lsp.toml"


def one(text: str, toml: str = "") -> Snapshot:
    files = {"docs/adr/0001-use-queues.md": text.encode(), CONFIG: toml.encode()}
    return snapshot(MemoryTree(files), {"docs/adr/0001-use-queues.md"})


def codes(found: list[Diagnostic]) -> list[str]:
    return [diagnostic.code for diagnostic in found]


SPEAKS = [
    # select, ignore, severity, of ADL101 ADL102 ADL513 (off by default) those that speak
    ([], [], {}, "ADL101 ADL102"),
    ([], ["ADL1"], {}, ""),
    ([], ["ALL"], {}, ""),
    ([], ["ADL101"], {}, "ADL102"),
    ([], ["no-invariants"], {}, "ADL102"),
    (["ADL1"], [], {}, "ADL101 ADL102"),
    (["ALL"], [], {}, "ADL101 ADL102 ADL513"),
    (["adl"], [], {}, "ADL101 ADL102 ADL513"),
    (["ADL5"], [], {}, "ADL513"),
    (["number-gap"], [], {}, "ADL513"),
    (["ADL101"], ["ADL1"], {}, "ADL101"),
    (["no-invariants"], ["ADL10"], {}, "ADL101"),
    (["ADL1"], ["ADL101"], {}, "ADL102"),
    (["ADL1"], ["ADL1"], {}, ""),
    (["ADL101"], ["no-invariants"], {}, ""),
    (["ALL"], ["ADL5"], {}, "ADL101 ADL102"),
    (["ADL1", "ALL"], ["ADL"], {}, "ADL101 ADL102"),
    ([], [], {"number-gap": "hint"}, "ADL101 ADL102 ADL513"),
    ([], [], {"ADL513": "hint"}, "ADL101 ADL102 ADL513"),
    ([], [], {"ADL5": "hint"}, "ADL101 ADL102"),
    ([], [], {"number-gap": "off"}, "ADL101 ADL102"),
    ([], [], {"ADL1": "off"}, ""),
    ([], [], {"ADL1": "off", "ADL102": "error"}, "ADL102"),
    ([], ["ADL1"], {"ADL102": "error"}, "ADL102"),
    ([], ["ADL102"], {"ADL102": "error"}, "ADL101"),
    (["ADL1"], [], {"number-gap": "hint"}, "ADL101 ADL102"),
    (["ALL"], [], {"ADL1": "off"}, "ADL513"),
    (["ADL101"], [], {"ADL1": "off"}, "ADL101"),
]


@pytest.mark.parametrize(("select", "ignore", "severity", "speaks"), SPEAKS)
def test_the_longer_name_counts(
    select: list[str], ignore: list[str], severity: dict[str, str], speaks: str
) -> None:
    config = Config(select=tuple(select), ignore=tuple(ignore), severity=tuple(severity.items()))
    found = {rule.code for rule in chosen(said(config))}
    assert sorted(found & {"ADL101", "ADL102", "ADL513"}) == speaks.split()
    assert "ADL605" in found


@pytest.mark.parametrize(
    ("status", "severity", "expected"),
    [
        ("Accepted", {"ADL101": "error"}, "error"),
        ("Accepted", {"no-invariants": "hint"}, "hint"),
        ("Accepted", {"ADL": "error", "ADL101": "information"}, "information"),
        ("Accepted", {"ADL101": "error", "no-invariants": "hint"}, "hint"),
        ("Proposed", {"ADL101": "error"}, "information"),
        ("Proposed", {"ADL101": "hint"}, "hint"),
        ("Rejected", {"ADL101": "error"}, None),
    ],
)
def test_a_severity_holds_within_what_the_status_asks(
    status: str, severity: dict[str, str], expected: str | None
) -> None:
    table = "".join(f"{name} = '{value}'\n" for name, value in severity.items())
    found = diagnostics(one(BARE.format(1, status), f"[severity]\n{table}"))
    said = [str(each.severity) for each in found if each.code == "ADL101"]
    assert said == ([expected] if expected else [])


def test_a_file_may_ignore_what_others_must_not() -> None:
    toml = "[per-file-ignores]\n'docs/**/0001-*.md' = ['ADL1', 'broken-link']\n'x' = ['ALL']\n"
    found = findings(one(BARE.format(1, "Accepted"), toml))
    assert found.told == ()
    assert [(s.finding.code, s.by, s.reason) for s in found.silenced] == [
        ("ADL101", "ignore", "per-file-ignores: docs/**/0001-*.md"),
        ("ADL206", "ignore", "per-file-ignores: docs/**/0001-*.md"),
    ]


def test_a_comment_silences_with_its_reason() -> None:
    text = BARE.format(1, "Accepted") + "\n<!-- adr-lsp: ignore-file ADL101 history -->\n"
    (silenced,) = findings(one(text)).silenced
    assert (silenced.finding.code, silenced.by, silenced.reason) == (
        "ADL101",
        "suppression",
        "history",
    )


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        ("", ["ADL901", "ADL902"]),
        ("ignore = ['ADL103']", ["ADL902"]),
        ("severity = {weak-wording = 'off'}", ["ADL902"]),
        ("ignore = ['ADL901', 'ADL902']", []),
        ("ignore = ['unused-suppression']", ["ADL902"]),
    ],
)
def test_a_comment_about_a_silent_rule_is_not_unused(toml: str, expected: list[str]) -> None:
    text = "# 1. A\n\n- **INV-1**: It is 3. <!-- adr-lsp: ignore ADL103 -->\n"
    found = codes(diagnostics(one(text, toml)))
    assert [code for code in found if code.startswith("ADL9")] == expected


def test_unknown_keys_may_be_ignored() -> None:
    text = "# 1. A\n\n## Invariants\n\nNone: no.\n"
    assert codes(diagnostics(one(text, "bogus = 1"))) == ["ADL903"]
    assert codes(diagnostics(one(text, "bogus = 1\nignore = ['ADL903']"))) == []


@pytest.mark.parametrize(
    "toml",
    [
        "ignore = ['ADL6', 'ADL605', 'rule-crashed']",
        "select = ['ADL206']",
        "severity = {ADL605 = 'off'}",
        "per-file-ignores = {'**' = ['ALL']}",
    ],
)
def test_a_fault_of_ours_cannot_be_silenced(toml: str) -> None:
    whole = one(BARE.format(1, "Accepted"), toml + "\n")
    (record,) = whole.log
    broken = replace(record, links=cast(Any, (None,)))
    crashing = replace(whole, log=DecisionLog().replace({record.path: broken}))
    assert "ADL605" in codes(diagnostics(crashing))


@pytest.mark.parametrize(
    ("toml", "line", "quoted", "message"),
    [
        ("select = ['ADL999']", 0, "ADL999", "no rule is called `ADL999`"),
        ("x = 1\n\nignore = ['weak-word']", 2, "weak-word", "did you mean `weak-wording`?"),
        ("[severity]\nduplicat-id = 'off'", 1, "duplicat-id", "did you mean `duplicate-id`?"),
        ("[per-file-ignores]\n'a' = ['ADL7']", 1, "ADL7", "no rule is called `ADL7`"),
        ("since = 'ADR-0777'", 0, "since", "`ADR-0777` is neither a date nor a record"),
        ("since = '2026-02-31'", 0, "since", "neither a date nor a record"),
    ],
)
def test_what_names_nothing_is_said_where_it_stands(
    toml: str, line: int, quoted: str, message: str
) -> None:
    whole = one("# 1. A\n\n## Invariants\n\nNone: no.\n", toml + "\n")
    found = [each for each in diagnostics(whole) if message in each.message]
    assert [(each.code, each.path) for each in found] == [("ADL903", CONFIG)]
    start, end = found[0].range.start, found[0].range.end
    assert start.line == line
    assert toml.splitlines()[line][start.column : end.column] == quoted


SINCE = [
    # since, the older ones of: 1 of 2019, 2 undated, 3 of 2021, 4 undated, 5 of 2018, b/1 undated
    ("2020-01-01", "a/1 a/2 a/4 a/5"),
    ("2018-06-01", "a/2 a/4 a/5"),
    ("2018-01-01", ""),
    ("2030-01-01", "a/1 a/2 a/3 a/4 a/5"),
    ("a/ADR-0003", "a/1 a/2"),
    ("ADR-0003", "a/1 a/2"),
    ("ADR-0001", ""),
    ("b/ADR-0001", ""),
    ("ADR-0099", ""),
]


@pytest.mark.parametrize(("since", "expected"), SINCE)
def test_since(since: str, expected: str) -> None:
    dates = {"a/1": "2019/03/01", "a/2": "", "a/3": "2021-01-01", "a/4": "", "a/5": "2018-03-01"}
    files = {
        f"{key[0]}/adr/000{key[2]}-x.md": f"# {key[2]}. X\n\n{date and 'Date: '}{date}\n".encode()
        for key, date in {**dates, "b/1": ""}.items()
    }
    whole = snapshot(MemoryTree(dict(files)), set(files))
    found = older(replace(whole, config=Config(CONFIG, since=since)))
    assert sorted(f"{path[0]}/{path[9]}" for path in found) == expected.split()


def test_older_records_owe_no_invariants_but_no_broken_links_either() -> None:
    files = {f"adr/000{n}-x.md": BARE.format(n, "Nonsense").encode() for n in (1, 2)}
    files[CONFIG] = b"since = 'ADR-0002'\n"
    found = diagnostics(snapshot(MemoryTree(dict(files)), {"adr/0001-x.md", "adr/0002-x.md"}))
    assert [(each.path, each.code) for each in found] == [
        ("adr/0001-x.md", "ADL206"),
        ("adr/0002-x.md", "ADL101"),
        ("adr/0002-x.md", "ADL503"),
        ("adr/0002-x.md", "ADL206"),
    ]


@settings(deadline=None, max_examples=60)
@given(records())
def test_an_untouched_root_hears_one_finding_a_file(files: dict[str, bytes]) -> None:
    """Verifies: ADR-0013/INV-1"""
    whole = root(files)
    found = findings(whole)
    everything = diagnostics(replace(whole, config=Config(CONFIG), memo={}))
    if untouched(whole):
        assert not [path for path, n in Counter(d.path for d in found.told).items() if n > 1]
        assert {each.path for each in found.told} == {each.path for each in everything}
        for each in found.held_back:
            first = next(told for told in found.told if told.path == each.path)
            assert (first.severity.rank, first.range) <= (each.severity.rank, each.range)
    else:
        assert found.held_back == ()
    assert sorted((*found.told, *found.held_back), key=str) == sorted(everything, key=str)


@settings(deadline=None, max_examples=60)
@given(records(), st.sets(st.sampled_from([RECORD, LOG]), min_size=1))
def test_holding_back_is_the_same_for_one_file_and_for_all(
    files: dict[str, bytes], reads: set[Any]
) -> None:
    whole = root(files)
    everything = diagnostics(whole)
    for path in files:
        assert diagnostics(whole, (path,)) == [d for d in everything if d.path == path]
    for each in reads:
        some = diagnostics(whole, reads=each)
        assert [d for d in everything if d in some] == some


NAMES = [rule.code for rule in RULES] + [rule.name for rule in RULES] + ["ADL1", "ADL5", "ALL"]


@settings(deadline=None, max_examples=60)
@given(
    records(),
    st.lists(st.sampled_from(NAMES), max_size=4),
    st.lists(st.sampled_from(NAMES), max_size=4),
)
def test_selecting_changes_no_finding_of_what_speaks(
    files: dict[str, bytes], select: list[str], ignore: list[str]
) -> None:
    """But for unused suppressions, of which there are fewer where fewer rules speak."""
    config = Config(CONFIG, select=tuple(select), ignore=tuple(ignore))
    speaking = {rule.code for rule in chosen(said(config))} - {"ADL901"}
    some = diagnostics(root(files, config))
    everything = diagnostics(root(files, Config(CONFIG, select=("ALL",))))
    assert [d for d in some if d.code != "ADL901"] == [d for d in everything if d.code in speaking]
    assert {d for d in some if d.code == "ADL901"} <= set(everything)
