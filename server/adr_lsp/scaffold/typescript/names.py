"""The names that a test file binds, and those that a scaffold adds to them by imports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from adr_lsp.value import dataclass

_SYNTAX = """
    await break case catch class const continue debugger default delete do else enum export extends
    false finally for function if implements import in instanceof interface let new null package
    private protected public return static super switch this throw true try typeof var void while
    with yield arguments eval undefined async of type NaN Infinity Object Array String Number
    Boolean BigInt Symbol Map Set Date Math JSON Promise Error structuredClone fc expect assert
    test it
"""
_KEPT = """
    result before after once expected keys edges entitled inside most work all low high world step
    steps commands model begin shown
"""
_SHADOWED = """
    count name act key who does now given cases context done item part piece portion values entries
    each value one other left right error sum from to effect a b
"""
_WORDS = frozenset((_SYNTAX + _KEPT).split())
_TAKEN = frozenset((_KEPT + _SHADOWED).split())
"""Names that templates and shapes use: what is imported has another one."""


@dataclass(frozen=True, slots=True, order=True)
class Import:
    """`name` of a module, bound as `local`; `default` and `*` are names too. `key` is the path of
    a module of the project, else the specifier."""

    specifier: str
    name: str
    local: str
    key: str
    is_type: bool = False


class Names:
    """What each name of the file means: (key of a module, name in it), or None for its own."""

    def __init__(self, bound: Mapping[str, tuple[str, str] | None] | None = None) -> None:
        self._bound = dict(bound or {})
        self.added: list[Import] = []
        self._locals: set[str] = set()

    def known(self, keys: Iterable[str], name: str) -> str | None:
        """The name under which the file has it already, from any of the modules."""
        wanted = [(key, name) for key in keys]
        return next((local for local, full in self._bound.items() if full in wanted), None)

    def use(
        self, specifier: str, name: str, local: str = "", *, key: str = "", is_type: bool = False
    ) -> str:
        """The name under which the file has it, imported if need be."""
        key = key or specifier
        found = self.known([key], name)
        if found:
            if not is_type:
                self._value(found)
            return found
        local = wanted = local or name
        while local in self._bound or local in _TAKEN:
            local = f"{local}_" if local != wanted else f"{wanted}Of{_stem(specifier)}"
        self._bound[local] = (key, name)
        self.added.append(Import(specifier, name, local, key, is_type))
        return local

    def _value(self, local: str) -> None:
        """What was imported as a type is used as a value too."""
        self.added = [
            Import(i.specifier, i.name, i.local, i.key) if i.local == local else i
            for i in self.added
        ]

    def local(self, name: str) -> str:
        """A name of a variable that hides nothing."""
        name = re.sub(r"[^\w$]", "", name).lstrip("_0123456789") or "value"
        while name in self._bound or name in _WORDS:
            name += "_"
        self._bound[name] = None
        self._locals.add(name)
        return name

    def is_free(self, name: str) -> bool:
        return name not in self._bound and name not in _WORDS

    def leave(self) -> None:
        """The variables of a function are none of the next one's."""
        for name in self._locals:
            del self._bound[name]
        self._locals.clear()


def _stem(specifier: str) -> str:
    last = re.sub(r"\.\w+\Z", "", specifier.rpartition("/")[2])
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"\W+", last))


def camel(name: str) -> str:
    """`CaptureRequest`, `capture-request` as the name of a variable."""
    parts = [part for part in re.split(r"[\W_]+", name) if part]
    joined = "".join([parts[0], *(p[:1].upper() + p[1:] for p in parts[1:])]) if parts else "value"
    lead = re.match(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]+\Z|[A-Z]", joined)
    return lead[0].lower() + joined[lead.end() :] if lead else joined


def plural(name: str) -> str:
    if re.search(r"[^aeiou]y\Z", name):
        return f"{name[:-1]}ies"
    return f"{name}es" if re.search(r"(?:s|x|z|ch|sh)\Z", name) else f"{name}s"
