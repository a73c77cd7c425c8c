"""Which functions run while the files of a project are imported, in no test's coverage."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.sources.python.project import Project
from adr_lsp.sources.python.resolve import Place, member, resolve
from adr_lsp.sources.python.shape import Used

BUILDING = ("__new__", "__init__", "__post_init__")


def runs_at_import(project: Project, files: tuple[str, ...], function: Place) -> bool:
    """Whether module-level code of the files calls the function, through others if need be."""
    key = ("runs at import", files, function)
    return project.remember(key, lambda: _is_called_at_import(project, files, function))


def _is_called_at_import(project: Project, files: tuple[str, ...], function: Place) -> bool:
    pending, seen = [function], {function}
    while pending:
        for caller in _callers(project, files, pending.pop()):
            if caller is None:
                return True
            if caller not in seen:
                seen.add(caller)
                pending.append(caller)
    return False


def _callers(project: Project, files: tuple[str, ...], function: Place) -> Iterator[Place | None]:
    """The functions that call one by a name that can be followed; None for module-level code.

    Only files that hold the function's name are looked at.
    """
    wanted = _meant_by_call(function)
    word = wanted[1].rpartition(".")[2].encode()
    for path in files:
        shape = project.shape(path) if word in project.contents[path] else None
        if shape is None:
            continue
        outside = [statement.used for statement in shape.statements]
        outside += [
            part.in_header for name, part in shape.definitions.items() if not _is_test(name)
        ]
        if any(_calls(project, path, used, wanted) for used in outside):
            yield None
        for name, part in shape.definitions.items():
            holder = name if part.is_class else name.rpartition(".")[0]
            if _calls(project, path, part.in_body, wanted, holder):
                yield None if part.is_class else (path, name)


def _is_test(name: str) -> bool:
    """What a test's decorators call makes that test alone, and is followed from there."""
    return name.rpartition(".")[2].startswith("test")


def _meant_by_call(function: Place) -> Place:
    """What a call names to run it: the class, for what builds its objects."""
    path, name = function
    holder, _, last = name.rpartition(".")
    return (path, holder) if holder and last in BUILDING else function


def _calls(project: Project, path: str, used: Used, wanted: Place, holder: str = "") -> bool:
    for call in used.calls:
        root, _, rest = call.partition(".")
        if root in ("self", "cls"):
            if holder and member(project, (path, holder), rest) == wanted:
                return True
        elif resolve(project, path, call, used.imports) == wanted:
            return True
    return False
