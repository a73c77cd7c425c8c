"""What a name in one Python file leads to in the project: through imports and re-exports."""

from __future__ import annotations

from collections.abc import Collection

from adr_lsp.sources.python.outline import Import
from adr_lsp.sources.python.project import Project

Place = tuple[str, str]  # a path, and a dotted name in that file

_HOPS = 20


def resolve(
    project: Project, path: str, name: str, local: Collection[Import] = (), hops: int = _HOPS
) -> Place | None:
    """The definition or the module-level name behind `name`; None outside the project.

    `local` are imports that hold only where the name stands.
    """
    shape = project.shape(path)
    if shape is None or hops == 0 or not name:
        return None
    root = name.partition(".")[0]
    imported = next((i for i in local if i.bound == root), None)
    if imported is None and root in shape.definitions:
        return path, _longest(name, shape.definitions)
    imported = imported or shape.imports.get(root)
    if imported is not None:
        found = project.locate(full_name(imported, name), path)
        return resolve(project, *found, hops=hops - 1) if found else None
    if shape.binding(root):
        return path, root
    for star in shape.stars:
        module = project.module(star, path)
        found = resolve(project, module, name, hops=hops - 1) if module else None
        if found:
            return found
    return None


def full_name(imported: Import, name: str) -> str:
    """A name with its first part replaced by what was imported under it."""
    rest = name.partition(".")[2]
    module = imported.module
    if imported.attribute is None:
        plain = imported.bound == module.partition(".")[0]
        return name if plain else _joined(module, rest)
    return _joined(_joined(module, imported.attribute), rest)


def bases(project: Project, place: Place) -> list[Place]:
    """The classes of the project that a class derives from, nearest first, without itself."""
    found: list[Place] = []
    pending = [place]
    while pending and len(found) < 50:
        path, name = pending.pop(0)
        shape = project.shape(path)
        part = shape.definitions.get(name) if shape else None
        for base in part.bases if part else ():
            target = resolve(project, path, base)
            if target and target != place and target not in found:
                found.append(target)
                pending.append(target)
    return found


def member(project: Project, place: Place, name: str) -> Place | None:
    """Where a class, or the nearest of its bases, defines a method."""
    for path, holder in (place, *bases(project, place)):
        shape = project.shape(path)
        if shape and f"{holder}.{name}" in shape.definitions:
            return path, f"{holder}.{name}"
    return None


def _joined(first: str, second: str) -> str:
    if not second:
        return first
    return first + second if first.endswith(".") else f"{first}.{second}"


def _longest(name: str, known: Collection[str]) -> str:
    parts = name.split(".")
    ends = range(len(parts), 0, -1)
    return next((n for n in (".".join(parts[:end]) for end in ends) if n in known), parts[0])
