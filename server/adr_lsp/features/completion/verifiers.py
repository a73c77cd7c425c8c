"""Behind `Verified by:` the tests that there are, and behind `Target:` the code."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from adr_lsp import sources
from adr_lsp.features.authoring.link import link, target
from adr_lsp.features.completion.model import Completion, Kind, Spot, like
from adr_lsp.features.completion.near import shared
from adr_lsp.record import Record
from adr_lsp.sources.model import Source, Test

_VERIFIED = re.compile(
    r"\s*(?:[-*+]\s+)?[*_]{0,2}(?:verified|enforced|tested|checked|proved) by[*_]{0,2}\s*:"
    r"(?P<rest>.*)\Z",
    re.IGNORECASE,
)
_LINKED = re.compile(r"\]\((?P<typed><?[^()<>]*)\Z")
_NAMED = re.compile(r"(?P<file>[^`:#!]+)(?:::|[#!])(?P<typed>[^`]*)\Z")
_WORD = re.compile(r"(?:\A|,)[*_]*\s*(?P<typed>\[?[^,`\]\[]*)\Z")
_TEST_FILE = re.compile(
    r"(?:^|/)(?:tests?|__tests__|specs?|e2e|features|formal)/|(?:^|/)test_[^/]*\Z"
    r"|[._](?:test|spec|tests)\.\w+\Z|(?:Test|Tests|IT)\.java\Z|\.(?:feature|tla)\Z"
)
MOST_FILES = 60  # so many are read for the names of their tests


def verifiers(spot: Spot, record: Record) -> Iterable[Completion] | None:
    found = _VERIFIED.match(spot.before)
    if found is None:
        return None
    rest: str = found["rest"]
    linked = _LINKED.search(rest)
    if linked:
        return _paths(spot, record, linked["typed"])
    if rest.count("`") % 2:
        return _in_code(spot, record, rest)
    word = _WORD.search(rest)
    return _whole(spot, record, word["typed"]) if word else ()


def _in_code(spot: Spot, record: Record, rest: str) -> Iterator[Completion]:
    before, _, inner = rest.rpartition("`")
    if before.endswith("["):
        yield from _links(spot, record, f"[`{inner}")
        return
    named = _NAMED.fullmatch(inner)
    if named:
        yield from _names(spot, record, named["file"], named["typed"])
        return
    for path in _files(spot, record):
        if like(inner, path):
            yield Completion(path, path, spot.typed(inner), Kind.FILE, "test file", fits=path)


def _names(spot: Spot, record: Record, file: str, typed: str) -> Iterator[Completion]:
    """The tests of one file, which is named from the record or from the root."""
    for folder in (posixpath.dirname(record.path), ""):
        source = read(spot, posixpath.normpath(posixpath.join(folder, file)))
        for test in source.tests if source else ():
            if like(typed, test.name):
                at = spot.typed(typed)
                detail = f"{test.method} test"
                yield Completion(test.name, test.name, at, Kind.TEST, detail, fits=test.name)
        if source:
            return


def _whole(spot: Spot, record: Record, typed: str) -> Iterator[Completion]:
    yield from _links(spot, record, typed)
    for path in _files(spot, record):
        if not typed.startswith("[") and like(typed, path):
            text = f"{spot.gap}`{path}`"
            at, detail = spot.typed(typed), "every test of it"
            yield Completion(path, text, at, Kind.FILE, detail, fits=path)


def _links(spot: Spot, record: Record, typed: str) -> Iterator[Completion]:
    """Each test as a link; found by its name or by its path."""
    words = typed.lstrip("[`")
    marks = typed[: len(typed) - len(words)]
    at = spot.typed_and_closed(typed) if marks else spot.typed(typed)
    for source, test in _tests(spot, record):
        if like(words, f"{test.name} {source.path}"):
            text = spot.gap + link(f"`{test.name}`", record.path, source.path)
            fits = f"{marks}{test.name} {source.path}"
            yield Completion(test.name, text, at, Kind.TEST, source.path, fits=fits)


def _paths(spot: Spot, record: Record, typed: str) -> Iterator[Completion]:
    for path in _files(spot, record):
        there = target(record.path, path)
        if like(typed, there):
            yield Completion(there, there, spot.typed(typed), Kind.FILE, "test file", fits=there)


def _tests(spot: Spot, record: Record) -> Iterator[tuple[Source, Test]]:
    for path in _files(spot, record)[:MOST_FILES]:
        source = read(spot, path)
        if source:
            yield from ((source, test) for test in source.tests)


def _files(spot: Spot, record: Record) -> list[str]:
    """Files that hold tests, or look so; those first that are called like the record, then those
    that are near to it."""
    snapshot, key = spot.snapshot, ("test files near", record.path)
    if key not in snapshot.memo:
        known = {path for path, source in snapshot.sources.items() if source.tests}
        paths = (p for p in snapshot.tree.paths() if _TEST_FILE.search(p))
        known.update(path for path in paths if sources.language_of(path))
        words = {word for word in re.split(r"[\W_]+", record.stem.lower()) if len(word) > 2}
        here = record.log.split("/")

        def distance(path: str) -> tuple[int, int, str]:
            alike = sum(word in path.lower() for word in words)
            return -alike, -shared(path.split("/"), here), path

        snapshot.memo[key] = sorted(known, key=distance)
    found: list[str] = snapshot.memo[key]
    return found


def read(spot: Spot, path: str) -> Source | None:
    """A file as code; kept over snapshots as long as its bytes are the same."""
    known = spot.snapshot.sources.get(path)
    if known is not None:
        return known
    raw = spot.snapshot.tree.read(path) if sources.language_of(path) else None
    return _read(path, raw, tuple(spot.snapshot.config.prefixes)) if raw else None


@lru_cache(maxsize=256)
def _read(path: str, raw: bytes, prefixes: tuple[str, ...]) -> Source | None:
    return sources.read(path, raw, prefixes)
