"""What editors ask for beside LSP: the tree of records, invariants and tests, which invariants
lines are about, which lines each test covered, and what a debugger starts. Lines count from 0, as
in LSP."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from adr_lsp.features.executable import executable
from adr_lsp.features.keys_within import keys_within
from adr_lsp.features.test_tree import Place, TreeRecord, covered_by_test, test_tree
from adr_lsp.lsp.commands import meant, named, need_trust, root_of
from adr_lsp.lsp.convert import Converter
from adr_lsp.lsp.fault import InvalidCommand
from adr_lsp.run import Missing
from adr_lsp.run.debugging import Launch, launches

if TYPE_CHECKING:
    from adr_lsp.lsp.session import Session
    from adr_lsp.record import Invariant, Record

Form = dict[str, Any]


async def tree(session: Session) -> list[Form]:
    """The records of all roots; from now on the client is told when the answer may differ."""
    session.shows_tests = True
    records: list[Form] = []
    for root in session.roots.all():
        root.ensure_read()
        await root.look_at_evidence(now=True)  # what a debugger ran is asked for at its end
        snapshot = await root.snapshot()
        converter = session.converter(root, "", snapshot)
        found = await asyncio.to_thread(test_tree, snapshot)
        records += [_record(converter, record) for record in found]
    return records


def _record(converter: Converter, record: TreeRecord) -> Form:
    return {
        "root": converter.root.as_uri(),
        "key": record.key,
        "label": record.label,
        **_place(converter, record.place),
        "invariants": [
            {
                "key": invariant.key,
                "label": invariant.label,
                "description": invariant.description,
                **_place(converter, invariant.place),
                "tests": [
                    {
                        "id": test.id,
                        "label": test.label,
                        "description": test.description,
                        **_place(converter, test.place),
                        "state": test.state,
                        "run": test.run,
                        "told": test.told,
                        "seconds": test.seconds,
                        "stale": list(test.stale),
                        "failures": [
                            {"message": message, **_place(converter, place)}
                            for message, place in test.failures
                        ],
                    }
                    for test in invariant.tests
                ],
            }
            for invariant in record.invariants
        ],
    }


def _place(converter: Converter, place: Place) -> Form:
    return {"uri": converter.uri(place.path), "line": place.line}


async def invariants(session: Session, params: Any) -> list[str]:
    """The keys of those that stand in the lines `first` to `last` of the file `uri`, or that a test
    there verifies."""
    given = [getattr(params, name, None) for name in ("uri", "first", "last")]
    match given:
        case [str(uri), int(first), int(last)]:
            _, path, snapshot = await root_of(session, uri)
            return await asyncio.to_thread(keys_within, snapshot, path, first, last)
    raise InvalidCommand("`uri` is a text, `first` and `last` are lines")


async def coverage(session: Session, params: Any) -> list[Form]:
    """For each invariant that `keys` names, seen from the file `uri`, and each test of it: the
    lines that ran under it; and `total`, how many lines of each file tests can run."""
    uri, keys = _asked(params, "keys")
    root, path, snapshot = await root_of(session, uri)
    places = [named(snapshot, key, path) for key in keys]
    converter = session.converter(root, path, snapshot)
    return await asyncio.to_thread(_covered, converter, places)


def _covered(converter: Converter, places: list[tuple[Record, Invariant]]) -> list[Form]:
    snapshot = converter.snapshot
    ran = [
        (snapshot.log.invariant_key(invariant), test, file, lines)
        for record, invariant in places
        for test, files in covered_by_test(snapshot, record, invariant).items()
        for file, lines in files.items()
    ]
    able = {file: set(executable(file, snapshot.tree.read(file) or b"")) for _, _, file, _ in ran}
    for _, _, file, lines in ran:
        able[file].update(lines)
    return [
        {
            "key": key,
            "test": test,
            "uri": converter.uri(file),
            "lines": [line - 1 for line in lines],
            "total": len(able[file]),
        }
        for key, test, file, lines in ran
    ]


def _asked(params: Any, names: str) -> tuple[str, list[str]]:
    uri, given = getattr(params, "uri", None), getattr(params, names, None)
    if not isinstance(uri, str) or not isinstance(given, list):
        raise InvalidCommand(f"`uri` is a text, `{names}` a list")
    return uri, [each for each in given if isinstance(each, str)]


async def debug(session: Session, params: Any) -> list[Form]:
    """For each tool that runs any of the tests (by the ids in `tests`), seen from the file `uri`:
    the program that a debugger is to start, or the `reason` why none can."""
    need_trust(session)
    uri, ids = _asked(params, "tests")
    root, path, snapshot = await root_of(session, uri)
    tests, _ = meant(snapshot, ids, path)
    found = await asyncio.to_thread(launches, root.folder, snapshot, tests)
    return [_launch(each) for each in found]


def _launch(launch: Launch | Missing) -> Form:
    told = {"tool": launch.tool, "tests": [test.id for test in launch.tests]}
    if isinstance(launch, Missing):
        return {**told, "reason": launch.reason}
    return {
        **told,
        "debugger": launch.debugger,
        "program": launch.program,
        "arguments": list(launch.arguments),
        "cwd": str(launch.cwd),
        "environment": dict(launch.environment),
    }
