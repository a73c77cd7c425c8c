"""The server's process: how it starts, listens and ends. Little is imported before `initialize`
is answered; what works on roots is the session's."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from contextlib import suppress
from functools import cached_property, partial
from io import BufferedReader
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.exceptions import FeatureRequestError
from pygls.lsp.server import LanguageServer

from adr_lsp import __version__
from adr_lsp.lsp.abilities import Abilities
from adr_lsp.lsp.documents import Documents
from adr_lsp.lsp.health import Health, told, without_home
from adr_lsp.lsp.options import Options
from adr_lsp.lsp.protocol import AdrProtocol
from adr_lsp.lsp.transport import Outgoing, messages

if TYPE_CHECKING:
    from adr_lsp.lsp.session import Session

log = logging.getLogger(__name__)

PARENT_SECONDS = 2.0
STATUS = "experimental/serverStatus"  # as rust-analyzer named it, and clients know it


class AdrServer(LanguageServer):
    """Documents and options of one client, and how long to live."""

    protocol: AdrProtocol

    def __init__(self) -> None:
        self.documents = Documents()
        self.options = Options()
        self.abilities = Abilities()
        self.pulls = False
        self.health = Health(self._tell_of_health)
        self.exit_code = 1
        self._ended: asyncio.Event | None = None
        super().__init__(
            "adr-lsp",
            __version__,
            text_document_sync_kind=lsp.TextDocumentSyncKind.Incremental,
            protocol_cls=AdrProtocol,
        )

    @cached_property
    def session(self) -> Session:
        """The work on the client's roots; brings in all that the features need."""
        from adr_lsp.lsp.session import Session

        return Session(self)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Faults go to the log, never into the user's face; those of requests went there with
        their answers."""
        if source is not FeatureRequestError:
            trace = "".join((getattr(error, "data", None) or {}).get("traceback", ()))
            said = without_home(f"{error}\n{trace}")
            log.error("%s: %s", getattr(source, "__name__", source), said)

    def _tell_of_health(self, message: str) -> None:
        """Once for each feature that goes off: in the log, and where the client shows health."""
        log.error(message)
        self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Warning, message))
        if self.abilities.shows_health:
            state = {"health": "warning", "quiescent": True, "message": message}
            self.protocol.notify(STATUS, state)

    def serve(self) -> int:
        """Serve on standard input and output until told to end; the process ends here."""
        logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
        logging.getLogger("pygls").setLevel(logging.CRITICAL)
        with suppress(KeyboardInterrupt):
            asyncio.run(self._serve())
        return self.exit_code

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        self._ended = ended = asyncio.Event()
        lost = partial(loop.call_soon_threadsafe, self._end)
        outgoing = Outgoing(sys.stdout.buffer, lost)
        self.protocol.set_writer(outgoing)
        with suppress(NotImplementedError):
            loop.add_signal_handler(signal.SIGTERM, self.stop, 1)
        threading.Thread(target=self._listen, args=(loop,), daemon=True).start()
        watcher = loop.create_task(self._watch_parent())
        await ended.wait()
        watcher.cancel()
        if "session" in self.__dict__:
            await self.session.end()
        outgoing.close()
        os._exit(self.exit_code)  # not to wait for threads that read files

    def _listen(self, loop: asyncio.AbstractEventLoop) -> None:
        stream = sys.stdin.buffer
        assert isinstance(stream, BufferedReader)
        for message in messages(stream):
            loop.call_soon_threadsafe(self._receive, message)
        loop.call_soon_threadsafe(self._end)

    def _receive(self, message: Any) -> None:
        try:
            self.protocol.receive(message)
        except Exception as fault:
            log.error("a message could not be handled\n%s", told(fault))

    def stop(self, code: int) -> None:
        self.exit_code = code
        self._end()

    def _end(self) -> None:
        if self._ended:
            self._ended.set()

    async def _watch_parent(self) -> None:
        """A client that died without closing the pipe leaves no server behind."""
        while True:
            await asyncio.sleep(PARENT_SECONDS)
            if self.process_id is not None and not _lives(self.process_id):
                self.stop(1)


def _lives(process: int) -> bool:
    if os.name == "nt" or process <= 0:  # there, to ask would be to interrupt
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
