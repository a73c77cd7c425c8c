"""Who names what: every reference in code, found by the name that it uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from adr_lsp.decision_log import normalised
from adr_lsp.sources.model import Reference, Source

Name = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class References:
    """References of each file, and the files that use each name (`("adr-12", "INV-1")`).

    Both maps are shared between an index and its successors.
    """

    by_path: Mapping[str, tuple[Reference, ...]] = field(default_factory=dict)
    by_name: Mapping[Name, tuple[str, ...]] = field(default_factory=dict)

    def replace(self, path: str, source: Source | None) -> References:
        """The index with one file changed, added or (None) removed."""
        references = source.references if source else ()
        by_path = dict(self.by_path)
        before = {name_of(reference) for reference in by_path.pop(path, ())}
        if references:
            by_path[path] = references
        after = {name_of(reference) for reference in references}
        if before == after:
            return References(by_path, self.by_name)
        by_name = dict(self.by_name)
        for name in before - after:
            by_name[name] = tuple(p for p in by_name[name] if p != path)
            if not by_name[name]:
                del by_name[name]
        for name in after - before:
            by_name[name] = tuple(sorted({*by_name.get(name, ()), path}))
        return References(by_path, by_name)

    def naming(self, names: tuple[str, ...], id: str | None) -> Iterator[tuple[str, Reference]]:
        """Every reference to that id under one of the record's normalised names, with its path."""
        wanted = {(name, id) for name in names}
        paths = sorted({path for name in wanted for path in self.by_name.get(name, ())})
        for path in paths:
            for reference in self.by_path[path]:
                if name_of(reference) in wanted:
                    yield path, reference


def name_of(reference: Reference) -> Name:
    return normalised(reference.key.rpartition("/")[2]), reference.id
