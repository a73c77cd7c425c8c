"""What the lightbulb offers, and what it does."""

from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.features.actions import code_actions
from adr_lsp.record import parse
from adr_lsp.text import apply_edits
from features.asked import ask, taken, titles

BARE = """
````adr docs/adr/0001-merge.md
# 1. Me$0rge

## Status

Accepted

## Decision

We merge by key.

## Consequences

Good.
````
"""

ONE = """
````adr
# 1. Merge

## Decision

We merge by key. The order of two merges
never matters. It is fast.

## Invariants

- **INV-1**: Merging gives the same in either order.
- Merging keeps every key.
- No key is invented.
````
"""


def test_a_section_is_inserted_before_the_consequences() -> None:
    expected = """\
--- docs/adr/0001-merge.md
# 1. Merge

## Status

Accepted

## Decision

We merge by key.

## Invariants

- **INV-1**:

## Consequences

Good.
"""
    after = taken(BARE, "Insert an Invariants section")
    assert "\n".join(line.rstrip() for line in after.splitlines()) + "\n" == expected


def test_a_section_stands_behind_the_last_line_where_nothing_follows() -> None:
    page = BARE.replace("## Consequences\n\nGood.\n", "")
    assert taken(page, "Insert").endswith("We merge by key.\n\n## Invariants\n\n- **INV-1**: \n")


def test_that_a_decision_has_none_is_declared_in_a_section_of_its_own() -> None:
    after = taken(BARE, "Declare that this decision has no invariants")
    assert "\n## Invariants\n\nNone: \n\n## Consequences\n" in after


def test_below_an_empty_section_too() -> None:
    page = BARE.replace("$0", "").replace("## Decision", "## Inva$0riants\n\n## Decision")
    assert "## Invariants\n\nNone: \n\n## Decision" in taken(page, "Declare")


def test_an_id_is_assigned() -> None:
    page = ONE.replace("Merging keeps", "Merging$0 keeps")
    assert "- **INV-2**: Merging keeps every key." in taken(page, "Assign the id INV-2")


def test_ids_are_assigned_to_all() -> None:
    after = taken(ONE.replace("Merging keeps", "Merging$0 keeps"), "Assign ids to all")
    assert "- **INV-2**: Merging keeps every key.\n- **INV-3**: No key is invented." in after


def test_the_sentence_at_the_cursor_is_promoted() -> None:
    after = taken(ONE.replace("two merges", "two$0 merges"), "Promote to INV-2")
    assert "- **INV-2**: The order of two merges never matters.\n" in after
    assert after.index("No key is invented") < after.index("INV-2")


def test_a_selection_is_promoted_and_makes_the_section() -> None:
    page = BARE.replace("$0", "").replace("We merge by key.", "$0We merge by key$0.")
    assert "## Invariants\n\n- **INV-1**: We merge by key\n" in taken(page, "Promote to INV-1")


def test_headings_and_declared_invariants_are_not_promoted() -> None:
    assert not [t for t in titles(ONE.replace("## Dec", "## D$0ec")) if "Promote" in t]
    assert not [
        t for t in titles(ONE.replace("Merging gives", "Merg$0ing gives")) if "Promote" in t
    ]


def test_a_waiver_ends_after_a_quarter_and_waits_for_its_reason() -> None:
    after = taken(ONE.replace("Merging gives", "Merg$0ing gives"), "Waive INV-1")
    assert "in either order.\n  - Waived until 2026-09-13: \n- Merging keeps" in after


def test_a_suppression_waits_for_its_reason() -> None:
    after = taken(BARE, "Suppress ADL101 here")
    assert "# 1. Merge <!-- adr-lsp: ignore ADL101  -->\n" in after


def test_a_suppression_in_a_table_leaves_its_rows_together() -> None:
    page = """
````adr
# 1. Merge

## Invariants

| Id | Statement |
|----|-----------|
| INV-1 | It is sorted. |
| INV-2 | It is $0fast. |
| INV-3 | It is whole.|
````
"""
    after = taken(page, "Suppress ADL103 here")
    assert "| INV-2 | It is fast. <!-- adr-lsp: ignore ADL103  --> |\n| INV-3" in after
    parsed = parse("docs/adr/0001-merge.md", after.partition("\n")[2].encode(), log="docs/adr")
    assert [each.id for each in parsed.invariants] == ["INV-1", "INV-2", "INV-3"]
    assert [each.lines for each in parsed.suppressions] == [(7,)]


def test_what_is_done_in_one_way_is_offered_once_for_all_that_it_mends() -> None:
    page = ONE.replace("Merging gives the same", "Merg$0ing is fast, and usually the same")
    suppress = [a for a in code_actions(*ask(page)) if a.title.startswith("Suppress ADL103")]
    assert [len(action.mends) for action in suppress] == [2]


TEST = """
````python tests/test_merge.py
def test_$0merge():
    assert merge(1, 2) == merge(2, 1)
````
"""


def test_the_picked_test_is_linked() -> None:
    after = taken(ONE + TEST, "Link test_merge to ADR-0001/INV-1")
    assert "in either order.\n  - Verified by: [`test_merge`](../../tests/test_merge.py)\n" in after


