"""What an editor asks for besides, with characters that are wide, in UTF-8 and in UTF-16."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lsp.client import Client, client
from lsp.folder import CODE, RECORD, TEST, ledger

ADR, TESTS = "docs/adr/0001-transfers-balance.md", "tests/test_ledger.py"
SNIPPETS = {"textDocument": {"completion": {"completionItem": {"snippetSupport": True}}}}
WIDE = "😀"


def units(encoding: str, text: str) -> int:
    """A column in the client's units."""
    return len(text.encode("utf-8")) if encoding == "utf-8" else len(text.encode("utf-16-le")) // 2


class Editor:
    """A server at work on the small system, that counts columns in one way."""

    def __init__(self, server: Client, encoding: str, folder: Path) -> None:
        self.server, self.encoding, self.folder = server, encoding, folder
        self.version = 1
        self.opened: set[str] = set()

    def write(self, name: str, text: str) -> str:
        """Open a file, or change it if it is open."""
        uri = (self.folder / name).as_uri()
        self.version += 1
        if name in self.opened:
            self.server.change(uri, self.version, text)
        else:
            self.server.open(self.folder / name, text, self.version)
            self.opened.add(name)
        return uri

    def ask(self, method: str, name: str, marked: str, **more: Any) -> Any:
        """Ask at `$0` of a text."""
        before = marked[: marked.index("$0")]
        uri = self.write(name, marked.replace("$0", ""))
        line = before.rpartition("\n")[2]
        place = before.count("\n"), units(self.encoding, line)
        return self.server.on(method, uri, *place, **more)

    def text(self, marked: str, range: dict[str, Any]) -> str:
        """What stands in a range, by the client's units."""
        lines = marked.replace("$0", "").split("\n")
        start, end = range["start"], range["end"]
        if start["line"] == end["line"]:
            return self.cut(lines[start["line"]], start["character"], end["character"])
        first = self.cut(lines[start["line"]], start["character"], None)
        last = self.cut(lines[end["line"]], 0, end["character"])
        return "\n".join([first, *lines[start["line"] + 1 : end["line"]], last])

    def cut(self, line: str, start: int, end: int | None) -> str:
        if self.encoding == "utf-8":
            return line.encode()[start:end].decode()
        raw = line.encode("utf-16-le")
        return raw[2 * start : None if end is None else 2 * end].decode("utf-16-le")


@pytest.fixture(scope="module", params=["utf-8", "utf-16"])
def editor(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Editor]:
    folder = ledger(tmp_path_factory.mktemp("ledger"))
    with client(cwd=folder) as server:
        general = {"general": {"positionEncodings": [request.param]}}
        answer = server.initialize(folder, capabilities=SNIPPETS | general)
        assert answer["capabilities"]["positionEncoding"] == request.param
        yield Editor(server, request.param, folder)


def test_completion_replaces_what_was_typed(editor: Editor) -> None:
    page = RECORD + f"\n{WIDE} See ADR-0001/$0\n"
    found = editor.ask("completion", ADR, page)
    assert [item["label"] for item in found["items"]] == ["ADR-0001/INV-1", "ADR-0001/INV-2"]
    assert [item["sortText"] for item in found["items"]] == ["0000", "0001"]
    first = found["items"][0]
    assert editor.text(page, first["textEdit"]["range"]) == "ADR-0001/"
    assert "sum of its entries is zero" in first["documentation"]["value"]
    assert not found["isIncomplete"]


def test_completion_makes_snippets_for_a_client_that_knows_them(editor: Editor) -> None:
    (item,) = editor.ask("completion", ADR, RECORD + "- IN$0\n")["items"]
    assert item["insertTextFormat"] == 2
    assert item["textEdit"]["newText"].startswith("**INV-3** *(${1|")


def test_completion_in_code(editor: Editor) -> None:
    page = TEST.replace('"""Verifies: ADR-0001/INV-1"""', f'"""{WIDE}"""\n    # Verifies: $0')
    found = editor.ask("completion", TESTS, page)["items"]
    assert [item["label"] for item in found] == ["ADR-0001/INV-1", "ADR-0001/INV-2"]
    assert editor.ask("completion", "ledger.py", CODE + "$0")["items"] == []
