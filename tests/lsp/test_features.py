"""What an editor shows and does, over the protocol."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lsp.client import Client, client, named
from lsp.folder import RECORD, TEST, ledger, write

ADR, CODE = "docs/adr/0001-transfers-balance.md", "tests/test_ledger.py"
ALL = {"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}}
PUSHED = {
    "workspace": {
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]},
        "inlayHint": {"refreshSupport": True},
        "codeLens": {"refreshSupport": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
    },
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with client(cwd=tmp_path_factory.mktemp("cwd")) as started:
        started.initialize(capabilities=PUSHED)
        yield started


@pytest.fixture
def editor(server: Client, tmp_path: Path) -> Iterator[Client]:
    """The server at work in the test's own folder, with the small system in it."""
    ledger(tmp_path)
    added(server, tmp_path)
    yield server
    removed(server, tmp_path)
    server.forget()


def added(server: Client, *folders: Path) -> None:
    event = {"added": [named(folder) for folder in folders], "removed": []}
    server.tell("workspace/didChangeWorkspaceFolders", event=event)


def removed(server: Client, *folders: Path) -> None:
    event = {"added": [], "removed": [named(folder) for folder in folders]}
    server.tell("workspace/didChangeWorkspaceFolders", event=event)


def watched(server: Client, *files: Path) -> None:
    """Files changed outside the editor, which tells of it."""
    changes = [{"uri": file.as_uri(), "type": 2} for file in files]
    server.tell("workspace/didChangeWatchedFiles", changes=changes)


def place(text: str, words: str) -> tuple[int, int]:
    before, found, _ = text.partition(words)
    assert found, words
    return before.count("\n"), len(before.rpartition("\n")[2]) + 1


def actions(editor: Client, uri: str, line: int, **context: Any) -> list[dict[str, Any]]:
    at = {"line": line, "character": 4}
    return editor.on(  # type: ignore[no-any-return]
        "codeAction", uri, range={"start": at, "end": at}, context={"diagnostics": []} | context
    )


def titles(lenses: list[dict[str, Any]]) -> list[str]:
    return [lens["command"]["title"] for lens in lenses]


def test_findings_are_pushed_and_taken_back(editor: Client, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / ADR)
    found = editor.await_codes(uri, "ADL301", "ADL103")
    weak = found[1]
    assert weak["range"] == {
        "start": {"line": 9, "character": 30},
        "end": {"line": 9, "character": 34},
    }
    assert "/ADL103-" in weak["codeDescription"]["href"]
    editor.change(uri, 2, RECORD.replace("fast", "sorted"))
    editor.await_codes(uri, "ADL301")
    editor.close(uri)
    editor.await_codes(uri)


def test_the_same_findings_are_told_once(editor: Client, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / ADR)
    editor.await_codes(uri, "ADL301", "ADL103")
    editor.tell("textDocument/didSave", textDocument={"uri": uri})
    told = len(editor.sent("textDocument/publishDiagnostics"))
    refreshed = len(editor.sent("workspace/inlayHint/refresh"))
    watched(editor, tmp_path / ADR)
    editor.until(lambda: len(editor.sent("workspace/inlayHint/refresh")) > refreshed)
    assert len(editor.sent("textDocument/publishDiagnostics")) == told


def test_hints_and_lenses(editor: Client, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / ADR)
    hints = editor.on("inlayHint", uri, range=ALL)
    assert [(h["position"]["line"], h["label"][0]) for h in hints] == [(8, "○"), (9, "○")]
    lenses = editor.on("codeLens", uri)
    assert titles(lenses) == ["Run", "Show evidence", "Scaffold property test"]
    assert titles(editor.on("codeLens", (tmp_path / CODE).as_uri())) == ["Verifies ADR-0001/INV-1"]


def test_both_ways_between_a_decision_and_its_test(editor: Client, tmp_path: Path) -> None:
    adr, code = (tmp_path / ADR).as_uri(), (tmp_path / CODE).as_uri()
    declared, verified = place(RECORD, "INV-1"), place(TEST, "ADR-0001/INV-1")
    (test,) = editor.on("definition", adr, *declared)
    assert test["uri"] == code
    assert test["range"]["start"] == {"line": place(TEST, "test_balances")[0], "character": 4}
    (invariant,) = editor.on("definition", code, *verified)
    assert (invariant["uri"], invariant["range"]["start"]["line"]) == (adr, declared[0])
    for uri, at in ((adr, declared), (code, verified)):
        found = editor.on("references", uri, *at, context={"includeDeclaration": True})
        assert [place["uri"] for place in found] == [adr, code]


