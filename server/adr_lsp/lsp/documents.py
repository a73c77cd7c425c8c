"""The open documents, as the client last described them.

pygls splits lines where Python does (form feeds, NEL, U+2028); LSP has only LF, CRLF and CR, so
the text is kept here.
"""

from __future__ import annotations

import logging
from contextvars import ContextVar

from lsprotocol import types as lsp

from adr_lsp.lsp.positions import Encoding, range_from_client
from adr_lsp.text import Text, without_surrogates
from adr_lsp.value import dataclass

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Document:
    version: int
    text: Text
    language: str


def uri_of(params: object) -> str | None:
    """What a request is about: a document, or what was shown before."""
    about = getattr(params, "text_document", None) or getattr(params, "item", None)
    if about is None and isinstance(params, lsp.CodeAction) and isinstance(params.data, dict):
        return str(params.data.get("uri"))
    return about.uri if about else None


ASKED: ContextVar[Document | None] = ContextVar("ASKED", default=None)
"""The document that a request is about, as it was when the request came."""


class Documents:
    """Documents by URI. `revision` is another one after each change of any of them."""

    def __init__(self) -> None:
        self.encoding: Encoding = lsp.PositionEncodingKind.Utf16
        self.revision = 0
        self._open: dict[str, Document] = {}

    def get(self, uri: str) -> Document | None:
        return self._open.get(uri)

    def asked(self, params: object) -> None:
        """Note which text a request is about, before another comes in."""
        ASKED.set(self.get(uri_of(params) or ""))

    def uris(self) -> list[str]:
        return list(self._open)

    def open(self, item: lsp.TextDocumentItem) -> None:
        text = Text(without_surrogates(item.text))
        self._open[item.uri] = Document(item.version, text, item.language_id)
        self.revision += 1

    def close(self, uri: str) -> bool:
        self.revision += 1
        return self._open.pop(uri, None) is not None

    def change(
        self,
        identifier: lsp.VersionedTextDocumentIdentifier,
        changes: list[lsp.TextDocumentContentChangeEvent],
    ) -> bool:
        """False where the change is not for what we hold: unknown, or older than it."""
        document = self._open.get(identifier.uri)
        if document is None or identifier.version < document.version:
            log.warning("ignored a change of %s: not open, or older", identifier.uri)
            return False
        text = document.text
        for change in changes:
            text = self._changed(text, change)
        self._open[identifier.uri] = Document(identifier.version, text, document.language)
        self.revision += 1
        return True

    def _changed(self, text: Text, change: lsp.TextDocumentContentChangeEvent) -> Text:
        new = without_surrogates(change.text)
        if isinstance(change, lsp.TextDocumentContentChangeWholeDocument):
            return Text(new)
        range = range_from_client(text, change.range, self.encoding)
        start, end = sorted((text.offset(range.start), text.offset(range.end)))
        return Text(text.content[:start] + new + text.content[end:])
