"""What is offered while typing: in a record, and in code."""

from __future__ import annotations

import re

import pytest

from adr_lsp.features.completion import Completion, Completions, completion
from adr_lsp.text import Edit, Range, apply_edits
from features.asked import start

HEAD = """
````adr
---
status: {front}
---
# 3. Merge

## Status

{status}

## Invariants

- **INV-1** *({pattern})*: Merging gives the same in either order.
{below}
{end}
````
"""
OTHERS = """
````adr
# 2. Join

## Status

Agreed

## Rollout

- **INV-1** *(bounds)*: A queue holds at most three items.
- **INV-2**: Joining keeps every item.
````

````adr
# 1. Old join

## Status

Superseded by [ADR-0002](0002-join.md)
````

````python tests/test_merge.py
def test_merge():
    assert merge(1, 2) == merge(2, 1)

class TestJoin:
    def test_keeps(self):
        assert join(1)
````

````python src/cart/pricing.py
def total(cart): ...

class Price: ...
````
"""


def record(
    front: str = "accepted",
    status: str = "Accepted",
    pattern: str = "commutativity",
    below: str = "",
    end: str = "",
) -> str:
    return HEAD.format(front=front, status=status, pattern=pattern, below=below, end=end) + OTHERS


def asked(page: str, *, snippets: bool = False) -> Completions:
    snapshot, path, position = start(page)
    return completion(snapshot, path, position, snippets=snippets)


def labels(page: str) -> list[str]:
    return [item.label for item in asked(page).items]


def line(page: str, label: str, *, snippets: bool = False) -> str:
    """The line (or lines) that choosing an item leaves."""
    snapshot, path, position = start(page)
    found = completion(snapshot, path, position, snippets=snippets)
    item = next(each for each in found.items if each.label == label)
    record = snapshot.log.records.get(path)
    content = record.text.content if record else snapshot.sources[path].text
    after = apply_edits(content, [Edit(path, item.range, item.text)]).split("\n")
    begin = position.line
    return "\n".join(after[begin : begin + 1 + item.text.count("\n")])


def test_the_next_id_begins_an_invariant() -> None:
    page = record(end="- IN$0")
    assert labels(page) == ["INV-2"]
    assert line(page, "INV-2") == "- **INV-2**: "
    made = line(page, "INV-2", snippets=True)
    shape = r"- \*\*INV-2\*\* \*\(\$\{1\|round-trip,.*\|\}\)\*: \$\{0:statement\}"
    assert re.fullmatch(shape, made)
    assert line(record(end="INV$0"), "INV-2") == "- **INV-2**: "
    assert labels(record(end="- The queue$0")) == []
    assert labels(record(end="- **IN$0")) == ["INV-2"]


def test_statuses_come_in_the_words_of_the_log() -> None:
    said = ["Agreed", "Proposed", "Rejected", "Deprecated", "Superseded"]
    assert labels(record(status="$0")) == said
    assert labels(record(front="$0")) == said
    assert labels(record(front="Prop$0")) == ["Proposed"]
    assert line(record(front="Ag$0"), "Agreed") == "status: Agreed"


def test_patterns_and_methods() -> None:
    assert labels(record(pattern="commu$0")) == ["commutativity"]
    assert "idempotence" in labels(record(pattern="$0"))
    assert labels(record(pattern="$0"))[0] == "commutativity"  # the statement reads like it
    assert line(record(pattern="bounds, $0"), "needs: ").startswith("- **INV-1** *(bounds, needs: ")
    assert "state-machine" in labels(record(pattern="bounds, needs: $0"))
    assert labels(record(pattern="bounds, needs: property|prop$0")) == []
    assert labels(record(pattern="bounds, needs: proof|prop$0")) == ["property"]


def test_what_can_stand_below_an_invariant() -> None:
    every = ["Verified by:", "Target:", "Waived until", "By construction:", "Applies to:"]
    found = labels(record(below="  - $0"))
    assert [re.sub(r" \d{4}-\d\d-\d\d:", "", label) for label in found] == every
    page = record(below="  - By$0")
    assert line(page, "By construction:") == "  - By construction: "
    assert line(page, "By construction:", snippets=True) == "  - By construction: ${1:reason}"
    said = record(below="  - By construction: it is so\n  - $0")
    assert "By construction:" not in labels(said)
    assert labels(record(end="Prose, and then a list\n\n  - Ver$0")) == []


