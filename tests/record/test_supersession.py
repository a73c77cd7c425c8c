"""Which records a record supersedes, and which supersede it."""

from __future__ import annotations

import pytest

from adr_lsp.record import Supersession
from record.texts import record


def said(relations: tuple[Supersession, ...]) -> list[tuple[str, str | None]]:
    return [(one.key, one.target) for one in relations]


@pytest.mark.parametrize(
    ("content", "by"),
    [
        ("---\nstatus: superseded by ADR-0005\n---\n\n# X\n", [("ADR-0005", None)]),
        ("---\nstatus: superseded by [ADR-0005](5.md)\n---\n\n# X\n", [("ADR-0005", "5.md")]),
        ("---\nsuperseded-by: 5\n---\n\n# X\n", [("5", None)]),
        ("---\nsuperseded_by: ADR-0005\n---\n\n# X\n", [("ADR-0005", None)]),
        ("---\nsupersededBy: [ADR-5, ADR-6]\n---\n\n# X\n", [("ADR-5", None), ("ADR-6", None)]),
        ("---\nreplaced-by:\n  - ADR-5\n---\n\n# X\n", [("ADR-5", None)]),
        ("---\nsuperseded-by: none\n---\n\n# X\n", []),
        ("# X\n\n* Status: superseded by [ADR-0005](5.md)\n", [("ADR-0005", "5.md")]),
        ("# X\n\n* Superseded by: [0005](0005-y.md)\n", [("0005", "0005-y.md")]),
        ("# X\n\n**Replaced by:** ADR 5\n", [("ADR 5", None)]),
        ("# X\n\n## Status\n\nSuperseded by [5. Y](0005-y.md)\n", [("5", "0005-y.md")]),
        ("# X\n\n## Status\n\nSuperseded by [Use y](0005-y.md)\n", [("0005-y", "0005-y.md")]),
        (
            "# X\n\n## Status\n\nSuperseded by [Y](../0005-y/README.md#z)\n",
            [("0005-y", "../0005-y/README.md#z")],
        ),
        (
            "# X\n\n## Status\n\nSuperseded by ADR 23 and [ADR 26](/adr/26)\n",
            [("ADR 23", None), ("ADR 26", "/adr/26")],
        ),
        ("# X\n\n## Status\n\nSuperseded by 20200101-use-y\n", [("20200101-use-y", None)]),
        ("# X\n\n## Status\n\nSuperseded by 0005-use-y\n", [("0005-use-y", None)]),
        ("# X\n\n## Status\n\nSuperceded entirely by ADR-5\n", [("ADR-5", None)]),
        ("# X\n\n## Status\n\nSuperseded by ledger/ADR-5\n", [("ledger/ADR-5", None)]),
        ("# X\n\n## Status\n\nSuperseded by PR#305 in 2024\n", [("PR#305", None)]),
        ("# X\n\n## Status\n\nDeprecated. Superseded by\n[5. Y](5.md)\n", [("5", "5.md")]),
        ("# X\n\n## Status\n\nSuperseded by [7 ways](0009-w.md)\n", [("0009-w", "0009-w.md")]),
        ("---\nsuperseded-by: https://e.org/a\n---\n\n# X\n", [("https://e.org/a", None)]),
        ("# X\n\n> Superseded by [ADR-5](5.md)\n", [("ADR-5", "5.md")]),
        ("# X\n\n**Status:** Superseded by DEC-040\n", [("DEC-040", None)]),
        ("# X\n\nSuperseded by: `docs/adr/7-y.md`\n", [("7-y", "docs/adr/7-y.md")]),
        ("---\nsuperseded_by:\n  - ./7-y.md\n---\n\n# X\n", [("7-y", "./7-y.md")]),
        (
            "---\nsuperseded_by: ADR-5 (closed) + ADR-6 (shut)\n---\n\n# X\n",
            [("ADR-5", None), ("ADR-6", None)],
        ),
        ("---\nsuperseded_by: null\n---\n\n# X\n", []),
        ("# X\n\nSuperseded by: [TBD]\n", []),
        ("# X\n\nSupersedes: —\nSuperseded by: n/a\n", []),
        ("# X\n\n| Superseded by: | ADR-5 |\n|---|---|\n", [("ADR-5", None)]),
        ("# X\n\n| Superseded by | N/A |\n|---|---|\n", []),
        (
            "---\nrelations:\n  - type: superseded-by\n    target: ADR-5\n---\n\n# X\n",
            [("ADR-5", None)],
        ),
        ("# X\n\n## Status\n\nSuperseded by events\n", []),
        ("# X\n\n## Context\n\nWas superseded by ADR-5.\n", []),
        ("# X\n\nA note: the old way was superseded by ADR-5.\n", []),
    ],
)
def test_superseded_by(content: str, by: list[tuple[str, str | None]]) -> None:
    found = record(content)
    assert said(found.superseded_by) == by
    assert found.supersedes == ()