def test_symbols(editor: Client, tmp_path: Path) -> None:
    found = editor.on("documentSymbol", (tmp_path / ADR).as_uri())
    assert [symbol["name"] for symbol in found] == ["INV-1", "INV-2"]


def test_an_action_makes_the_file_that_it_edits(editor: Client, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / ADR)
    found = actions(editor, uri, 9)
    scaffold = next(a for a in found if "caffold" in a["title"])
    create, *edits = scaffold["edit"]["documentChanges"]
    assert (create["kind"], create["uri"].rpartition("/")[2]) == (
        "create",
        "test_transfers_balance.py",
    )
    versions = {edit["textDocument"]["uri"]: edit["textDocument"]["version"] for edit in edits}
    assert versions == {create["uri"]: None, uri: 1}
    assert "ADR-0001/INV-2" in edits[0]["edits"][0]["newText"]
    assert actions(editor, uri, 9, only=["source"]) == []
    assert {a["kind"] for a in actions(editor, uri, 9, only=["quickfix"])} == {"quickfix"}


HOSTILE = """\
# 1. [x](command:evil) ![p](http://example.org/p.png) <img src=x>

## Invariants

- **INV-1** *(<script>)*: [go](command:workbench.action.quit) ![p](http://example.org/p.png)
  <img src="http://example.org/p.png"> <b onclick="x">It</b> `<i>` &lt;u&gt; never [a][b] fails.
  - Verified by: [`<img>`](../../tests/test_x.py)

[b]: command:evil
"""


def test_a_hover_holds_no_command_image_or_html(editor: Client, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / ADR, HOSTILE)
    for line, column in ((4, 6), (5, 6)):
        shown = editor.on("hover", uri, line, column)["contents"]["value"]
        bare = re.sub(r"\\.|`[^`]*`", "", shown)
        assert not re.search(r"!\[|\]\(|\]\[|<", bare), shown


def test_a_counterexample_shows_in_every_place(editor: Client, tmp_path: Path) -> None:
    """The last run failed: a hint, a hover, a finding, and the file that says so."""
    uri = editor.open(tmp_path / ADR)
    editor.await_codes(uri, "ADL301", "ADL103")
    failed(tmp_path)
    editor.await_codes(uri, "ADL401", "ADL301", "ADL103")
    assert "✗ amount=0" in editor.on("inlayHint", uri, range=ALL)[0]["label"]
    assert (
        "test_balances(amount=0)"
        in editor.on("hover", uri, *place(RECORD, "INV-1"))["contents"]["value"]
    )
    lens = next(x for x in editor.on("codeLens", uri) if x["command"]["title"] == "Show evidence")
    editor.request(
        "workspace/executeCommand", **{k: lens["command"][k] for k in ("command", "arguments")}
    )
    (shown,) = editor.sent("window/showDocument")
    assert shown["params"]["uri"].endswith(".jsonl")


def failed(folder: Path) -> None:
    """A failed run, as a recorder leaves it, copied in."""
    from hashlib import sha256

    from evidence.writing import END, as_bytes, content, example, file_name, header, result

    files = {p: sha256((folder / p).read_bytes()).hexdigest() for p in (ADR, CODE, "ledger.py")}
    told = result("failed", f"{CODE}::test_balances", counterexample=None)
    told["counterexample"] = example(amount="0") | {"text": "test_balances(amount=0)"}
    run = as_bytes(header(1), content(**files), told, END)
    write(folder, {file_name(1): run.decode()})


def test_changes_outside_the_editor(editor: Client, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / ADR)
    editor.await_codes(uri, "ADL301", "ADL103")
    second = TEST.replace("test_balances", "test_fast").replace("INV-1", "INV-2")
    write(tmp_path, {"tests/test_more.py": second})
    watched(editor, tmp_path / "tests/test_more.py")
    editor.await_codes(uri, "ADL103")
    (tmp_path / "tests/test_more.py").unlink()
    watched(editor, tmp_path / "tests/test_more.py")
    editor.await_codes(uri, "ADL301", "ADL103")
    code = editor.open(tmp_path / CODE)
    editor.close(uri)
    editor.await_codes(code)
    (tmp_path / ADR).unlink()
    watched(editor, tmp_path / ADR)
    editor.await_codes(code, "ADL202")


