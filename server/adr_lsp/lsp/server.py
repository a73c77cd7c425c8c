"""The server's state and its one way to answer a request."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.io_ import StdoutWriter
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from adr_lsp import __version__
from adr_lsp.lsp.convert import Converter
from adr_lsp.lsp.documents import Documents
from adr_lsp.lsp.options import Options
from adr_lsp.lsp.positions import position_from_client, range_from_client
from adr_lsp.lsp.protocol import AdrProtocol
from adr_lsp.lsp.publish import Publisher
from adr_lsp.lsp.roots import Root, Roots
from adr_lsp.lsp.transport import frames
from adr_lsp.snapshot import Snapshot

log = logging.getLogger(__name__)

PARENT_SECONDS = 2.0
EVIDENCE_SECONDS = 1.0
QUIET_SECONDS = 0.15
EVENTS_SECONDS = 0.25


class AdrServer(LanguageServer):
    """Documents, roots and options of one client."""

    protocol: AdrProtocol

    def __init__(self) -> None:
        self.documents = Documents()
        self.roots = Roots()
        self.options = Options()
        self.folders: list[Path] = []
        self.exit_code = 1
        self._ended: asyncio.Event | None = None
        self._quiet: asyncio.TimerHandle | None = None
        self._events: asyncio.TimerHandle | None = None
        super().__init__(
            "adr-lsp",
            __version__,
            text_document_sync_kind=lsp.TextDocumentSyncKind.Incremental,
            protocol_cls=AdrProtocol,
        )
        self.publisher = Publisher(self)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Faults go to the log, never into the user's face."""
        log.error("%s: %s", getattr(source, "__name__", source), error)

    # Life

    def serve(self) -> int:
        logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
        logging.getLogger("pygls").setLevel(logging.ERROR)
        with suppress(KeyboardInterrupt, BrokenPipeError):
            asyncio.run(self._serve())
        sys.stdout = None
        os._exit(self.exit_code)

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        self._ended = asyncio.Event()
        self.protocol.set_writer(StdoutWriter(sys.stdout.buffer))
        stream = sys.stdin.buffer

        def read() -> None:
            for body in frames(stream):
                loop.call_soon_threadsafe(self._receive, body)
            loop.call_soon_threadsafe(self._ended.set)  # type: ignore[union-attr]

        threading.Thread(target=read, daemon=True).start()
        watchers = [loop.create_task(self._watch_parent()), loop.create_task(self._watch_runs())]
        await self._ended.wait()
        for watcher in watchers:
            watcher.cancel()

    def _receive(self, body: bytes) -> None:
        try:
            self.protocol.receive(body)
        except Exception:
            log.exception("a message could not be handled")

    def stop(self, code: int) -> None:
        self.exit_code = code
        if self._ended:
            self._ended.set()

    async def _watch_parent(self) -> None:
        """A client that died without closing the pipe leaves no server behind."""
        while True:
            await asyncio.sleep(PARENT_SECONDS)
            if self.process_id is not None and not _lives(self.process_id):
                self.stop(1)

    async def _watch_runs(self) -> None:
        """Evidence is looked at each second, since not every client can watch files."""
        while True:
            await asyncio.sleep(EVIDENCE_SECONDS)
            for root in self.roots.all():
                if root.evidence_changed():
                    root.refresh(self.refreshed)

    # Documents

    def locate(self, uri: str) -> tuple[Root, str] | None:
        """The root and the path of a document; None where it is no file of a root."""
        path = to_fs_path(uri) if uri.startswith("file:") else None
        return self.roots.of_file(Path(path)) if path else None

    def document_changed(self, uri: str) -> None:
        place, document = self.locate(uri), self.documents.get(uri)
        if place is None or document is None:
            return
        root, path = place
        root.ensure_read(self.refreshed)
        root.edit(path, document.text.content)
        if self.options.run == "onType" or document.version <= 1:
            self.publisher.soon(uri)
            self.after_quiet()

    def document_closed(self, uri: str) -> None:
        place = self.locate(uri)
        if place:
            place[0].edit(place[1], None)
            self.publisher.closed(uri)
            self.after_quiet()

    def folders_changed(self, event: lsp.WorkspaceFoldersChangeEvent) -> None:
        for folder in event.removed:
            if path := to_fs_path(folder.uri):
                self.folders = [f for f in self.folders if f != Path(path)]
                self.roots.forget(Path(path))
        self.open_folders([folder.uri for folder in event.added])

    def open_folders(self, uris: list[str]) -> None:
        for uri in uris:
            path = to_fs_path(uri) if uri.startswith("file:") else None
            if path:
                self.folders.append(Path(path))
                self.roots.of_folder(Path(path)).ensure_read(self.refreshed)

    # Refreshing

    def after_quiet(self) -> None:
        """What an edit changes elsewhere is told when typing pauses."""
        if self._quiet:
            self._quiet.cancel()
        loop = asyncio.get_running_loop()
        self._quiet = loop.call_later(QUIET_SECONDS, self.publisher.everything)

    def files_changed(self) -> None:
        """Many events, one look at the disk."""
        if self._events:
            self._events.cancel()
        loop = asyncio.get_running_loop()
        self._events = loop.call_later(EVENTS_SECONDS, self._look)

    def _look(self) -> None:
        self.roots.reconsider()
        for root in self.roots.all():
            root.refresh(self.refreshed)

    def refreshed(self) -> None:
        self.publisher.everything()

    # Requests

    async def answer(self, feature: Callable[..., Any], params: Any, **more: Any) -> Any:
        """One feature's answer about one document, from one snapshot, in the client's units.

        Dear features run in a thread. A document that changes meanwhile makes the answer void.
        """
        uri = params.text_document.uri
        place = self.locate(uri)
        if place is None:
            return None
        root, path = place
        root.ensure_read(self.refreshed)
        snapshot = await root.snapshot()
        document = self.documents.get(uri)
        converter = self.converter(root, path, snapshot)
        arguments = (snapshot, path, *self._place(converter, params))
        if getattr(feature, "__name__", "") in DEAR:
            value = await asyncio.to_thread(feature, *arguments, **more)
        else:
            value = feature(*arguments, **more)
        if self.documents.get(uri) is not document:
            raise ContentModified()
        return converter.convert(value)

    def converter(self, root: Root, path: str, snapshot: Snapshot) -> Converter:
        return Converter(root.folder, path, snapshot, self.documents, self._creates())

    def _place(self, converter: Converter, params: Any) -> list[Any]:
        text, encoding = converter.text(converter.path), self.documents.encoding
        if isinstance(getattr(params, "position", None), lsp.Position):
            return [position_from_client(text, params.position, encoding)]
        if isinstance(getattr(params, "range", None), lsp.Range):
            return [range_from_client(text, params.range, encoding)]
        return []

    def _creates(self) -> bool:
        edit = self.client_capabilities.workspace and (
            self.client_capabilities.workspace.workspace_edit
        )
        operations = (edit and edit.resource_operations) or []
        can = edit and edit.document_changes and lsp.ResourceOperationKind.Create in operations
        return bool(can)

    async def execute(self, name: str, arguments: list[Any]) -> Any:
        command = self.protocol.fm.commands.get(name)
        if command is None or not all(isinstance(argument, str) for argument in arguments):
            raise InvalidCommand(f"no command {name!r} with these arguments")
        return await command(*arguments)


DEAR = {"code_actions", "references"}


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


class ContentModified(JsonRpcException):
    """The document changed while its question was being answered."""

    CODE = int(lsp.LSPErrorCodes.ContentModified)
    MESSAGE = "the document changed"


class InvalidCommand(JsonRpcException):
    CODE = int(lsp.ErrorCodes.InvalidParams)


class Refused(JsonRpcException):
    """What was asked for cannot be done; the message says why."""

    CODE = int(lsp.LSPErrorCodes.RequestFailed)
