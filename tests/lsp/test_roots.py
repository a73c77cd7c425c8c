"""Several folders at once: each its own log, and nothing of one that left stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lsp.client import INSIDE, Client, client, named
from lsp.folder import RECORD, TEST, ledger

ADR, CODE = "docs/adr/0001-transfers-balance.md", "tests/test_ledger.py"
WEAK, UNVERIFIED = "ADL103", "ADL301"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Client]:
    with client(cwd=tmp_path, command=INSIDE) as started:
        yield started


def change(server: Client, *, added: tuple[Path, ...] = (), removed: tuple[Path, ...] = ()) -> None:
    event = {"added": list(map(named, added)), "removed": list(map(named, removed))}
    server.tell("workspace/didChangeWorkspaceFolders", event=event)


def symbols(server: Client) -> list[str]:
    """Where the first invariant is declared, as the picker of symbols shows it."""
    found = server.request("workspace/symbol", query="INV-1")
    return sorted(symbol["location"]["uri"] for symbol in found)


def references(server: Client, uri: str) -> list[str]:
    found = server.on("references", uri, 8, 6, context={"includeDeclaration": False})
    return sorted(place["uri"] for place in found)


def test_each_root_has_its_own_settings(server: Client, tmp_path: Path) -> None:
    """The same record with the same number, held against different configurations."""
    one = ledger(tmp_path / "one", **{"adr-lsp.toml": f'ignore = ["{WEAK}"]\n'})
    two = ledger(tmp_path / "two", **{"adr-lsp.toml": 'severity = { ADL103 = "error" }\n'})
    server.initialize(one, two)
    uris = [server.open(root / ADR) for root in (one, two)]
    server.await_codes(uris[0], UNVERIFIED)
    assert [f["severity"] for f in server.await_codes(uris[1], UNVERIFIED, WEAK)] == [2, 1]


def test_the_same_ids_in_two_roots_are_two(server: Client, tmp_path: Path) -> None:
    roots = [ledger(tmp_path / name) for name in ("one", "two")]
    server.initialize(*roots)
    uris = [server.open(root / ADR) for root in roots]
    assert symbols(server) == sorted(uris)
    for root, uri in zip(roots, uris, strict=True):
        assert references(server, uri) == [(root / CODE).as_uri()]
        assert server.await_codes(uri, UNVERIFIED, WEAK)


def test_a_folder_that_leaves_takes_all_of_its_own_with_it(server: Client, tmp_path: Path) -> None:
    """Its findings, symbols and references; those of the one that stays are as they were. A root
    goes when the last of its documents is closed."""
    one, two = ledger(tmp_path / "one"), ledger(tmp_path / "two")
    server.initialize(one, diagnostics="workspace")
    stays, leaves = (one / ADR).as_uri(), (two / ADR).as_uri()
    server.await_codes(stays, UNVERIFIED, WEAK)
    assert (server.inside()["roots"], server.published(leaves)) == (1, None)
    change(server, added=(two,))
    server.await_codes(leaves, UNVERIFIED, WEAK)
    assert symbols(server) == sorted([stays, leaves])
    change(server, removed=(two,))
    server.await_codes(leaves)
    assert symbols(server) == [stays]
    assert server.codes(stays) == [UNVERIFIED, WEAK]
    assert server.inside()["roots"] == 1
    change(server, added=(two,), removed=(one,))
    server.await_codes(leaves, UNVERIFIED, WEAK)
    server.await_codes(stays)
    assert symbols(server) == [leaves]


def test_a_document_outlives_its_folder(server: Client, tmp_path: Path) -> None:
    """Its root is configured, so that it is still known; it goes with the document."""
    one, two = ledger(tmp_path / "one"), ledger(tmp_path / "two")
    server.initialize(one, two)
    uri = server.open(two / ADR)
    server.await_codes(uri, UNVERIFIED, WEAK)
    change(server, removed=(two,))
    assert references(server, uri) == [(two / CODE).as_uri()]
    server.close(uri)
    server.await_codes(uri)
    change(server)
    assert server.inside()["roots"] == 1


def test_nested_roots_share_nothing(server: Client, tmp_path: Path) -> None:
    """Both folders are open, the inner has a configuration: what is in it belongs to it alone."""
    outer = ledger(tmp_path / "outer")
    inner = ledger(outer / "inner", **{ADR: RECORD.replace("usually", "normally")})
    server.initialize(outer, inner)
    uris = [server.open(root / ADR) for root in (outer, inner)]
    assert symbols(server) == sorted(uris)
    assert references(server, uris[0]) == [(outer / CODE).as_uri()]
    assert references(server, uris[1]) == [(inner / CODE).as_uri()]
    change(server, removed=(outer,))
    server.close(uris[0])
    change(server)
    assert symbols(server) == [uris[1]]


def test_a_folder_in_a_root_is_that_root(server: Client, tmp_path: Path) -> None:
    """A part of a repository that is opened beside it: one root, each finding once."""
    outer = ledger(tmp_path / "outer", **{"part/docs/adr/0007-x.md": RECORD})
    server.initialize(outer, outer / "part")
    uri = server.open(outer / "part/docs/adr/0007-x.md")
    assert len(symbols(server)) == 2
    assert server.inside()["roots"] == 1
    change(server, removed=(outer,))
    assert len(symbols(server)) == 2
    assert server.on("documentSymbol", uri)


def test_a_root_that_comes_while_another_is_read(server: Client, tmp_path: Path) -> None:
    """Folders that are added and removed in a row leave the last word."""
    one = ledger(tmp_path / "one", **{f"docs/adr/{n:04}-x.md": RECORD for n in range(2, 200)})
    two = ledger(tmp_path / "two", **{CODE: TEST})
    server.initialize(one)
    for _ in range(5):
        change(server, added=(two,), removed=(one,))
        change(server, added=(one,), removed=(two,))
    change(server, added=(two,), removed=(one,))
    assert symbols(server) == [(two / ADR).as_uri()]


def test_what_is_typed_stays_when_another_name_of_its_file_is_closed(
    server: Client, tmp_path: Path
) -> None:
    root, link = ledger(tmp_path / "one"), tmp_path / "link"
    link.symlink_to(root)
    server.initialize(root)
    real, linked = server.open(root / ADR), server.open(link / ADR)
    typed = (root / ADR).read_text().replace("**INV-1**", "**INV-9**")
    document = {"uri": real, "version": 2}
    server.tell("textDocument/didChange", textDocument=document, contentChanges=[{"text": typed}])
    server.tell("textDocument/didClose", textDocument={"uri": linked})
    names = [symbol["name"] for symbol in server.request("workspace/symbol", query="INV-")]
    assert [name.partition(":")[0] for name in names] == ["ADR-0001/INV-9", "ADR-0001/INV-2"]
