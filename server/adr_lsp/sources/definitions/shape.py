"""What one file consists of, and what of it surrounds a test."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from adr_lsp.sources.definitions.passage import Said
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One definition: what its header says, which counts once the file is loaded, and its body,
    which counts once it runs. Several of one name (accessors, overloads) are one part.

    `tags` are the names that lead to it, `called` those that run it. `plain`: nobody can have met
    it before it was written. `testing`: it serves tests alone. `rows` are the lines of its body,
    from 1.
    """

    name: str
    function: bool
    header: tuple[Said, ...]
    body: tuple[Said, ...]
    tags: frozenset[str]
    called: frozenset[str] = frozenset()
    rows: tuple[tuple[int, int], ...] = ()
    plain: bool = False
    testing: bool = False

    def names(self) -> frozenset[str]:
        return frozenset().union(*(said.names for said in (*self.header, *self.body)))


@dataclass(frozen=True, slots=True)
class Statement:
    """Code that runs when the file is loaded. `binds` are the names that it binds, `about` those
    whose members it sets; `acts` says that it does more than binding. `name` is how a person
    knows it (`beforeEach`), if by any name. `imports`: it stands for one imported name, which if
    it also `acts` may do so without being named: a trait."""

    said: Said
    binds: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    acts: bool = False
    name: str = ""
    testing: bool = False
    imports: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A file: its definitions by name and its own statements, whose order may count."""

    parts: dict[str, Part]
    statements: tuple[Statement, ...]
    broken: bool = False
    ordered: bool = True


@dataclass(frozen=True, slots=True)
class Around:
    """A test as its file has it: its own definition, by the name that a person reads, and what
    stands in the scopes around it. `loading` is what of the test runs as its file is loaded."""

    own: tuple[tuple[str, bool, Said], ...]
    parts: tuple[Part, ...]
    statements: tuple[Statement, ...]
    loading: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Reached:
    """One thing that the test reaches in its own file. `kind` is `test`, `reached`, or `scope` for
    an imported name that the test does not say: to miss it counts, a new one can do nothing."""

    kind: str
    function: bool
    said: list[Said] = field(default_factory=list)


def joined(parts: Iterable[Part]) -> dict[str, Part]:
    """Parts by name; those of one name taken together."""
    found: dict[str, list[Part]] = {}
    for part in parts:
        found.setdefault(part.name, []).append(part)
    return {name: _one(many) if len(many) > 1 else many[0] for name, many in found.items()}


def _one(parts: list[Part]) -> Part:
    return Part(
        name=parts[0].name,
        function=any(part.function for part in parts),
        header=tuple(said for part in parts for said in part.header),
        body=tuple(said for part in parts for said in part.body),
        tags=frozenset().union(*(part.tags for part in parts)),
        called=frozenset().union(*(part.called for part in parts)),
        rows=tuple(rows for part in parts for rows in part.rows),
        plain=all(part.plain for part in parts),
        testing=all(part.testing for part in parts),
    )


def whole(said: Said, *, broken: bool = True) -> Shape:
    """A file that is not looked into."""
    return Shape({}, (Statement(said, acts=True),), broken)
