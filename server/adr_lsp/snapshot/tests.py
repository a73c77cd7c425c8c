"""Which tests verify an invariant, and which invariants a test verifies.

A link may stand on either side: a reference in the test, or `Verified by` in the record.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from adr_lsp import sources
from adr_lsp.decision_log import names
from adr_lsp.record import Invariant, Record, Verifier
from adr_lsp.snapshot.model import Snapshot
from adr_lsp.sources.model import Reference, Source, Test
from adr_lsp.text import unquoted
from adr_lsp.value import dataclass

Declared = tuple[Record, Invariant | None, Verifier]


@dataclass(frozen=True, slots=True)
class LinkedTest:
    """A test that verifies an invariant.

    `via` is `reference` where the test names the invariant, `link` where only the record names
    the test. `test` is None in a file whose language is not read; `name` is empty if the whole
    file is linked, and no test of it by name.
    """

    path: str
    name: str
    method: str
    via: str
    test: Test | None

    @property
    def id(self) -> str:
        return f"{self.path}::{self.name}" if self.name else self.path


def tests_of(snapshot: Snapshot, record: Record, invariant: Invariant) -> tuple[LinkedTest, ...]:
    """Every test that is there now and verifies the invariant, by path and place."""
    key = ("tests", record.path, invariant.range)
    if key not in snapshot.memo:
        snapshot.memo[key] = _joined(snapshot, record, invariant)
    found: tuple[LinkedTest, ...] = snapshot.memo[key]
    return found


tests_of.__test__ = False  # type: ignore[attr-defined]  # pytest collects no function of this name


def may_have_tests(snapshot: Snapshot, record: Record, invariant: Invariant) -> bool:
    """Whether anything links to the invariant, or it to anything: nothing does with most."""
    if invariant.verified_by or record.verified_by:
        return True
    by_name = snapshot.references.by_name
    return bool(by_name) and any((name, invariant.id) in by_name for name in names(record))


def _joined(snapshot: Snapshot, record: Record, invariant: Invariant) -> tuple[LinkedTest, ...]:
    linked: dict[tuple[str, str], LinkedTest] = {}
    for test in _referring(snapshot, record, invariant):
        linked.setdefault((test.path, test.name), test)
    for verifier in (*invariant.verified_by, *record.verified_by):
        for test in verifier_tests(snapshot, record, verifier):
            linked.setdefault((test.path, test.name), test)
    named = {path for path, name in linked if name}
    found = (test for test in linked.values() if test.name or test.path not in named)
    return tuple(sorted(found, key=_place))


def _place(linked: LinkedTest) -> tuple[str, int, str]:
    return linked.path, linked.test.range.start.line if linked.test else 0, linked.name


def _referring(snapshot: Snapshot, record: Record, invariant: Invariant) -> Iterator[LinkedTest]:
    if invariant.id is None:
        return
    for path, reference in snapshot.references.naming(names(record), invariant.id):
        source = snapshot.sources.get(path)
        if source is None or not _means(snapshot, path, reference, record):
            continue
        for name in reference.tests:
            test = source.test(name)
            if test is not None:
                yield LinkedTest(path, test.name, test.method, "reference", test)


def _means(snapshot: Snapshot, path: str, reference: Reference, record: Record) -> bool:
    meant = snapshot.log.resolve(reference.key, reference.id, path)
    return meant.invariant is not None and meant.invariant.path == record.path


def verifier_path(snapshot: Snapshot, record: Record, verifier: Verifier) -> str | None:
    """The file (or folder) that a `Verified by` target means, if it is there."""
    for written in dict.fromkeys((verifier.path, unquoted(verifier.path))):
        for folder in (posixpath.dirname(record.path), ""):
            path = posixpath.normpath(posixpath.join(folder, written))
            outside = path == ".." or path.startswith(("../", "/"))
            if written and not outside and snapshot.tree.exists(path):
                return path
    return None


def verifier_tests(
    snapshot: Snapshot, record: Record, verifier: Verifier
) -> tuple[LinkedTest, ...]:
    """The tests that a `Verified by` target names; none if it is dead."""
    path = verifier_path(snapshot, record, verifier)
    if path is None:
        return ()
    source = source_of(snapshot, path)
    if source and source.whole:
        return (_whole(source, source.whole, verifier),)
    if verifier.operator is not None:  # code has tests, which are judged as such, no operators
        return () if source else (LinkedTest(path, verifier.operator, "model", "link", None),)
    found = [source] if source else _below(snapshot, path)
    if not found and not _is_folder(snapshot, path):
        return (LinkedTest(path, verifier.name or "", "example", "link", None),)
    if source and verifier.name is None and _runs_otherwise(source):
        return (LinkedTest(path, "", "example", "link", None),)
    return tuple(
        LinkedTest(each.path, test.name, test.method, "link", test)
        for each in found
        for test in _named(each, verifier.name)
    )


def _runs_otherwise(source: Source) -> bool:
    """Whether a file without tests may be run by a tool that we do not know; pytest we know."""
    return not source.tests and source.language != "python"


def _whole(source: Source, method: str, verifier: Verifier) -> LinkedTest:
    """A file whose path alone means the file itself; a name in it may be one we cannot read."""
    name = verifier.operator or verifier.name or ""
    test = source.test(name)
    meant = test.method if test else "model" if verifier.operator else method
    return LinkedTest(source.path, name, meant, "link", test)


def source_of(snapshot: Snapshot, path: str) -> Source | None:
    """A file as code, also one that nothing else is about; None if its language is not read."""
    known = snapshot.sources.get(path)
    if known is not None or not sources.language_of(path):
        return known
    key = ("source", path)
    if key not in snapshot.memo:
        raw = snapshot.tree.read(path)
        snapshot.memo[key] = raw and sources.read(path, raw, snapshot.config.prefixes)
    found: Source | None = snapshot.memo[key] or None
    return found


def _below(snapshot: Snapshot, folder: str) -> list[Source]:
    """The code in a folder and the folders in it."""
    key = ("below", folder)
    if key not in snapshot.memo:
        paths = sorted(p for p in snapshot.tree.paths() if p.startswith(folder + "/"))
        snapshot.memo[key] = [each for p in paths if (each := source_of(snapshot, p))]
    found: list[Source] = snapshot.memo[key]
    return found


def _is_folder(snapshot: Snapshot, path: str) -> bool:
    return path not in snapshot.tree.paths() and snapshot.tree.read(path) is None


def _named(source: Source, name: str | None) -> tuple[Test, ...]:
    """The test of that name, every test of the class of that name, or (None) every test."""
    if name is None:
        return source.tests
    plain = name.partition("[")[0]
    test = source.test(plain)
    if test is not None:
        return (test,)
    return tuple(t for t in source.tests if t.name.startswith(plain + "::"))


def invariants_of(
    snapshot: Snapshot, path: str, test_name: str
) -> tuple[tuple[Record, Invariant], ...]:
    """What a test verifies, by the same joins as `tests_of`, in the order of the records."""
    source = snapshot.sources.get(path)
    test = source.test(test_name) if source else None
    name = test.name if test else test_name
    found = {
        (record.path, invariant.range): (record, invariant)
        for record, invariant in (
            *_named_by(snapshot, path, name),
            *_linking(snapshot, path, name),
        )
    }
    return tuple(found[place] for place in sorted(found))


def _named_by(snapshot: Snapshot, path: str, name: str) -> Iterator[tuple[Record, Invariant]]:
    source = snapshot.sources.get(path)
    for reference in snapshot.references.by_path.get(path, ()):
        tests = [source.test(each) for each in reference.tests] if source else []
        if reference.id is None or not any(test and test.name == name for test in tests):
            continue
        meant = snapshot.log.resolve(reference.key, reference.id, path).record
        if meant is not None:
            yield from ((meant, i) for i in meant.invariants if i.id == reference.id)


def _linking(snapshot: Snapshot, path: str, name: str) -> Iterator[tuple[Record, Invariant]]:
    declared = _declared(snapshot)
    folders = (path[:end] for end in range(len(path)) if path[end] == "/")
    for place in (path, *folders):
        for record, invariant, verifier in declared.get(place, ()):
            linked = verifier_tests(snapshot, record, verifier)
            if any((test.path, test.name) == (path, name) for test in linked):
                meant = record.invariants if invariant is None else (invariant,)
                yield from ((record, each) for each in meant)


def _declared(snapshot: Snapshot) -> dict[str, list[Declared]]:
    """Every `Verified by` target by the file that it means."""
    if "declared" not in snapshot.memo:
        by_path: dict[str, list[Declared]] = {}
        for record in snapshot.log.records.values():
            for invariant, verifier in _verifiers(record):
                path = verifier_path(snapshot, record, verifier)
                if path is not None:
                    by_path.setdefault(path, []).append((record, invariant, verifier))
        snapshot.memo["declared"] = by_path
    found: dict[str, list[Declared]] = snapshot.memo["declared"]
    return found


def named_by_records(snapshot: Snapshot, path: str) -> tuple[str, ...]:
    """The names of tests in a file that `Verified by` targets give."""
    named = (verifier.name for *_, verifier in _declared(snapshot).get(path, ()))
    return tuple(dict.fromkeys(name for name in named if name))


def _verifiers(record: Record) -> Iterator[tuple[Invariant | None, Verifier]]:
    for verifier in record.verified_by:
        yield None, verifier
    for invariant in record.invariants:
        for verifier in invariant.verified_by:
            yield invariant, verifier
