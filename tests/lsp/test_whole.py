"""Every capability that is offered, asked once in a record, in a test and in a model; and a long
day of typing, after which nothing is left over."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from lsp.client import INSIDE, Client, client
from lsp.folder import RECORD, ledger, write

ADR, CODE, MODEL = "docs/adr/0001-transfers-balance.md", "tests/test_ledger.py", "models/Ledger.tla"
TLA = """\
---- MODULE Ledger ----
EXTENDS Integers
VARIABLE balance
Init == balance = 0
Next == balance' = balance
\\* Verifies: ADR-0001/INV-2
Balanced == balance = 0
====
"""
LINKED = RECORD + "\nSee [the test](../../tests/test_ledger.py) and ADR-0001.\n"
ABLE = {
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True}},
        "rename": {"prepareSupport": True},
        "codeAction": {"dataSupport": True, "resolveSupport": {"properties": ["edit"]}},
        "diagnostic": {},
    },
    "workspace": {
        "diagnostics": {"refreshSupport": True},
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create", "rename"]},
        "fileOperations": {"willRename": True},
    },
}
ALL = {"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}}
REFUSED = -32803


@dataclass(frozen=True)
class Asked:
    """A document as the client has it, and the place of an invariant's id in it."""

    server: Client
    uri: str
    text: str
    line: int
    column: int
    offered: dict[str, Any]

    def __call__(self, method: str, **more: Any) -> Any:
        place = {"line": self.line, "character": self.column}
        given = {"textDocument": {"uri": self.uri}, "position": place} | more
        answer = self.server.answer_to(self.server.ask(f"textDocument/{method}", **given))
        assert answer.get("error", {}).get("code") in (None, REFUSED), (method, answer)
        return answer.get("result")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Client, Path, Any]]:
    folder = ledger(tmp_path_factory.mktemp("whole"), **{ADR: LINKED, MODEL: TLA})
    with client(cwd=folder, command=INSIDE) as server:
        answer = server.initialize(folder, capabilities=ABLE, display="rich")
        yield server, folder, answer["capabilities"]


@pytest.fixture(scope="module", params=[ADR, CODE, MODEL])
def asked(request: pytest.FixtureRequest, session: tuple[Client, Path, Any]) -> Asked:
    server, folder, offered = session
    text = (folder / request.param).read_text()
    before = text.partition("INV-")[0]
    line, column = before.count("\n"), len(before.rpartition("\n")[2]) + 1
    return Asked(server, server.open(folder / request.param), text, line, column, offered)


ABOUT_A_PLACE = {
    "hoverProvider": "hover",
    "completionProvider": "completion",
    "definitionProvider": "definition",
    "implementationProvider": "implementation",
    "referencesProvider": "references",
    "documentHighlightProvider": "documentHighlight",
    "typeHierarchyProvider": "prepareTypeHierarchy",
    "renameProvider": "prepareRename",
}
ABOUT_A_DOCUMENT = {
    "documentSymbolProvider": "documentSymbol",
    "documentLinkProvider": "documentLink",
    "foldingRangeProvider": "foldingRange",
    "codeLensProvider": "codeLens",
    "diagnosticProvider": "diagnostic",
    "inlayHintProvider": "inlayHint",
    "codeActionProvider": "codeAction",
    "selectionRangeProvider": "selectionRange",
}
ELSEWHERE = {
    *("positionEncoding", "textDocumentSync", "workspace", "executeCommandProvider"),
    *("workspaceSymbolProvider", "linkedEditingRangeProvider", "monikerProvider"),
}
MORE: dict[str, dict[str, Any]] = {
    "references": {"context": {"includeDeclaration": True}},
    "inlayHint": {"range": ALL},
    "codeAction": {"range": ALL, "context": {"diagnostics": []}},
    "selectionRange": {"positions": [{"line": 0, "character": 0}]},
}
ABSENT = {  # where there is nothing of the kind
    CODE: {"documentSymbol", "documentLink", "foldingRange", "codeAction", "selectionRange"},
    MODEL: {"documentSymbol", "documentLink", "foldingRange", "codeAction", "selectionRange"},
}


def test_all_that_is_offered_is_asked(session: tuple[Client, Path, Any]) -> None:
    """What is offered anew is to be asked here too."""
    offered = {name for name, value in session[2].items() if value not in (None, False)}
    assert offered - ELSEWHERE == {*ABOUT_A_PLACE, *ABOUT_A_DOCUMENT}


@pytest.mark.parametrize("method", [*ABOUT_A_PLACE.values(), *ABOUT_A_DOCUMENT.values()])
def test_each_answer_lies_in_its_document(asked: Asked, method: str) -> None:
    found = asked(method, **MORE.get(method, {}))
    lines = {asked.uri: asked.text.split("\n")}
    for uri, range in ranges(found, asked.uri):
        if uri not in lines:
            lines[uri] = Path(uri.removeprefix("file://")).read_text().split("\n")
        check(lines[uri], range)


