"""Which of what a test's result rests on differs between two moments, in any language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from adr_lsp.sources.change import Change, Read
from adr_lsp.sources.definitions.loading import runs_when_loaded
from adr_lsp.sources.definitions.passage import alike, alike_in_any_order
from adr_lsp.sources.definitions.project import Loads, Project, closure, project
from adr_lsp.sources.definitions.reach import followed, reached
from adr_lsp.sources.definitions.shape import Around, Part, Reached, Shape, Statement
from adr_lsp.value import dataclass

Covered = Mapping[str, Collection[int]]


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a language knows of its files.

    `keeps`: whether a path can matter. `shape`: what a file consists of. `around`: a test in its
    file, or None. `loads`: the files that a file loads. `settings`: where files may stand that
    say what imports mean. `acting`: where settings stand that act on a test's file and load
    others. `configured`: how settings that differ act on the test. `called_back`: whether other
    files can call what stands in a test's file.
    """

    keeps: Callable[[str], bool]
    shape: Callable[[str, bytes], Shape]
    around: Callable[[str, bytes, str], Around | None]
    loads: Loads
    settings: Callable[[Collection[str]], Collection[str]]
    acting: Callable[[str], Iterable[str]]
    configured: Callable[[Project, Project, str, str, Collection[str]], Iterable[Change]]
    called_back: bool = False


@dataclass(slots=True, eq=False)
class _Moments:
    """One question: a test, the two moments, and what is known of what ran."""

    dialect: Dialect
    path: str
    name: str
    before: Project
    after: Project
    covered: Covered | None
    closure: tuple[str, ...] = ()

    @property
    def key(self) -> object:
        """What tells this question from others of the same moments."""
        covered = frozenset(self.covered) if self.covered is not None else None
        return self.path, self.name, covered

    def then(self, path: str) -> Shape | None:
        return self._shape(self.before, path)

    def now(self, path: str) -> Shape | None:
        return self._shape(self.after, path)

    def _shape(self, moment: Project, path: str) -> Shape | None:
        raw = moment.contents.get(path)
        return None if raw is None else self.dialect.shape(path, raw)

    def around(self, moment: Project) -> Around | None:
        raw = moment.contents.get(self.path)
        return None if raw is None else self.dialect.around(self.path, raw, self.name)


def what_changed(
    dialect: Dialect,
    test: tuple[str, str],
    old: Read,
    new: Read,
    files: Collection[str],
    covered: Covered | None,
) -> tuple[Change, ...]:
    """Every definition and statement that the test's result rests on and that differs."""
    paths = {path for path in (*files, test[0]) if dialect.keeps(path)}
    differing = {path for path in paths if old(path) != new(path)}
    settings = frozenset(dialect.settings(paths))
    acting = dialect.acting(test[0]) if not paths.isdisjoint(settings) else ()
    come = {path for path in acting if path not in paths and new(path) is not None}
    if not differing and not come:
        return ()
    beside = {path for path in settings if path not in paths}
    before = project(paths, old, beside, new)
    after = project(paths | come, new, beside, new)
    asked = _Moments(dialect, *test, before, after, covered)
    lost = _lost(asked)
    if lost:
        return (lost,)
    found = list(_found(asked, differing))
    return _once([*found, *dialect.configured(before, after, *test, differing | come)])


def _found(asked: _Moments, differing: set[str]) -> Iterator[Change]:
    acting = frozenset(asked.dialect.acting(asked.path))
    roots = (asked.path, *acting, *(asked.covered or ()))
    asked.closure = closure(asked.before, roots, asked.dialect.loads)
    for path in closure(asked.after, roots, asked.dialect.loads):
        if path in differing and path not in asked.before.contents:
            yield Change("unparsed", path, "")
    changed = [path for path in asked.closure if path in differing and path not in acting]
    unread = list(_unread(asked, changed))
    yield from unread
    skipped = {asked.path, *(change.path for change in unread)}
    far = [path for path in changed if path not in skipped]
    if asked.path in differing:
        yield from _near(asked)
    for path in far:
        yield from _bodies(asked, path)
    for path in far:
        yield from _module_changes(asked, path)


def _once(changes: list[Change]) -> tuple[Change, ...]:
    """The first change of each place."""
    kept: dict[tuple[str, str], Change] = {}
    for change in changes:
        kept.setdefault((change.path, change.name), change)
    return tuple(kept.values())


def _lost(asked: _Moments) -> Change | None:
    """The test itself is gone, unreadable now, or was not there yet."""
    now, then = asked.now(asked.path), asked.then(asked.path)
    if now is None:
        return Change("gone", asked.path, "")
    if now.broken and not (then and then.broken):
        return Change("unparsed", asked.path, "")
    if asked.around(asked.after) is None:
        return Change("gone", asked.path, asked.name, function=False)
    if asked.around(asked.before) is None:
        return Change("test", asked.path, asked.name, function=False)
    return None


def _unread(asked: _Moments, paths: list[str]) -> Iterator[Change]:
    """Files that are gone, or that do not parse although they did."""
    for path in paths:
        now, then = asked.now(path), asked.then(path)
        if now is None:
            yield Change("gone", path, "")
        elif now.broken and not (then and then.broken):
            yield Change("unparsed", path, "")


def _near(asked: _Moments) -> Iterator[Change]:
    """What the test reaches in its own file, and what of that file ran or may have run."""
    before, after = asked.around(asked.before), asked.around(asked.after)
    if before is None or after is None:
        return
    then, now = reached(before), reached(after)
    names = [n for n, one in then.items() if n not in now or not alike(one.said, now[n].said)]
    changes = [_changed(asked, name, then[name], after) for name in names]
    if not changes:
        come = [name for name in now if name not in then and now[name].kind != "scope"]
        changes = [_changed(asked, name, now[name], after) for name in come]
    yield from sorted(changes, key=lambda change: change.kind != "test")
    if asked.dialect.called_back:
        yield from _called_back(asked, then)