def test_the_tests_that_there_are() -> None:
    page = record(below="  - Verified by: $0")
    assert labels(page) == ["test_merge", "TestJoin::test_keeps", "tests/test_merge.py"]
    linked = "[`TestJoin::test_keeps`](../../tests/test_merge.py)"
    assert line(page, "TestJoin::test_keeps") == f"  - Verified by: {linked}"
    more = record(below=f"  - Verified by: {linked}, mer$0")
    assert line(more, "test_merge").endswith(", [`test_merge`](../../tests/test_merge.py)")
    assert line(record(below="  - Verified by:$0"), "tests/test_merge.py") == (
        "  - Verified by: `tests/test_merge.py`"
    )


def test_a_path_and_then_a_name() -> None:
    assert labels(record(below="  - Verified by: `tes$0")) == ["tests/test_merge.py"]
    page = record(below="  - Verified by: `tests/test_merge.py::$0`")
    assert labels(page) == ["test_merge", "TestJoin::test_keeps"]
    assert line(page, "test_merge") == "  - Verified by: `tests/test_merge.py::test_merge`"
    assert labels(record(below="  - Verified by: `tests/test_merge.py#Join$0`")) == [
        "TestJoin::test_keeps"
    ]
    linked = record(below="  - Verified by: [`test_merge`]($0)")
    assert labels(linked) == ["../../tests/test_merge.py"]
    begun = record(below="  - Verified by: [`mer$0`]")
    assert line(begun, "test_merge") == (
        "  - Verified by: [`test_merge`](../../tests/test_merge.py)"
    )


def test_the_code_that_an_invariant_is_about() -> None:
    page = record(below="  - Target: $0")
    assert labels(page) == ["cart.pricing"]
    assert line(page, "cart.pricing") == "  - Target: `cart.pricing`"
    named = record(below="  - Target: `cart.pricing:$0`")
    assert labels(named) == ["cart.pricing:total", "cart.pricing:Price"]
    assert line(named, "cart.pricing:total") == "  - Target: `cart.pricing:total`"


def test_several_targets_stand_in_one_line() -> None:
    page = record(below="  - Target: `src/x.py`, `cart$0`")
    assert line(page, "cart.pricing") == "  - Target: `src/x.py`, `cart.pricing`"
    page = record(below="  - Target: `src/x.py`, $0")
    assert line(page, "cart.pricing") == "  - Target: `src/x.py`, `cart.pricing`"


@pytest.mark.parametrize(
    ("page", "rest"),
    [
        (record(status="Ag$0reed"), "reed"),
        (record(status="$0Agreed"), None),
        (record(status="Agreed$0"), None),
        (record(end="See ADR-0002/IN$0V-1, then"), "V-1"),
        (record(end="See [it](0002-jo$0in.md#x)"), "in.md"),
        (record(below="  - Target: `car$0t.pricing:total`"), "t.pricing"),
        (record(below="  - Target: ca$0rt"), "rt"),
        (
            record(below="  - Verified by: `tests/test_merge.py::TestJ$0oin::test_keeps`"),
            "oin::test_keeps",
        ),
        (record(below="  - Verified by: [`mer$0`]"), None),
    ],
)
def test_a_word_goes_on_behind_the_cursor(page: str, rest: str | None) -> None:
    snapshot, path, position = start(page)
    found = completion(snapshot, path, position)
    assert found.items
    text = snapshot.log.records[path].text
    behind = text.between(Range(position, found.word_end)) if found.word_end else None
    assert behind == rest


def test_no_label_is_offered_before_words() -> None:
    assert labels(record(below="  - V$0 by hand")) == []


def test_only_sections_that_begin_as_typed_are_offered() -> None:
    assert "## Invariants" not in labels(record(end="## Zz$0").replace("## Invariants", "## Rules"))


def test_sections_that_the_log_has() -> None:
    page = record(end="## $0")
    assert labels(page) == ["## Rollout"] or "## Context" in labels(page)
    assert "## Status" not in labels(page)
    assert line(page, labels(page)[0]).startswith("## ")
    template = "\n````text docs/adr/template.md\n# T\n\n## Risks\n\nWhich ones?\n````\n"
    own = record(end="#$0") + template
    assert labels(own) == ["## Risks"]
    assert line(own, "## Risks", snippets=True) == "## Risks\n\n${0:Which ones?}"
    bare = "````adr\n# 1. A\n\n## Inv$0\n````\n"
    assert line(bare, "## Invariants") == "## Invariants\n\n"
    assert "- **INV-1** *(" in line(bare, "## Invariants", snippets=True)


