"""The names that a module of tests binds, and those that a scaffold adds to them by `use`."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from adr_lsp.scaffold.rust.code import Code
from adr_lsp.scaffold.rust.items import Item, Module

KEYWORDS = frozenset(
    [
        "as",
        "async",
        "await",
        "break",
        "const",
        "continue",
        "crate",
        "dyn",
        "else",
        "enum",
        "extern",
        "false",
        "fn",
        "for",
        "gen",
        "if",
        "impl",
        "in",
        "let",
        "loop",
        "match",
        "mod",
        "move",
        "mut",
        "pub",
        "ref",
        "return",
        "self",
        "Self",
        "static",
        "struct",
        "super",
        "trait",
        "true",
        "type",
        "unsafe",
        "use",
        "where",
        "while",
        "abstract",
        "become",
        "box",
        "do",
        "final",
        "macro",
        "override",
        "priv",
        "try",
        "typeof",
        "unsized",
        "virtual",
        "yield",
        "union",
    ]
)
_PROPTEST = ("any", "any_with", "Arbitrary", "BoxedStrategy", "Just", "SBoxedStrategy", "Strategy",
             "ProptestConfig", "TestCaseError", "prop", "Rng", "RngExt", "Some", "None", "Ok",
             "Err", "Vec", "String", "Option", "Result", "Box", "vec", "todo", "drop", "Default",
             "Clone", "From", "Into", "Iterator")  # fmt: skip


class Names:
    """`bound` is what each name of the module means, "" for something of its own.

    `inside` is the module that the tests stand in, of which they see everything; None for tests
    that stand outside of the crate.
    """

    def __init__(
        self, code: Code, inside: Module | None = None, bound: Mapping[str, str] | None = None,
        globs: Collection[str] = (),
    ) -> None:  # fmt: skip
        self.code = code
        self.inside = inside
        self.globs = set(globs)
        self._bound = dict.fromkeys(_PROPTEST, "proptest") | dict(bound or {})
        self.added: list[tuple[str, str]] = []
        self._locals: set[str] = set()

    def use(self, path: str) -> str:
        """The name under which the module has it, imported if need be."""
        above, _, name = path.rpartition("::")
        known = next((n for n, full in self._bound.items() if full == path), None)
        if known is not None or above in self.globs:
            return known or name
        bound, place = name, above
        while bound in self._bound:
            last = place.rpartition("::")[2]
            bound = "".join(p.capitalize() for p in last.split("_")) + name if (
                name[:1].isupper()) else f"{last}_{name}"  # fmt: skip
            bound = bound if bound not in self._bound else f"{bound}_"
        self._bound[bound] = path
        self.added.append((path, "" if bound == name else bound))
        return bound

    def use_all(self, path: str) -> None:
        if path not in self.globs:
            self.globs.add(path)
            self.added.append((f"{path}::*", ""))

    def of_item(self, item: Item) -> str | None:
        """A definition's name in the test; None if the test cannot see it."""
        if self.inside is None:
            public = self.code.public_path(item)
            return self.use("::".join(public)) if public else None
        seen = self._seen_in_scope(item)
        if seen is not None:
            return seen
        crate = item.module.crate
        if crate is not self.inside.crate:
            public = self.code.public_path(item)
            return self.use("::".join(public)) if public else None
        return self.use("::".join(("crate", *item.module.path, item.name)))

    def _seen_in_scope(self, item: Item) -> str | None:
        """What the module declares or uses, its tests have by `use super::*`."""
        assert self.inside is not None
        for bound, path in self._bound.items():
            first, _, rest = path.partition("::")
            if first in ("super", "crate") and rest.endswith(item.name):
                start = self.inside if first == "super" else self.inside.crate.root
                if self.code.meaning(start, ("self", *rest.split("::"))) is item:
                    return bound
        own = [item.name, *(use.name for use in self.inside.uses)]
        for name in dict.fromkeys(own):
            if self.code.member(self.inside, name) is item and self._bound.get(name) in (None, ""):
                self.use_all("super")
                self._bound.setdefault(name, "")
                return name
        return None

    def local(self, name: str) -> str:
        """A name of a variable that hides nothing."""
        name = name.strip("_") or "value"
        name = f"{name}_" if name in KEYWORDS else name
        while name in self._bound:
            name += "_"
        self._bound[name] = ""
        self._locals.add(name)
        return name

    def leave(self) -> None:
        """The variables of a function are none of the next one's."""
        for name in self._locals:
            self._bound.pop(name, None)
        self._locals.clear()

    def top_level(self, name: str) -> str:
        """A name for a new definition of the module."""
        name = f"{name}_" if name in KEYWORDS else name
        while self.taken(name):
            name += "_"
        self._bound[name] = ""
        return name

    def owns(self, name: str) -> bool:
        """The module has a definition of that name."""
        return self._bound.get(name) == ""

    def taken(self, name: str) -> bool:
        declared = self.inside is not None and name in self.inside.items
        return name in self._bound or declared
