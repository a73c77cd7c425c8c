"""What declares an invariant, what only mentions one, and what is never read."""

from __future__ import annotations

import pytest

from adr_lsp.record import Form, parse
from record.texts import below, promised, record


@pytest.mark.parametrize(
    "item",
    [
        "- **INV-1**: A holds.",
        "- **INV-1:** A holds.",
        "* **INV-1** A holds.",
        "+ **INV-1.** A holds.",
        "1. **INV-1** - A holds.",
        "- **INV-1** – A holds.",
        "- **INV-1 — A holds.**",
        "- **INV-1: A** holds.",
        "- `INV-1`: A holds.",
        "- **`INV-1`** A holds.",
        "- ***INV-1***: A holds.",
        "- INV-1: A holds.",
        "- INV-1 — A holds.",
        "- [ ] INV-1: A holds.",
        "- [x] **INV-1**: A holds.",
        "- **INV-1**:\n  A\n  holds.",
        "- **INV-1**:\n\n  A holds.",
        '- <a id="inv-1"></a>**INV-1**: A holds.',
        "- **INV-1**: A *holds*.",
        "- **INV-1**: A holds. <!-- a note -->",
    ],
)
def test_an_item(item: str) -> None:
    assert promised(item) == [("INV-1", "A holds.")]


@pytest.mark.parametrize(
    "id", ["INV-1", "INV-12", "INV-7a", "INV-NO-LOSS", "INV-LOSS", "INV-V2-READS"]
)
def test_an_id(id: str) -> None:
    assert promised(f"- {id}: A") == [(id, "A")]


@pytest.mark.parametrize(
    "words",
    [
        "INV-1-based design: A",
        "INV-1–3: A",
        "INV-1_x: A",
        "INV-1 holds",
        "INV-: A",
        "INV-no-loss: A",
        "inv-1: A",
        "XINV-1: A",
        "see INV-1: A",
        "[INV-1](#inv-1): A",
        "INV-1-: A",
    ],
)
def test_no_id(words: str) -> None:
    assert [id for id, _ in promised(f"- {words}")] == [None]
    assert promised(words) == []


def test_more_prefixes() -> None:
    from adr_lsp.record import parse

    raw = b"# X\n\n## Invariants\n\n- **REQ-1**: A\n- **INV-1**: B\n- **P.Q-1**: C\n"
    ids = [i.id for i in parse("1.md", raw, log="", prefixes=("REQ", "P.Q")).invariants]
    assert ids == ["REQ-1", None, "P.Q-1"]


@pytest.mark.parametrize(
    ("opening", "pattern", "needs"),
    [
        ("**INV-1** *(conservation)*:", "conservation", ()),
        ("**INV-1** (conservation):", "conservation", ()),
        ("**INV-1** *(conservation)* —", "conservation", ()),
        ("**INV-1** *(conservation)*", "conservation", ()),
        ("**INV-1 (conservation)**:", "conservation", ()),
        ("**INV-1 (conservation):**", "conservation", ()),
        (
            "**INV-1** *(at-most-once, needs: property|model)*:",
            "at-most-once",
            ("property", "model"),
        ),
        ("**INV-1** *(needs: model)*:", None, ("model",)),
        ("**INV-1** *(no such, needs: magic)*:", "no such", ("magic",)),
        ("**INV-1** *()*:", None, ()),
        ("INV-1 (bounds):", "bounds", ()),
        ("**INV-1**:", None, ()),
    ],
)
def test_pattern_and_needs(opening: str, pattern: str | None, needs: tuple[str, ...]) -> None:
    (invariant,) = below("Invariants", f"- {opening} A (b) holds.").invariants
    assert (invariant.pattern, invariant.needs) == (pattern, needs)
    assert (invariant.id, invariant.statement) == ("INV-1", "A (b) holds.")


@pytest.mark.parametrize(
    "heading",
    [
        "Invariants",
        "invariants:",
        "4. Invariants",
        "4.2 Invariants",
        "🔒 Invariants",
        "**Invariants**",
        "Safety invariants",
        "Invariants and properties",
        "Invariants & properties",
        "Safety properties",
        "Guarantees",
    ],
)
def test_headings_of_the_section(heading: str) -> None:
    found = below(heading, "- A holds")
    assert [i.statement for i in found.invariants] == ["A holds"]
    assert [s.section.level for s in found.invariant_sections] == [2]


@pytest.mark.parametrize(
    "heading", ["Properties", "Invariant", "Non-invariants of old", "Requirements", "Constraints"]
)
def test_headings_of_no_section(heading: str) -> None:
    found = below(heading, "- A holds\n- INV-1: B holds")
    assert (found.invariants, found.invariant_sections) == ((), ())


