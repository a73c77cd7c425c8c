"""Comments that silence rules."""

from __future__ import annotations

import pytest

from record.texts import record


@pytest.mark.parametrize(
    ("content", "codes", "reason", "lines"),
    [
        ("a <!-- adr-lsp: ignore ADL103 said so -->\n", ("ADL103",), "said so", (0,)),
        ("<!-- adr-lsp: ignore ADL103 said so -->\na\n", ("ADL103",), "said so", (1,)),
        ("<!-- adr-lsp: ignore ADL103 said so -->\n\n## A\n", ("ADL103",), "said so", (2,)),
        ("<!--adr-lsp:ignore ADL103-->\na\n", ("ADL103",), "", (1,)),
        ("<!-- adr-lsp: ignore ADL103, ADL301: both -->\na\n", ("ADL103", "ADL301"), "both", (1,)),
        ("<!-- adr-lsp: ignore ADL103 ADL301 — both -->\na\n", ("ADL103", "ADL301"), "both", (1,)),
        ("<!-- adr-lsp: ignore\n  ADL103\n  said so -->\na\n", ("ADL103",), "said so", (3,)),
        ("<!-- adr-lsp: ignore why -->\na\n", (), "why", (1,)),
        ("a\n\n<!-- adr-lsp: ignore-file ADL101 old -->\n", ("ADL101",), "old", None),
        ("- a <!-- adr-lsp: ignore ADL103 x -->\n", ("ADL103",), "x", (0,)),
        ("- <!-- adr-lsp: ignore ADL103 x -->\n  a\n", ("ADL103",), "x", (1,)),
        ("<!-- adr-lsp: ignore ADL103 x --> a\n", ("ADL103",), "x", (0,)),
        ("## A <!-- adr-lsp: ignore ADL103 x -->\n", ("ADL103",), "x", (0,)),
    ],
)
def test_a_suppression(
    content: str, codes: tuple[str, ...], reason: str, lines: tuple[int, ...] | None
) -> None:
    (found,) = record(content).suppressions
    assert (found.codes, found.reason, found.lines) == (codes, reason, lines)


@pytest.mark.parametrize(
    "content",
    [
        "`<!-- adr-lsp: ignore ADL103 x -->`\n",
        "```\n<!-- adr-lsp: ignore ADL103 x -->\n```\n",
        "    <!-- adr-lsp: ignore ADL103 x -->\n",
        "<!-- adr-lsp: ignored ADL103 x -->\n",
        "<!-- see adr-lsp: ignore ADL103 x -->\n",
        "adr-lsp: ignore ADL103 x\n",
        "<!-- adr-lsp: ignore ADL103 x\n",
    ],
)
def test_no_suppression(content: str) -> None:
    assert record(content).suppressions == ()
