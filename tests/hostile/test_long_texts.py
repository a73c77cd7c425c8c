"""Long, deep and repetitive Markdown: each ends, says so where it was cut, and stays in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from hostile.limits import adopted, check, is_quiet, peak_of, write

PATH = "docs/adr/0001-a.md"
MIB = 1024 * 1024
HEAD = "# 1. A\n\n## Invariants\n\n- **INV-1**: A number is below ten.\n\n## Context\n\n"
SIZE = 64 * 1024

PIECES = {
    "brackets": "[", "closing brackets": "](", "images": "![[](", "cdata": "a <![CDATA[",
    "emphasis": "**a *a ", "nested emphasis": "***a **b *c ", "underscores": "_a __b ",
    "stars": "*", "quotes": ">", "quotes with spaces": "> ", "items": "- ", "ordered": "1. ",
    "ticks": "`", "tick runs": "` `` ``` ", "tildes": "~~~\n", "fences": "```\n",
    "entities": "&#", "named entities": "&amp", "backslashes": "\\", "NUL": "\x00",
    "html": "<a ", "closing html": "</", "comments": "<!-- ", "open comments": "<!--",
    "autolinks": "<http:", "definitions": "[a]: <b\n", "references": "[a][b]", "bars": "|",
    "rows": "| a | b\n", "cells": "|-", "headings": "# a\n", "setext": "a\n=\n", "rules": "* * *\n",
    "tabs": "\t", "form feeds": "\x0c", "separators": "\u2028", "emoji": "\U0001f980",
    "combining": "e\u0301", "suppressions": "<!-- adr-lsp: ignore ADL103 x -->",
    "ids": "INV-1 ", "status": "Status: ", "superseded": "superseded by ",
}  # fmt: skip


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_pieces_repeated(tmp_path: Path, piece: str) -> None:
    body = piece * (SIZE // len(piece.encode()))
    write(adopted(tmp_path), PATH, HEAD + body)
    write(tmp_path, "docs/adr/0002-b.md", body)
    write(tmp_path, "docs/adr/0003-c.md", f"---\ntitle: {body}\n---\n{body}")
    checked = check(tmp_path)
    assert is_quiet(checked), checked.err
    assert "ADL605" not in checked.codes
    assert [i["id"] for i in checked.json["invariants"] if i["record"] == "ADR-0001"] == ["INV-1"]


def test_one_long_line_and_many_headings(tmp_path: Path) -> None:
    write(adopted(tmp_path), PATH, HEAD + "word " * (MIB // 5))
    write(tmp_path, "docs/adr/0002-b.md", "# 2. B\n\n" + "## A heading\n\n" * 100_000)
    write(tmp_path, "docs/adr/0003-c.md", "# 3. C\n\n" + "\U0001f980" * 500_000)
    checked = check(tmp_path)
    assert is_quiet(checked), checked.err
    assert [record["title"] for record in checked.json["records"]] == ["A", "B", "C"]
    assert peak_of(tmp_path) < 400 * MIB


@pytest.mark.parametrize("size", [2 * MIB + 1, 10 * MIB])
def test_what_is_too_large_is_told_and_not_read(tmp_path: Path, size: int) -> None:
    write(adopted(tmp_path), PATH, HEAD)
    least = peak_of(tmp_path)
    write(tmp_path, "docs/adr/0002-b.md", HEAD + "a" * (size - len(HEAD)))
    checked = check(tmp_path)
    (finding,) = (f for f in checked.json["findings"] if f["code"] == "ADL602")
    assert (finding["path"], finding["range"]["start"]["line"]) == ("docs/adr/0002-b.md", 1)
    assert peak_of(tmp_path) - least < 2 * size