def test_a_section_ends_with_the_next_heading_of_its_level() -> None:
    body = "- A\n\n### More\n\n- B\n\n#### Yet more\n\n- C\n\n## Next\n\n- D\n"
    assert [statement for _, statement in promised(body)] == ["A", "B", "C"]


def test_a_catalogue_is_one_section() -> None:
    found = record("# Invariants\n\n## INV-1: A\n\nholds.\n\n## INV-2: B\n", "INVARIANTS.md")
    assert [(i.id, i.statement) for i in found.invariants] == [
        ("INV-1", "A holds."),
        ("INV-2", "B"),
    ]


def test_items_without_an_id_are_provisional_at_the_top_alone() -> None:
    body = "- A holds\n  - because of b\n- **INV-1**: C\n\n  more of C\n- \n- ```\n  code\n  ```\n"
    assert promised(body) == [(None, "A holds"), ("INV-1", "C more of C")]


def test_items_inside_an_item_declare_if_their_id_is_bold() -> None:
    body = "- Ledger\n  - **INV-1**: A\n  - INV-2: B\n- Else\n"
    assert promised(body) == [("INV-1", "A"), (None, "Else")]


def test_headings_with_an_id_declare_alone() -> None:
    body = (
        "Intro.\n\n- no item\n\n### INV-1: A\n\nholds\nalways.\n\n- also b\n"
        "- Verified by: `t.py`\n\n```\ncode\n```\n\n> quote\n\n"
        "### Rationale\n\n- none either\n\n### INV-2\n\nB holds.\n"
    )
    found = below("Invariants", body)
    assert [(i.id, i.statement, i.form) for i in found.invariants] == [
        ("INV-1", "A holds always. also b", Form.HEADING),
        ("INV-2", "B holds.", Form.HEADING),
    ]
    assert [v.path for v in found.invariants[0].verified_by] == ["t.py"]


def test_a_paragraph_declares_and_takes_a_list_behind_a_colon() -> None:
    body = (
        "**INV-1**: A holds.\n\n- Verified by: `t.py`\n- loose\n\n"
        "INV-2: these hold:\n\n- b\n- c\n\nIntro to no list:\n\n- d\n"
    )
    found = below("Invariants", body)
    assert [(i.id, i.statement, i.form) for i in found.invariants] == [
        ("INV-1", "A holds.", Form.PARAGRAPH),
        (None, "loose", Form.ITEM),
        ("INV-2", "these hold: b c", Form.PARAGRAPH),
        (None, "d", Form.ITEM),
    ]
    assert [v.path for v in found.invariants[0].verified_by] == ["t.py"]


def test_an_item_takes_a_list_behind_a_colon() -> None:
    body = (
        "- **INV-1**: these hold:\n  - a\n  - b\n  - Target: `m:f`\n- **INV-2**: C.\n  - a note\n"
    )
    assert promised(body) == [("INV-1", "these hold: a b"), ("INV-2", "C.")]


def test_rows_declare() -> None:
    body = (
        "| Id | Statement | Pattern | Verified by |\n|---|---|---|---|\n"
        "| **INV-1** | A holds. | bounds | [`t`](../a.py) |\n"
        "| `INV-2` | B holds. |  |  |\n| INV-3 (ordering) | C holds. | | x.py |\n| note | D | | |\n"
    )
    found = below("Invariants", body).invariants
    assert [(i.id, i.statement, i.pattern, i.form) for i in found] == [
        ("INV-1", "A holds.", "bounds", Form.ROW),
        ("INV-2", "B holds.", None, Form.ROW),
        ("INV-3", "C holds.", "ordering", Form.ROW),
    ]
    assert [[(v.path, v.name) for v in i.verified_by] for i in found] == [
        [("../a.py", "t")],
        [],
        [("x.py", None)],
    ]


@pytest.mark.parametrize(
    "table",
    [
        "| INV-1 | tests/test_a.py |\n|---|---|\n| INV-2 | tests/test_b.py |",
        "| Invariant | Test |\n|---|---|\n| INV-1 | tests/test_a.py |",
        "| Invariant | Where |\n|---|---|\n| INV-1 | `test_a`, `test_b` |",
        "| Invariant | Verified by |\n|---|---|\n| INV-1 | [t](../tests/test_a.py) |",
        "| Id | Code | Test |\n|---|---|---|\n| INV-1 | src/a.py | tests/test_a.py::test_b |",
        "| Id | |\n|---|---|\n| INV-1 | |",
    ],
)
def test_a_traceability_table_declares_nothing(table: str) -> None:
    assert promised(table) == []
    assert promised(table, "Traceability") == []


