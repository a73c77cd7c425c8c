"""The commands behind the lenses: run, scaffold, show the evidence."""

from __future__ import annotations

import asyncio
import threading
import uuid
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from adr_lsp.features.code_lens import RUN, SCAFFOLD, SHOW
from adr_lsp.features.evidence_place import evidence_place
from adr_lsp.lsp.roots import Root
from adr_lsp.lsp.server import Refused
from adr_lsp.record import Invariant, Record
from adr_lsp.run import Selection, ToolRun, plan, start
from adr_lsp.run.process import CannotStart
from adr_lsp.scaffold import Refusal, scaffold
from adr_lsp.snapshot import Snapshot, tests_of

if TYPE_CHECKING:
    from adr_lsp.lsp.server import AdrServer


async def run(ls: AdrServer, uri: str, *keys: str) -> None:
    """Run the tests of invariants and record the evidence, with progress; may be cancelled."""
    if not ls.options.trusted:
        raise Refused("the workspace is not trusted, so nothing is run in it")
    root, _, snapshot = await _root(ls, uri)
    found = [_named(snapshot, key, uri) for key in keys]
    tests = [(t.path, t.name) for place in found for t in tests_of(snapshot, *place)]
    if not tests:
        raise Refused(f"no test names {', '.join(keys)}")
    runs = plan(root.folder, snapshot.config, Selection(tuple(tests)))
    if runs is None:
        raise Refused("no Python found: configure run.pytest, or make a .venv")
    root.running.update(keys)
    ls.publisher.everything()
    try:
        await _with_progress(ls, f"Running {', '.join(keys)}", root, runs)
    finally:
        root.running.difference_update(keys)
        root.refresh(ls.refreshed)


async def _with_progress(ls: AdrServer, title: str, root: Root, runs: list[ToolRun]) -> None:
    token = str(uuid.uuid4())
    window = ls.client_capabilities.window
    shown = bool(window and window.work_done_progress)
    if shown:
        await ls.work_done_progress.create_async(token)
        begin = lsp.WorkDoneProgressBegin(title=title, cancellable=True)
        ls.work_done_progress.begin(token, begin)
    stop = threading.Event()
    work = asyncio.ensure_future(_started(ls, root, runs, stop, token if shown else None))
    cancel = ls.work_done_progress.tokens.get(token)
    if cancel:
        cancel.add_done_callback(lambda _: stop.set())
    try:
        await asyncio.shield(work)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.wait([work])
        raise
    finally:
        if shown:
            ls.work_done_progress.end(token, lsp.WorkDoneProgressEnd())
            ls.work_done_progress.tokens.pop(token, None)


async def _started(
    ls: AdrServer, root: Root, runs: list[ToolRun], stop: threading.Event, token: str | None
) -> None:
    loop = asyncio.get_running_loop()

    def report(line: str) -> None:
        if token and line.strip():
            said = lsp.WorkDoneProgressReport(message=line.strip()[:80])
            loop.call_soon_threadsafe(ls.work_done_progress.report, token, said)

    for tool in runs:
        try:
            await asyncio.to_thread(
                start, root.folder, tool, coverage=True, on_line=report, cancelled=stop.is_set
            )
        except CannotStart as fault:
            raise Refused(str(fault)) from fault


async def write_scaffold(ls: AdrServer, uri: str, key: str) -> None:
    """Write a property test for an invariant through the client."""
    root, path, snapshot = await _root(ls, uri)
    record, invariant = _named(snapshot, key, uri)
    made = await asyncio.to_thread(scaffold, snapshot, record, invariant, "property")
    if isinstance(made, Refusal):
        raise Refused(made.reason)
    edit = ls.converter(root, path, snapshot).workspace_edit(made.edits)
    params = lsp.ApplyWorkspaceEditParams(edit, label=f"Scaffold {key}")
    answer = await ls.workspace_apply_edit_async(params)
    if not answer.applied:
        raise Refused(answer.failure_reason or "the editor did not apply the edit")


async def show_evidence(ls: AdrServer, uri: str, *keys: str) -> None:
    """Show where the evidence of the first invariant that has any comes from."""
    root, path, snapshot = await _root(ls, uri)
    for key in keys:
        place = evidence_place(snapshot, *_named(snapshot, key, uri))
        if place:
            converter = ls.converter(root, path, snapshot)
            range = converter.range(place.path, place.range)
            shown = lsp.ShowDocumentParams(
                converter.uri(place.path), take_focus=True, selection=range
            )
            await ls.window_show_document_async(shown)
            return
    raise Refused(f"no evidence and no test for {', '.join(keys)}")


async def _root(ls: AdrServer, uri: str) -> tuple[Root, str, Snapshot]:
    place = ls.locate(uri)
    if place is None:
        raise Refused(f"{uri} is no file of a workspace folder")
    return place[0], place[1], await place[0].snapshot()


def _named(snapshot: Snapshot, key: str, _uri: str) -> tuple[Record, Invariant]:
    record, _, id = key.rpartition("/")
    found = snapshot.log.resolve(record, id, "")
    if found.record is None or found.invariant is None:
        raise Refused(f"there is no {key} any more")
    return found.record, found.invariant


COMMANDS: dict[str, Callable[..., Awaitable[Any]]] = {
    RUN: run,
    SCAFFOLD: write_scaffold,
    SHOW: show_evidence,
}
