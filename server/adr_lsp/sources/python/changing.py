"""What a Python test's result rests on, and which of it differs between two moments."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from adr_lsp.sources.change import Change, Read
from adr_lsp.sources.python.fixtures import conftests
from adr_lsp.sources.python.importing import runs_at_import
from adr_lsp.sources.python.normal import digest
from adr_lsp.sources.python.project import Project, project
from adr_lsp.sources.python.reach import Reached, find_test, reached
from adr_lsp.sources.python.resolve import Place
from adr_lsp.sources.python.shape import Part, Shape, Statement, shape_of

Covered = Mapping[str, Collection[int]]


def what_changed(
    test_path: str,
    test_name: str,
    old: Read,
    new: Read,
    files: Collection[str],
    covered: Covered | None,
) -> tuple[Change, ...]:
    """Every definition and statement that the test's result rests on and that differs."""
    paths = {path for path in (*files, test_path) if path.endswith(".py")}
    differing = {path for path in paths if old(path) != new(path)}
    added = {p for p in conftests(test_path) if p not in paths and new(p) is not None}
    if not differing and not added:
        return ()
    before, after = project(paths, old), project(paths | added, new)
    nothing = lost(before, after, test_path, test_name)
    if nothing:
        return (nothing,)
    roots = (test_path, *conftests(test_path), *before.packages(test_path), *(covered or ()))
    closure = before.closure(roots)
    unknown = [p for p in after.closure(roots) if p in differing and p not in before.files]
    if added.isdisjoint(after.files) and differing.isdisjoint(closure) and not unknown:
        return ()
    unread = [*_unread(before, after, [path for path in closure if path in differing])]
    unread += [Change("unparsed", path, "") for path in unknown]
    skipped = {change.path for change in unread}
    near = {test_path, *conftests(test_path)}
    far = [path for path in closure if path in differing and path not in near | skipped]
    found = [
        *reached_changes(before, after, (test_path, test_name), covered),
        *_covered_changes(before, after, covered, [*far, *sorted(near & differing)]),
        *_unmeasured_changes(before, after, covered, far),
        *_import_changes(before, after, covered, closure, far),
        *(change for path in far for change in _module_changes(before, after, path)),
    ]
    return _once([*unread, *(change for change in found if change.path not in skipped)])


def _once(changes: list[Change]) -> tuple[Change, ...]:
    """The first change of each place."""
    kept: dict[Place, Change] = {}
    for change in changes:
        kept.setdefault((change.path, change.name), change)
    return tuple(kept.values())


def definition_digest(path: str, raw: bytes, test_name: str) -> str | None:
    """The test's own function, or its machine's class, wherever that stands."""
    alone = Project({path: raw}, frozenset({path}))
    place = find_test(alone, (path, test_name))
    part = shape_of(raw).definitions.get(place[1]) if place else None
    if place is None or (part and not part.is_class):
        return part.digest if part else None
    found = reached(alone, (path, test_name), frozenset({path}))
    own = sorted(name for (_, name), one in found.items() if one.kind == "test")
    return digest(word for name in own for word in (name, found[path, name].digest))


def lost(before: Project, after: Project, path: str, name: str) -> Change | None:
    """The test itself is gone, unreadable now, or was not there yet."""
    if path not in after.files:
        return Change("gone", path, "")
    shown = name.replace("::", ".")
    shape, earlier = after.shape(path), before.shape(path)
    if shape and shape.broken and not (earlier and earlier.broken):
        return Change("unparsed", path, "")
    if find_test(after, (path, name)) is None:
        return Change("gone", path, shown)
    return Change("test", path, shown) if find_test(before, (path, name)) is None else None


def file_changes(
    before: Project, after: Project, covered: Covered | None, path: str, *, far: bool
) -> Iterator[Change]:
    """What differs in one file that the result rests on, `far` from the test, whatever calls it."""
    yield from _unread(before, after, [path])
    yield from _covered_changes(before, after, covered, [path])
    if far:
        yield from _unmeasured_changes(before, after, covered, [path])
        yield from _module_changes(before, after, path)


def _unread(before: Project, after: Project, paths: list[str]) -> Iterator[Change]:
    """Files that are gone, or that do not parse although they did."""
    for path in paths:
        shape, earlier = after.shape(path), before.shape(path)
        if shape is None:
            yield Change("gone", path, "")
        elif shape.broken and not (earlier and earlier.broken):
            yield Change("unparsed", path, "")


