"""The lenses that the client was given. It asks for them anew only where they would be others: an
editor that draws them again loses a click on one that it draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from adr_lsp.features.code_lens import code_lenses

if TYPE_CHECKING:
    from adr_lsp.lsp.session import Session


class Lenses:
    """By document, what was answered last."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._given: dict[str, Any] = {}

    async def answer(self, params: lsp.CodeLensParams) -> Any:
        uri = params.text_document.uri
        self._given.pop(uri, None)
        given = [] if self._quiet else await self.session.answer(code_lenses, params)
        self._given[uri] = given
        return given

    def differ(self) -> bool:
        """Whether a document that is open would be given others now."""
        gone = self._given.keys() - set(self.session.documents.uris())
        for uri in gone:
            del self._given[uri]
        return any(self._now(uri) != given for uri, given in self._given.items())

    def _now(self, uri: str) -> Any:
        place = self.session.place(uri)
        if place is None or place.root.busy:
            return None
        if self._quiet:
            return []
        snapshot = place.root.workspace.snapshot()
        converter = self.session.converter(place.root, place.path, snapshot)
        return converter.convert(code_lenses(snapshot, place.path))

    @property
    def _quiet(self) -> bool:
        return self.session.server.options.display == "quiet"
