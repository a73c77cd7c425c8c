"""Which tests that exist read as if they verified an invariant, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log10

from adr_lsp.features.link_ranking.profile import Profile, profiles
from adr_lsp.features.link_ranking.target import Aim, aims, runs_of
from adr_lsp.features.link_ranking.words import Rarity, rarity, spelled, stems
from adr_lsp.record import Invariant, Record
from adr_lsp.scaffold.wording import suggest_pattern
from adr_lsp.snapshot import Snapshot, tests_of
from adr_lsp.sources.model import Test
from adr_lsp.value import dataclass

THRESHOLD = 0.4
# What each kind of likeness is worth alone; several count as independent hints do.
COVERED, CALLED, IMPORTED = 0.5, 0.35, 0.12
WORDS, NEAR = 0.85, 0.12
MENTIONED, MENTIONED_IN_FILE = 0.6, 0.25
# A word in the test's name tells more than one in its text.
IN_NAME, IN_TEXT = 1.0, 0.6
OF_STATEMENT, OF_PATTERN, OF_TITLE = 1.0, 0.5, 0.25
# A test that shares so many of a long statement's words shares enough.
ENOUGH_WORDS = 5
# A name that the prose happens to hold tells less than a `Target:`.
GUESSED = 0.5
MOST_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Match:
    """A test, from 0 to 1 how much it is like the invariant, and short words for why."""

    path: str
    test: Test
    score: float
    reasons: tuple[str, ...]

    @property
    def id(self) -> str:
        return f"{self.path}::{self.test.name}"


@dataclass(frozen=True, slots=True)
class _Sought:
    """What is looked for: words with their weights, code, and the record's path."""

    words: Mapping[str, float]
    spelled: Mapping[str, str]
    whole: float
    subject: frozenset[str]
    aims: tuple[Aim, ...]
    record: str


def ranked_tests(
    snapshot: Snapshot, record: Record, invariant: Invariant, least: float = THRESHOLD
) -> list[Match]:
    """The tests that are not linked yet and read like it, the likest first."""
    key = ("ranked", record.path, invariant.range, least)
    if key not in snapshot.memo:
        snapshot.memo[key] = tuple(_ranked(snapshot, record, invariant, least))
    found: tuple[Match, ...] = snapshot.memo[key]
    return list(found)


def _ranked(snapshot: Snapshot, record: Record, invariant: Invariant, least: float) -> list[Match]:
    sought = _sought(snapshot, record, invariant)
    linked = {(test.path, test.name) for test in tests_of(snapshot, record, invariant)}
    found = [
        _match(snapshot, sought, profile)
        for profile in profiles(snapshot)
        if (profile.path, profile.test.name) not in linked
    ]
    return sorted((m for m in found if m.score >= least), key=lambda m: (-m.score, m.id))


def ranked_invariants(
    snapshot: Snapshot, path: str, test: Test
) -> list[tuple[Record, Invariant, float]]:
    """The invariants that no test verifies yet, those first that the test is most like."""
    mine = (p for p in profiles(snapshot) if p.path == path and p.test.name == test.name)
    profile = next(mine, None)
    found = [
        (record, invariant, _likeness(snapshot, record, invariant, profile))
        for record, invariant in open_invariants(snapshot)
    ]
    return sorted(found, key=lambda each: -each[2])


def _likeness(
    snapshot: Snapshot, record: Record, invariant: Invariant, profile: Profile | None
) -> float:
    if profile is None:
        return 0.0
    return _match(snapshot, _sought(snapshot, record, invariant), profile).score


def open_invariants(snapshot: Snapshot) -> Iterator[tuple[Record, Invariant]]:
    """The invariants of records in force that no test verifies yet, in the order of the log."""
    for record in snapshot.log:
        for invariant in () if record.status.retired else record.invariants:
            if invariant.id and not tests_of(snapshot, record, invariant):
                yield record, invariant


def _sought(snapshot: Snapshot, record: Record, invariant: Invariant) -> _Sought:
    key = ("sought", record.path, invariant.range)
    if key not in snapshot.memo:
        snapshot.memo[key] = _looked_for(snapshot, record, invariant)
    found: _Sought = snapshot.memo[key]
    return found