def reached_changes(
    before: Project, after: Project, test: Place, covered: Covered | None
) -> list[Change]:
    measured = None if covered is None else frozenset(covered)
    then, now = reached(before, test, measured), reached(after, test, measured)
    changes = [
        _changed(place, one, after)
        for place, one in then.items()
        if place not in now or now[place].digest != one.digest
    ]
    if not changes:
        changes = [_changed(place, now[place], after) for place in now if place not in then]
    return sorted(changes, key=lambda change: change.kind != "test")


def _changed(place: Place, one: Reached, after: Project) -> Change:
    path, name = place
    shape = after.shape(path)
    there = shape is not None and (
        not name or name in shape.definitions or name in shape.imports or shape.binding(name)
    )
    return Change(one.kind if there else "gone", path, name, one.function)


def _covered_changes(
    before: Project, after: Project, covered: Covered | None, paths: list[str]
) -> Iterator[Change]:
    """Functions whose body ran, as the lines in the old bytes say."""
    for path in paths if covered is not None else ():
        lines = frozenset((covered or {}).get(path, ()))
        shape = before.shape(path)
        for name, part in shape.definitions.items() if shape and lines else ():
            if any(not lines.isdisjoint(range(first, last + 1)) for first, last in part.rows):
                yield from _body_change(after, path, name, part, "covered")


def _unmeasured_changes(
    before: Project, after: Project, covered: Covered | None, paths: list[str]
) -> Iterator[Change]:
    """Where nobody measured, every function of the imported files may have run."""
    for path in paths if covered is None else ():
        shape = before.shape(path)
        for name, part in shape.definitions.items() if shape else ():
            if not part.is_class:
                yield from _body_change(after, path, name, part, "covered")


def _import_changes(
    before: Project,
    after: Project,
    covered: Covered | None,
    closure: tuple[str, ...],
    paths: list[str],
) -> Iterator[Change]:
    """Functions that ran while the files were imported, which no test's coverage shows."""
    for path in paths if covered is not None else ():
        shape = before.shape(path)
        for name, part in shape.definitions.items() if shape else ():
            changes = [] if part.is_class else _body_change(after, path, name, part, "reached")
            for change in changes:
                if runs_at_import(before, closure, (path, name)):
                    yield change


def _body_change(after: Project, path: str, name: str, part: Part, kind: str) -> Iterator[Change]:
    shape = after.shape(path)
    now = shape.definitions.get(name) if shape else None
    if now is None:
        yield Change("gone", path, name)
    elif now.body != part.body:
        yield Change(kind, path, name)


def _module_changes(before: Project, after: Project, path: str) -> Iterator[Change]:
    """Statements and headers that run at import."""
    then, now = before.shape(path), after.shape(path)
    if then is None or now is None:
        return
    for name, part in then.definitions.items():
        same = now.definitions.get(name)
        if same is None:
            yield Change("gone", path, name, not part.is_class)
        elif same.header != part.header or (part.is_class and same.body != part.body):
            yield Change("module", path, name, not part.is_class)
    for name, part in now.definitions.items():
        if name not in then.definitions and not _is_harmless(name, part, then):
            yield Change("module", path, name, not part.is_class)
    yield from _statement_changes(path, then.statements, now.statements)


def _is_harmless(name: str, part: Part, then: Shape) -> bool:
    """A new plain function of a module whose name nothing there used: nobody can have met it."""
    return not (part.is_class or part.decorated or "." in name or _is_hook(name)) and not (
        name in then.imports or then.mentions(name)
    )


def _is_hook(name: str) -> bool:
    return name.startswith(("__", "pytest_"))


def _statement_changes(
    path: str, then: tuple[Statement, ...], now: tuple[Statement, ...]
) -> Iterator[Change]:
    if [s.digest for s in then] == [s.digest for s in now]:
        return
    old, new = {s.digest for s in then}, {s.digest for s in now}
    names = [n for s in then if s.digest not in new for n in s.binds]
    names += [n for s in now if s.digest not in old for n in s.binds]
    for name in dict.fromkeys(names or [""]):
        yield Change("module", path, name, function=False)
