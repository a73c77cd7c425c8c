"""Which functions run while files are loaded, in no test's coverage.

Calls are followed by the last word of their name alone, so what cannot be resolved counts.
"""

from __future__ import annotations

from collections.abc import Callable

from adr_lsp.sources.definitions.project import Project
from adr_lsp.sources.definitions.shape import Around, Part, Shape

ShapeOf = Callable[[str, bytes], Shape]


def runs_when_loaded(
    project: Project, files: tuple[str, ...], shape_of: ShapeOf, around: Around, part: Part
) -> bool:
    """Whether code that runs as the files are loaded, or in what surrounds the test, calls the
    part, through others if need be."""
    key = ("loaded", files, around.own)
    names = project.remember(key, lambda: _called(project, files, shape_of, around))
    return not part.called.isdisjoint(names)


def _called(
    project: Project, files: tuple[str, ...], shape_of: ShapeOf, around: Around
) -> frozenset[str]:
    shapes = [shape_of(path, project.contents[path]) for path in files]
    statements = [s.said for shape in shapes for s in shape.statements if not s.testing]
    statements += [*around.loading, *(statement.said for statement in around.statements)]
    waiting = [part for shape in shapes for part in shape.parts.values() if not part.testing]
    waiting += around.parts
    headers = [said for part in waiting for said in part.header]
    names = {name for said in (*statements, *headers) for name in said.calls}
    while True:
        met = [part for part in waiting if not part.called.isdisjoint(names)]
        if not met:
            return frozenset(names)
        waiting = [part for part in waiting if part.called.isdisjoint(names)]
        names |= {name for part in met for said in part.body for name in said.calls}
