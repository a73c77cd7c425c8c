"""What adr-lsp knows of one file of code: its tests, its definitions, its comments."""

from __future__ import annotations

from adr_lsp.text import Range
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Test:
    """One test of a file.

    `name` joins the scopes by `::` as the tool does (`TestLedger::test_sum`); `aliases` are other
    names that the tool may print for the same test (the class of a state machine).
    `range` reaches from the first decorator to the last line; `name_range` is the name alone.
    `method` is `example`, `property` or `state-machine`. `scaffold` is the place of the line
    `adr-lsp: scaffold` while that stands in it.
    """

    name: str
    range: Range
    name_range: Range
    method: str
    aliases: tuple[str, ...] = ()
    scaffold: Range | None = None

    __test__ = False  # pytest collects no class of this name


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in code that names an invariant, or a record.

    `key` is the record as written (`ADR-0012`, a stem, `ledger/ADR-0012`); `id` is None for a
    weak link to a record. `tests` are the names of the tests that it links (all tests of a class
    for one above the class); empty for one that stands at no test (detached).
    `range` covers this item alone (`INV-2` in `ADR-0012/INV-1, INV-2`).
    """

    key: str
    id: str | None
    range: Range
    tests: tuple[str, ...]
    form: str  # comment | docstring | marker | title | identifier | mention

    @property
    def guessed(self) -> bool:
        """Whether it may be none: how many words of an identifier are an id, only the record
        tells, so each number of them is one reference."""
        last = (self.id or "").rpartition("-")[2]
        return self.form == "identifier" and not last[:1].isdigit()


@dataclass(frozen=True, slots=True)
class Source:
    """One file of code as read. Everything below `text` is computed by its language.

    `whole` is the method of the file itself where its path alone means that; None where it means
    every test in it.
    """

    path: str
    language: str
    text: str
    tests: tuple[Test, ...] = ()
    references: tuple[Reference, ...] = ()
    whole: str | None = None

    def test(self, name: str) -> Test | None:
        """The test of that name, or of that alias."""
        return next((t for t in self.tests if name == t.name or name in t.aliases), None)
