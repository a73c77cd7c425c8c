"""Tells the client of findings: pushed, or for it to pull where it can be told to; never both."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from adr_lsp.features.diagnostics import diagnostics, for_document
from adr_lsp.snapshot import Snapshot

if TYPE_CHECKING:
    from adr_lsp.lsp.roots import Root
    from adr_lsp.lsp.server import AdrServer

log = logging.getLogger(__name__)


class Publisher:
    """What was last published where, so that findings that are gone are taken back."""

    def __init__(self, server: AdrServer) -> None:
        self.server = server
        self.pulls = False
        self._published: dict[str, list[lsp.Diagnostic]] = {}

    def soon(self, uri: str) -> None:
        """Findings of a document that just changed: at once, unless its root is being read."""
        place = self.server.locate(uri)
        if place and not self.pulls and not place[0].busy:
            root, path = place
            self._push(root, path, root.workspace.snapshot())

    def everything(self) -> None:
        """Findings of all open documents (or all files), and all that is shown beside them."""
        if not self.pulls:
            for root in self.server.roots.all():
                if not root.busy:
                    self._push_root(root)
        self._ask_again()

    def closed(self, uri: str) -> None:
        if self._published.pop(uri, None):
            empty = lsp.PublishDiagnosticsParams(uri, [])
            self.server.text_document_publish_diagnostics(empty)

    def _push_root(self, root: Root) -> None:
        snapshot = root.workspace.snapshot()
        for uri in self.server.documents.uris():
            place = self.server.locate(uri)
            if place and place[0] is root:
                self._push(root, place[1], snapshot)
        if self.server.options.diagnostics == "workspace":
            self._push_files(root, snapshot)

    def _push_files(self, root: Root, snapshot: Snapshot) -> None:
        by_path = {finding.path for finding in diagnostics(snapshot)}
        known = {uri for uri in self._published if self._below(root, uri)}
        for path in by_path:
            self._push(root, path, snapshot)
        gone = known - {(root.folder / path).as_uri() for path in by_path}
        for uri in gone - set(self.server.documents.uris()):
            self.closed(uri)

    def _below(self, root: Root, uri: str) -> bool:
        place = self.server.locate(uri)
        return place is not None and place[0] is root

    def _push(self, root: Root, path: str, snapshot: Snapshot) -> None:
        converter = self.server.converter(root, path, snapshot)
        uri = converter.uri(path)
        items = [converter.convert(finding) for finding in for_document(snapshot, path)]
        document = self.server.documents.get(uri)
        version = document.version if document else None
        if items == self._published.get(uri) and not document:
            return
        self._published[uri] = items
        params = lsp.PublishDiagnosticsParams(uri, items, version=version)
        self.server.text_document_publish_diagnostics(params)

    def _ask_again(self) -> None:
        """The client asks anew for what it shows, as far as it can be told to."""
        workspace = self.server.client_capabilities.workspace
        if workspace is None:
            return
        for can, ask in (
            (self.pulls and workspace.diagnostics, self.server.workspace_diagnostic_refresh),
            (workspace.inlay_hint, self.server.workspace_inlay_hint_refresh),
            (workspace.code_lens, self.server.workspace_code_lens_refresh),
        ):
            if can and can.refresh_support:
                ask(None)