def _changed(asked: _Moments, name: str, one: Reached, after: Around) -> Change:
    there = (
        one.kind == "test"
        or not name
        or any(part.name == name for part in after.parts)
        or any(name in (s.name, *s.binds) for s in after.statements)
    )
    kind = "reached" if one.kind == "scope" else one.kind
    return Change(kind if there else "gone", asked.path, name, one.function)


def _called_back(asked: _Moments, then: Mapping[str, Reached]) -> Iterator[Change]:
    """What of the test's file ran, or is named where nobody measured what ran."""
    for change in _bodies(asked, asked.path):
        part = _part(asked.then(asked.path), change.name)
        if part is None or part.testing or change.name in then:
            continue
        if asked.covered is not None or _is_named_elsewhere(asked, part):
            yield change


def _part(shape: Shape | None, name: str) -> Part | None:
    return shape.parts.get(name) if shape else None


def _is_named_elsewhere(asked: _Moments, part: Part) -> bool:
    others = [raw for path, raw in asked.before.contents.items() if path != asked.path]
    return any(tag.encode() in raw for tag in part.tags for raw in others)


def _bodies(asked: _Moments, path: str) -> Iterator[Change]:
    """Bodies of one file that ran under the test, that may have run, or that ran as it loaded."""
    then, now = asked.then(path), asked.now(path)
    if then is None or now is None:
        return
    for name, part in then.parts.items():
        change = _body_change(now, part)
        if change is None or (part.testing and not _is_named_by_test(asked, part)):
            continue
        if asked.covered is None or _ran(part, asked.covered.get(path, ())):
            yield Change(change, path, name, part.function)
        elif _is_followed(asked, path, part) or _runs_when_loaded(asked, part):
            yield Change("reached" if change == "covered" else change, path, name, part.function)


def _is_followed(asked: _Moments, path: str, part: Part) -> bool:
    unseen = asked.covered is None or path not in asked.covered
    return unseen and not part.tags.isdisjoint(_followed(asked))


def _followed(asked: _Moments) -> frozenset[str]:
    """The names that the test leads to through files of which coverage shows nothing."""

    def find() -> frozenset[str]:
        around = asked.around(asked.before)
        unseen = [p for p in asked.closure if p != asked.path and p not in (asked.covered or ())]
        shapes = [shape for path in unseen if (shape := asked.then(path))]
        return followed(around, shapes) if around else frozenset()

    return asked.before.remember(("followed", asked.key), find)


def _runs_when_loaded(asked: _Moments, part: Part) -> bool:
    around = asked.around(asked.before)
    assert around is not None  # else the test is lost
    return runs_when_loaded(asked.before, asked.closure, asked.dialect.shape, around, part)


def _body_change(now: Shape, part: Part) -> str | None:
    same = now.parts.get(part.name)
    if same is None:
        return "gone"
    return None if alike(part.body, same.body) else "covered"


def _ran(part: Part, lines: Collection[int]) -> bool:
    ran = frozenset(lines)
    return any(not ran.isdisjoint(range(first, last + 1)) for first, last in part.rows)


def _is_named_by_test(asked: _Moments, part: Part | Statement) -> bool:
    """Whether the test, or what it reaches in its file, says a name of what serves tests."""
    around = asked.around(asked.before)
    if around is None:
        return False
    tags = part.tags if isinstance(part, Part) else frozenset((*part.binds, *part.about))
    said = (said for one in reached(around).values() for said in one.said)
    return any(not tags.isdisjoint(each.names) for each in said)


def _module_changes(asked: _Moments, path: str) -> Iterator[Change]:
    """Statements and headers that run when a file is loaded."""
    then, now = asked.then(path), asked.now(path)
    if then is None or now is None:
        return
    for name, part in then.parts.items():
        if part.testing and not _is_named_by_test(asked, part):
            continue
        same = now.parts.get(name)
        if same is None:
            yield Change("gone", path, name, part.function)
        elif not alike(part.header, same.header):
            yield Change("module", path, name, part.function)
    for name, part in now.parts.items():
        if name not in then.parts and not part.testing and not _is_harmless(asked, path, part):
            yield Change("module", path, name, part.function)
    yield from _statement_changes(asked, path, then, now)


def _is_harmless(asked: _Moments, path: str, part: Part) -> bool:
    """A new plain function whose name nothing that could call it said: nobody can have met it."""
    others = asked.closure if asked.dialect.called_back else (path,)
    known = [asked.before.contents[other] for other in others]
    return part.plain and not any(tag.encode() in raw for tag in part.tags for raw in known)


def _statement_changes(asked: _Moments, path: str, then: Shape, now: Shape) -> Iterator[Change]:
    before = [s for s in then.statements if not s.testing or _is_named_by_test(asked, s)]
    after = [s for s in now.statements if not s.testing or _is_named_by_test(asked, s)]
    if then.ordered and alike([s.said for s in before], [s.said for s in after]):
        return
    if not then.ordered and alike_in_any_order([s.said for s in before], [s.said for s in after]):
        return
    old, new = {s.said.digest for s in before}, {s.said.digest for s in after}
    names = [n for s in before if s.said.digest not in new for n in s.binds]
    names += [n for s in after if s.said.digest not in old for n in s.binds]
    for name in dict.fromkeys(names or [""]):
        yield Change("module", path, name, function=False)
