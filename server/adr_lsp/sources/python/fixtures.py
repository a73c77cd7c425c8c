"""Which pytest fixtures a Python file offers, and which files offer them to a test."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from adr_lsp.sources.python.outline import Import
from adr_lsp.sources.python.project import Project
from adr_lsp.sources.python.resolve import Place, resolve
from adr_lsp.sources.python.shape import Fixture
from adr_lsp.value import dataclass

_DEEPEST = 5  # plugins and star imports within each other


@dataclass(frozen=True, slots=True)
class Offered:
    """A fixture with the place of its function."""

    place: Place
    fixture: Fixture


def conftests(path: str) -> Iterator[str]:
    """The paths at which pytest looks for a `conftest.py` for a test file, nearest first."""
    folder = posixpath.dirname(path)
    while folder:
        yield f"{folder}/conftest.py"
        folder = posixpath.dirname(folder)
    yield "conftest.py"


def fixtures_of(project: Project, path: str, depth: int = _DEEPEST) -> dict[str, Offered]:
    """Every fixture of a module by its name: its own, imported ones, those of its plugins."""
    return project.remember(("fixtures", path, depth), lambda: _fixtures(project, path, depth))


def _fixtures(project: Project, path: str, depth: int) -> dict[str, Offered]:
    shape = project.shape(path)
    if shape is None or depth == 0:
        return {}
    found: dict[str, Offered] = {}
    for module in (*shape.plugins, *shape.stars):
        target = project.module(module, path)
        if target:
            found.update(fixtures_of(project, target, depth - 1))
    for name, item in shape.imports.items():
        if _may_offer(project, item, path):
            offered = _offered(project, resolve(project, path, name))
            found.update({offered.fixture.name: offered} if offered else {})
    for name, part in shape.definitions.items():
        if part.fixture and "." not in name:
            found[part.fixture.name] = Offered((path, name), part.fixture)
    return found


def _may_offer(project: Project, item: Import, path: str) -> bool:
    """Whether fixtures may be imported so, before the file they come from is looked at."""
    target = project.module(item.module, path) if item.attribute else None
    if target is None:
        return False
    return target.endswith("__init__.py") or b"fixture" in project.contents[target]


def fixtures_in(project: Project, holder: Place) -> dict[str, Offered]:
    """The fixtures that a class defines."""
    path, name = holder
    shape = project.shape(path)
    members = shape.members(name) if shape else {}
    return {
        part.fixture.name: Offered((path, member), part.fixture)
        for member, part in members.items()
        if part.fixture
    }


def _offered(project: Project, place: Place | None) -> Offered | None:
    shape = project.shape(place[0]) if place else None
    part = shape.definitions.get(place[1]) if shape and place else None
    return Offered(place, part.fixture) if place and part and part.fixture else None
