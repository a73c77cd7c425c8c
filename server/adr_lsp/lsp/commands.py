"""The commands behind the lenses: run, scaffold, show the evidence."""

from __future__ import annotations

import asyncio
import threading
import uuid
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from adr_lsp.evidence.model import Verdict
from adr_lsp.features.code_lens import RUN, SCAFFOLD, SHOW
from adr_lsp.features.evidence_place import evidence_place
from adr_lsp.features.named_tests import tests_named
from adr_lsp.features.verdict_label import verdict_label
from adr_lsp.lsp.fault import Refused
from adr_lsp.lsp.roots import Place, Root
from adr_lsp.record import Invariant, Record
from adr_lsp.run import Done, Missing, ToolRun, execute, plan
from adr_lsp.scaffold import Refusal, scaffold
from adr_lsp.snapshot import LinkedTest, Snapshot, standing, tests_of
from adr_lsp.snapshot.reason import plural
from adr_lsp.text import decode
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from adr_lsp.lsp.session import Session

SETTLED = {Verdict.PASSED, Verdict.ARGUED, Verdict.WAIVED}
SHOWN = 80
MOST_NAMED = 3
ANSWER_SECONDS = 2.0


@dataclass(eq=False, slots=True)
class Work:
    """Tools at work: how to stop them, when all are done, and how those went that are."""

    stop: threading.Event
    done: asyncio.Future[None]
    ran: list[Done] = field(default_factory=list)


async def run(session: Session, uri: str, *names: str) -> list[dict[str, Any]] | None:
    """Run tests and record the evidence, with progress; may be cancelled. A name is the key of an
    invariant, all of whose tests are meant, or the id of one test. The answer tells where the
    invariants stand now; None after a run that the user stopped."""
    need_trust(session)
    root, path, snapshot = await root_of(session, uri)
    tests, keys = meant(snapshot, names, path)
    if not tests:
        raise Refused(f"no test names {', '.join(names)}")
    unsaved = [
        path for path in sorted({test.path for test in tests}) if _edited(session, root, path)
    ]
    if unsaved:
        raise Refused(f"not saved yet: {', '.join(unsaved)}; a run sees what is on disk")
    if root.running & keys:
        raise Refused(f"{', '.join(sorted(root.running & keys))} runs already")
    planned = plan(root.folder, snapshot, tests)
    runs = [each for each in planned if isinstance(each, ToolRun)]
    missing = [(each, each.reason) for each in planned if isinstance(each, Missing)]
    if not runs:
        raise _refused(missing)
    root.running.update(keys)
    session.publisher.everything()
    try:
        done = await _with_progress(session, f"Running {_few(names, tests)}", root, runs)
    finally:
        root.running.difference_update(keys)
        root.refresh()
    wrong = [(each.run, each.reason) for each in done if each.fault]
    if wrong or missing:
        raise _refused((*wrong, *missing))
    if len(done) < len(runs) or any(each.cancelled for each in done):
        return None
    return verdicts(await root.snapshot(), keys, path)


def _few(names: Sequence[str], tests: Sequence[LinkedTest]) -> str:
    return ", ".join(names) if len(names) <= MOST_NAMED else plural(len(tests), "test")


def _refused(wrong: Iterable[tuple[ToolRun | Missing, str]]) -> Refused:
    """What went wrong, in one line; and, for who shows each test, of which tests each part is."""
    parts = [
        {
            "reason": f"{tool.tool}: {reason}".removeprefix(": "),
            "tests": [test.id for test in tool.tests],
        }
        for tool, reason in wrong
    ]
    return Refused("; ".join(str(part["reason"]) for part in parts), data=parts)


def _edited(session: Session, root: Root, path: str) -> bool:
    """Whether a file is open with a text that is not on disk, as far as its encoding is known."""
    uris = (uri for uri, place in session.places.items() if place == Place(root, path))
    texts = [document.text.content for uri in uris if (document := session.documents.get(uri))]
    if not texts:
        return False
    try:
        saved, fault = decode((root.folder / path).read_bytes())
    except OSError:
        return True
    return fault is None and saved not in texts


def verdicts(snapshot: Snapshot, keys: Iterable[str], path: str) -> list[dict[str, Any]]:
    """Where invariants stand, by key; `ok` unless something is to be done, `label` as hints say
    it. One that is gone by now is left out."""
    told = []
    for key in sorted(keys):
        place = _resolved(snapshot, key, path)
        if place:
            now = standing(snapshot, *place)
            one = {"key": key, "verdict": now.verdict.value, "ok": now.verdict in SETTLED}
            why = {"reason": now.reason} if now.reason else {}
            told.append({**one, **why, "label": verdict_label(snapshot, now)})
    return told


async def _with_progress(
    session: Session, title: str, root: Root, runs: list[ToolRun]
) -> list[Done]:
    """How each tool went that was started; the user may cancel them."""
    progress = session.server.work_done_progress
    token = await _token(session, title)
    work = _started(session, root, runs, token)
    session.works.add(work)
    cancel = progress.tokens.get(token or "")
    if cancel:
        cancel.add_done_callback(lambda _: work.stop.set())
    try:
        await asyncio.shield(work.done)
    except asyncio.CancelledError:
        work.stop.set()
        await asyncio.wait([work.done])
        raise
    finally:
        session.works.discard(work)
        if token:
            progress.tokens.pop(token, None)
            progress.end(token, lsp.WorkDoneProgressEnd())
    return work.ran


