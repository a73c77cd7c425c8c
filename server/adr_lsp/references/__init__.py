"""Who names what: every reference in code, found by the name that it uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from adr_lsp.decision_log import normalised, reindex
from adr_lsp.sources.model import Reference, Source
from adr_lsp.value import dataclass

Name = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class References:
    """References of each file, and the files that use each name (`("adr-12", "INV-1")`).

    Both maps are shared between an index and its successors.
    """

    by_path: Mapping[str, tuple[Reference, ...]] = field(default_factory=dict)
    by_name: Mapping[Name, tuple[str, ...]] = field(default_factory=dict)

    def replace(self, changes: Mapping[str, Source | None]) -> References:
        """The index with some files changed, added or (None) removed, by path."""
        by_path, by_name = dict(self.by_path), dict(self.by_name)
        for path, source in changes.items():
            before = {name_of(reference) for reference in by_path.pop(path, ())}
            references = source.references if source else ()
            if references:
                by_path[path] = references
            reindex(by_name, path, before, {name_of(reference) for reference in references})
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
