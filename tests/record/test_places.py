"""Every element of a record stands where it says."""

from __future__ import annotations

from adr_lsp.text import Position
from record.texts import check


def test_a_canonical_record() -> None:
    check(
        """\
# 12. Post transfers in *double* entry
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ title

## Status
^^^^^^^^^ heading Status

Superseded by [ADR-0020](0020-new.md)
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ status
              ^^^^^^^^^^^^^^^^^^^^^^^ superseded by ADR-0020
                         ^^^^^^^^^^^ to 0020-new.md

Supersedes [3. Old](0003-old.md)
           ^^^^^^^^^^^^^^^^^^^^^ supersedes 3

## Invariants

- **INV-1** *(conservation, needs: property|model)*: For every é, the sum is zero.
    ^^^^^ id INV-1
              ^^^^^^^^^^^^ pattern conservation
                                   ^^^^^^^^^^^^^^ needs property|model
                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ statement INV-1
  - Verified by: [`test_sum`](../../tests/test_a.py), `formal/A.tla!Sum`
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ verifier ../../tests/test_a.py test_sum
                                                      ^^^^^^^^^^^^^^^^^^ verifier formal/A.tla Sum
  - Target: `ledger.capture:capture`
            ^^^^^^^^^^^^^^^^^^^^^^^^ target ledger.capture:capture
  - Waived until 2027-03-31: no sandbox yet
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ waiver 2027-03-31
- Loose words <!-- adr-lsp: ignore ADL103 said so -->
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ suppression ADL103
  ^^^^^^^^^^^ statement None
"""
    )


def test_front_matter_has_places_too() -> None:
    check(
        """\
---
status: superseded by ADR-0020
        ^^^^^^^^^^^^^^^^^^^^^^ status
                      ^^^^^^^^ superseded by ADR-0020
supersedes: [ADR-0003, 4]
             ^^^^^^^^ supersedes ADR-0003
                       ^ supersedes 4
---

# Use the ledger
  ^^^^^^^^^^^^^^ title
"""
    )


def test_the_title_of_front_matter() -> None:
    check("---\ntitle: Use the ledger\n       ^^^^^^^^^^^^^^ title\nstatus: draft\n---\n\nText.\n")


def test_headings_rows_and_paragraphs_that_declare() -> None:
    check(
        """\
# 1. X

## Invariants

| Id | Statement |
| --- | --- |
| INV-1 | A holds |
  ^^^^^ id INV-1
          ^^^^^^^ statement INV-1
^^^^^^^^^^^^^^^^^^^ all of INV-1

`INV-2`: B *holds*
 ^^^^^ id INV-2
         ^^^^^^^^^ statement INV-2
"""
    )


def test_a_sub_item_goes_behind_the_item_and_below_its_words() -> None:
    found = check(
        """\
# 1. X

## Invariants

1. **INV-1**: A holds
   always.

- **INV-2**: B holds.
    - Target: `a:b`

* **INV-3**: C holds.\x20\x20
"""
    )
    places = [(i.extension, i.indent) for i in found.invariants]
    assert places == [
        (Position(5, 10), "   "),
        (Position(8, 19), "    "),
        (Position(10, 23), "  "),
    ]


def test_an_item_below_a_heading_or_a_paragraph_needs_no_indent() -> None:
    found = check("# 1. X\n\n## Invariants\n\n### INV-1: A\n\nholds.\n\n> quoted\n")
    assert [(i.extension, i.indent) for i in found.invariants] == [(Position(6, 6), "")]
    found = check("# 1. X\n\n## Invariants\n\nINV-1: A holds.\n")
    assert [(i.extension, i.indent) for i in found.invariants] == [(Position(4, 15), "")]


def test_a_row_has_no_place_for_a_sub_item() -> None:
    found = check("# 1. X\n\n## Invariants\n\n| Id | What |\n|--|--|\n| INV-1 | A holds |\n")
    assert [i.extension for i in found.invariants] == [None]
