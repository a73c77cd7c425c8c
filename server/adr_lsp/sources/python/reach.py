"""What a test rests on by name: its fixtures, helpers and constants, and what these use."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import field

from adr_lsp.sources.python.fixtures import Offered, conftests, fixtures_in, fixtures_of
from adr_lsp.sources.python.importing import BUILDING
from adr_lsp.sources.python.normal import digest
from adr_lsp.sources.python.outline import Import
from adr_lsp.sources.python.project import Project
from adr_lsp.sources.python.resolve import Place, bases, member, resolve
from adr_lsp.sources.python.shape import Part, Shape, Statement, Used
from adr_lsp.value import dataclass

MODULE_HOOKS = (
    "pytestmark",
    "pytest_plugins",
    "setup_module",
    "teardown_module",
    "setup_function",
    "teardown_function",
    "setUpModule",
    "tearDownModule",
)
_CLASS_HOOKS = frozenset(
    {
        "setup",
        "teardown",
        "setup_method",
        "teardown_method",
        "setup_class",
        "teardown_class",
        "setUp",
        "tearDown",
        "setUpClass",
        "tearDownClass",
        "asyncSetUp",
        "asyncTearDown",
    }
)


@dataclass(frozen=True, slots=True)
class Reached:
    """One thing that the test reaches. `kind` is `test` or `reached`."""

    kind: str
    digest: str
    function: bool


@dataclass(frozen=True, slots=True)
class _Name:
    """A name still to be followed. `executed`: what it calls ran at import or in a fixture that
    another test may have set up, so no coverage of this test shows it."""

    path: str
    name: str
    executed: bool
    imports: frozenset[Import]
    holder: Place | None


@dataclass(slots=True)
class Walk:
    """`near` are the test's file and its `conftest.py` files; `measured` those whose running code
    coverage shows (None: unknown, and every body of an imported file counts anyway)."""

    project: Project
    near: tuple[str, ...]
    measured: Collection[str] | None
    found: dict[Place, Reached] = field(default_factory=dict)
    pending: list[_Name] = field(default_factory=list)
    seen: set[object] = field(default_factory=set)

    def is_open(self, path: str) -> bool:
        """Whether what is named in a file counts although coverage does not show that it ran."""
        return path in self.near or (self.measured is not None and path not in self.measured)

    def first(self, *key: object) -> bool:
        if key in self.seen:
            return False
        self.seen.add(key)
        return True


def reached(
    project: Project, test: Place, measured: Collection[str] | None
) -> dict[Place, Reached]:
    """Every definition and name that the test reaches, with a digest of what it says."""
    path, name = test
    near = (path, *(p for p in conftests(path) if p in project.files))
    walk = Walk(project, near, measured)
    _start(walk, path, name.replace("::", "."))
    for place in near:
        _surround(walk, place)
    _follow_all(walk)
    return walk.found


def find_test(project: Project, test: Place) -> Place | None:
    """Where a test's function, or the machine's case, is defined; a base class may hold it."""
    path, name = test[0], test[1].replace("::", ".")
    shape = project.shape(path)
    if shape is None:
        return None
    if name in shape.definitions:
        return path, name
    holder, _, last = name.rpartition(".")
    if last == "runTest" or not holder:
        case = holder or name
        return (path, case) if case in shape.definitions or shape.binding(case) else None
    return member(project, (path, holder), last) if holder in shape.definitions else None


def _start(walk: Walk, path: str, name: str) -> None:
    place = find_test(walk.project, (path, name))
    if place is None:
        return
    holder, _, last = name.rpartition(".")
    shape = walk.project.shape(path)
    if last == "runTest" or not holder:
        _visit(walk, place, kind="test", executed=False, whole=True, asks=True)
        return
    parts = holder.split(".")
    for end in range(1, len(parts) + 1):
        around = ".".join(parts[:end])
        if shape and around in shape.definitions:
            for one in ((path, around), *bases(walk.project, (path, around))):
                _hold(walk, one)
    _visit(walk, place, kind="test", executed=False, asks=True, holder=(path, holder))


def _hold(walk: Walk, holder: Place) -> None:
    """A class around the test, or one of its bases: attributes, set-up, automatic fixtures."""
    path, name = holder
    shape = walk.project.shape(path)
    part = shape.definitions.get(name) if shape else None
    if shape is None or part is None:
        return
    walk.found[holder] = Reached("test", part.digest, function=False)
    plain = part.in_header.names - set(part.bases)
    _push(walk, path, part.in_header, plain, executed=True, holder=holder)
    _push(walk, path, part.in_body, part.in_body.names, executed=True, holder=holder)
    for asked in sorted(part.in_header.fixtures | part.in_body.fixtures):
        _ask(walk, asked, holder)
    for inside, one in shape.members(name).items():
        last = inside.rpartition(".")[2]
        automatic = one.fixture is not None and one.fixture.autouse
        if automatic or last in _CLASS_HOOKS or _is_special(last):
            scoped = (one.fixture is not None and one.fixture.scoped) or "lass" in last
            _visit(walk, (path, inside), executed=scoped, asks=automatic, holder=holder)


def _is_special(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def _surround(walk: Walk, path: str) -> None:
    """What pytest does with a file whatever the test: hooks, marks, automatic fixtures."""
    shape = walk.project.shape(path)
    if shape is None:
        return
    hooks = [name for name in shape.definitions if name.startswith("pytest_")]
    for name in (*MODULE_HOOKS, *hooks):
        if name in shape.definitions or shape.binding(name):
            _visit(walk, (path, name), executed=True, asks=True)
    for offered in fixtures_of(walk.project, path).values():
        if offered.fixture.autouse:
            _set_up(walk, offered, None)


def _follow_all(walk: Walk) -> None:
    """Until nothing new is found; a statement that acts on a name counts once that is reached."""
    while True:
        while walk.pending:
            _follow(walk, walk.pending.pop())
        for path in walk.near:
            _act(walk, path)
        if not walk.pending:
            return


def _act(walk: Walk, path: str) -> None:
    """The statements of a file that do more than binding names, and concern the test."""
    shape = walk.project.shape(path)
    acting = [s for s in shape.statements if s.acts and _concerns(walk, path, s)] if shape else []
    if acting:
        said = digest(statement.digest for statement in acting)
        walk.found[(path, "")] = Reached("reached", said, function=False)
    for statement in acting:
        if walk.first("acts", path, statement):
            _push(walk, path, statement.used, statement.used.names, executed=True)


def _concerns(walk: Walk, path: str, statement: Statement) -> bool:
    return not statement.about or any((path, name) in walk.found for name in statement.about)


def _push(
    walk: Walk,
    path: str,
    used: Used,
    names: Iterable[str],
    *,
    executed: bool,
    holder: Place | None = None,
) -> None:
    """Names to follow; `executed` counts for those that are called."""
    for name in names:
        called = executed and name in used.calls
        walk.pending.append(_Name(path, name, called, used.imports, holder))


def _follow(walk: Walk, name: _Name) -> None:
    if not walk.first(name):
        return
    root, _, rest = name.name.partition(".")
    if root in ("self", "cls", "super") and name.holder:
        target = member(walk.project, name.holder, rest.partition(".")[0]) if rest else None
        if target:
            _visit(walk, target, executed=name.executed, holder=name.holder)
        return
    shape = walk.project.shape(name.path)
    if shape and root in shape.imports and walk.is_open(name.path):
        meant = digest([repr(shape.imports[root])])
        walk.found.setdefault((name.path, root), Reached("reached", meant, function=False))
    place = resolve(walk.project, name.path, name.name, name.imports)
    if place:
        _visit(walk, place, executed=name.executed)


def _visit(
    walk: Walk,
    place: Place,
    *,
    executed: bool,
    kind: str = "reached",
    whole: bool = False,
    asks: bool = False,
    holder: Place | None = None,
) -> None:
    """Notes a definition or name and pushes what it uses. `asks`: its parameters are fixtures;
    `whole`: it counts whatever coverage says."""
    path, name = place
    shape = walk.project.shape(path)
    if shape is None or not (executed or whole or asks or walk.is_open(path)):
        return
    if not walk.first(place, executed, whole, asks, holder):
        return
    part = shape.definitions.get(name)
    if part is None:
        _visit_statements(walk, shape, place, kind, whole)
    elif part.is_class:
        _visit_class(walk, shape, place, part, kind, executed, whole)
    else:
        _note(walk, place, kind, part.digest, function=True)
        _visit_function(walk, place, part, executed, asks, holder or _class_of(shape, place))


def _note(walk: Walk, place: Place, kind: str, said: str, *, function: bool) -> None:
    if place not in walk.found or kind == "test":
        walk.found[place] = Reached(kind, said, function)


def _class_of(shape: Shape, place: Place) -> Place | None:
    holder = place[1].rpartition(".")[0]
    return (place[0], holder) if holder in shape.definitions else None


def _visit_statements(walk: Walk, shape: Shape, place: Place, kind: str, whole: bool) -> None:
    path, name = place
    statements = shape.binding(name)
    _note(walk, place, kind, digest(s.digest for s in statements), function=False)
    for statement in statements:
        _push(walk, path, statement.used, statement.used.names, executed=True)
        for used in statement.used.names if whole else ():
            machine = resolve(walk.project, path, used.removesuffix(".TestCase"))
            if machine:
                _visit(walk, machine, kind="test", executed=False, whole=True)


def _visit_class(
    walk: Walk, shape: Shape, place: Place, part: Part, kind: str, executed: bool, whole: bool
) -> None:
    path, name = place
    _note(walk, place, kind, part.digest, function=False)
    if not (whole or walk.is_open(path)):
        for method in BUILDING:
            if target := member(walk.project, place, method):
                _visit(walk, target, executed=True, holder=place)
        return
    for used in (part.in_header, part.in_body):
        _push(walk, path, used, used.names, executed=True, holder=place)
    for inside, one in shape.members(name).items():
        _note(walk, (path, inside), kind, one.digest, function=not one.is_class)
        _visit_function(walk, (path, inside), one, executed, False, place)
    for base in bases(walk.project, place) if whole else ():
        _visit(walk, base, kind=kind, executed=executed, whole=True)


def _visit_function(
    walk: Walk, place: Place, part: Part, executed: bool, asks: bool, holder: Place | None
) -> None:
    path = place[0]
    if walk.is_open(path):
        _push(walk, path, part.in_header, part.in_header.names, executed=True, holder=holder)
        _push(walk, path, part.in_body, part.in_body.names, executed=executed, holder=holder)
    elif executed:
        _push(walk, path, part.in_body, part.in_body.calls, executed=True, holder=holder)
    if "super" in part.in_body.names and holder:
        last = place[1].rpartition(".")[2]
        for base in bases(walk.project, holder):
            if target := member(walk.project, base, last):
                _visit(walk, target, executed=executed, holder=holder)
    if asks:
        own = part.fixture.name if part.fixture else None
        for asked in sorted({*part.parameters, *part.in_header.fixtures, *part.in_body.fixtures}):
            _ask(walk, asked, holder, own=own)


def _ask(walk: Walk, name: str, holder: Place | None, own: str | None = None) -> None:
    """The nearest fixture of a name; one that asks for its own name means the next one too."""
    for level in _levels(walk, holder):
        offered = level.get(name)
        if offered:
            _set_up(walk, offered, holder)
            if name != own:
                return


def _levels(walk: Walk, holder: Place | None) -> Iterator[dict[str, Offered]]:
    while holder and holder[1]:
        for one in (holder, *bases(walk.project, holder)):
            yield fixtures_in(walk.project, one)
        holder = (holder[0], holder[1].rpartition(".")[0])
    for path in walk.near:
        yield fixtures_of(walk.project, path)


def _set_up(walk: Walk, offered: Offered, holder: Place | None) -> None:
    _visit(walk, offered.place, executed=offered.fixture.scoped, asks=True, holder=holder)