def test_a_target_that_goes_is_told_in_the_open_record(editor: Client, tmp_path: Path) -> None:
    """Typed away in the editor, and renamed and removed on disk."""
    (tmp_path / ADR).write_text(
        RECORD.replace("is zero.", "is zero.\n  - Target: `ledger:transfer`")
    )
    uri, code = editor.open(tmp_path / ADR), editor.open(tmp_path / "ledger.py")
    usual = ("ADL301", "ADL103")
    editor.await_codes(uri, *usual)
    editor.change(code, 2, "def move() -> None: ...\n")
    editor.await_codes(uri, "ADL207", *usual)
    editor.close(code)
    editor.await_codes(uri, *usual)
    (tmp_path / "ledger.py").rename(tmp_path / "ledgers.py")
    for name in ("ledger.py", "ledgers.py"):
        watched(editor, tmp_path / name)
    editor.await_codes(uri, "ADL207", *usual)
    (tmp_path / "ledgers.py").rename(tmp_path / "ledger.py")
    watched(editor, tmp_path / "ledger.py")
    editor.await_codes(uri, *usual)


def test_an_edit_shows_in_the_other_document(editor: Client, tmp_path: Path) -> None:
    adr, code = editor.open(tmp_path / ADR), editor.open(tmp_path / CODE)
    editor.await_codes(code)
    editor.change(adr, 2, RECORD.replace("INV-1", "INV-7"))
    editor.await_codes(code, "ADL202")
    editor.close(adr)
    editor.await_codes(code)


def test_lenses_are_asked_for_anew_only_where_they_are_others(
    editor: Client, tmp_path: Path
) -> None:
    """An editor that draws them again loses a click on one that it draws."""
    uri = editor.open(tmp_path / ADR)
    editor.await_codes(uri, "ADL301", "ADL103")
    editor.on("codeLens", uri)
    hints, lenses = "workspace/inlayHint/refresh", "workspace/codeLens/refresh"
    before = len(editor.sent(hints)), len(editor.sent(lenses))
    watched(editor, tmp_path / ADR)
    editor.until(lambda: len(editor.sent(hints)) > before[0])
    assert len(editor.sent(lenses)) == before[1]
    write(tmp_path, {"tests/test_more.py": TEST.replace("INV-1", "INV-2")})
    watched(editor, tmp_path / "tests/test_more.py")
    editor.until(lambda: len(editor.sent(lenses)) > before[1])
    assert "Run" in [lens["command"]["title"] for lens in editor.on("codeLens", uri)]


def test_many_events_are_one_look(editor: Client, tmp_path: Path) -> None:
    """Each look ends with one request to ask for the hints again."""
    uri = editor.open(tmp_path / ADR)
    editor.await_codes(uri, "ADL301", "ADL103")
    before = len(editor.sent("workspace/inlayHint/refresh"))
    for _ in range(100):
        watched(editor, *[tmp_path / f"docs/adr/{n:04}-x.md" for n in range(100)])
    write(tmp_path, {"tests/test_more.py": TEST.replace("INV-1", "INV-2")})
    watched(editor, tmp_path / "tests/test_more.py")
    editor.await_codes(uri, "ADL103")
    assert len(editor.sent("workspace/inlayHint/refresh")) - before < 50


def test_a_new_file_counts_before_it_is_saved(editor: Client, tmp_path: Path) -> None:
    adr = editor.open(tmp_path / ADR)
    editor.await_codes(adr, "ADL301", "ADL103")
    new = editor.open(tmp_path / "tests/test_new.py", TEST.replace("INV-1", "INV-2"))
    editor.await_codes(adr, "ADL103")
    assert titles(editor.on("codeLens", new)) == ["Verifies ADR-0001/INV-2"]
    editor.close(new)
    editor.await_codes(adr, "ADL301", "ADL103")


