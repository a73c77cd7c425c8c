"""Where a test in Rust stands: outside of the crate where all is public, else beside its target."""

from __future__ import annotations

import posixpath

from adr_lsp.record import Record
from adr_lsp.scaffold.place import project_of
from adr_lsp.scaffold.rust.code import Code
from adr_lsp.scaffold.rust.items import Module
from adr_lsp.scaffold.rust.target import Found
from adr_lsp.scaffold.wording import slug
from adr_lsp.value import dataclass

DEFAULT = "tests/{slug}.rs"


@dataclass(frozen=True, slots=True)
class Place:
    """A file and the modules inside it; `inside` is the module whose tests these are, of which
    they see everything. `new` says that the innermost module is to be made."""

    path: str
    folder: str
    modules: tuple[str, ...] = ()
    inside: Module | None = None
    new: bool = False


def place(pattern: str, code: Code, record: Record, targets: list[Found]) -> Place | None:
    """None where the configured path leads out of the root."""
    if targets and not all(_public(code, found) for found in targets):
        return _beside(code, targets[0].module)
    folder = (
        code.package_of(targets[0].module.crate).folder
        if targets
        else project_of(record.path, code.paths, "Cargo.toml")
    )
    path = posixpath.normpath(posixpath.join(folder, pattern.replace("{slug}", slug(record.stem))))
    outside = path.startswith(("../", "/")) or ":" in path or "\\" in path
    return None if outside or not path.endswith(".rs") else Place(path, folder)


def _public(code: Code, found: Found) -> bool:
    """Other crates can call it."""
    if found.callee is not None and found.callee.owner is None:
        item = found.module.items.get(found.callee.name)
        return item is not None and code.public_path(item) is not None
    owner = found.type or (found.callee.owner if found.callee else None)
    known = owner is not None and owner.item is not None and code.public_path(owner.item)
    return bool(known) and (found.callee is None or found.callee.visibility == "pub")


def _beside(code: Code, module: Module) -> Place:
    """The tests of the module, in it or in a file of their own."""
    folder = code.package_of(module.crate).folder
    within = _within_file(module)
    tested = [child for child in module.children.values() if child.tested]
    tested.sort(key=lambda child: child.path[-1] not in ("tests", "test"))
    for child in tested:
        if child.is_file:
            return Place(child.file, folder, (), module)
        return Place(module.file, folder, (*within, child.path[-1]), module)
    name = "tests" if "tests" not in module.children else "invariants"
    return Place(module.file, folder, (*within, name), module, new=True)


def _within_file(module: Module) -> tuple[str, ...]:
    """The blocks of its file in which a module stands."""
    names: list[str] = []
    while not module.is_file and module.parent is not None:
        names.append(module.path[-1])
        module = module.parent
    return tuple(reversed(names))