def test_a_row_says_who_verifies_what_an_item_declares() -> None:
    table = "| Invariant | Verified by |\n|---|---|\n| INV-1 | `tests/test_a.py::test_b` |"
    body = f"- INV-1: A\n\n{table}\n"
    (invariant,) = below("Invariants", body).invariants
    assert [(v.path, v.name) for v in invariant.verified_by] == [("tests/test_a.py", "test_b")]


@pytest.mark.parametrize(
    ("line", "declares"),
    [
        ("- **INV-1**: A", True),
        ("- text\n  - `INV-1` — A", True),
        ("### **INV-1**: A", True),
        ("### `INV-1` A", True),
        ("- INV-1: A", False),
        ("### INV-1: A", False),
        ("**INV-1**: A", False),
        ("| **INV-1** | A holds |\n|---|---|\n| **INV-2** | B holds |", False),
    ],
)
def test_elsewhere_an_item_or_a_heading_declares_with_a_bold_or_code_id(
    line: str, declares: bool
) -> None:
    assert promised(line, "Decision") == ([("INV-1", "A")] if declares else [])


@pytest.mark.parametrize("heading", ["Considered Options", "Pros and Cons of the Options"])
def test_options_promise_nothing(heading: str) -> None:
    assert promised("- **INV-1**: A\n\n### Invariants\n\n- **INV-2**: B\n", heading) == []
    assert promised(f"- A\n\n### {heading}\n\n- B\n") == [(None, "A")]


@pytest.mark.parametrize(
    "hidden",
    [
        "```\n- **INV-1**: A\n```",
        "~~~\n- **INV-1**: A\n~~~",
        "    - **INV-1**: A",
        "<!-- - **INV-1**: A -->",
        "<!--\n- **INV-1**: A\n-->",
        "> - **INV-1**: A",
        "> **INV-1**: A",
        "text\n\n> quote\n> - **INV-1**: A",
    ],
)
def test_what_is_never_read(hidden: str) -> None:
    for heading in ("Invariants", "Decision"):
        assert promised(hidden, heading) == []


def test_stronger_forms_declare_and_weaker_ones_mention() -> None:
    body = "- INV-1: A\n\nINV-1: B\n\n| Id | What |\n|--|--|\n| INV-1 | C holds |\n| INV-2 | D |\n"
    assert promised(body) == [("INV-1", "A"), ("INV-2", "D")]
    assert promised("INV-2: B\n\n| Id | What |\n|--|--|\n| INV-2 | D holds |\n") == [
        ("INV-2", "D holds")
    ]


def test_two_declarations_of_one_form_are_both_kept() -> None:
    assert promised("- INV-1: A\n- INV-1: B\n") == [("INV-1", "A"), ("INV-1", "B")]
    assert promised("- INV-1: A\n\n## Decision\n\n- **INV-1**: B\n") == [
        ("INV-1", "A"),
        ("INV-1", "B"),
    ]


def test_a_bold_id_in_a_sentence_mentions_what_the_section_declares() -> None:
    assert promised("- INV-1: A\n\n## Consequences\n\n- **INV-1** costs an index\n") == [
        ("INV-1", "A")
    ]
    assert promised("- **INV-1** costs an index\n", "Consequences") == [("INV-1", "costs an index")]


def test_of_a_heading_and_an_item_the_one_in_the_section_declares() -> None:
    assert promised("- INV-1: A\n\n## Decision\n\n### **INV-1**: B\n\ntext\n") == [("INV-1", "A")]
    assert promised("- **INV-1**: A\n\n### `INV-1`: B\n", "Decision") == [("INV-1", "B")]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("None: it only moves files.", "it only moves files."),
        ("- None: it only moves files.", "it only moves files."),
        ("**None**: it only\nmoves files.", "it only moves files."),
        ("None — it only moves files.", "it only moves files."),
        ("None.", ""),
        ("None", ""),
        ("Nonetheless: a", None),
        ("None of these: a", None),
    ],
)
def test_none(body: str, reason: str | None) -> None:
    found = below("Invariants", body)
    assert [s.none_reason for s in found.invariant_sections] == [reason]
    assert found.invariants == ()
    assert found.names_none == bool(reason)


@pytest.mark.parametrize("typed", ["  -", "  - ", "  -\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_an_invariant_stays_while_an_item_below_it_is_typed(typed: str, end: str) -> None:
    text = (
        f"# 1. A\n\n## Invariants\n\n- **INV-1**: One holds.\n- **INV-2**: Two hold.\n{typed}{end}"
    )
    read = parse("docs/adr/0001-a.md", text.encode(), log="docs/adr")
    found = [(each.id, each.statement) for each in read.invariants]
    assert found == [("INV-1", "One holds."), ("INV-2", "Two hold.")]