def test_records_and_their_invariants_by_key() -> None:
    assert labels(record(end="See [$0]")) == ["ADR-0002", "ADR-0001"]
    assert line(record(end="See [$0]"), "ADR-0002") == "See [ADR-0002](0002-join.md)"
    assert labels(record(end="See [x](000$0)")) == ["0002-join.md", "0001-old-join.md"]
    assert labels(record(end="As ADR-0002/$0")) == ["ADR-0002/INV-1", "ADR-0002/INV-2"]
    assert labels(record(status="Superseded by $0")) == ["ADR-0002", "ADR-0001"]
    assert line(record(status="Supersedes old$0"), "ADR-0001") == (
        "Supersedes [ADR-0001](0001-old-join.md)"
    )
    assert labels(record(front="accepted\nsupersedes: $0")) == ["ADR-0002", "ADR-0001"]


def test_a_statement_is_shown_and_never_acts() -> None:
    found = asked(record(end="As ADR-0002/$0").replace("Joining keeps", "`[go](command:x) <b>`"))
    assert found.items[1].detail == "Join"
    assert "\\[go\\](command:x) \\<b\\>" in found.items[1].documentation


@pytest.mark.parametrize(
    "end",
    [
        "```\n- IN$0\n```",
        "```\n## $0",
        "<!-- See [$0 -->",
        "Some prose about queues$0",
        "The AD$0",
        "word: $0",
        "> quoted $0",
    ],
)
def test_it_is_quiet_where_nothing_fits(end: str) -> None:
    assert labels(record(end=end)) == []


CODE = """
````python tests/test_x.py
{above}
def test_x():
    assert 1
````
"""


def in_code(above: str) -> str:
    return record() + CODE.format(above=above)


def test_in_code_the_invariants_that_a_test_verifies() -> None:
    page = in_code("# Verifies: $0")
    assert labels(page) == ["ADR-0003/INV-1", "ADR-0002/INV-1", "ADR-0002/INV-2"]
    assert line(page, "ADR-0002/INV-2") == "# Verifies: ADR-0002/INV-2"
    assert asked(page).items[1].documentation == "*(bounds)* A queue holds at most three items."
    assert labels(in_code("# Verifies: keeps$0")) == ["ADR-0002/INV-2"]
    assert labels(in_code("# Verifies: ADR-0002/$0")) == ["ADR-0002/INV-1", "ADR-0002/INV-2"]
    assert labels(in_code("# Verifies: ADR-0002/INV-1, $0")) == ["INV-2", "ADR-0003/INV-1"]
    assert labels(in_code("# Verifies: ADR-0002/INV-1,\n# $0"))[0] == "INV-2"
    assert labels(in_code('@pytest.mark.invariant("$0")'))[0] == "ADR-0003/INV-1"
    assert labels(in_code('"""Verifies: ADR-0003/$0"""')) == ["ADR-0003/INV-1"]
    assert labels(in_code("# see ADR-0002$0"))[0] == "ADR-0002"


def test_in_code_the_words_that_begin_a_line() -> None:
    assert line(in_code("# ver$0"), "Verifies:") == "# Verifies: "
    assert line(in_code("# ad$0"), "adr-lsp: scaffold") == "# adr-lsp: scaffold"
    for quiet in ("# $0", "# very$0", "x = verifies$0", "x = [$0]", "# Verifies nothing, $0"):
        assert labels(in_code(quiet)) == [], quiet


def test_a_long_list_is_cut_and_says_so() -> None:
    items = "\n".join(f"- **INV-{n}**: Rule {n} holds." for n in range(1, 150))
    page = f"````adr\n# 1. A\n\n## Invariants\n\n{items}\n````\n" + CODE.format(
        above="# Verifies: $0"
    )
    found = asked(page)
    assert (len(found.items), found.incomplete) == (100, True)
    assert not asked(page.replace("$0", "INV-149$0")).incomplete


def test_the_range_is_what_was_typed() -> None:
    for page in (record(end="- IN$0"), record(front="Ag$0"), in_code("# Verifies: ADR-0002/$0")):
        snapshot, path, position = start(page)
        for item in completion(snapshot, path, position).items:
            assert item.range.start.line == item.range.end.line == position.line
            assert item.range.contains(position)
            assert isinstance(item, Completion)


@pytest.mark.parametrize(
    "end", ["\tAs ADR-0002/$0", "- a\n\n      As ADR-0002/$0", "<div>\nAs ADR-0002/$0\n</div>"]
)
def test_indented_code_and_html_are_quiet_too(end: str) -> None:
    assert labels(record(end=f"\n## More\n\nWords.\n\n{end}")) == []
    shown = "As ADR-0002/$0"
    assert labels(record(end=f"\n```\n```\n\n## More\n\n{shown}")) != []
