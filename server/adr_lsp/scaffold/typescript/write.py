"""The whole scaffold of one test in TypeScript or JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from adr_lsp.record import Invariant, Record
from adr_lsp.scaffold.examples import Example
from adr_lsp.scaffold.model import Refusal, Scaffold
from adr_lsp.scaffold.place import link_edits
from adr_lsp.scaffold.standing import of_text, standing
from adr_lsp.scaffold.suited import lacks, unsuited, unwritable
from adr_lsp.scaffold.typescript import testfile
from adr_lsp.scaffold.typescript.arbitraries import Arbitraries
from adr_lsp.scaffold.typescript.asserting import Asserting
from adr_lsp.scaffold.typescript.code import Code, Found
from adr_lsp.scaffold.typescript.draft import Draft, Shape
from adr_lsp.scaffold.typescript.examples import example_shape
from adr_lsp.scaffold.typescript.hint import Types
from adr_lsp.scaffold.typescript.names import Names
from adr_lsp.scaffold.typescript.render import render, title_of
from adr_lsp.scaffold.typescript.shapes import (
    MACHINES,
    OBJECTS,
    SHAPES,
    open_property,
)
from adr_lsp.scaffold.typescript.specifier import Specifiers
from adr_lsp.scaffold.typescript.style import Style, style_of, styled
from adr_lsp.scaffold.typescript.target import WrongShape, named_in_text, resolve
from adr_lsp.scaffold.typescript.testfile import TestFile
from adr_lsp.scaffold.typescript.where import Place, place_of
from adr_lsp.scaffold.wording import whole_numbers
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import START, Edit, Range, Text


def write(
    snapshot: Snapshot, record: Record, invariant: Invariant, pattern: str | None, method: str,
    case: Example | None = None,
) -> Scaffold | Refusal:  # fmt: skip
    """The edits that write the test and the link to it, or why there are none."""
    refused = unwritable(method, pattern, MACHINES | OBJECTS, "TypeScript")
    if refused:
        return Refusal(refused)
    code = Code(snapshot.tree)
    targets = _targets(code, record, invariant)
    if isinstance(targets, str):
        return Refusal(targets)
    found, problems = targets
    near = found[0].definition.path if found else None
    configured = dict(snapshot.config.scaffold_paths).get("typescript", "")
    place = place_of(code, record, near, configured)
    if isinstance(place, str):
        return Refusal(place)
    file = standing(snapshot, place.path, of_text(partial(testfile.read, place.path)))
    if isinstance(file, Refusal):
        return file
    reference = f"{snapshot.log.key(record)}/{invariant.id}"
    draft = _draft(code, place, file, invariant, found, reference)
    draft.case = case
    for problem in problems:
        draft.note(problem)
    return _written(draft, file, place, record, invariant, pattern, method)


def _targets(
    code: Code, record: Record, invariant: Invariant
) -> tuple[list[Found], list[str]] | str:
    """What is known of the code, and what is not; a text where a target cannot be called."""
    found, problems = [], []
    for target in invariant.targets:
        meant = resolve(code, target.text, record.path)
        if isinstance(meant, WrongShape):
            return meant.said
        if isinstance(meant, Found):
            found.append(meant)
        else:
            problems.append(f"target `{target.text}` was not found: {meant}")
    if not invariant.targets:
        found = named_in_text(code, record, invariant)
        if not found:
            problems.append("no `Target:` line names the code: import it and call it here")
    hidden = (each for each in found if not each.exported)
    problems += [f"`{each.name}` is not exported from {each.path}: export it" for each in hidden]
    return found, problems


def _draft(
    code: Code, place: Place, file: TestFile | None, invariant: Invariant, found: list[Found],
    reference: str,
) -> Draft:  # fmt: skip
    names = Names(testfile.bound(file, code) if file else None)
    specifiers = Specifiers(
        code, place.path, by_node=place.runner == "node", is_commonjs=place.commonjs
    )
    numbers = tuple(whole_numbers(invariant.statement))
    arbitraries = Arbitraries(Types(code), names, specifiers, numbers, place.typed)
    asserting = Asserting(_runner(file, place), names)
    return Draft(code, names, arbitraries, asserting, invariant.statement, reference, tuple(found))


def _runner(file: TestFile | None, place: Place) -> str:
    """That of the file, if it has tests already."""
    used = {specifier for specifier, _ in file.module.imports.values()} if file else set()
    if "vitest" in used:
        return "vitest"
    return "node" if {"node:test", "test"} & used else place.runner


def _written(
    draft: Draft, file: TestFile | None, place: Place, record: Record, invariant: Invariant,
    pattern: str | None, method: str,
) -> Scaffold | Refusal:  # fmt: skip
    others = [i.statement for i in record.invariants if i.id != invariant.id]
    title = title_of(invariant.statement, others)
    if draft.case:
        title = f"{title} with {draft.case.name}"
    elif method == "example" and draft.asserting.runner == "vitest":
        title = f"{title}: $name"
    if file and title in file.titles:
        return Refusal(f"a test `{title}` already stands in {place.path}")
    if method == "example":
        shape = example_shape(draft, record, invariant)
    else:
        _note_packages(draft, place)
        shape = _shape(draft, pattern)
        if method == "state-machine" and pattern in OBJECTS and shape.template != "machine":
            return Refusal(f"there is a state machine for `{pattern}` only where a class is meant")
    text = render(draft, shape, title)
    edits = _file_edits(draft, file, place, text)
    return Scaffold(place.path, title, (*edits, *link_edits(record, invariant, place.path, title)))


def _note_packages(draft: Draft, place: Place) -> None:
    packages = place.settings.packages
    if place.settings.has_package and "fast-check" not in packages:
        draft.note("fast-check is not in package.json: npm install --save-dev fast-check")
    if draft.asserting.runner == "node" and "jest" in packages:
        draft.note("this file is for `node --test`: leave it out of jest's `testMatch`")


def _shape(draft: Draft, pattern: str | None) -> Shape:
    make: Callable[[Draft], Shape | None] | None = SHAPES.get(pattern or "")
    draft.machine = pattern in MACHINES
    shape = make(draft) if make and draft.targets else None
    if shape is None:
        draft.start_over()
        if draft.targets and make:
            draft.note(lacks(pattern, (found.name for found in draft.targets)))
        elif why := unsuited(pattern, "property"):
            draft.note(why)
        shape = open_property(draft, pattern)
    return shape


def _file_edits(
    draft: Draft, file: TestFile | None, place: Place, text: str
) -> tuple[Edit, ...]:  # fmt: skip
    imports = draft.names.added
    commonjs = _calls_require(file, place)
    style = _style(draft, file)
    if file is None or file.is_empty:
        head = "\n".join(testfile.written(imports, commonjs=commonjs))
        whole = Range(START, file.text.end) if file else Range(START, START)
        return (Edit(place.path, whole, styled(f"{head}\n\n{text}", style)),)
    end = file.text.line_end
    edits = [
        Edit(place.path, file.text.range(start, stop), _import_style(new, style).replace("\n", end))
        for start, stop, new in testfile.merged(file, imports, commonjs=commonjs)
    ]
    content = file.text.content
    blank = len(content) - len(content.rstrip("\r\n"))
    newlines = Text(content[len(content) - blank :]).line_count - 1
    gap = end * max(0, 2 - newlines)
    last = Range(file.text.end, file.text.end)
    return (*edits, Edit(place.path, last, gap + styled(text, style).replace("\n", end)))


def _import_style(text: str, style: Style) -> str:
    """Whole statements in the file's style; a name for a list as it is."""
    return styled(text, style) if " from " in text or "require(" in text else text


def _calls_require(file: TestFile | None, place: Place) -> bool:
    if file is None or file.is_empty or not file.module.imports:
        return place.commonjs
    return file.module.is_commonjs


def _style(draft: Draft, file: TestFile | None) -> Style:
    target = draft.targets[0].definition.path if draft.targets else ""
    own = file.text.content if file else ""
    return style_of(own, draft.code.text(target) if target else "")
