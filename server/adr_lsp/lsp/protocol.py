"""JSON-RPC as the specification has it, where pygls differs.

Every request is answered once, also one with invalid parameters; nothing is shown to the user that
they did not ask for; no traceback leaves the process; `exit` has the specified code.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Generator
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.language_server import lsp_method

from adr_lsp.lsp.health import without_home
from adr_lsp.lsp.positions import choose
from adr_lsp.lsp.transport import NotJson

if TYPE_CHECKING:
    from adr_lsp.lsp.server import AdrServer

log = logging.getLogger(__name__)
NOTIFICATIONS = frozenset(
    method for method, (kind, *_) in lsp.METHOD_TO_TYPES.items() if not hasattr(kind, "id")
)

METHOD: ContextVar[str] = ContextVar("METHOD", default="")
"""What is being answered."""
CHOSEN = (lsp.TEXT_DOCUMENT_RENAME, lsp.TEXT_DOCUMENT_PREPARE_RENAME)
NOTHING: dict[str, Any] = {lsp.TEXT_DOCUMENT_DIAGNOSTIC: {"kind": "full", "items": []}}
"""The answers that say nothing, where that is not null."""


class AdrProtocol(LanguageServerProtocol):
    """Turns what was read into handled messages."""

    _server: AdrServer
    initialized = False

    def receive(self, data: Any) -> None:
        """Handle one message; whatever it holds, the server goes on."""
        if isinstance(data, NotJson):
            self._refuse(None, lsp.ErrorCodes.ParseError, "the message is not JSON")
        elif not _is_message(data):
            id = data.get("id") if isinstance(data, dict) else None
            self._refuse(id, lsp.ErrorCodes.InvalidRequest, "not a JSON-RPC 2.0 message")
        elif "method" not in data:
            self._answered(data)
        elif "id" in data:
            self._asked(data)
        elif data["method"] == lsp.EXIT or (self.initialized and not self._shutdown):
            self._told(data)

    def _asked(self, data: dict[str, Any]) -> None:
        fault = self._untimely(data["method"]) or self._unknown(data["method"])
        if fault:
            self._refuse(data["id"], *fault)
            return
        message = self._structured(data)
        if message is None:
            self._refuse(data["id"], lsp.ErrorCodes.InvalidParams, "invalid parameters")
        elif _is_unasked(data["method"]) and self._server.health.is_off(data["method"]):
            self._send_response(data["id"], NOTHING.get(data["method"]))
        else:
            self._server.documents.asked(message.params)
            self.handle_message(message)

    def _untimely(self, method: str) -> tuple[int, str] | None:
        """Why a request cannot be answered at this time."""
        if self._shutdown:
            return lsp.ErrorCodes.InvalidRequest, "the server is shut down"
        if self.initialized and method == lsp.INITIALIZE:
            return lsp.ErrorCodes.InvalidRequest, "the server is initialized already"
        if not self.initialized and method != lsp.INITIALIZE:
            return lsp.ErrorCodes.ServerNotInitialized, "the server is not initialized"
        return None

    def _unknown(self, method: str) -> tuple[int, str] | None:
        if method in NOTIFICATIONS:
            return lsp.ErrorCodes.InvalidRequest, f"{method} is a notification"
        if method in self.fm.builtin_features or method in self.fm.features:
            return None
        return lsp.ErrorCodes.MethodNotFound, f"no method {method}"

    def _told(self, data: dict[str, Any]) -> None:
        message = self._structured(data)
        if message is not None:
            self.handle_message(message)

    def _answered(self, data: dict[str, Any]) -> None:
        """The client's answer to a request of ours; anything else answers nothing."""
        if not isinstance(data["id"], str) or data["id"] not in self._result_types:
            return
        kind = self._result_types[data["id"]]
        message = self._structured(data)
        self._result_types.pop(data["id"], None)
        future = self._request_futures.get(data["id"])
        if future is None or future.done():
            self._request_futures.pop(data["id"], None)
        elif message is None:
            del self._request_futures[data["id"]]
            future.set_exception(JsonRpcException(f"the client's answer is no {kind}", -32603))
        else:
            self.handle_message(message)

    def _handle_request(self, msg_id: Any, method_name: str, params: Any) -> None:
        METHOD.set(method_name)
        super()._handle_request(msg_id, method_name, params)

    def urge(self, method: str) -> None:
        """A request whose answer tells nothing, and for which nothing waits, answered or not."""
        self._send_data({"jsonrpc": "2.0", "id": str(uuid.uuid4()), "method": method})

    def _execute_handler(
        self, msg_id: Any, handler: Any, callback: Any, args: Any = None, kwargs: Any = None
    ) -> None:
        """What is done is no longer kept, be it a request or a notification."""

        def ended(future: Any) -> None:
            if self._request_futures.get(msg_id) is future:
                del self._request_futures[msg_id]
            callback(future)

        super()._execute_handler(msg_id, handler, ended, args, kwargs)

    def _structured(self, data: dict[str, Any]) -> Any:
        """The message as a value; None if it does not have the shape that its method asks for."""
        try:
            return self.structure_message(data)
        except (JsonRpcException, RecursionError):
            log.warning("unreadable message %s", data.get("method", "(an answer)"))
            return None

    def _refuse(self, id: Any, code: int, message: str) -> None:
        error = {"code": int(code), "message": message}
        self._send_data({"jsonrpc": "2.0", "id": id if _is_id(id) else None, "error": error})

    def _send_response(
        self, msg_id: Any, result: Any = None, error: lsp.ResponseError | None = None
    ) -> None:
        """What a fault was stays in the log; the client is told that there was one."""
        if error is not None and isinstance(error.data, dict):
            method = METHOD.get()
            trace = "".join(error.data.get("traceback", ()))
            log.error("%s: %s\n%s", method, without_home(error.message), without_home(trace))
            self._server.health.failed(method)
            message = f"{method} failed; the server's log tells why"
            error = lsp.ResponseError(code=error.code, message=message)
        super()._send_response(msg_id, result, error)

    @lsp_method(lsp.INITIALIZE)
    def lsp_initialize(
        self, params: lsp.InitializeParams
    ) -> Generator[Any, Any, lsp.InitializeResult]:
        encoding = choose(params.capabilities)
        self._server.documents.encoding = encoding
        result = yield from super().lsp_initialize(params)
        result.capabilities.position_encoding = encoding
        self.initialized = True
        return result

    @lsp_method(lsp.SHUTDOWN)
    def lsp_shutdown(self, *_: Any) -> None:  # type: ignore[override]
        """Ends what goes on; the messages that say so are the last."""
        self._shutdown = True
        for future in list(self._request_futures.values()):
            future.cancel()

    @lsp_method(lsp.EXIT)
    def lsp_exit(self, *_: Any) -> None:  # type: ignore[override]
        self._server.stop(0 if self._shutdown else 1)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: lsp.DidOpenTextDocumentParams) -> None:
        self._server.documents.open(params.text_document)
        self._server.session.document_opened(params.text_document.uri)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: lsp.DidChangeTextDocumentParams) -> None:
        if self._server.documents.change(params.text_document, list(params.content_changes)):
            self._server.session.document_changed(params.text_document.uri)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: lsp.DidCloseTextDocumentParams) -> None:
        if self._server.documents.close(params.text_document.uri):
            self._server.session.document_closed(params.text_document.uri)

    @lsp_method(lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def lsp_workspace__did_change_workspace_folders(
        self, params: lsp.DidChangeWorkspaceFoldersParams
    ) -> None:
        added, removed = params.event.added, params.event.removed
        uris = [folder.uri for folder in added], [folder.uri for folder in removed]
        self._server.session.folders_changed(*uris)

    @lsp_method(lsp.WORKSPACE_EXECUTE_COMMAND)
    async def lsp_workspace__execute_command(self, params: lsp.ExecuteCommandParams) -> Any:  # type: ignore[override]
        """A task of its own, so that cancelling the request cancels the command."""
        return await self._server.session.execute(params.command, list(params.arguments or []))


def _is_unasked(method: str) -> bool:
    """Whether editors ask it on their own, as the user types or looks around."""
    return method.startswith("textDocument/") and method not in CHOSEN


def _is_message(data: Any) -> bool:
    if not isinstance(data, dict) or data.get("jsonrpc") != "2.0":
        return False
    if "id" in data and not _is_id(data["id"]):
        return "method" not in data  # an answer to nothing that we asked
    return isinstance(data["method"], str) if "method" in data else "id" in data


def _is_id(id: Any) -> bool:
    return isinstance(id, int | str) and not isinstance(id, bool)
