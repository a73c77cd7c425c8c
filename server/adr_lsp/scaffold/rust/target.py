"""Which code an invariant is about: its `Target:` lines, else what its text names."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from adr_lsp.record import Invariant, Record
from adr_lsp.scaffold.rust.callee import Callee, function_callee, methods
from adr_lsp.scaffold.rust.code import Code, distance
from adr_lsp.scaffold.rust.items import Item, Module, parts
from adr_lsp.scaffold.rust.types import Type, parameters_of
from adr_lsp.scaffold.wording import words
from adr_lsp.value import dataclass

_SPAN = re.compile(r"`+([^`]+)`+")
_NAME = re.compile(r"[A-Za-z_]\w*(?:::[A-Za-z_]\w*)*")
_TYPES = ("struct", "enum")


@dataclass(frozen=True, slots=True)
class Found:
    """A type, or a function with the type that it belongs to."""

    module: Module
    callee: Callee | None
    type: Type | None

    @property
    def path(self) -> str:
        return self.module.file

    @property
    def name(self) -> str:
        if self.callee is not None:
            return self.callee.name
        return self.type.item.name if self.type and self.type.item else ""


def resolve(code: Code, text: str) -> Found | str:
    """The code that a `Target:` names, or why it is not known."""
    place, names = _parted(text)
    if place is not None:
        return _in_file(code, place, names)
    if not names:
        return "it names nothing"
    return _by_path(code, names)


def _parted(text: str) -> tuple[str | None, tuple[str, ...]]:
    """The file, if one is named, and the names in it."""
    text = re.sub(r"\(.*\)\Z", "", text.strip().strip("`").strip())
    found = re.match(r"([^\s:#]*\.rs)(?:(?:::|:|#)(.*))?\Z", text)
    if found:
        return found[1], parts((found[2] or "").replace(".", "::"))
    return None, parts(text.replace("#", "::"))


def _in_file(code: Code, place: str, names: tuple[str, ...]) -> Found | str:
    path = _path(code, place)
    if path is None:
        return f"there is no file `{place}`"
    module = code.module_of_file(path)
    if module is None:
        return f"no `Cargo.toml` and `mod` lines lead to `{path}`"
    if not names:
        return f"`{path}` is a file; name a function or a type in it"
    if len(names) > 1 and names[0] == "crate":
        module, names = module.crate.root, names[1:]
    meant = _in_module(code, module, names)
    return meant or f"`{path}` defines no `{'::'.join(names)}`"


def _path(code: Code, place: str) -> str | None:
    """The file, from the record or from the root, else the nearest one that ends so."""
    here = posixpath.dirname(code.near)
    for path in (posixpath.normpath(posixpath.join(here, place)), posixpath.normpath(place)):
        if path in code.paths:
            return path
    place = re.sub(r"^(?:\.\.?/)+", "", place)
    found = [path for path in code.paths if path == place or path.endswith(f"/{place}")]
    return min(found, key=lambda path: distance(posixpath.dirname(path), code.near), default=None)


def _by_path(code: Code, names: tuple[str, ...]) -> Found | str:
    if names[0] != "crate":
        crate = code.crate_named(names[0])
        if crate is not None and len(names) > 1:
            meant = _in_module(code, crate.root, names[1:])
            if meant:
                return meant
    inner = names[1:] if names[0] == "crate" else names
    for crate in code.crates:
        meant = _in_module(code, code.loaded(crate).root, inner) if inner else None
        if meant:
            return meant
    if names[0] != "crate" and len(names) <= 2:
        named = _anywhere(code, names)
        if len(named) == 1:
            return named[0]
        if named:
            return f"`{'::'.join(names)}` stands in several modules; name the one that is meant"
    return f"there is no `{'::'.join(names)}`" if code.crates else "there is no `Cargo.toml`"


def _in_module(code: Code, module: Module, names: tuple[str, ...]) -> Found | None:
    meant = code.meaning(module, ("self", *names))
    if (isinstance(meant, Item) and meant.name in (names[-1],)) or _renamed(meant, names):
        return of_item(code, meant) if isinstance(meant, Item) else None
    if len(names) < 2:
        return None
    owner = code.meaning(module, ("self", *names[:-1]))
    return _method(code, owner, names[-1]) if isinstance(owner, Item) else None


def _renamed(meant: object, names: tuple[str, ...]) -> bool:
    return isinstance(meant, Item) and len(names) == 1


def of_item(code: Code, item: Item) -> Found | None:
    if item.kind == "function":
        return Found(item.module, function_callee(code, item), None)
    if item.kind in _TYPES:
        return Found(item.module, None, filled(item))
    return None


def filled(item: Item) -> Type:
    """A type with `i32` for each of its parameters."""
    return Type(item.id, tuple(Type("i32") for _ in parameters_of(item.node)), item=item)


def _method(code: Code, owner: Item, name: str) -> Found | None:
    if owner.kind not in _TYPES:
        return None
    for callee in methods(code, filled(owner)):
        if callee.name == name:
            return Found(callee.module, callee, callee.owner)
    return None


def _anywhere(code: Code, names: tuple[str, ...]) -> list[Found]:
    found = []
    for crate in code.crates:
        for module in code.loaded(crate).modules:
            item = module.items.get(names[0]) if not module.tested else None
            if item is None:
                continue
            meant = of_item(code, item) if len(names) == 1 else _method(code, item, names[1])
            if meant is not None:
                found.append(meant)
    return found


def named_in_text(code: Code, record: Record, invariant: Invariant) -> list[Found]:
    """What the code spans of a statement name, then its words.

    A name that several modules define tells nothing.
    """
    source = record.text.between(invariant.range)
    spans = [name for span in _SPAN.findall(source) for name in _NAME.findall(span)]
    found = []
    for name in dict.fromkeys([*spans, *_plain(invariant.statement)]):
        names = tuple(name.split("::"))
        meant = _anywhere(code, names) if len(names) < 3 else []
        if not meant and name in spans:
            resolved = _by_path(code, names)
            meant = [resolved] if isinstance(resolved, Found) else []
        if len(meant) == 1 and meant[0] not in found:
            found.append(meant[0])
    return found or _methods_named(code, spans)


def _methods_named(code: Code, spans: list[str]) -> list[Found]:
    """A method that only one type has."""
    wanted = {name for name in spans if "::" not in name}
    if not wanted:
        return []
    found: dict[str, list[Found]] = {}
    for crate in code.crates:
        for module in code.loaded(crate).modules:
            for item in module.items.values():
                if item.kind in _TYPES and not module.tested:
                    for callee in methods(code, filled(item)):
                        if callee.name in wanted:
                            here = Found(callee.module, callee, callee.owner)
                            found.setdefault(callee.name, []).append(here)
    return [found[n][0] for n in spans if len(found.get(n, ())) == 1]


def _plain(statement: str) -> Iterator[str]:
    content = set(words(statement))
    for word in re.findall(r"[A-Za-z_]\w*", statement):
        if word.lower() in content and len(word) > 2:
            yield word