@pytest.mark.parametrize(
    ("content", "keys"),
    [
        ("---\nstatus: accepted; supersedes ADR-0045\n---\n\n# X\n", ["ADR-0045"]),
        ("---\nsupersedes: [ADR-0003, 4]\n---\n\n# X\n", ["ADR-0003", "4"]),
        ("---\nreplaces:\n- 0003-x\n---\n\n# X\n", ["0003-x"]),
        ("# X\n\nSupersedes: ADR-3\n", ["ADR-3"]),
        ("# X\n\nSupersedes ADR-3, ADR-4 and 5\n", ["ADR-3", "ADR-4", "5"]),
        ("# X\n\n## Status\n\nAccepted\n\nSupersedes [2. Y](0002-y.md)\n", ["2"]),
        ("# X\n\n## Status\n\nAccepted\n\nReplaces the ADR-0002\n", ["ADR-0002"]),
        ("---\nlinks:\n  supersedes: [ADR-3]\n  amends: [ADR-4]\n---\n\n# X\n", ["ADR-3"]),
        ("# X\n\n## Links\n\n- Supersedes [Y](0002-y.md)\n- [Z](3.md)\n", ["0002-y"]),
        ("# X\n\n## Related Decisions\n\nSupersedes ADR-3\n", ["ADR-3"]),
        ("# X\n\n## Supersedes\n\n- ADR-3\n- [4](4.md)\n", ["ADR-3", "4"]),
        ("# X\n\n## Context\n\n**Supersedes**: ADR-3\n", ["ADR-3"]),
        ("# X\n\n## Decision\n\n- We supersede [ADR 18](/adr/18) with this one.\n", ["ADR 18"]),
        ("# X\n\n## Decision\n\nThis ADR supersedes ADR-3's second part.\n", []),
        ("# X\n\n## Decision\n\nThe queue replaces 3 tables.\n", []),
        ("# X\n\n## Considered Options\n\n- Supersedes: ADR-3\n", []),
    ],
)
def test_supersedes(content: str, keys: list[str]) -> None:
    found = record(content)
    assert [one.key for one in found.supersedes] == keys
    assert found.superseded_by == ()


@pytest.mark.parametrize(
    "words",
    [
        "Partially superseded by ADR-5",
        "Partly superseded by ADR-5",
        "Accepted. Parts of this ADR were superseded by ADR-5",
        "Superseded in part by ADR-5",
        "Superseded (partially) by ADR-5",
    ],
)
def test_in_part(words: str) -> None:
    found = record(f"# X\n\n## Status\n\n{words}\n")
    assert [(one.key, one.partial) for one in found.superseded_by] == [("ADR-5", True)]
    assert found.status.in_force


@pytest.mark.parametrize(
    "content",
    [
        "---\nrelations:\n- type: partially-supersedes\n  target: ADR-5\n  scope: x\n---\n\n# X\n",
        "---\npartially-supersedes: ADR-5\n---\n\n# X\n",
        "# X\n\n## Links\n\nPartially supersedes [5. Y](5.md)\n",
        "# X\n\n**Supersedes**: ADR-5 §7 on storage\n",
        "# X\n\n- Supersedes: ADR-5 for the native binding\n",
        "# X\n\n- Supersedes: ADR-5's second rule\n",
        "# X\n\n- Supersedes: [ADR-5](5.md) (only the toolbar)\n",
        "---\nsupersedes: ADR-5 (converter and filter only)\n---\n\n# X\n",
    ],
)
def test_supersedes_in_part(content: str) -> None:
    (one,) = record(content).supersedes
    assert one.partial and one.key in ("ADR-5", "5")


@pytest.mark.parametrize("words", ["ADR-0031/INV-1", "ADR-0031#INV-1"])
def test_one_invariant_of_another_record(words: str) -> None:
    (one,) = record(f"# X\n\n## Status\n\nAccepted, supersedes {words}\n").supersedes
    assert (one.key, one.invariant, one.partial) == ("ADR-0031", "INV-1", True)


def test_both_directions_in_one_value() -> None:
    found = record("# X\n\n## Status\n\nSupersedes ADR-3; superseded by ADR-5\n")
    assert [one.key for one in found.supersedes] == ["ADR-3"]
    assert [one.key for one in found.superseded_by] == ["ADR-5"]
