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


def test_completion_in_the_middle_of_a_word(editor: Editor) -> None:
    """The rest goes, unless the client lets its user choose."""
    page = RECORD + f"\n{WIDE} See ADR-0001/$0INV-1 and\n"
    found = editor.ask("completion", ADR, page)["items"][0]["textEdit"]
    assert editor.text(page, found["range"]) == "ADR-0001/INV-1"


def test_a_client_that_lets_its_user_choose_is_told_both(tmp_path: Path) -> None:
    able = {"textDocument": {"completion": {"completionItem": {"insertReplaceSupport": True}}}}
    with client(cwd=ledger(tmp_path)) as server:
        server.initialize(tmp_path, capabilities=able)
        uri = server.open(tmp_path / ADR, RECORD + "\nSee ADR-0001/INV-1\n")
        line = RECORD.count("\n") + 1
        found = server.on("completion", uri, line, 13)["items"][0]["textEdit"]
        spans = {name: found[name] for name in ("insert", "replace")}
        ends = {name: span["end"]["character"] for name, span in spans.items()}
        assert ends == {"insert": 13, "replace": 18}
        assert all(span["start"] == {"line": line, "character": 4} for span in spans.values())


def test_completion_makes_snippets_for_a_client_that_knows_them(editor: Editor) -> None:
    (item,) = editor.ask("completion", ADR, RECORD + "- IN$0\n")["items"]
    assert item["insertTextFormat"] == 2
    assert item["textEdit"]["newText"].startswith("**INV-3** *(${1|")


def test_completion_in_code(editor: Editor) -> None:
    page = TEST.replace('"""Verifies: ADR-0001/INV-1"""', f'"""{WIDE}"""\n    # Verifies: $0')
    found = editor.ask("completion", TESTS, page)["items"]
    assert [item["label"] for item in found] == ["ADR-0001/INV-1", "ADR-0001/INV-2"]
    assert editor.ask("completion", "ledger.py", CODE + "$0")["items"] == []


def at(text: str, words: str) -> str:
    """A text with `$0` in the middle of some words."""
    before, found, after = text.partition(words)
    assert found, words
    return f"{before}{words[:-1]}$0{words[-1]}{after}"


WIDER = RECORD.replace(
    "is zero.", f"is zero.\n  - Target: `ledger:transfer`\n\n{WIDE} INV-1 holds, see ADR-0001/INV-2"
)


def test_highlights(editor: Editor) -> None:
    page = at(WIDER, f"{WIDE} INV-1")
    found = editor.ask("documentHighlight", ADR, page)
    assert [(editor.text(page, each["range"]), each["kind"]) for each in found] == [
        ("INV-1", 3),
        ("INV-1", 2),
    ]


def test_links(editor: Editor) -> None:
    page = at(WIDER, "holds")
    code, link = editor.ask("documentLink", ADR, page)
    assert editor.text(page, code["range"]) == "`ledger:transfer`"
    assert code["target"].endswith("ledger.py")
    assert editor.text(page, link["range"]) == "ADR-0001/INV-2"
    assert link["target"].endswith(f"{ADR}#L13")
    (verified,) = editor.ask("documentLink", TESTS, at(TEST, "given"))
    assert verified["target"].endswith(f"{ADR}#L9")


def test_folds_and_growing_selections(editor: Editor) -> None:
    page = at(WIDER, "fast")
    folded = editor.ask("foldingRange", ADR, page)
    assert [(each["startLine"], each["endLine"]) for each in folded] == [
        (0, 12),
        (2, 4),
        (6, 12),
        (8, 9),
    ]
    uri = editor.write(ADR, page.replace("$0", ""))
    line = page.split("\n")[12].partition("$0")[0]
    where = {"line": 12, "character": units(editor.encoding, line)}
    (grown,) = editor.server.on("selectionRange", uri, positions=[where])
    assert editor.text(page, grown["range"]) == "fast"
    assert editor.text(page, grown["parent"]["range"]).startswith(f"{WIDE} A transfer")
    assert editor.server.on("selectionRange", uri, positions=[]) == []


def test_symbols_of_all_roots(editor: Editor) -> None:
    editor.write(ADR, RECORD)
    (found,) = editor.server.request("workspace/symbol", query="sum zero")
    assert found["name"].startswith("ADR-0001/INV-1: For every transfer")
    assert found["containerName"] == "ADR-0001 Transfers balance"
    assert found["data"] == {"level": "invariant", "key": "ADR-0001/INV-1"}
    assert editor.text(RECORD, found["location"]["range"]) == "INV-1"


def test_the_code_behind_an_invariant(editor: Editor) -> None:
    (code,) = editor.ask("implementation", ADR, at(WIDER, "**INV-1"))
    assert code["uri"].endswith("ledger.py")
    assert editor.text(CODE, code["range"]) == "transfer"
    (invariant,) = editor.ask("implementation", "ledger.py", at(CODE, "def transfer"))
    assert editor.text(WIDER, invariant["range"]) == "INV-1"


def test_the_hierarchy_of_a_decision(editor: Editor) -> None:
    (invariant,) = editor.ask("prepareTypeHierarchy", ADR, at(RECORD, "**INV-1"))
    (test,) = editor.server.request("typeHierarchy/subtypes", item=invariant)
    assert test["name"] == "test_balances"
    (record,) = editor.server.request("typeHierarchy/supertypes", item=invariant)
    assert record["name"] == "ADR-0001 Transfers balance"
    below = editor.server.request("typeHierarchy/subtypes", item=record)
    assert [item["name"] for item in below] == ["ADR-0001/INV-1", "ADR-0001/INV-2"]
    unknown = record | {"data": [1]}
    assert editor.server.request("typeHierarchy/subtypes", item=unknown) == []
    assert editor.server.request("typeHierarchy/subtypes", item=record | {"uri": "x:/y"}) is None


RESOLVES = {"codeAction": {"dataSupport": True, "resolveSupport": {"properties": ["edit"]}}}


def test_a_scaffold_is_made_when_it_is_chosen(tmp_path: Path) -> None:
    folder = ledger(tmp_path)
    with client(cwd=folder) as server:
        server.initialize(folder, capabilities={"textDocument": RESOLVES})
        uri = server.open(folder / ADR)
        place = {"line": 9, "character": 4}
        asked = {"range": {"start": place, "end": place}, "context": {"diagnostics": []}}
        found = server.on("codeAction", uri, **asked)
        (named,) = [each for each in found if each["title"].startswith("Scaffold")]
        assert named["title"] == "Scaffold a property test for INV-2"
        assert "edit" not in named
        assert [each for each in found if each.get("isPreferred")] == [named]
        made = server.request("codeAction/resolve", **named)
        _, test, _ = made["edit"]["documentChanges"]
        assert "ADR-0001/INV-2" in test["edits"][0]["newText"]
        assert server.request("codeAction/resolve", **made) == made
        other = named | {"data": named["data"] | {"key": "ADR-0001/INV-9"}}
        assert "no ADR-0001/INV-9 any more" in server.fault("codeAction/resolve", **other)[1]
        for data in (None, 3, {}, {"uri": "x:/y", "key": "a", "method": "b"}):
            assert "edit" not in server.request("codeAction/resolve", **named | {"data": data})
