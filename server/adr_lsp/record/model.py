"""One Architecture Decision Record, with the place of everything it says."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import field
from datetime import date
from enum import StrEnum

from adr_lsp.markdown import Link
from adr_lsp.text import NOWHERE, START, Position, Range, Text
from adr_lsp.value import dataclass


class Status(StrEnum):
    ACCEPTED = "accepted"
    PROPOSED = "proposed"
    REJECTED = "rejected"
    DEPRECATED = "deprecated"
    SUPERSEDED = "superseded"
    DRAFT = "draft"
    OTHER = "other"
    NONE = "none"

    @property
    def in_force(self) -> bool:
        """A missing or unknown status counts as accepted."""
        return self in (Status.ACCEPTED, Status.OTHER, Status.NONE)

    @property
    def retired(self) -> bool:
        return self in (Status.SUPERSEDED, Status.DEPRECATED, Status.REJECTED)


class Form(StrEnum):
    """How a declaration is written; headings and items are stronger than rows than paragraphs."""

    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Supersession:
    """A record (or one invariant of it) that this record supersedes, or that supersedes it.

    `key` is as written (`ADR-0031`, `31`, `20200101-use-x`); `target` the path of a link, as
    written, or None; `partial` leaves the superseded record in force.
    """

    key: str
    range: Range
    target: str | None = None
    invariant: str | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Verifier:
    """One target of a `Verified by:` line, as written: relative to the record, else to the root.

    `name` is `::`-joined (`TestLedger::test_sum`); None means every test of the file.
    `operator` is set for `path!Operator`.
    """

    path: str
    name: str | None
    operator: str | None
    range: Range


@dataclass(frozen=True, slots=True)
class Target:
    """The code that an invariant is about: `package.module:qualified_name`."""

    text: str
    range: Range


@dataclass(frozen=True, slots=True)
class Glob:
    """`Applies to: src/**/*.py`: files that the decision, or one invariant, is about."""

    text: str
    range: Range


@dataclass(frozen=True, slots=True)
class Waiver:
    """`Waived until DATE: reason`; in force to the end of that day, UTC. `until` is None
    if unreadable."""

    until: date | None
    reason: str
    range: Range


@dataclass(frozen=True, slots=True)
class Argument:
    """`By construction: reason`."""

    reason: str
    range: Range


@dataclass(frozen=True, slots=True)
class Invariant:
    """A property that the decision promises.

    `path` is that of its record. `id` is None while it is provisional: an item of an Invariants
    section that has no id yet. `statement` is plain text, white space folded.
    `extension` is where a sub-item can be inserted, `indent` the white space that it needs; it
    stands at a line's end, so the text to insert begins with the file's line end. A row of a
    table has no such place: None. `superseded_by` retires this invariant alone.
    """

    path: str
    id: str | None
    form: Form
    statement: str
    range: Range
    statement_range: Range
    id_range: Range
    pattern: str | None = None
    pattern_range: Range | None = None
    needs: tuple[str, ...] = ()
    needs_range: Range | None = None
    verified_by: tuple[Verifier, ...] = ()
    targets: tuple[Target, ...] = ()
    waiver: Waiver | None = None
    argument: Argument | None = None
    applies_to: tuple[Glob, ...] = ()
    extension: Position | None = START
    indent: str = "  "
    superseded_by: tuple[Supersession, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it, down to the next heading of its level or above."""

    title: str
    level: int
    start: int
    heading_end: int
    end: int
    within: Text = field(repr=False, compare=False)

    @property
    def heading(self) -> Range:
        """The heading's own lines."""
        return self.within.range(self.start, self.heading_end)

    @property
    def body(self) -> Range:
        """From the line below the heading to where the next section begins."""
        first = self.within.position(self.heading_end)
        below = Position(first.line + 1, 0)
        start = below if below.line < self.within.line_count else first
        return Range(start, max(start, self.within.position(self.end)))

    @property
    def below(self) -> str:
        """All that the body holds."""
        starts, content = self.within.starts, self.within.content
        line = bisect_right(starts, self.heading_end)
        start = starts[line] if line < len(starts) else self.heading_end
        return content[start : max(start, self.end)]


@dataclass(frozen=True, slots=True)
class InvariantSection:
    """A section that declares invariants. `none_reason` is set by `None: reason`."""

    section: Section
    none_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Suppression:
    """`<!-- adr-lsp: ignore ADL103 reason -->`.

    `lines` are the zero-based lines that it silences; None silences the file (`ignore-file`).
    """

    codes: tuple[str, ...]
    reason: str
    range: Range
    lines: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why this file could not be read in full; `kind` names the rule that reports it:
    `unreadable-text`, `too-large`, `invalid-front-matter`, `analysis-cut`."""

    kind: str
    range: Range
    message: str


@dataclass(frozen=True, slots=True)
class Record:
    """One decision. `key` is `ADR-0012`, or the stem where there is no number; only the decision
    log knows whether it is unique.

    `log` is the folder of its log and `path` its own path, both relative to the root with `/`.
    `title` is without the key; `title_number` the number that the title itself gives. `date` is
    ISO (`2024-02-03`, `2024-02`, `2024`); `date_range` is also set where none can be read.
    """

    path: str
    log: str
    key: str
    number: int | None
    stem: str
    text: Text = field(repr=False, compare=False)
    title: str = ""
    title_range: Range = NOWHERE
    title_number: int | None = None
    status: Status = Status.NONE
    status_text: str = ""
    status_range: Range = NOWHERE
    date: str | None = None
    date_range: Range = NOWHERE
    supersedes: tuple[Supersession, ...] = ()
    superseded_by: tuple[Supersession, ...] = ()
    sections: tuple[Section, ...] = ()
    invariant_sections: tuple[InvariantSection, ...] = ()
    invariants: tuple[Invariant, ...] = ()
    verified_by: tuple[Verifier, ...] = ()
    applies_to: tuple[Glob, ...] = ()
    links: tuple[Link, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def names_none(self) -> bool:
        """It says, with a reason, that the decision has no invariants."""
        return any(section.none_reason for section in self.invariant_sections)

    def invariant(self, id: str) -> Invariant | None:
        """The first declaration of an id."""
        return next((i for i in self.invariants if i.id == id), None)

    def invariant_at(self, position: Position) -> Invariant | None:
        return next((i for i in self.invariants if i.range.contains(position)), None)
