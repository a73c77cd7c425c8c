"""Tells the client of findings: pushed, or for it to pull where it can be told to; never both."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.diagnostics import diagnostics, for_document
from adr_lsp.lsp.roots import Root
from adr_lsp.snapshot import Snapshot
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from adr_lsp.lsp.session import Session

log = logging.getLogger(__name__)

TESTS_CHANGED = "adr-lsp/testsChanged"


@dataclass(frozen=True, slots=True)
class Told:
    """What the client last heard of one document, and in which version of it."""

    root: Root
    version: int | None
    items: list[lsp.Diagnostic]


class Publisher:
    """What was told where, so that nothing is told twice and what is gone is taken back."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._told: dict[str, Told] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def soon(self, uri: str) -> None:
        """Findings of a document that just changed: at once, unless its root is being read."""
        place = self.session.places.get(uri)
        if self.session.server.pulls:
            self._take_back(uri)  # what was pushed before it was opened
        elif place and not place.root.busy:
            snapshot = place.root.workspace.snapshot()
            found = for_document(snapshot, place.path)
            self._push(place.root, snapshot, {place.path}, found)

    def everything(self) -> None:
        """Findings of all open documents (or all files), and all that is shown beside them."""
        self._push_all()
        self._ask_again()
        self._tell_of_tests()

    def elsewhere(self) -> None:
        """What an edit changed in other documents; of its own the client asks anew."""
        self._push_all()
        if len(self.session.places) > 1:
            self._ask_again()
        self._tell_of_tests()

    def closed(self, uri: str) -> None:
        """A closed document shows nothing, unless all files do."""
        if self.session.server.options.diagnostics == "open":
            self._take_back(uri)

    def _push_all(self) -> None:
        server = self.session.server
        pulls_all = server.pulls and server.options.diagnostics == "open"
        roots = [] if pulls_all else self.session.roots.all()
        for root in roots:
            if not root.busy:
                self._push_root(root)
        for uri in [uri for uri, told in self._told.items() if told.root not in roots]:
            self._take_back(uri)

    def _push_root(self, root: Root) -> None:
        snapshot = root.workspace.snapshot()
        opened = {place.path for place in self.session.places.values() if place.root is root}
        if self.session.server.options.diagnostics == "workspace":
            task = asyncio.get_running_loop().create_task(self._push_files(root, snapshot, opened))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        else:
            self._push(root, snapshot, opened, diagnostics(snapshot, opened), whole=True)

    async def _push_files(self, root: Root, snapshot: Snapshot, opened: Collection[str]) -> None:
        """All files take long: they are looked at in a thread."""
        found = await asyncio.to_thread(diagnostics, snapshot)
        if not root.busy and root.workspace.snapshot() is snapshot:
            pulled = set(opened) if self.session.server.pulls else set()
            told = [finding for finding in found if finding.path not in pulled]
            paths = {*opened, *(finding.path for finding in told)} - pulled
            self._push(root, snapshot, paths, told, whole=True)

    def _push(
        self,
        root: Root,
        snapshot: Snapshot,
        paths: Collection[str],
        found: Iterable[Diagnostic],
        *,
        whole: bool = False,
    ) -> None:
        """Tell what was found in some files of a root; `whole`: it has findings in no other."""
        converter = self.session.converter(root, "", snapshot)
        items: dict[str, list[lsp.Diagnostic]] = {converter.uri(path): [] for path in sorted(paths)}
        for finding in found:
            items[converter.uri(finding.path)].append(converter.convert(finding))
        for uri, about in items.items():
            self._tell(root, uri, about)
        if whole:
            mine = [uri for uri, told in self._told.items() if told.root is root]
            for uri in set(mine) - items.keys():
                self._take_back(uri)

    def _tell(self, root: Root, uri: str, items: list[lsp.Diagnostic]) -> None:
        document = self.session.documents.get(uri)
        now = Told(root, document.version if document else None, items)
        if self._told.get(uri) != now:
            self._told[uri] = now
            params = lsp.PublishDiagnosticsParams(uri, items, version=now.version)
            self.session.server.text_document_publish_diagnostics(params)

    def _take_back(self, uri: str) -> None:
        told = self._told.pop(uri, None)
        if told and told.items:
            empty = lsp.PublishDiagnosticsParams(uri, [])
            self.session.server.text_document_publish_diagnostics(empty)

    def _tell_of_tests(self) -> None:
        """A client with a view of tests asks anew for them."""
        if self.session.shows_tests:
            self.session.server.protocol.notify(TESTS_CHANGED)

    def _ask_again(self) -> None:
        """The client asks anew for what it shows, as far as it can be told to."""
        server = self.session.server
        lenses = server.abilities.asks_lenses and self.session.lenses.differ()
        for can, method in (
            (server.pulls, lsp.WORKSPACE_DIAGNOSTIC_REFRESH),
            (server.abilities.asks_hints, lsp.WORKSPACE_INLAY_HINT_REFRESH),
            (lenses, lsp.WORKSPACE_CODE_LENS_REFRESH),
        ):
            if can:
                server.protocol.urge(method)
