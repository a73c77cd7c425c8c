"""What the tests of a root are like: their words, the names they use, what they refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from adr_lsp import sources
from adr_lsp.features.link_ranking.words import stems
from adr_lsp.snapshot import Snapshot
from adr_lsp.sources.model import Source, Test
from adr_lsp.text import Text
from adr_lsp.value import dataclass

_TEST_FILE = re.compile(r"(?:^|/)(?:test_[^/]*|[^/]*_tests?)\.py\Z|(?:^|/)tests?/.*\.py\Z")
_IMPORT = re.compile(r"^[ \t]*(?:from|import)[ \t]+[^\n(]*(?:\([^)]*\))?", re.MULTILINE)
_IDENTIFIER = re.compile(r"[A-Za-z_]\w*")
_ABOVE = 3


@dataclass(frozen=True, slots=True)
class Profile:
    """One test. `named` are the words of its name, `told` all others of its text.

    `uses` are the identifiers of its text, `imports` those of its file's imports; `mentions` the
    records that its text or a comment above it names, `file_mentions` those of the whole file.
    """

    path: str
    test: Test
    named: frozenset[str]
    told: frozenset[str]
    file_words: frozenset[str]
    uses: frozenset[str]
    imports: frozenset[str]
    mentions: frozenset[str]
    file_mentions: frozenset[str]

    @property
    def id(self) -> str:
        return f"{self.path}::{self.test.name}"


def test_files(snapshot: Snapshot) -> list[str]:
    """The files that look like tests by their name, or are known to hold some."""
    named = {p for p in snapshot.tree.paths() if _TEST_FILE.search(p) and sources.language_of(p)}
    return sorted(named | {path for path, source in snapshot.sources.items() if source.tests})


def profiles(snapshot: Snapshot) -> tuple[Profile, ...]:
    """Every test of the root, by path and place."""
    if profiles not in snapshot.memo:
        snapshot.memo[profiles] = tuple(
            profile for path in test_files(snapshot) for profile in _of_path(snapshot, path)
        )
    found: tuple[Profile, ...] = snapshot.memo[profiles]
    return found


def _of_path(snapshot: Snapshot, path: str) -> tuple[Profile, ...]:
    raw = snapshot.tree.read(path)
    if raw is None or not (b"def test" in raw or b"TestCase" in raw):
        return ()
    return _of_bytes(path, raw, tuple(snapshot.config.prefixes))


@lru_cache(maxsize=512)
def _of_bytes(path: str, raw: bytes, prefixes: tuple[str, ...]) -> tuple[Profile, ...]:
    source = sources.read(path, raw, prefixes)
    return tuple(_of_source(source)) if source else ()


def _of_source(source: Source) -> Iterator[Profile]:
    text = Text(source.text)
    imports = " ".join(_IMPORT.findall(source.text))
    imported = frozenset(_IDENTIFIER.findall(imports))
    in_path = frozenset(stems(source.path.removesuffix(".py")))
    in_file = frozenset(reference.key for reference in source.references)
    for test in source.tests:
        words = text.between(test.range)
        first, last = test.range.start.line - _ABOVE, test.range.end.line
        near = (r.key for r in source.references if first <= r.range.start.line <= last)
        above = "\n".join(
            line
            for number in range(max(first, 0), test.range.start.line)
            if (line := text.line(number)).lstrip().startswith("#")
        )
        yield Profile(
            path=source.path,
            test=test,
            named=frozenset(stems(test.name)),
            told=frozenset(stems(f"{above}\n{words}")),
            file_words=in_path,
            uses=frozenset(_IDENTIFIER.findall(words)),
            imports=imported,
            mentions=frozenset(near),
            file_mentions=in_file,
        )
