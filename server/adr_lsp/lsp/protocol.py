"""JSON-RPC as the specification has it, where pygls differs.

Every request is answered, also one with invalid parameters; nothing is shown to the user that
they did not ask for; no traceback leaves the process; `exit` has the specified code.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.language_server import lsp_method

from adr_lsp.lsp.positions import choose

if TYPE_CHECKING:
    from adr_lsp.lsp.server import AdrServer

log = logging.getLogger(__name__)


class AdrProtocol(LanguageServerProtocol):
    """Turns bodies into handled messages."""

    _server: AdrServer
    initialized = False

    def receive(self, body: bytes) -> None:
        """Handle one message; whatever it holds, the server goes on."""
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            self._refuse(None, lsp.ErrorCodes.ParseError, "the message is not JSON")
            return
        if not isinstance(data, dict) or data.get("jsonrpc") != "2.0":
            id = data.get("id") if isinstance(data, dict) else None
            self._refuse(id, lsp.ErrorCodes.InvalidRequest, "not a JSON-RPC 2.0 message")
            return
        if not self._untimely(data):
            self._handle(data)

    def _untimely(self, data: dict[str, Any]) -> bool:
        """Whether a message comes before `initialize` or after `shutdown`; requests are told so."""
        method = data.get("method")
        if method is None or method == lsp.EXIT:
            return False
        if not self.initialized and method != lsp.INITIALIZE:
            code, why = lsp.ErrorCodes.ServerNotInitialized, "the server is not initialized"
        elif self._shutdown:
            code, why = lsp.ErrorCodes.InvalidRequest, "the server is shut down"
        else:
            return False
        if "id" in data:
            self._refuse(data["id"], code, why)
        return True

    def _handle(self, data: dict[str, Any]) -> None:
        try:
            message = self.structure_message(data)
        except (JsonRpcException, RecursionError):
            log.warning("unreadable parameters of %s", data.get("method"))
            if "id" in data and "method" in data:
                self._refuse(data["id"], lsp.ErrorCodes.InvalidParams, "invalid parameters")
            return
        if hasattr(message, "jsonrpc"):
            self.handle_message(message)

    def _refuse(self, id: Any, code: int, message: str) -> None:
        known = id if isinstance(id, int | str) and not isinstance(id, bool) else None
        error = {"code": int(code), "message": message}
        self._send_data({"jsonrpc": "2.0", "id": known, "error": error})

    def _send_response(
        self, msg_id: Any, result: Any = None, error: lsp.ResponseError | None = None
    ) -> None:
        """A traceback stays in the log; the client gets the fault in one line."""
        if error is not None and error.data is not None:
            error = lsp.ResponseError(code=error.code, message=error.message)
        super()._send_response(msg_id, result, error)

    @lsp_method(lsp.INITIALIZE)
    def lsp_initialize(
        self, params: lsp.InitializeParams
    ) -> Generator[Any, Any, lsp.InitializeResult]:
        self.initialized = True
        encoding = choose(params.capabilities)
        self._server.documents.encoding = encoding
        result = yield from super().lsp_initialize(params)
        result.capabilities.position_encoding = encoding
        return result

    @lsp_method(lsp.EXIT)
    def lsp_exit(self, *_: Any) -> None:  # type: ignore[override]
        self._server.stop(0 if self._shutdown else 1)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: lsp.DidOpenTextDocumentParams) -> None:
        self._server.documents.open(params.text_document)
        self._server.document_changed(params.text_document.uri)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: lsp.DidChangeTextDocumentParams) -> None:
        if self._server.documents.change(params.text_document, list(params.content_changes)):
            self._server.document_changed(params.text_document.uri)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: lsp.DidCloseTextDocumentParams) -> None:
        if self._server.documents.close(params.text_document.uri):
            self._server.document_closed(params.text_document.uri)

    @lsp_method(lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def lsp_workspace__did_change_workspace_folders(
        self, params: lsp.DidChangeWorkspaceFoldersParams
    ) -> None:
        self._server.folders_changed(params.event)

    @lsp_method(lsp.WORKSPACE_EXECUTE_COMMAND)
    async def lsp_workspace__execute_command(self, params: lsp.ExecuteCommandParams) -> Any:  # type: ignore[override]
        """A task of its own, so that cancelling the request cancels the command."""
        return await self._server.execute(params.command, list(params.arguments or []))
