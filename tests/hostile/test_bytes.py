"""Line ends, byte order marks and bytes that are no UTF-8 change nothing that they need not."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.command import adr_lsp
from hostile.limits import adopted, check, is_quiet, write

PATH = "docs/adr/0001-wrap.md"
TEXT = """# 1. Wrap it

## Status

Acceptd

## Decision

See [the other](0009-gone.md) and [nothing](missing.md).

## Invariants

- **INV-1** *(bonds)*: A response is fast, as needed.
- **INV-1**: Another.
- **INV-2**: A third.
- An item without an id
"""


def twin(root: Path, raw: bytes) -> list[tuple[str, int, int, int, str]]:
    write(adopted(root), PATH, raw)
    checked = check(root)
    assert is_quiet(checked), checked.err
    return [
        (
            finding["code"],
            finding["range"]["start"]["line"],
            finding["range"]["start"]["column"],
            finding["range"]["end"]["column"],
            finding["message"],
        )
        for finding in checked.json["findings"]
    ]


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace("\n", "\r\n", 6).encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode(),
        TEXT.rstrip("\n").encode(),
        TEXT.replace("Another", "Anoth\x00r").encode(),
    ],
    ids=["CRLF", "CR", "mixed", "BOM", "BOM and CRLF", "no last line end", "NUL"],
)
def test_a_twin_has_the_same_findings_at_the_same_places(tmp_path: Path, raw: bytes) -> None:
    plain = twin(tmp_path, TEXT.encode())
    assert {code for code, *_ in plain} >= {"ADL102", "ADL103", "ADL107", "ADL201", "ADL206"}
    assert twin(tmp_path, raw) == plain


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_fix_changes_no_other_byte(tmp_path: Path, line_end: str, mark: bytes) -> None:
    raw = mark + TEXT.rstrip("\n").replace("\n", line_end).encode()
    write(adopted(tmp_path), PATH, raw)
    assert adr_lsp(tmp_path, "fix").code in (0, 1)
    after = (tmp_path / PATH).read_bytes()
    expected = raw.replace(b"- An item", b"- **INV-4**: An item")  # the second INV-1 may be 3
    assert after == expected.replace(b"Acceptd", b"Accepted")


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"# 1. Caf\xe9\n\nText.\n", 1),
        (b"# 1. A\n\n\xff\xfe bytes\n", 3),
        ("# 1. A\n\nText.\n".encode("utf-16"), 1),
        (bytes(range(256)) * 40, 1),
        (b"# 1. A\n\ncut \xf0\x9f\xa6", 3),
    ],
    ids=["latin-1", "stray bytes", "UTF-16", "binary", "cut in a character"],
)
def test_bytes_that_are_no_text_are_told_at_the_first(
    tmp_path: Path, raw: bytes, line: int
) -> None:
    write(adopted(tmp_path), PATH, raw)
    for arguments in ((), ("-f", "text"), ("-f", "concise"), ("-f", "github")):
        checked = check(tmp_path, *arguments)
        assert is_quiet(checked), checked.err
        checked.out.decode()
    found = [f for f in check(tmp_path).json["findings"] if f["code"] == "ADL601"]
    if b"\xff" in raw and line == 1 and len(raw) > 1000:
        assert found
    else:
        assert [f["range"]["start"]["line"] for f in found] == [line]