def test_what_belongs_to_no_root_is_answered_with_nothing(
    editor: Client, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    stray = write(tmp_path_factory.mktemp("stray"), {"docs/adr/0001-a.md": RECORD})
    write(stray, {"unread/0001-secret.md": RECORD})
    for uri in ("untitled:Untitled-1", "git:/a.md?x", (stray / "docs/adr/0001-a.md").as_uri()):
        item = {"uri": uri, "languageId": "markdown", "version": 1, "text": RECORD}
        editor.tell("textDocument/didOpen", textDocument=item)
        assert editor.on("hover", uri, 8, 6) is None
        assert not editor.on("codeLens", uri)
        assert editor.published(uri) is None
        editor.close(uri)
    ignored = write(tmp_path, {".gitignore": "drafts\n", "drafts/adr/0009-x.md": RECORD})
    uri = editor.open(ignored / "drafts/adr/0009-x.md")
    assert editor.on("hover", uri, 8, 6) is None


def test_a_folder_with_its_own_configuration_is_a_root_of_its_own(
    editor: Client, tmp_path: Path
) -> None:
    """Its records are read apart, from when it gets one, and not any more when it loses it."""
    inner = ledger(tmp_path / "inner")
    outer, own = editor.open(tmp_path / ADR), editor.open(inner / ADR)
    editor.await_codes(outer, "ADL301", "ADL103")
    editor.await_codes(own, "ADL301", "ADL103")
    (inner / "adr-lsp.toml").unlink()
    watched(editor, inner / "adr-lsp.toml")
    found = editor.on(
        "references", own, *place(RECORD, "INV-1"), context={"includeDeclaration": True}
    )
    assert {at["uri"] for at in found} == {own, (inner / CODE).as_uri()}
    editor.until(lambda: "inner/" in editor.on("codeLens", own)[0]["command"]["arguments"][1])
    write(inner, {"adr-lsp.toml": ""})
    watched(editor, inner / "adr-lsp.toml")
    editor.until(lambda: "inner/" not in editor.on("codeLens", own)[0]["command"]["arguments"][1])


def test_folders_come_and_go(editor: Client, tmp_path: Path, tmp_path_factory: Any) -> None:
    other = ledger(tmp_path_factory.mktemp("other"))
    (other / "adr-lsp.toml").unlink()
    mine, theirs = editor.open(tmp_path / ADR), editor.open(other / ADR)
    editor.await_codes(mine, "ADL301", "ADL103")
    assert editor.published(theirs) is None
    added(editor, other)
    editor.await_codes(theirs, "ADL301", "ADL103")
    removed(editor, other)
    editor.await_codes(theirs)
    assert editor.codes(mine) == ["ADL301", "ADL103"]
    editor.close(theirs)


def test_a_root_behind_a_link_is_named_as_the_client_does(server: Client, tmp_path: Path) -> None:
    ledger(tmp_path / "real")
    (tmp_path / "link").symlink_to("real")
    added(server, tmp_path / "link")
    uri = server.open(tmp_path / "link" / ADR)
    server.await_codes(uri, "ADL301", "ADL103")
    (test,) = server.on("definition", uri, *place(RECORD, "INV-1"))
    assert test["uri"] == (tmp_path / "link" / CODE).as_uri()
    removed(server, tmp_path / "link")


def test_odd_names_are_named_as_the_client_does(editor: Client, tmp_path: Path) -> None:
    """A client need not escape as we would."""
    name = "docs/adr/0002-a;b (1) #2 ü%20?.md"
    write(tmp_path, {name: RECORD.replace("# 1.", "# 2.")})
    loose = (tmp_path / name).as_uri().replace("%28", "(").replace("%29", ")").replace("%3B", ";")
    item = {"uri": loose, "languageId": "markdown", "version": 3, "text": RECORD}
    editor.tell("textDocument/didOpen", textDocument=item)
    assert "ADL103" in [
        f["code"] for f in editor.until(lambda: editor.published(loose))["diagnostics"]
    ]


def test_a_configuration_is_heard_while_it_is_typed(editor: Client, tmp_path: Path) -> None:
    uri, settings = editor.open(tmp_path / ADR), editor.open(tmp_path / "adr-lsp.toml")
    editor.await_codes(uri, "ADL301", "ADL103")
    editor.change(settings, 2, 'prefixes = ["LAW"]\nmin-case = 3\n')
    editor.await_codes(settings, "ADL903")
    editor.await_codes(uri, "ADL102", "ADL102")
    editor.close(settings)
    editor.await_codes(uri, "ADL301", "ADL103")


def test_files_are_watched_where_the_client_can(server: Client) -> None:
    (asked,) = server.sent("client/registerCapability") or [None]
    assert asked is None or asked["params"]["registrations"][0]["method"] == (
        "workspace/didChangeWatchedFiles"
    )