UNKNOWN = """
````python tests/test_merge.py
# Verifies: ADR-0001/INV-$09
def test_merge():
    assert merge(1, 2) == merge(2, 1)
````
"""


def test_an_unknown_reference_becomes_the_nearest() -> None:
    assert "# Verifies: ADR-0001/INV-1\n" in taken(ONE + UNKNOWN, "Replace by ADR-0001/INV-1")


def test_or_the_invariant_is_created() -> None:
    after = taken(ONE + UNKNOWN, "Create INV-9 in ADR-0001")
    assert "- No key is invented.\n- **INV-9**: \n" in after


def test_a_scaffold_is_offered_with_its_link() -> None:
    after = taken(ONE.replace("Merging gives", "Merg$0ing gives"), "Scaffold a property test")
    assert "--- tests/test_merge.py\n" in after
    assert "Verifies: ADR-0001/INV-1" in after
    assert "- Verified by: [`test_" in after


EXAMPLE = """
````python tests/test_merge.py
# Verifies: ADR-0001/INV-1
def test_merge():
    assert merge(1, 2) == merge(2, 1)
````
"""
NEEDED = """
````toml adr-lsp.toml
needs = { commutativity = "state-machine|property", accepted = "example" }
````
"""


def test_the_scaffold_that_is_missing_is_offered() -> None:
    """Each method of which one is needed, the first preferred; none where one is there."""
    page = ONE.replace("**INV-1**", "**INV-$01** *(commutativity)*") + EXAMPLE
    assert not [title for title in titles(page) if title.startswith("Scaffold")]
    offered = [a for a in code_actions(*ask(NEEDED + page)) if a.title.startswith("Scaffold")]
    assert [(a.title.split(" for ")[0], a.preferred) for a in offered][-1] == (
        "Scaffold a property test",
        len(offered) == 1,
    )
    assert all([found.code for found in a.mends] == ["ADL302"] for a in offered)
    after = taken(NEEDED + page, "Scaffold a property test")
    assert "@given(" in after
    own = page.replace("(commutativity)", "(commutativity, needs: example)")
    assert not [title for title in titles(NEEDED + own) if title.startswith("Scaffold")]


def test_a_scaffold_is_in_the_language_of_the_other_tests() -> None:
    page = (
        ONE.replace("**INV-1**", "**INV-$01** *(commutativity, needs: property)*")
        + """
````typescript web/merge.test.ts
// Verifies: ADR-0001/INV-1
test("merges", () => {
  expect(merge(1, 2)).toEqual(merge(2, 1));
});
````
````python merge.py
def merge(one, other): ...
````
````toml pyproject.toml
[project]
````
"""
    )
    offered = [title for title in titles(page) if title.startswith("Scaffold")]
    assert offered
    assert all(".ts" in title for title in offered), offered


def test_a_counterexample_is_pinned() -> None:
    page = (
        ONE
        + """
````python tests/test_merge.py
from hypothesis import given, strategies as st


# Verifies: ADR-0001/INV-1
@given(n=st.integers())
def test_$0merge(n):
    assert n != 7
````

````run
tests/test_merge.py::test_merge: failed, n=7
````
"""
    )
    assert "@example(n=7)" in taken(page, "Pin the counterexample in test_merge")


TYPESCRIPT = """
````adr
# 1. Merge

## Invariants

- **INV-1**: Merging gives what both sides have.
  - Target: `src/merge.ts#merge`
````

````typescript src/merge.ts
export function merge(n: number): number { return n }
````

````typescript tests/merge.test.ts
import fc from "fast-check"
import { test } from "vitest"

// Verifies: ADR-0001/INV-1
test("merge", () => { fc.assert(fc.property(fc.nat(), (n) => n !== 7)) })
````

````run
tests/merge.test.ts::merge: failed, n=7
````
"""


def test_in_typescript_at_the_invariant_and_at_the_test() -> None:
    for place in ("Merging gives", 'test("merge"'):
        page = TYPESCRIPT.replace(place, f"{place[:5]}$0{place[5:]}")
        assert "{ examples: [[7]] })" in taken(page, "Pin the counterexample in merge")
        title = next(t for t in titles(page) if t.startswith("Write the counterexample as an ex"))
        assert "n: 7" in taken(page, title)


def test_at_most_one_action_of_a_finding_is_preferred() -> None:
    for page in (BARE, ONE.replace("Merging gives", "Merg$0ing gives"), ONE + UNKNOWN):
        preferred = [m for a in code_actions(*ask(page)) if a.preferred for m in a.mends]
        assert len(preferred) == len(set(preferred))


@given(st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["Insert", "Declare"]))
def test_a_record_keeps_its_line_ends(end: str, title: str) -> None:
    snapshot, path, range = ask(BARE)
    content = snapshot.log.records[path].text.content.replace("\n", end)
    assert parse(path, content.encode(), log="docs/adr").text.line_end == end
    edits = next(a for a in code_actions(snapshot, path, range) if a.title.startswith(title)).edits
    assert apply_edits(content, list(edits)).replace(end, "\n").count("\r") == 0 or end == "\n"
