"""Records in folders of any name, whose title gives the number of their file; what a title is."""

from __future__ import annotations

import pytest

from adr_lsp.record.discovery import records_among
from adr_lsp.record.shape import shape_of
from record.texts import record

ADR = "# ADR-0007 - Use a disk cache\n\n## Status\n\nAccepted\n"
RFC = "# RFC 7: Use a disk cache\n\n## Summary\n\nx\n\n## Motivation\n\nx\n"


def found(*paths: str, content: str) -> dict[str, str]:
    return records_among(paths, (), (), lambda path: shape_of(path, content.encode()))


@pytest.mark.parametrize(
    ("path", "content", "log"),
    [
        ("architecture/standards/0007-cache.md", ADR, "architecture/standards"),
        ("0007-cache.md", ADR, ""),
        ("rfcs/0007-cache.md", RFC, "rfcs"),
        ("rfcs/007-cache/README.md", RFC, "rfcs"),
        ("adr/Disk cache.md", "---\nstatus: done\n---\n\n## ✍️ Context\n\n## 🤝 Decision\n", "adr"),
    ],
)
def test_a_title_tells(path: str, content: str, log: str) -> None:
    assert found(path, content=content) == {path: log}


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("guides/0007-cache.md", ADR.replace("ADR-0007", "7.")),
        ("guides/0008-cache.md", ADR),
        ("guides/07-cache.md", ADR),
        ("guides/0007-cache.md", RFC),
        ("guides/0007-cache.md", "# ADR-0007 explained\n\nHow to write one.\n".replace("-", " v")),
        ("guides/0007-cache.md", "# ADR-0007 [title]\n\n[context]\n"),
    ],
)
def test_a_title_does_not_tell(path: str, content: str) -> None:
    assert found(path, content=content) == {}


def test_a_heading_of_a_section_is_no_title_where_there_is_one() -> None:
    top = "---\ntitle: Use a disk cache\nstatus: accepted\n---\n\n"
    assert record(f"{top}# Decision\n\nWe cache.\n").title == "Use a disk cache"
    assert record(f"{top}# Cache on disk\n\nx\n").title == "Cache on disk"
    assert record("# Decision\n\nWe cache.\n").title == "Decision"
