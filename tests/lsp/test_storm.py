"""Many files that change at once outside the editor, as when a branch is checked out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lsp.client import INSIDE, Client, client, frame
from lsp.folder import RECORD, TEST, ledger, write

ADR, CODE = "docs/adr/0001-transfers-balance.md", "tests/test_ledger.py"
CREATED, CHANGED, DELETED = 1, 2, 3


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Client]:
    ledger(tmp_path, **{f"docs/adr/{n:04}-old.md": RECORD for n in range(2, 60)})
    with client(cwd=tmp_path, command=INSIDE) as started:
        started.initialize(tmp_path, diagnostics="workspace")
        yield started


def events(*changes: tuple[str, int]) -> bytes:
    found = [{"uri": uri, "type": kind} for uri, kind in changes]
    method = "workspace/didChangeWatchedFiles"
    return frame({"jsonrpc": "2.0", "method": method, "params": {"changes": found}})


def seen(server: Client, uri: str) -> Any:
    """All that is known of a root: where things are, what is said of them."""
    said = {m["params"]["uri"]: m["params"] for m in server.sent("textDocument/publishDiagnostics")}
    found = {uri: params["diagnostics"] for uri, params in said.items() if params["diagnostics"]}
    references = server.on("references", uri, 8, 6, context={"includeDeclaration": True})
    return found, references, server.request("workspace/symbol", query="INV-1")


def test_a_branch_is_checked_out(server: Client, tmp_path: Path) -> None:
    """Row 21: 10,000 events, among them files that came and went, and files that were renamed. At
    most two passes, none on the loop; what is known then is what a new server would know."""
    uri = server.open(tmp_path / ADR)
    server.on("hover", uri, 8, 6)
    server.await_codes(uri, "ADL301", "ADL103")
    before = server.inside()["passes"]
    changes: list[tuple[str, int]] = []
    folder = (tmp_path / "docs/adr").as_uri()
    for n in range(2, 60):
        old, new = (tmp_path / f"docs/adr/{n:04}-{name}.md" for name in ("old", "new"))
        old.rename(new)
        changes += [(old.as_uri(), DELETED), (new.as_uri(), CREATED)]
    for n in range(3000):
        changes += [(f"{folder}/{n:05}-gone.md", kind) for kind in (CREATED, CHANGED, DELETED)]
    more = TEST.replace("INV-1", "INV-2").replace("test_balances", "test_fast")
    write(tmp_path, {CODE: TEST + more})
    changes += [((tmp_path / CODE).as_uri(), CHANGED)] * (10_000 - len(changes))
    batches = [changes[at : at + 100] for at in range(0, len(changes), 100)]
    server.send(b"".join(events(*batch) for batch in batches))
    assert server.inside()["passes"] <= before + 1  # a question in the storm is not kept waiting
    renamed = (tmp_path / "docs/adr/0059-new.md").as_uri()
    server.until(lambda: server.codes(renamed))
    server.until(lambda: server.codes(uri) == ["ADL103"])
    after = server.inside()
    assert (after["passes"] <= before + 2, after["on loop"]) == (True, 0)
    with client(cwd=tmp_path) as fresh:
        fresh.initialize(tmp_path, diagnostics="workspace")
        fresh.open(tmp_path / ADR)
        fresh.until(lambda: fresh.codes(renamed))
        fresh.until(lambda: fresh.codes(uri) == ["ADL103"])
        assert seen(server, uri) == seen(fresh, uri)


def test_what_is_installed_is_no_concern(server: Client, tmp_path: Path) -> None:
    """Ten thousand files of packages: no pass at all."""
    uri = server.open(tmp_path / ADR)
    server.await_codes(uri, "ADL301", "ADL103")
    before = server.inside()["passes"]
    places = (f"{tmp_path.as_uri()}/node_modules/p{n}/docs/adr/0001-x.md" for n in range(10_000))
    server.send(events(*((place, CREATED) for place in places)))
    write(tmp_path, {"docs/adr/0002-old.md": RECORD + "\n"})
    server.send(events(((tmp_path / "docs/adr/0002-old.md").as_uri(), CHANGED)))
    server.until(lambda: server.inside()["passes"] > before)
    assert server.inside()["passes"] == before + 1
