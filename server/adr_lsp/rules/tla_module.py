"""What a TLA+ module defines and extends, and what a TLC configuration checks."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import field

from adr_lsp.snapshot import Snapshot
from adr_lsp.sources.tla.lexing import DEFINED, plain
from adr_lsp.text import decode
from adr_lsp.value import dataclass

MODULE, CONFIGURATION = ".tla", ".cfg"
LARGEST = 2 * 1024 * 1024
_STANDARD = frozenset(
    [
        *("Apalache", "Bags", "BagsExt", "Bitwise", "CSV", "Combinatorics", "DyadicRationals"),
        *("FiniteSetTheorems", "FiniteSets", "FiniteSetsExt", "Folds", "Functions", "Graphs"),
        *("HTML", "IOUtils", "Integers", "Json", "NaturalsInduction", "Naturals", "Option"),
        *("Randomization", "RealTime", "Reals", "Relation", "SVG", "Sequences", "SequencesExt"),
        *("Statistics", "TLAPS", "TLC", "TLCExt", "Toolbox", "UndirectedGraphs", "Variants"),
        *("VectorClocks", "WellFoundedInduction"),
    ]
)
_EXTENDS = re.compile(r"^\s*EXTENDS\s+(\w+(?:\s*,\s*\w+)*)", re.MULTILINE)
_INSTANCE = re.compile(r"\bINSTANCE\s+(\w+)")
_WORD = re.compile(r"[A-Za-z_]\w*")
_KEYWORD = re.compile(
    r"(?:CONSTANTS?|INIT|NEXT|SPECIFICATION|INVARIANTS?|PROPERT(?:Y|IES)|(?:ACTION_|TYPE_)?CONSTRAINTS?"
    r"|SYMMETRY|VIEW|CHECK_DEADLOCK|ALIAS|POSTCONDITION|TYPE)\Z"
)
_CHECKING = frozenset({"INVARIANT", "INVARIANTS", "PROPERTY", "PROPERTIES", "POSTCONDITION"})
_STARTING = frozenset({"SPECIFICATION", "INIT", "NEXT"})


@dataclass(frozen=True, slots=True)
class Module:
    """`definitions`: each operator with the words of its body. `proved`: those that name a theorem.
    `others`: the modules that it builds on, without those that come with the tools."""

    definitions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    proved: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Configuration:
    """The operators that TLC checks, and those with which a behaviour starts."""

    checked: frozenset[str] = frozenset()
    starting: frozenset[str] = frozenset()


def module(text: str) -> Module:
    """What a module says; of a text that is none, whatever looks like it."""
    shown = plain(text)
    found = list(DEFINED.finditer(shown))
    ends = [*(each.start() for each in found), len(shown)][1:]
    definitions: dict[str, frozenset[str]] = {}
    for each, end in zip(found, ends, strict=True):
        words = frozenset(_WORD.findall(shown, each.end(), end))
        definitions[each["name"]] = definitions.get(each["name"], frozenset()) | words
    others = [name for each in _EXTENDS.finditer(shown) for name in _WORD.findall(each[1])]
    others += [each[1] for each in _INSTANCE.finditer(shown)]
    proved = frozenset(each["name"] for each in found if each["proved"])
    return Module(
        definitions, proved, tuple(n for n in dict.fromkeys(others) if n not in _STANDARD)
    )


def configuration(text: str) -> Configuration:
    """What a configuration of TLC says."""
    checked: set[str] = set()
    starting: set[str] = set()
    section = ""
    for word in re.findall(r"[^\s,]+", plain(text)):
        if _KEYWORD.match(word):
            section = word
        elif section in _CHECKING:
            checked.add(word)
        elif section in _STARTING:
            starting.add(word)
    return Configuration(frozenset(checked), frozenset(starting))


def module_at(snapshot: Snapshot, path: str) -> Module | None:
    """The module in a file; None if that is not there or too large."""
    key = ("module", path)
    if key not in snapshot.memo:
        text = _text(snapshot, path)
        snapshot.memo[key] = None if text is None else module(text)
    found: Module | None = snapshot.memo[key]
    return found


def with_others(snapshot: Snapshot, path: str) -> Iterator[tuple[str, Module | None]]:
    """A module and all on which it builds, as far as they stand beside it; None if one does not."""
    folder = posixpath.dirname(path)
    left, seen = [path], set()
    while left:
        place = left.pop()
        if place in seen:
            continue
        seen.add(place)
        found = module_at(snapshot, place)
        yield place, found
        left += [
            posixpath.join(folder, other + MODULE) for other in (found.others if found else ())
        ]


def configurations(snapshot: Snapshot, path: str) -> Iterator[tuple[str, Configuration]]:
    """The configurations with which TLC checks a module.

    Those that stand beside it and are named for it or for a module that builds on it, and those
    that are named for no module and start with an operator of it.
    """
    known = module_at(snapshot, path) or Module()
    for place in _beside(snapshot, path):
        root = place.removesuffix(CONFIGURATION) + MODULE
        text = _text(snapshot, place)
        if text is None:
            continue
        found = configuration(text)
        if not snapshot.tree.exists(root):
            belongs = not found.starting.isdisjoint(known.definitions)
        else:
            belongs = any(other == path for other, _ in with_others(snapshot, root))
        if belongs:
            yield root, found


def _beside(snapshot: Snapshot, path: str) -> tuple[str, ...]:
    """The configurations in the folder of a module, by path."""
    if _beside not in snapshot.memo:
        folders: dict[str, list[str]] = {}
        for each in sorted(snapshot.tree.paths()):
            if each.endswith(CONFIGURATION):
                folders.setdefault(posixpath.dirname(each), []).append(each)
        snapshot.memo[_beside] = folders
    return tuple(snapshot.memo[_beside].get(posixpath.dirname(path), ()))


def _text(snapshot: Snapshot, path: str) -> str | None:
    raw = snapshot.tree.read(path)
    return None if raw is None or len(raw) > LARGEST else decode(raw)[0]
