"""A synchronised document is the client's, in every unit of columns; so is what is found in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lsprotocol import types as lsp

from adr_lsp.lsp.documents import Documents
from adr_lsp.lsp.positions import position_from_client, position_to_client
from adr_lsp.text import Position, Text
from lsp.client import Client, client
from lsp.folder import write

SIZES = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
ODD = [
    "\n",
    "\r\n",
    "\r",
    "\f",
    "\v",
    "\x85",
    "\u2028",
    "\u2029",
    "\x1c",
    "😀",
    "e\u0301",
    "é",
    "a",
]
MARKDOWN = ["## Invariants\n\n", "- **INV-1**: It is usually fast.\r\n", "# 1. T\n", " ", "- "]
texts = st.lists(st.sampled_from(ODD + MARKDOWN), max_size=14).map("".join)


def units(text: str, encoding: str) -> int:
    codec, size = SIZES[encoding]
    return len(text.encode(codec)) // size


def place(text: str, offset: int, encoding: str) -> lsp.Position:
    """Where a client sees an offset, reckoned one character after another."""
    line = start = at = 0
    while at < offset:
        if text.startswith("\r\n", at):
            if at + 2 > offset:
                break
            at += 2
        else:
            at += 1
            if text[at - 1] not in "\r\n":
                continue
        line, start = line + 1, at
    return lsp.Position(line, units(text[start:at], encoding))


def snapped(text: str, offset: int) -> int:
    """No client can point between CR and LF."""
    return offset - 1 if text[offset - 1 : offset + 1] == "\r\n" else offset


@dataclass(frozen=True)
class Typed:
    """An edit as a person makes it: some of the text, by thousandths, replaced."""

    start: int
    end: int
    new: str

    def on(self, text: str) -> tuple[int, int]:
        offsets = sorted(len(text) * part // 1000 for part in (self.start, self.end))
        return snapped(text, offsets[0]), snapped(text, offsets[1])


parts = st.integers(0, 1000)
typed = st.builds(Typed, parts, parts, texts)
encodings = st.sampled_from(sorted(SIZES))


def events(text: str, edits: list[Typed], encoding: str) -> tuple[list[dict[str, Any]], str]:
    """The changes that a client sends for these edits, and the text that it then has."""
    sent = []
    for edit in edits:
        start, end = edit.on(text)
        range = lsp.Range(place(text, start, encoding), place(text, end, encoding))
        sent.append({"range": _json(range), "text": edit.new})
        text = text[:start] + edit.new + text[end:]
    return sent, text


def _json(range: lsp.Range) -> dict[str, Any]:
    return {
        side: {"line": at.line, "character": at.character}
        for side, at in (("start", range.start), ("end", range.end))
    }


@given(texts, st.lists(typed, max_size=20), encodings)
@settings(max_examples=300, deadline=None)
def test_the_text_is_the_clients(text: str, edits: list[Typed], encoding: str) -> None:
    """Verifies: ADR-0007/INV-2"""
    documents = Documents()
    documents.encoding = encoding
    documents.open(lsp.TextDocumentItem("file:///a.md", "markdown", 0, text))
    sent, final = events(text, edits, encoding)
    for version, change in enumerate(sent, 1):
        start, end = change["range"]["start"], change["range"]["end"]
        range = lsp.Range(lsp.Position(**start), lsp.Position(**end))
        event = lsp.TextDocumentContentChangePartial(range, change["text"])
        identifier = lsp.VersionedTextDocumentIdentifier(version, "file:///a.md")
        assert documents.change(identifier, [event])
    document = documents.get("file:///a.md")
    assert document
    assert document.text.content == final


@given(texts, parts, encodings)
def test_positions_go_both_ways(text: str, part: int, encoding: str) -> None:
    """Verifies: ADR-0007/INV-1"""
    offset = snapped(text, len(text) * part // 1000)
    mine = Text(text).position(offset)
    seen = position_to_client(Text(text), mine, encoding)
    assert seen == place(text, offset, encoding)
    assert position_from_client(Text(text), seen, encoding) == mine
    assert Text(text).offset(mine) == offset


@pytest.mark.parametrize(
    ("line", "character", "meant"),
    [
        (0, 1, Position(0, 0)),  # inside the surrogate pair
        (0, 99, Position(0, 2)),  # behind the line's end
        (1, 0, Position(1, 0)),
        (1, 99, Position(1, 1)),
        (99, 5, Position(1, 1)),  # behind the text
    ],
)
def test_places_that_are_none_are_clamped(line: int, character: int, meant: Position) -> None:
    text = Text("😀a\r\nb")
    assert position_from_client(text, lsp.Position(line, character), "utf-16") == meant


# Over the wire


@pytest.fixture(scope="module", params=sorted(SIZES))
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Client, Path, str]]:
    folder = write(tmp_path_factory.mktemp("sync"), {"adr-lsp.toml": "", "docs/adr/0001-a.md": ""})
    with client(cwd=folder) as started:
        offered = ["utf-16", request.param] if request.param != "utf-16" else None
        general = {"general": {"positionEncodings": offered}} if offered else {}
        answer = started.initialize(folder, capabilities=general)
        assert answer["capabilities"]["positionEncoding"] == request.param
        yield started, folder / "docs/adr/0001-a.md", request.param


VERSIONS = iter(range(1, 10**9, 1000))


@given(texts, st.lists(st.lists(typed, min_size=1, max_size=4), min_size=1, max_size=5))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_findings_are_those_of_a_new_document(
    server: tuple[Client, Path, str], text: str, batches: list[list[Typed]]
) -> None:
    """Verifies: ADR-0006/INV-1, ADR-0007/INV-2"""
    editor, file, encoding = server
    version, final = next(VERSIONS), text
    uri = editor.open(file, text, version)
    for later, batch in enumerate(batches, version + 1):
        sent, final = events(final, batch, encoding)
        editor.change(uri, later, *sent)
    edited = found(editor, uri, version + len(batches))
    editor.close(uri)
    version = next(VERSIONS)
    editor.open(file, final, version)
    assert found(editor, uri, version) == edited
    editor.close(uri)
    editor.forget()


def found(editor: Client, uri: str, version: int) -> Any:
    """What was pushed about one version of a document."""

    def last() -> Any:
        said = editor.published(uri)
        return said if said and said.get("version") == version else None

    return editor.until(last, f"findings of {version}")["diagnostics"]


ODD_PLACES = [(0, 3, 0, 1), (0, 99, 0, 0), (7, 7, 0, 0), (99, 0, 99, 5), (1, 0, 0, 2**31 - 1)]


@pytest.mark.parametrize("place", ODD_PLACES)
def test_a_range_that_is_none_is_no_harm(
    server: tuple[Client, Path, str], place: tuple[int, int, int, int]
) -> None:
    """Row 3: behind the line, behind the text, or from its end to its start: taken as the nearest
    that there is, and the text is still one that can be edited and asked about."""
    editor, file, _ = server
    first = next(VERSIONS)
    uri = editor.open(file, "# 1. 😀\r\n\nText", first)
    start, end = ({"line": place[at], "character": place[at + 1]} for at in (0, 2))
    editor.change(uri, first + 1, {"range": {"start": start, "end": end}, "text": "Q"})
    found(editor, uri, first + 1)
    editor.on("hover", uri, *place[:2])
    editor.on("selectionRange", uri, positions=[start, end])
    editor.change(uri, first + 2, "# 1. T\n\n## Invariants\n\n- **INV-1**: It is sorted.\n")
    assert editor.on("documentSymbol", uri)[0]["name"] == "INV-1"
    editor.close(uri)


def test_a_document_is_opened_and_closed_twice(server: tuple[Client, Path, str]) -> None:
    """Row 4: the last text counts; a version that came before is no fault; what is closed is gone,
    and a change of it is passed over with one line in the log."""
    editor, file, _ = server
    first = next(VERSIONS)
    named = "# 1. T\n\n## Invariants\n\n- **INV-{}**: It is sorted.\n"
    uri = editor.open(file, named.format(1), first)
    editor.open(file, named.format(2), first)
    assert editor.on("documentSymbol", uri)[0]["name"] == "INV-2"
    editor.change(uri, first, named.format(3))
    assert editor.on("documentSymbol", uri)[0]["name"] == "INV-3"
    editor.close(uri)
    editor.close(uri)
    before = editor.log.count("ignored a change")
    editor.change(uri, first + 1, named.format(4))
    assert not editor.on("documentSymbol", uri)
    editor.until(lambda: editor.log.count("ignored a change") == before + 1)


def test_an_older_version_is_passed_over(server: tuple[Client, Path, str]) -> None:
    editor, file, _ = server
    first = next(VERSIONS)
    weak = "# 1. T\n\n## Invariants\n\n- **INV-1**: It is usually fast.\n"
    uri = editor.open(file, weak, first)
    editor.change(uri, first + 5, weak.replace("usually fast", "sorted"))
    editor.change(uri, first + 3, "# 1. T\n\nnothing\n")
    editor.change(f"{uri}x", first, "never opened")
    assert "ADL103" not in [f["code"] for f in found(editor, uri, first + 5)]
    assert editor.on("documentSymbol", uri)[0]["name"] == "INV-1"
    editor.close(uri)
    editor.close(uri)


def test_a_lone_surrogate_is_no_harm(server: tuple[Client, Path, str]) -> None:
    editor, file, _ = server
    first = next(VERSIONS)
    uri = editor.open(file, "# 1. \ud800 \n", first)
    editor.change(uri, first + 1, "# 1. T\n\n\udfff\n")
    assert [f["code"] for f in found(editor, uri, first + 1)] == ["ADL101"]
    editor.close(uri)
    assert (
        editor.request(
            "textDocument/hover",
            textDocument={"uri": "file:///\ud800"},
            position={"line": 0, "character": 0},
        )
        is None
    )
