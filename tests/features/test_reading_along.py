"""What helps to read and to move: highlights, folds, growing selections, links, symbols, code
behind an invariant, and the way from a log down to its tests."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.features.completion import completion
from adr_lsp.features.disjoint import taken
from adr_lsp.features.document_links import document_links
from adr_lsp.features.folding import folds
from adr_lsp.features.highlights import highlights
from adr_lsp.features.implementation import implementation
from adr_lsp.features.selection_ranges import selection_ranges
from adr_lsp.features.type_hierarchy import Node, hierarchy_at, subtypes, supertypes
from adr_lsp.features.workspace_symbols import workspace_symbols
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Position, Range, Text, decode, span
from features.asked import pointed, start
from features.made_tree import root

PAGE = """
````adr
---
status: accepted
---
# 1. Merge

As ADR-0002 says, and ADR-0002/INV-1.

Here INV-1 holds.

## Invariants

- **INV-1** *(commutativity)*: Merging gives the same in either order.
  - Target: `cart.merging:merge`
  - Verified by: [`test_linked`](../../tests/test_merge.py)
- **INV-2**: Merging keeps 😀 every item.

```text
INV-1 in code
is none
```

## Notes

See [the other](0002-join.md).
````

````adr
# 2. Join

Supersedes [ADR-0001](0001-merge.md)

## Invariants

- **INV-1**: Joining is total.
````

````python tests/test_merge.py
# Verifies: ADR-0001/INV-1, INV-2
def test_merge():
    assert merge(1, 2) == merge(2, 1)


def test_linked():
    assert merge(1, 1) == 1
````

````python src/cart/merging.py
class Cart:
    def keep(self):
        return 1


def merge(a, b):
    return a
