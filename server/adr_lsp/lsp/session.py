"""What the server does for one client: documents in their roots, and one way to answer."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from adr_lsp.config.ignored import NEVER
from adr_lsp.lsp.commands import COMMANDS, Work
from adr_lsp.lsp.convert import Converter, together
from adr_lsp.lsp.documents import ASKED, Document, uri_of
from adr_lsp.lsp.fault import ContentModified, InvalidCommand
from adr_lsp.lsp.health import told
from adr_lsp.lsp.lenses import Lenses
from adr_lsp.lsp.positions import position_from_client, range_from_client
from adr_lsp.lsp.publish import Publisher
from adr_lsp.lsp.roots import Place, Root, Roots
from adr_lsp.lsp.uris import path_of
from adr_lsp.snapshot import Snapshot
from adr_lsp.workspace.store import FOLDER

if TYPE_CHECKING:
    from adr_lsp.lsp.server import AdrServer

log = logging.getLogger(__name__)

EVIDENCE_SECONDS = 1.0
QUIET_SECONDS = 0.15
EVENTS_SECONDS = 0.25
STORM_SECONDS = 2.0
LOOKING = "looking at evidence"
DEAR = {"chosen", "code_actions", "implementation", "references", "rename"}
MOST_ANEW = 5


class Session:
    """Roots, where the open documents belong in them, and what the client was told."""

    def __init__(self, server: AdrServer) -> None:
        self.server = server
        self.documents = server.documents
        self.roots = Roots(self.refreshed, server.health)
        self.places: dict[str, Place] = {}
        self.publisher = Publisher(self)
        self.lenses = Lenses(self)
        self.works: set[Work] = set()
        self.shows_tests = False
        self._quiet: asyncio.TimerHandle | None = None
        self._events: asyncio.TimerHandle | None = None
        self._last_event = 0.0
        self._watcher = asyncio.get_running_loop().create_task(self._watch_runs())

    async def end(self) -> None:
        """Leave no tool behind that was started here."""
        self._watcher.cancel()
        for work in self.works:
            work.stop.set()
        if self.works:
            await asyncio.wait([work.done for work in self.works])

    async def _watch_runs(self) -> None:
        """Evidence is looked at each second, since not every client can watch files."""
        while not self.server.health.is_off(LOOKING):
            await asyncio.sleep(EVIDENCE_SECONDS)
            for root in self.roots.all():
                try:
                    await root.look_at_evidence()
                except Exception as fault:
                    log.error("%s\n%s", LOOKING, told(fault))
                    self.server.health.failed(LOOKING)

    # Documents and folders

    def place(self, uri: str) -> Place | None:
        """Where a document belongs; None where it is no file of a root."""
        if uri in self.places:
            return self.places[uri]
        path = path_of(uri)
        return self.roots.place(path) if path else None

    def document_opened(self, uri: str) -> None:
        self._settle(uri)
        self.document_changed(uri, told=True)

    def document_changed(self, uri: str, *, told: bool = False) -> None:
        """`told`: whether to say what is found also where findings wait for the document's save."""
        place, document = self.places.get(uri), self.documents.get(uri)
        if place and document:
            place.root.edit(place.path, document.text.content)
            if told or self.server.options.run == "onType":
                self.publisher.soon(uri)
                self.after_quiet()

    def document_closed(self, uri: str) -> None:
        place = self.places.pop(uri, None)
        if place:
            place.root.edit(place.path, self._still_open(place))
            self.publisher.closed(uri)

    def _still_open(self, place: Place) -> str | None:
        """The text of a file that is open under another name, too: a link leads to it."""
        others = (self.documents.get(uri) for uri, other in self.places.items() if other == place)
        return next((document.text.content for document in others if document), None)

    def folders_changed(self, added: list[str], removed: list[str]) -> None:
        for change, uris in ((self.roots.remove_folder, removed), (self.roots.add_folder, added)):
            for path in filter(None, map(path_of, uris)):
                change(path)
        self.settle()
        self.publisher.everything()

    def settle(self) -> None:
        """Every open document in the root that it belongs to now; other roots are dropped."""
        for uri in self.documents.uris():
            self._settle(uri)
        folders = self.roots.of_folders()
        self.roots.keep([*folders, *(place.root for place in self.places.values())])
        for root in folders:
            root.ensure_read()

    def _settle(self, uri: str) -> None:
        before, document = self.places.pop(uri, None), self.documents.get(uri)
        place = self.place(uri)
        if before and before != place:
            before.root.edit(before.path, None)
        if place and document:
            self.places[uri] = place
            place.root.ensure_read()
            if before != place:
                place.root.edit(place.path, document.text.content)

    def running(self, uri: str) -> frozenset[str]:
        """The keys of the invariants whose tests run at this moment."""
        place = self.place(uri)
        return frozenset(place.root.running) if place else frozenset()

    # Refreshing

    def concerns(self, uri: str) -> bool:
        """Whether a changed file may matter: not one of an environment or of version control."""
        parts = set(uri.split("/")[:-1])
        return not parts & NEVER or FOLDER in parts

    def after_quiet(self) -> None:
        """What an edit changes elsewhere is told when typing pauses."""
        if self._quiet:
            self._quiet.cancel()
        loop = asyncio.get_running_loop()
        self._quiet = loop.call_later(QUIET_SECONDS, self.publisher.elsewhere)

    def files_changed(self) -> None:
        """Many events, one look at the disk: when they pause, or go on for long."""
        loop = asyncio.get_running_loop()
        self._last_event = loop.time()
        if self._events is None:
            self._events = loop.call_later(EVENTS_SECONDS, self._look, self._last_event)

    def _look(self, first_event: float) -> None:
        loop = asyncio.get_running_loop()
        quiet = self._last_event + EVENTS_SECONDS
        if loop.time() < min(quiet, first_event + STORM_SECONDS):
            self._events = loop.call_at(quiet, self._look, first_event)
            return
        self._events = None
        self.roots.reconsider()
        self.settle()
        for root in self.roots.all():
            root.refresh()

    def refreshed(self) -> None:
        self.publisher.everything()

    # Requests

    async def answer(self, feature: Callable[..., Any], params: Any, **more: Any) -> Any:
        """One feature's answer about one document, from one snapshot, in the client's units.

        Dear features run in a thread. Their answers may lie in any document, so that another one
        that changes meanwhile has them asked anew; one that is asked about makes them void.
        """
        uri = uri_of(params) or ""
        place, document = self.place(uri), ASKED.get()
        if place is None:
            return None
        place.root.ensure_read()
        for _ in range(MOST_ANEW):
            snapshot = await place.root.snapshot()
            self._unchanged(uri, document)
            converter = self.converter(place.root, place.path, snapshot)
            arguments = (snapshot, place.path, *self._asked(converter, params))
            if feature.__name__ not in DEAR:
                return converter.convert(feature(*arguments, **more))
            revision = self.documents.revision
            value = await asyncio.to_thread(feature, *arguments, **more)
            if self.documents.revision == revision:
                return converter.convert(value)
        raise ContentModified()

    async def beside(self, feature: Callable[..., Any], *asked: Any, **more: Any) -> Any:
        """What a feature says in a thread, unless a document changes meanwhile: places in a text
        that is past would be sent as places in that of now."""
        revision = self.documents.revision
        value = await asyncio.to_thread(feature, *asked, **more)
        if self.documents.revision != revision:
            raise ContentModified()
        return value

    async def everywhere(self, feature: Callable[..., list[Any]], *asked: Any) -> list[Any]:
        """A feature's answers about every root, one behind the other."""
        found: list[Any] = []
        for root in self.roots.all():
            root.ensure_read()
            snapshot = await root.snapshot()
            values = await self.beside(feature, snapshot, *asked)
            found += self.converter(root, "", snapshot).convert(values)
        return found

    async def files_renamed(self, renamed: list[tuple[str, str]]) -> lsp.WorkspaceEdit | None:
        """What follows in each root that holds one of the files; a folder stands for all its
        files."""
        from adr_lsp.features.rename import files_renamed

        places = {id(place.root): place for old, _ in renamed if (place := self.place(old))}
        found: list[lsp.WorkspaceEdit] = []
        for place in places.values():
            place.root.ensure_read()
            snapshot = await place.root.snapshot()
            pairs = (self._moves(place.root, snapshot, old, new) for old, new in renamed)
            moves = [move for moved in pairs for move in moved]
            change = await self.beside(files_renamed, snapshot, moves)
            if change:
                converter = self.converter(place.root, place.path, snapshot)
                found.append(converter.convert(change))
        return together(found)

    def _moves(
        self, root: Root, snapshot: Snapshot, old: str, new: str
    ) -> Iterator[tuple[str, str]]:
        before, after = path_of(old), path_of(new)
        for folder in (root.spelled, root.folder):
            if before and after and before.is_relative_to(folder) and after.is_relative_to(folder):
                one, other = (path.relative_to(folder).as_posix() for path in (before, after))
                inside = [p for p in snapshot.tree.paths() if p == one or p.startswith(f"{one}/")]
                yield from ((path, other + path[len(one) :]) for path in sorted(inside))
                return

    def _unchanged(self, uri: str, document: Document | None) -> None:
        if self.documents.get(uri) is not document:
            raise ContentModified()

    def converter(self, root: Root, path: str, snapshot: Snapshot) -> Converter:
        uris = {place.path: uri for uri, place in self.places.items() if place.root is root}
        able = self.server.abilities
        return Converter(root.spelled, path, snapshot, self.documents, uris, able)

    def _asked(self, converter: Converter, params: Any) -> list[Any]:
        text, encoding = converter.text(converter.path), self.documents.encoding
        if isinstance(getattr(params, "position", None), lsp.Position):
            return [position_from_client(text, params.position, encoding)]
        if isinstance(params, lsp.SelectionRangeParams):
            return [[position_from_client(text, each, encoding) for each in params.positions]]
        if isinstance(getattr(params, "range", None), lsp.Range):
            return [range_from_client(text, params.range, encoding)]
        return []

    async def execute(self, name: str, arguments: list[Any]) -> Any:
        command = COMMANDS.get(name)
        if command is None or not all(isinstance(argument, str) for argument in arguments):
            raise InvalidCommand(f"no command {name!r} with these arguments")
        try:
            inspect.signature(command).bind(self, *arguments)
        except TypeError as fault:
            raise InvalidCommand(f"{name}: {fault}") from fault
        return await command(self, *arguments)