async def _token(session: Session, title: str) -> str | None:
    """Begin to show progress; None where the client shows none, or does not answer."""
    if not session.server.abilities.shows_progress:
        return None
    progress, token = session.server.work_done_progress, str(uuid.uuid4())
    try:
        await asyncio.wait_for(progress.create_async(token), ANSWER_SECONDS)
    except (JsonRpcException, TimeoutError):
        return None
    progress.begin(token, lsp.WorkDoneProgressBegin(title=title, cancellable=True))
    return token


def _started(session: Session, root: Root, runs: list[ToolRun], token: str | None) -> Work:
    loop = asyncio.get_running_loop()
    stop = threading.Event()
    ran: list[Done] = []

    def report(line: str) -> None:
        if token and token in session.server.work_done_progress.tokens:
            message = lsp.WorkDoneProgressReport(message=line.strip()[:SHOWN])
            session.server.work_done_progress.report(token, message)

    seconds = root.workspace.snapshot().config.time_limit

    async def each() -> None:
        for place, tool in enumerate(runs):
            name = f"{tool.tool} ({place + 1}/{len(runs)})" if len(runs) > 1 else tool.tool
            report(f"{name}, {plural(len(tool.tests), 'test')}")

            def on_line(line: str, name: str = name) -> None:
                if line.strip():
                    loop.call_soon_threadsafe(report, f"{name}: {line.strip()}")

            if not stop.is_set():
                ran.append(await asyncio.to_thread(_run, root, tool, seconds, on_line, stop))

    return Work(stop, asyncio.ensure_future(each()), ran)


def _run(
    root: Root,
    tool: ToolRun,
    seconds: float,
    on_line: Callable[[str], None],
    stop: threading.Event,
) -> Done:
    return execute(
        root.folder,
        tool,
        seconds=seconds,
        coverage=True,
        on_line=on_line,
        cancelled=stop.is_set,
    )


async def write_scaffold(session: Session, uri: str, key: str, method: str = "property") -> None:
    """Write a test for an invariant through the client."""
    if not session.server.abilities.applies:
        raise Refused("this editor applies no edits; `adr-lsp scaffold` does")
    root, path, snapshot = await root_of(session, uri)
    record, invariant = named(snapshot, key, path)
    made = await session.beside(scaffold, snapshot, record, invariant, method)
    if isinstance(made, Refusal):
        raise Refused(made.reason)
    edit = session.converter(root, path, snapshot).workspace_edit(made.edits)
    params = lsp.ApplyWorkspaceEditParams(edit, label=f"Scaffold {key}")
    answer = await session.server.workspace_apply_edit_async(params)
    if not answer.applied:
        raise Refused(answer.failure_reason or "the editor did not apply the edit")


async def show_evidence(session: Session, uri: str, *keys: str) -> None:
    """Show where the evidence of the first invariant that has any comes from."""
    if not session.server.abilities.shows_documents:
        raise Refused("this editor shows no documents; `adr-lsp show` tells of evidence")
    root, path, snapshot = await root_of(session, uri)
    for key in keys:
        place = evidence_place(snapshot, *named(snapshot, key, path))
        if place:
            converter = session.converter(root, path, snapshot)
            range = converter.range(place.path, place.range)
            shown = lsp.ShowDocumentParams(
                converter.uri(place.path), take_focus=True, selection=range
            )
            await session.server.window_show_document_async(shown)
            return
    raise Refused(f"no evidence and no test for {', '.join(keys)}")


async def root_of(session: Session, uri: str) -> tuple[Root, str, Snapshot]:
    place = session.place(uri)
    if place is None:
        raise Refused(f"{uri} is no file of a workspace folder")
    place.root.ensure_read()
    return place.root, place.path, await place.root.snapshot()


def need_trust(session: Session) -> None:
    if not session.server.options.trusted:
        raise Refused("the workspace is not trusted, so nothing is run in it: trust it first")


def meant(
    snapshot: Snapshot, names: Iterable[str], path: str
) -> tuple[list[LinkedTest], frozenset[str]]:
    """The tests that keys of invariants and ids of tests mean, and the keys of all invariants
    that are about."""
    tests: dict[str, LinkedTest] = {}
    keys: set[str] = set()
    for name in names:
        place = _resolved(snapshot, name, path)
        if place:
            tests |= {test.id: test for test in tests_of(snapshot, *place)}
            keys.add(name)
            continue
        found = tests_named(snapshot, name)
        if not found:
            raise Refused(f"there is no {name} any more")
        tests |= {each.test.id: each.test for each in found}
        keys |= {snapshot.log.invariant_key(each.invariant) or "" for each in found}
    return list(tests.values()), frozenset(keys - {""})


def named(snapshot: Snapshot, key: str, path: str) -> tuple[Record, Invariant]:
    found = _resolved(snapshot, key, path)
    if found is None:
        raise Refused(f"there is no {key} any more")
    return found


def _resolved(snapshot: Snapshot, key: str, path: str) -> tuple[Record, Invariant] | None:
    record, _, id = key.rpartition("/")
    found = snapshot.log.resolve(record, id, path)
    return (found.record, found.invariant) if found.record and found.invariant else None


COMMANDS: dict[str, Callable[..., Awaitable[Any]]] = {
    RUN: run,
    SCAFFOLD: write_scaffold,
    SHOW: show_evidence,
}