def ranges(found: Any, uri: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """All ranges, and single positions, in an answer, with the document that each is of."""
    if isinstance(found, list):
        for each in found:
            yield from ranges(each, uri)
    elif isinstance(found, dict):
        uri = found.get("uri", uri)
        if {"start", "end"} <= found.keys():
            yield uri, found
        elif {"startLine", "endLine"} <= found.keys():
            yield uri, {"start": {"line": found["startLine"]}, "end": {"line": found["endLine"]}}
        for name, each in found.items():
            if name == "position":
                yield uri, {"start": each, "end": each}
            elif name not in ("command", "data"):
                yield from ranges(each, uri)


def check(lines: list[str], range: dict[str, Any]) -> None:
    start, end = ((at["line"], at.get("character", 0)) for at in (range["start"], range["end"]))
    assert (0, 0) <= start <= end
    for line, character in (start, end):
        assert line < len(lines), (range, len(lines))
        assert character <= len(lines[line].encode("utf-16-le")) // 2, (range, lines[line])


def test_answers_say_something_where_there_is_something(asked: Asked) -> None:
    path = asked.uri.partition("whole0/")[2]
    methods = {*ABOUT_A_PLACE.values(), *ABOUT_A_DOCUMENT.values()}
    answers = {method: asked(method, **MORE.get(method, {})) for method in methods}
    assert answers["selectionRange"] is None or len(answers["selectionRange"]) == 1
    said = {method for method, answer in answers.items() if answer}
    assert methods - said <= ABSENT.get(path, set()) | {"implementation", "inlayHint"}


def test_what_is_asked_of_all_documents(session: tuple[Client, Path, Any]) -> None:
    server, folder, offered = session
    assert len(server.request("workspace/symbol", query="INV")) == 2
    (record,) = server.request("adr-lsp/tests", of="all")
    assert {test["id"] for i in record["invariants"] for test in i["tests"]} == {
        f"{CODE}::test_balances",
        f"{MODEL}::Balanced",
    }
    moved = [{"oldUri": (folder / CODE).as_uri(), "newUri": (folder / "tests/test_x.py").as_uri()}]
    edit = server.request("workspace/willRenameFiles", files=moved)
    assert [step["textDocument"]["uri"] for step in edit["documentChanges"]]
    for name in offered["executeCommandProvider"]["commands"]:
        words = {"command": name, "arguments": [(folder / ADR).as_uri(), "ADR-0001/INV-9"]}
        assert server.fault("workspace/executeCommand", **words)[0] == REFUSED


# Typing in all of them

TYPED = [
    *("usually fast", "ADR-0001/INV-1", "😀", "\n", "\r\n", "- ", "`x`", "## ", "Verifies: ", "**"),
    *("```\n", "  - Target: `ledger:gone`\n", "- **INV-3**: Sorted.\n", "\t", "<!-- ", "-->", "|"),
    *("Superseded by ADR-0002", "def test_x():\n    assert 1\n", "[ADR-0002](0002-next.md)"),
]
NEXT, WEB = "docs/adr/0002-next.md", "web/cart.test.ts"
WRITTEN = {
    ADR: LINKED.replace("is zero.", "is zero.\n  - Target: `ledger:transfer`"),
    NEXT: "# 2. Next\n\nSupersedes [ADR-0001](0001-transfers-balance.md).\n\n## Invariants\n\n"
    "| Id | Statement |\n|--|--|\n| INV-1 | Sorted 😀 |\n",
    WEB: '/** Verifies: ADR-0001/INV-1 */\nit("😀 balances", () => {});\n',
    MODEL: TLA,
}


def at(text: str, offset: int) -> dict[str, int]:
    """Where a client sees an offset."""
    lines = re.split(r"\r\n|\n|\r", text[:offset])
    return {"line": len(lines) - 1, "character": len(lines[-1].encode("utf-16-le")) // 2}


def chosen(typist: random.Random, text: str) -> int:
    """An offset that is not between CR and LF."""
    offset = typist.randrange(len(text) + 1)
    return offset - 1 if text[offset - 1 : offset + 1] == "\r\n" else offset


def test_whatever_was_typed_all_answers_are_those_of_a_new_server(tmp_path: Path) -> None:
    """Verifies: ADR-0006/INV-1

    Changes come in ranges, in any order over records, tests and models, some closed between.
    """
    ledger(tmp_path, **WRITTEN)
    typist = random.Random(11)
    texts = {name: (tmp_path / name).read_text() for name in (*WRITTEN, CODE, "ledger.py")}
    with client(cwd=tmp_path) as server, client(cwd=tmp_path) as fresh:
        server.initialize(tmp_path, capabilities=ABLE, display="rich")
        uris = {name: server.open(tmp_path / name) for name in texts}
        for version in range(2, 150):
            name = typist.choice(list(texts))
            text, new = texts[name], typist.choice(TYPED)
            start, end = sorted((chosen(typist, text), chosen(typist, text)))
            end = end if end - start < 20 else start
            place = {"start": at(text, start), "end": at(text, end)}
            server.change(uris[name], version, {"range": place, "text": new})
            texts[name] = text[:start] + new + text[end:]
            if typist.random() < 0.05:
                server.close(uris[name])
                server.open(tmp_path / name, texts[name], version)
        fresh.initialize(tmp_path, capabilities=ABLE, display="rich")
        for name, text in texts.items():
            fresh.open(tmp_path / name, text)
        wanted = answers(fresh, uris, texts)
        for asked, answer in answers(server, uris, texts).items():
            assert answer == wanted[asked], asked


def answers(server: Client, uris: dict[str, str], texts: dict[str, str]) -> dict[Any, Any]:
    """Of everything that can be asked, at some places of each document."""
    asker, found = random.Random(5), {}
    found["symbols"] = server.request("workspace/symbol", query="")
    for name, uri in uris.items():
        for method in (*ABOUT_A_DOCUMENT.values(), *ABOUT_A_PLACE.values(), "rename"):
            for _ in range(1 if method in ABOUT_A_DOCUMENT.values() else 6):
                place = at(texts[name], chosen(asker, texts[name]))
                here = {"position": place, "positions": [place], "newName": "INV-77"}
                more = MORE.get(method, {}) | here
                asked = server.ask(f"textDocument/{method}", textDocument={"uri": uri}, **more)
                answer = server.answer_to(asked)
                code = answer.get("error", {}).get("code")
                assert code in (None, REFUSED), (method, answer)
                found[name, method, *place.values()] = code or unversioned(answer["result"])
    return found


def unversioned(answer: Any) -> Any:
    """An answer without the versions of documents."""
    if isinstance(answer, list):
        return [unversioned(each) for each in answer]
    if not isinstance(answer, dict):
        return answer
    return {name: unversioned(each) for name, each in answer.items() if name != "version"}


# A long day

WORDS = ["usually", "fast", "ADR-0001/INV-1", "😀", "\n", "- ", "`x`", "## ", " "]


def test_a_long_day_of_typing(tmp_path: Path) -> None:
    """2,000 keystrokes over fifty records: what is said then is what a new server says, and the
    server holds as many tasks, threads and files as after the first hundred."""
    names = [f"docs/adr/{n:04}-x.md" for n in range(1, 51)]
    ledger(tmp_path)
    (tmp_path / ADR).unlink()
    write(tmp_path, {name: RECORD.replace("# 1.", f"# {int(name[9:13])}.") for name in names})
    typist, texts = random.Random(7), {name: (tmp_path / name).read_text() for name in names}
    with client(cwd=tmp_path, command=INSIDE) as server:
        server.initialize(tmp_path)
        uris = {name: server.open(tmp_path / name) for name in names}
        held: dict[str, int] = {}
        for stroke in range(1, 2001):
            name = typist.choice(names)
            lines = texts[name].split("\n")
            line = typist.randrange(len(lines))
            at = {"line": line, "character": 0}
            word = typist.choice(WORDS)
            server.change(uris[name], stroke + 1, {"range": {"start": at, "end": at}, "text": word})
            lines[line] = word + lines[line]
            texts[name] = "\n".join(lines)
            if stroke % 10 == 0:
                server.ask("textDocument/codeLens", textDocument={"uri": uris[name]})
                server.ask("textDocument/inlayHint", textDocument={"uri": uris[name]}, range=ALL)
            if stroke == 100:
                held = settled(server)
        assert settled(server, held) == held
        for name, text in texts.items():
            write(tmp_path, {name: text})
            server.tell("textDocument/didSave", textDocument={"uri": uris[name]})
        last = said(server, uris)
    with client(cwd=tmp_path) as fresh:
        fresh.initialize(tmp_path)
        for name in names:
            fresh.open(tmp_path / name)
        fresh.until(lambda: said(fresh, uris) == last, "the findings of the other server")


def settled(server: Client, wanted: dict[str, int] | None = None) -> dict[str, int]:
    """What is held when nothing goes on; waits for what is wanted, if anything is."""

    def held() -> dict[str, int]:
        now = server.inside()
        return {name: now[name] for name in ("tasks", "futures", "threads", "files", "roots")}

    server.until(lambda: held()["futures"] == 1 and (wanted is None or held() == wanted), "rest")
    return held()


def said(server: Client, uris: dict[str, str]) -> dict[str, Any]:
    """Findings, lenses and symbols of each document."""
    server.request("workspace/symbol", query="")
    return {
        name: (
            (server.published(uri) or {}).get("diagnostics"),
            server.on("codeLens", uri),
            server.on("documentSymbol", uri),
        )
        for name, uri in uris.items()
    }
