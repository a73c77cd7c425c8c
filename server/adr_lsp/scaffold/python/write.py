"""From an invariant to the edits that write its test and the link to it."""

from __future__ import annotations

from functools import partial

from adr_lsp.record import Invariant, Record
from adr_lsp.scaffold.examples import Example
from adr_lsp.scaffold.model import Refusal, Scaffold
from adr_lsp.scaffold.place import link_edits, test_path
from adr_lsp.scaffold.python.code import Code, Found
from adr_lsp.scaffold.python.draft import Draft, Shape
from adr_lsp.scaffold.python.examples import cases_of
from adr_lsp.scaffold.python.imports import head, merged
from adr_lsp.scaffold.python.names import Names
from adr_lsp.scaffold.python.render import render, render_examples
from adr_lsp.scaffold.python.shapes import (
    MACHINES,
    SHAPES,
    SOMETIMES_MACHINES,
    open_property,
)
from adr_lsp.scaffold.python.strategies import Strategies
from adr_lsp.scaffold.python.target import named_in_text, resolve
from adr_lsp.scaffold.python.testfile import TestFile, read
from adr_lsp.scaffold.standing import of_text, standing
from adr_lsp.scaffold.suited import lacks, unsuited, unwritable
from adr_lsp.scaffold.targets import known_code
from adr_lsp.scaffold.wording import machine_name, test_name, whole_numbers
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import START, Edit, Range, Text
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the test goes, and what it is about."""

    path: str
    file: TestFile | None
    record: Record
    invariant: Invariant
    reference: str

    @property
    def others(self) -> list[str]:
        """What else the record promises; its tests have other names."""
        return [i.statement for i in self.record.invariants if i.id != self.invariant.id]


def write(
    snapshot: Snapshot, record: Record, invariant: Invariant, pattern: str | None, method: str,
    case: Example | None = None,
) -> Scaffold | Refusal:  # fmt: skip
    """The whole scaffold, or why there is none."""
    refused = unwritable(method, pattern, MACHINES | SOMETIMES_MACHINES, "Python")
    if refused:
        return Refusal(refused)
    code = Code(snapshot.tree, record.path)
    targets, problems = known_code(
        invariant,
        partial(resolve, code),
        partial(named_in_text, code, record, invariant),
        "import",
    )
    near = targets[0].path if targets else None
    path = test_path(snapshot.config.scaffold_path, record, near, snapshot.tree.paths())
    if path is None:
        return Refusal(f"`{snapshot.config.scaffold_path}` is no Python file below the root")
    file = standing(snapshot, path, of_text(read))
    if isinstance(file, Refusal):
        return file
    draft = _draft(code, file, invariant, targets, problems)
    draft.case = case
    reference = f"{snapshot.log.key(record)}/{invariant.id}"
    place = _Place(path, file, record, invariant, reference)
    return _examples(draft, place) if method == "example" else _property(
        draft, place, pattern, method)  # fmt: skip


def _examples(draft: Draft, place: _Place) -> Scaffold | Refusal:
    name = test_name(place.invariant.statement, place.others)
    name += draft.case.suffix if draft.case else "_examples"
    tests = cases_of(draft, place.record, place.invariant)
    text = render_examples(draft, tests, name, place.reference)
    return _written(draft, text, (name, f"{name}_refuses")[: len(tests)], place)


def _property(draft: Draft, place: _Place, pattern: str | None, method: str) -> Scaffold | Refusal:
    draft.machine = pattern in MACHINES
    shape = _shape(draft, pattern)
    if method == "state-machine" and draft.targets and not draft.machine:
        return Refusal(f"{_lacks(draft, pattern)}, so no sequence of calls can be written")
    name, machine = test_name(place.invariant.statement, place.others), ""
    if draft.machine:
        machine = machine_name(place.invariant.statement, place.others)
        name = f"Test{machine}"
    text = render(draft, shape, name, machine, place.reference)
    return _written(draft, text, (name, machine), place)


def _draft(
    code: Code, file: TestFile | None, invariant: Invariant, targets: list[Found],
    problems: list[str],
) -> Draft:  # fmt: skip
    names = Names(file.bound if file else None)
    numbers = tuple(whole_numbers(invariant.statement))
    strategies = Strategies(code, names, numbers)
    draft = Draft(code, names, strategies, invariant.statement, tuple(targets))
    for problem in problems:
        draft.note(problem)
    return draft


def _written(draft: Draft, text: str, names: tuple[str, ...], place: _Place) -> Scaffold | Refusal:
    """The edits that add a test; `names` are what it defines, the test first."""
    for taken in filter(None, names):
        if place.file and taken in place.file.bound:
            return Refusal(f"`{taken}` already stands in {place.path}")
    own = frozenset(f.module.partition(".")[0] for f in draft.targets) | _packages(draft.code)
    edits = _file_edits(place.file, place.path, text, draft, own)
    linked = link_edits(place.record, place.invariant, place.path, names[0])
    return Scaffold(place.path, names[0], (*edits, *linked))


def _shape(draft: Draft, pattern: str | None) -> Shape:
    make = SHAPES.get(pattern or "")
    shape = make(draft) if make and draft.targets else None
    if shape is None or not (draft.machine or draft.arguments):
        if draft.targets and make:
            draft.note(_lacks(draft, pattern))
        elif why := unsuited(pattern, "property"):
            draft.note(why)
        draft.arguments.clear()
        draft.names.leave()
        draft.machine = False
        shape = open_property(draft, pattern)
    return shape


def _lacks(draft: Draft, pattern: str | None) -> str:
    return lacks(pattern, (found.name for found in draft.targets))


def _packages(code: Code) -> frozenset[str]:
    """The first names of the project's own modules."""
    tops = {path.removesuffix(".py").removeprefix("src/").partition("/")[0] for path in code.files}
    return frozenset(tops - {"tests", "docs", "scripts"})


def _file_edits(
    file: TestFile | None, path: str, text: str, draft: Draft, own: frozenset[str]
) -> tuple[Edit, ...]:
    imports = draft.names.added
    if file is None or not file.text.content.strip():
        whole = Range(START, file.text.end) if file else Range(START, START)
        return (Edit(path, whole, f"{head(imports, own)}\n\n\n{text}"),)
    edits = [
        Edit(path, file.text.range(start, end), new)
        for start, end, new in merged(file, imports, own)
    ]
    end = file.text.line_end
    content = file.text.content
    blank = len(content) - len(content.rstrip("\r\n"))
    newlines = Text(content[len(content) - blank :]).line_count - 1
    gap = end * max(0, 3 - newlines)
    last = Range(file.text.end, file.text.end)
    return (*edits, Edit(path, last, gap + text.replace("\n", end)))