def _looked_for(snapshot: Snapshot, record: Record, invariant: Invariant) -> _Sought:
    weighed: dict[str, float] = {}
    as_spelled: dict[str, str] = {}
    pattern = invariant.pattern or suggest_pattern(invariant.statement) or ""
    for text, weight in (
        (invariant.statement, OF_STATEMENT),
        (pattern, OF_PATTERN),
        (record.title, OF_TITLE),
    ):
        for stem, word in spelled(text).items():
            weighed.setdefault(stem, weight)
            as_spelled.setdefault(stem, word)
    rare = _rarity(snapshot)
    words = {word: weight * rare.of(word) for word, weight in weighed.items()}
    told = (rare.of(word) for word, weight in weighed.items() if weight == OF_STATEMENT)
    whole = sum(sorted(told, reverse=True)[:ENOUGH_WORDS])
    subject = frozenset(stems(f"{record.stem} {record.title}"))
    return _Sought(
        words, as_spelled, whole, subject, aims(snapshot, record, invariant), record.path
    )


def _rarity(snapshot: Snapshot) -> Rarity:
    if _rarity not in snapshot.memo:
        snapshot.memo[_rarity] = rarity(p.named | p.told for p in profiles(snapshot))
    found: Rarity = snapshot.memo[_rarity]
    return found


def _match(snapshot: Snapshot, sought: _Sought, profile: Profile) -> Match:
    hints = sorted(_hints(snapshot, sought, profile), reverse=True)
    doubt = 1.0
    for worth, _ in hints:
        doubt *= 1 - worth
    return Match(profile.path, profile.test, 1 - doubt, tuple(why for _, why in hints if why))


def _hints(snapshot: Snapshot, sought: _Sought, profile: Profile) -> Iterator[tuple[float, str]]:
    """What speaks for a test: a worth from 0 to 1, and words for it."""
    yield from _by_words(sought, profile)
    yield from _by_code(snapshot, sought, profile)
    if _names(snapshot, profile.path, profile.mentions, sought.record):
        yield MENTIONED, "names the record"
    elif _names(snapshot, profile.path, profile.file_mentions, sought.record):
        yield MENTIONED_IN_FILE, "its file names the record"
    if sought.subject & profile.file_words:
        yield NEAR, "its file is called like the record"


def _names(snapshot: Snapshot, path: str, keys: frozenset[str], record: str) -> bool:
    found = (snapshot.log.resolve(key, None, path).record for key in keys)
    return any(each is not None and each.path == record for each in found)


def _by_words(sought: _Sought, profile: Profile) -> Iterator[tuple[float, str]]:
    shared = {
        word: weight * (IN_NAME if word in profile.named else IN_TEXT)
        for word, weight in sought.words.items()
        if word in profile.named or word in profile.told
    }
    if shared and sought.whole:
        likest = sorted(shared, key=lambda word: (-shared[word], word))[:MOST_SHOWN]
        share = min(sum(shared.values()) / sought.whole, 1.0)
        yield WORDS * share, f"shares {', '.join(sought.spelled[word] for word in likest)}"


def _by_code(snapshot: Snapshot, sought: _Sought, profile: Profile) -> Iterator[tuple[float, str]]:
    for aim in sought.aims:
        covering = runs_of(snapshot, aim)
        if profile.id in covering:
            worth = COVERED * covering[profile.id] * _telling(len(covering))
            yield worth, f"covers {covering[profile.id]:.0%} of {aim.name}"
        if aim.last_name in profile.uses:
            worth = CALLED * _telling(_users(snapshot, aim.last_name))
            yield worth * (1 if aim.declared else GUESSED), f"uses {aim.last_name}"
        elif _imports(aim, profile):
            yield IMPORTED, f"its file imports {aim.module}"


def _telling(tests: int) -> float:
    """What is so of many tests tells little of each."""
    return 1 / (1 + log10(max(tests, 1)))


def _users(snapshot: Snapshot, name: str) -> int:
    key = ("users", name)
    if key not in snapshot.memo:
        snapshot.memo[key] = sum(name in profile.uses for profile in profiles(snapshot))
    found: int = snapshot.memo[key]
    return found


def _imports(aim: Aim, profile: Profile) -> bool:
    return set(aim.module.split(".")) <= profile.imports or aim.last_name in profile.imports
