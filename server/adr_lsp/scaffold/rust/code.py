"""The project's Rust code, read statically: what a path names, and under which path it is public.

Nothing is compiled: tree-sitter reads the text that the tree hands out.
"""

from __future__ import annotations

import posixpath
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.scaffold.rust.crates import Package, load, packages
from adr_lsp.scaffold.rust.items import Crate, Impl, Item, Module, parts
from adr_lsp.snapshot import Tree
from adr_lsp.sources.code import text_of

if TYPE_CHECKING:
    from tree_sitter import Node

Meaning = Item | Module | str | None
_STANDARD = frozenset({"std", "core", "alloc"})
_DEEPEST = 16


class Code:
    """The crates of one tree; those of the package nearest to `near` come first."""

    def __init__(self, tree: Tree, near: str) -> None:
        self.tree = tree
        self.near = near
        self.paths = tree.paths()
        found = list(packages(tree))
        self.packages: list[Package] = sorted(found, key=lambda p: distance(p.folder, near))
        self._public: dict[str, dict[str, tuple[str, ...]]] = {}
        self._impls: dict[str, dict[str, list[Impl]]] = {}
        self._sought: set[tuple[int, str]] = set()

    @property
    def crates(self) -> list[Crate]:
        return [crate for package in self.packages for crate in package.crates]

    def loaded(self, crate: Crate) -> Crate:
        load(self.tree, crate)
        return crate

    def package_of(self, crate: Crate) -> Package:
        return next(package for package in self.packages if crate in package.crates)

    def crate_named(self, name: str) -> Crate | None:
        named = [crate for crate in self.crates if crate.name == name]
        return next((self.loaded(crate) for crate in named if crate.is_library), None) or (
            self.loaded(named[0]) if named else None
        )

    def module_of_file(self, path: str) -> Module | None:
        """The module that a file is; that of a library where a program has it too."""
        for crate in self.crates:
            folder = posixpath.dirname(crate.root_path)
            if path == crate.root_path or path.startswith(f"{folder}/") or not folder:
                for module in self.loaded(crate).modules:
                    if module.is_file and module.file == path:
                        return module
        return None

    def meaning(self, module: Module, path: tuple[str, ...], depth: int = 0) -> Meaning:
        """What a path names in a module: something of the project, else the full path as text."""
        if not path or depth > _DEEPEST:
            return None
        first, rest = path[0], path[1:]
        start: Meaning
        if first == "crate":
            start = module.crate.root
        elif first == "self":
            start = module
        elif first == "super":
            start = module.parent
        else:
            start = self._in_scope(module, first, depth)
        return self._below(start, rest, depth)

    def _below(self, start: Meaning, rest: tuple[str, ...], depth: int) -> Meaning:
        for place, name in enumerate(rest):
            if isinstance(start, str):
                return "::".join((start, *rest[place:]))
            if isinstance(start, Item):
                return start if place == len(rest) - 1 else None
            if start is None:
                return None
            start = start.parent if name == "super" else self.member(start, name, depth + 1)
        return start

    def _in_scope(self, module: Module, name: str, depth: int) -> Meaning:
        found = self.member(module, name, depth)
        if found is not None:
            return found
        crate = self.crate_named(name)
        if crate is not None and crate is not module.crate:
            return crate.root
        return name if name in _STANDARD else None

    def member(self, module: Module, name: str, depth: int = 0) -> Meaning:
        """What a name means in a module: declared there, or used there."""
        if depth > _DEEPEST:
            return None
        own = module.items.get(name) or module.children.get(name)
        if own is not None:
            return own
        for use in module.uses:
            if use.name == name and use.path != (name,):
                found = self.meaning(module, use.path, depth + 1)
                return found if found is not None else "::".join(use.path)
        sought = (id(module), name)
        if sought in self._sought:
            return None  # what `use a::*` is about is not found in what it brings
        self._sought.add(sought)
        try:
            return self._brought(module, name, depth)
        finally:
            self._sought.discard(sought)

    def _brought(self, module: Module, name: str, depth: int) -> Meaning:
        """What a `use a::*` of a module gives for a name."""
        for use in module.globs:
            target = self.meaning(module, use.path, depth + 1)
            if isinstance(target, Module) and target is not module:
                found = self.member(target, name, depth + 1)
                if found is not None:
                    return found
        return None

    def public_path(self, item: Item | Module) -> tuple[str, ...] | None:
        """The shortest path under which other crates see it; None if they do not."""
        crate = item.crate if isinstance(item, Module) else item.module.crate
        if not crate.is_library:
            return None
        if crate.name not in self._public:
            self._public[crate.name] = dict(self._exported(crate))
        return self._public[crate.name].get(_id(item))

    def _exported(self, crate: Crate) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Modules from the root outwards, so that the first path to anything is the shortest."""
        waiting: deque[tuple[Module, tuple[str, ...]]] = deque([(crate.root, (crate.name,))])
        seen: set[str] = set()
        while waiting:
            module, path = waiting.popleft()
            for name, found in self._offered(module, set()):
                key = _id(found)
                if key in seen:
                    continue
                seen.add(key)
                yield key, (*path, name)
                if isinstance(found, Module) and not found.tested:
                    waiting.append((found, (*path, name)))

    def _offered(self, module: Module, seen: set[int]) -> Iterator[tuple[str, Item | Module]]:
        if id(module) in seen:
            return
        seen.add(id(module))
        everything: dict[str, Item | Module] = {**module.children, **module.items}
        yield from ((n, found) for n, found in everything.items() if found.visibility == "pub")
        for use in module.uses:
            found_ = self.meaning(module, use.path) if use.visibility == "pub" else None
            if isinstance(found_, Item | Module):
                yield use.name, found_
        for use in module.globs:
            target = self.meaning(module, use.path) if use.visibility == "pub" else None
            if isinstance(target, Module):
                yield from self._offered(target, seen)

    def impls(self, item: Item) -> list[Impl]:
        """The implementations of a type, its own first."""
        crate = item.module.crate
        if crate.name not in self._impls:
            self._impls[crate.name] = self._by_type(crate)
        return self._impls[crate.name].get(item.id, [])

    def _by_type(self, crate: Crate) -> dict[str, list[Impl]]:
        found: dict[str, list[Impl]] = {}
        for module in crate.modules:
            for impl in module.impls if not module.tested else ():
                target = self._implemented(impl.type_node, module)
                if target is not None:
                    found.setdefault(target.id, []).append(impl)
        for impls in found.values():
            impls.sort(key=lambda impl: bool(impl.trait))
        return found

    def _implemented(self, node: Node | None, module: Module) -> Item | None:
        if node is None or node.type in ("reference_type", "tuple_type", "array_type"):
            return None
        named = self.meaning(module, parts(text_of(node)))
        return named if isinstance(named, Item) else None

    def traits(self, item: Item) -> set[str]:
        """The names of the traits that a type has, derived and written out."""
        return item.traits | {impl.trait for impl in self.impls(item) if impl.trait}

    def implementors(self, trait: Item) -> Iterator[Item]:
        for module in trait.module.crate.modules:
            for impl in module.impls:
                if impl.trait == trait.name and not module.tested:
                    found = self._implemented(impl.type_node, module)
                    if found is not None:
                        yield found


def _id(thing: Item | Module) -> str:
    if isinstance(thing, Item):
        return thing.id
    return "::".join(("mod", thing.crate.name, *thing.path))


def distance(folder: str, near: str) -> tuple[int, str]:
    mine = [part for part in folder.split("/") if part]
    other = posixpath.dirname(near).split("/")
    shared = 0
    while shared < min(len(mine), len(other)) and mine[shared] == other[shared]:
        shared += 1
    return len(mine) - 2 * shared, folder