````
"""


def at(old: str, new: str) -> tuple[Snapshot, str, Position]:
    assert old in PAGE
    return start(PAGE.replace(old, new, 1))


def text_of(snapshot: Snapshot, path: str) -> Text:
    return Text(decode(snapshot.tree.read(path) or b"")[0])


def highlighted(old: str, new: str) -> list[str]:
    """Each line with what is highlighted in it marked: `<…>` where it is named, `«…»` where it
    gets its name."""
    snapshot, path, position = at(old, new)
    text = text_of(snapshot, path)
    shown = []
    for each in highlights(snapshot, path, position):
        line, (a, b) = each.range.start.line, "«»" if each.declares else "<>"
        first, last = each.range.start.column, each.range.end.column
        shown.append(f"{text.line(line)[:first]}{a}{text.between(each.range)}{b}"[-24:].strip())
        assert last <= len(text.line(line))
    return shown


def test_an_id_is_highlighted_where_it_is_declared_and_named() -> None:
    every = ["Here <INV-1>", "- **«INV-1»"]
    assert highlighted("**INV-1**", "**IN$0V-1**") == every
    assert highlighted("Here INV-1", "Here IN$0V-1") == every
    (other,) = highlighted("ADR-0002/INV-1", "ADR-0002/IN$0V-1")
    assert other.endswith("ADR-0002/<INV-1>")


def test_the_words_of_a_statement_are_the_editors_to_highlight() -> None:
    assert highlighted("in either", "in eit$0her") == []


def test_in_a_test_what_it_verifies_is_highlighted() -> None:
    assert highlighted("ADR-0001/INV-1, INV-2", "ADR-0001/INV-1, IN$0V-2") == [
        "es: ADR-0001/INV-1, <INV-2>"[-24:].strip()
    ]
    assert len(highlighted("def test_merge", "def test$0_merge")) == 2
    assert highlighted("return a", "return $0a") == []


def folded(page: str) -> list[str]:
    snapshot, path, _ = start(page)
    text = text_of(snapshot, path)
    return [f"{text.line(f.first)[:14]} +{f.last - f.first}" for f in folds(snapshot, path)]


def test_sections_invariants_front_matter_and_code_fold() -> None:
    assert folded(PAGE.replace("Notes", "No$0tes")) == [
        "--- +2",
        "# 1. Merge +20",
        "## Invariants +10",
        "- **INV-1** *( +2",
        "```text +3",
        "## Notes +2",
    ]


def test_a_selection_grows_from_the_word_to_the_document() -> None:
    snapshot, path, position = at("in either", "in eit$0her")
    (grown,) = selection_ranges(snapshot, path, [position]) or []
    text = text_of(snapshot, path)
    said = [text.between(range) for range in grown.ranges]
    assert said[0] == "either"
    assert said[1] == "Merging gives the same in either order."
    assert said[2].startswith("- **INV-1** *(commutativity)*: Merging")
    assert said[3].endswith("(../../tests/test_merge.py)")
    assert any(each.startswith("## Invariants") for each in said)
    assert said[-1] == text.content
    snapshot, path, position = at("**INV-2**", "**IN$0V-2**")
    (grown,) = selection_ranges(snapshot, path, [position]) or []
    assert [text.between(range) for range in grown.ranges[:2]] == ["INV", "INV-2"]
    assert selection_ranges(snapshot, "src/cart/merging.py", [position]) is None


@given(line=st.integers(0, 40), column=st.integers(0, 90))
def test_each_range_holds_the_one_before_it(line: int, column: int) -> None:
    snapshot, path, _ = SHOWN
    text = text_of(snapshot, path)
    position = text.position(text.offset(Position(line, column)))
    (grown,) = selection_ranges(snapshot, path, [position]) or []
    assert grown.ranges[0].contains(position)
    for inner, outer in zip(grown.ranges, grown.ranges[1:], strict=False):
        assert outer.start <= inner.start
        assert inner.end <= outer.end
        assert inner != outer


SHOWN = at("Notes", "No$0tes")


def linked(snapshot: Snapshot, path: str) -> list[str]:
    text = text_of(snapshot, path)
    return [
        f"{text.between(link.range)} -> {link.path}:{link.line + 1}"
        for link in document_links(snapshot, path)
    ]


def test_what_a_record_names_can_be_clicked() -> None:
    assert linked(*SHOWN[:2]) == [
        "ADR-0002 -> docs/adr/0002-join.md:1",
        "ADR-0002/INV-1 -> docs/adr/0002-join.md:7",
        "`cart.merging:merge` -> src/cart/merging.py:6",
        "[`test_linked`](../../tests/test_merge.py) -> tests/test_merge.py:6",
        "0002-join.md -> docs/adr/0002-join.md:1",
    ]


def test_what_a_test_verifies_can_be_clicked() -> None:
    assert linked(SHOWN[0], "tests/test_merge.py") == [
        "ADR-0001/INV-1 -> docs/adr/0001-merge.md:12",
        "INV-2 -> docs/adr/0001-merge.md:15",
    ]


def found(query: str) -> list[str]:
    return [each.name for each in workspace_symbols(SHOWN[0], query)]


def test_records_and_invariants_are_found_by_their_words() -> None:
    assert found("total") == ["ADR-0002/INV-1: Joining is total."]
    assert found("order same") == ["ADR-0001/INV-1: Merging gives the same in either order."]
    assert found("0002 join") == ["ADR-0002 Join", "ADR-0002/INV-1: Joining is total."]
    assert found("mrgng kps") == ["ADR-0001/INV-2: Merging keeps 😀 every item."]
    assert found("nothing") == []
    assert len(found("")) == 5


RUN = """
````run
tests/test_merge.py::test_merge: passed
````
"""


def test_from_an_invariant_to_its_targets_and_back() -> None:
    snapshot, path, position = at("**INV-1**", "**IN$0V-1**")
    assert pointed(snapshot, implementation(snapshot, path, position)) == (
        "src/cart/merging.py: merge"
    )
    snapshot, path, position = at("def test_merge", "def te$0st_merge")
    assert pointed(snapshot, implementation(snapshot, path, position)) == (
        "src/cart/merging.py: merge"
    )
    snapshot, path, position = at("def merge", "def mer$0ge")
    assert pointed(snapshot, implementation(snapshot, path, position)) == (
        "docs/adr/0001-merge.md: INV-1"
    )
    snapshot, path, position = at("def keep", "def ke$0ep")
    assert implementation(snapshot, path, position) == []


def test_from_an_invariant_to_the_code_that_its_tests_ran() -> None:
    page = PAGE.replace("  - Target: `cart.merging:merge`\n", "") + RUN
    snapshot, path, position = start(page.replace("**INV-1**", "**IN$0V-1**", 1))
    (run,) = snapshot.runs
    ran = {("tests/test_merge.py::test_merge", None): {"src/cart/merging.py": frozenset({3, 7})}}
    content = dict(run.content)
    content["src/cart/merging.py"] = snapshot.tree.digest("src/cart/merging.py") or ""
    covering = replace(snapshot, runs=(replace(run, coverage=ran, content=content),), memo={})
    assert pointed(covering, implementation(covering, path, position)) == (
        "src/cart/merging.py: keep\nsrc/cart/merging.py: merge"
    )
    code = "src/cart/merging.py"
    assert pointed(covering, implementation(covering, code, Position(1, 9))) == (
        "docs/adr/0001-merge.md: INV-1\ndocs/adr/0001-merge.md: INV-2"
    )


def names(nodes: list[Node]) -> list[str]:
    return [node.name for node in nodes]


def test_from_a_log_down_to_its_tests_and_up_again() -> None:
    snapshot, path, position = at("def test_merge", "def te$0st_merge")

    def above(node: Node) -> list[Node]:
        return supertypes(snapshot, node.path, level=node.level, key=node.key)

    def below(node: Node) -> list[Node]:
        return subtypes(snapshot, node.path, level=node.level, key=node.key)

    (test,) = hierarchy_at(snapshot, path, position)
    first, second = above(test)
    assert names([first, second]) == ["ADR-0001/INV-1", "ADR-0001/INV-2"]
    (record,) = above(first)
    assert (record.name, record.detail) == ("ADR-0001 Merge", "accepted")
    (log,) = above(record)
    assert (log.name, log.detail, above(log)) == ("docs/adr", "2 records", [])
    assert names(below(log)) == ["ADR-0001 Merge", "ADR-0002 Join"]
    assert names(below(record)) == ["ADR-0001/INV-1", "ADR-0001/INV-2"]
    assert names(below(first)) == ["test_merge", "test_linked"]
    assert below(test) == []
    for node in (test, first, record, log):
        assert node.range.start <= node.selection.start <= node.selection.end <= node.range.end
    assert supertypes(snapshot, path, level="nonsense", key="x") == []


SIGNS = st.lists(
    st.sampled_from(
        ["- **INV-1**: A", "- **INV-1** *(", "  - Verified by: [`", "  - Target: `a:", "---", "# ",
         "```", "<!--", "Status: ", "[x](", "ADR-0001/", "Supersedes ", "\x0c", "😀", "| INV-2 |",
         "status: x", "## Invariants", "  - ", "\t", "\r", "> INV-1", "`p::"]
    ) | st.text(max_size=5),
    max_size=12,
)  # fmt: skip


@given(parts=SIGNS, end=st.sampled_from(["\n", "\r\n", ""]), place=st.integers(0, 200))
def test_whatever_stands_there_each_has_an_answer(parts: list[str], end: str, place: int) -> None:
    """Of any text, at any place; what is inserted replaces what stands around the cursor."""
    content = end.join(parts).encode("utf-8", "replace").decode()
    path = "docs/adr/0001-a.md"
    snapshot = root({path: content.encode(), "docs/adr/0002-b.md": b"# 2. B\n"})
    text = snapshot.log.records[path].text
    position = text.position(text.offset(text.position(place)))  # never within a line end
    for each in (highlights, implementation, hierarchy_at):
        each(snapshot, path, position)
    for range in (link.range for link in document_links(snapshot, path)):
        assert range.start <= range.end
    for fold in folds(snapshot, path):
        assert 0 <= fold.first < fold.last < text.line_count
    (grown,) = selection_ranges(snapshot, path, [position]) or []
    assert grown.ranges
    for item in completion(snapshot, path, position, snippets=True).items:
        assert item.range.contains(position)
        assert item.range.start.line == item.range.end.line
        assert item.range.end.column <= len(text.line(position.line))


places = st.lists(st.builds(lambda a, n: span(0, a, a + n), st.integers(0, 30), st.integers(0, 5)))


@given(places)
def test_of_places_that_overlap_the_first_one_stays(found: list[Range]) -> None:
    kept: list[Range] = []
    expected: list[Range] = []
    for each in found:
        if not any(each.overlaps(other) for other in expected):
            expected.append(each)
            assert not taken(kept, each)
        else:
            assert taken(kept, each)
    assert kept == sorted(expected)
