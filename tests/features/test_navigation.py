"""Both ways between a decision and its tests."""

import pytest

from adr_lsp.features.definition import definition, references
from adr_lsp.features.document_symbols import document_symbols
from features.asked import pointed, start

PAGE = """
````adr
# 1. Merge

Superseded by [ADR-0002](0002-join.md)

## Invariants

- **INV-1**: Merging gives the same in either order.
  - Verified by: [`test_linked`](../../tests/test_merge.py)
````

````adr
# 2. Join

Supersedes [ADR-0001](0001-merge.md)
````

````python tests/test_merge.py
# Verifies: ADR-0001/INV-1
def test_merge():
    assert merge(1, 2) == merge(2, 1)


def test_linked():
    assert merge(1, 1) == 1
````
"""


def defined(old: str, new: str) -> str:
    snapshot, path, position = start(PAGE.replace(old, new, 1))
    return pointed(snapshot, definition(snapshot, path, position))


def referred(old: str, new: str, *, declaration: bool = False) -> str:
    snapshot, path, position = start(PAGE.replace(old, new, 1))
    return pointed(snapshot, references(snapshot, path, position, declaration=declaration))


def test_from_a_declaration_to_its_tests() -> None:
    tests = "tests/test_merge.py: test_merge\ntests/test_merge.py: test_linked"
    assert defined("**INV-1**", "**INV$0-1**") == tests


def test_from_a_reference_to_the_declaration() -> None:
    assert defined("ADR-0001/INV-1", "ADR-0001/IN$0V-1") == "docs/adr/0001-merge.md: INV-1"


def test_from_a_test_to_what_it_verifies() -> None:
    assert defined("def test_linked", "def test_$0linked") == "docs/adr/0001-merge.md: INV-1"


def test_from_a_link_to_the_test() -> None:
    assert defined("[`test_linked`]", "[`test_$0linked`]") == "tests/test_merge.py: test_linked"


def test_from_a_supersession_to_the_record() -> None:
    assert defined("Supersedes [ADR-", "Supersedes [AD$0R-") == "docs/adr/0001-merge.md: 1. Merge"


def test_every_place_that_names_an_invariant() -> None:
    expected = (
        "docs/adr/0001-merge.md: INV-1\n"
        "tests/test_merge.py: ADR-0001/INV-1\n"
        "docs/adr/0001-merge.md: [`test_linked`](../../tests/test_merge.py)"
    )
    assert referred("**INV-1**", "**INV$0-1**", declaration=True) == expected
    assert referred("ADR-0001/INV-1", "ADR-0001/IN$0V-1", declaration=True) == expected


WORDS = """
````adr docs/adr/0001-merge.md
# 1. Merge

## Invariants

- **INV-1**: Merging gives the same in either order.
  - Target: `merging:merge`
  - Verified by: `formal/Merge.tla!Same`

Unlike INV-1, nothing is said of speed.
````

````adr
# 2. Join

Amends ADR-0001, see [it](0001-merge.md). As ADR-0001/INV-1 has it, and ADR-0001 (INV-1).

```text
ADR-0001/INV-1
```
````

````python merging.py
def merge(a, b):
    ...
````

````tla formal/Merge.tla
---- MODULE Merge ----
Same == TRUE
====
````
"""
DECLARED = "docs/adr/0001-merge.md: INV-1"
TITLE = "docs/adr/0001-merge.md: 1. Merge"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Unlike IN$0V-1", DECLARED),
        ("As ADR-0001/IN$0V-1", DECLARED),
        ("As AD$0R-0001/INV-1", DECLARED),
        ("ADR-0001 (IN$0V-1", DECLARED),
        ("Amends ADR-$00001", TITLE),
        ("# 1. Me$0rge", TITLE),
        ("`merging:me$0rge`", "merging.py: merge"),
        ("Merge.tla!Sa$0me", "formal/Merge.tla: Same"),
        ("text\nADR-0001/IN$0V-1", ""),
        ("noth$0ing is said", ""),
    ],
)
def test_from_words_to_what_they_name(marked: str, expected: str) -> None:
    snapshot, path, position = start(WORDS.replace(marked.replace("$0", ""), marked, 1))
    assert pointed(snapshot, definition(snapshot, path, position)) == expected


def test_words_of_records_are_among_the_places() -> None:
    """Of an invariant also where it is named beside a record; of a record not where its invariants
    are."""
    snapshot, path, position = start(WORDS.replace("**INV-1**", "**IN$0V-1**"))
    found = references(snapshot, path, position, declaration=True)
    named = "docs/adr/0002-join.md: INV-1"
    verifier = "docs/adr/0001-merge.md: `formal/Merge.tla!Same`"
    assert pointed(snapshot, found).split("\n") == [DECLARED, verifier, DECLARED, named, named]
    snapshot, path, position = start(WORDS.replace("# 1. Merge", "# 1. Me$0rge"))
    found = references(snapshot, path, position, declaration=True)
    expected = "docs/adr/0002-join.md: 0001-merge.md\ndocs/adr/0002-join.md: ADR-0001"
    assert pointed(snapshot, found).startswith(expected)


def test_the_outline_lists_invariants() -> None:
    snapshot, path, _ = start(PAGE.replace("Merging gives", "Merging$0 gives"))
    (symbol,) = document_symbols(snapshot, path)
    assert symbol.name == "INV-1"
    assert symbol.detail == "Merging gives the same in either order."
    assert symbol.range.contains(symbol.selection.start)
    assert symbol.range.contains(symbol.selection.end)
