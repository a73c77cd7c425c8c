"""From an invariant to the edits that write its test in Rust and the link to it."""

from __future__ import annotations

import textwrap
from functools import partial

from adr_lsp.record import Invariant, Record
from adr_lsp.scaffold.examples import Example
from adr_lsp.scaffold.model import Refusal, Scaffold
from adr_lsp.scaffold.place import link_edits
from adr_lsp.scaffold.rust import manifest
from adr_lsp.scaffold.rust.code import Code
from adr_lsp.scaffold.rust.draft import Draft, Shape
from adr_lsp.scaffold.rust.examples import example
from adr_lsp.scaffold.rust.names import Names
from adr_lsp.scaffold.rust.place import DEFAULT, Place, place
from adr_lsp.scaffold.rust.render import render
from adr_lsp.scaffold.rust.shapes import MACHINE_SHAPES, MACHINES, SHAPES, open_property
from adr_lsp.scaffold.rust.strategies import Strategies
from adr_lsp.scaffold.rust.target import Found, named_in_text, resolve
from adr_lsp.scaffold.rust.testfile import TestModule, read
from adr_lsp.scaffold.rust.uses import lines, merged
from adr_lsp.scaffold.rust.wording import function_name
from adr_lsp.scaffold.standing import standing
from adr_lsp.scaffold.suited import lacks, unsuited, unwritable
from adr_lsp.scaffold.targets import known_code
from adr_lsp.scaffold.wording import machine_name, whole_numbers
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import START, Edit, Range, Text

_NEEDED = {"machine.rs.j2": ("proptest", "proptest-state-machine"), "example.rs.j2": ()}


def write(
    snapshot: Snapshot, record: Record, invariant: Invariant, pattern: str | None, method: str,
    case: Example | None = None,
) -> Scaffold | Refusal:  # fmt: skip
    """The whole scaffold, or why there is none."""
    refused = unwritable(method, pattern, MACHINES, "Rust")
    if refused:
        return Refusal(refused)
    try:
        return _scaffold(snapshot, record, invariant, pattern, method, case)
    except RecursionError:
        return Refusal("the code is nested too deeply to be read")


def _scaffold(
    snapshot: Snapshot, record: Record, invariant: Invariant, pattern: str | None, method: str,
    case: Example | None,
) -> Scaffold | Refusal:  # fmt: skip
    code = Code(snapshot.tree, record.path)
    targets, problems = known_code(
        invariant,
        partial(resolve, code),
        partial(named_in_text, code, record, invariant),
        "use",
    )
    path_pattern = dict(snapshot.config.scaffold_paths).get("rust", DEFAULT)
    where = place(path_pattern, code, record, targets)
    if where is None:
        return Refusal(f"`{path_pattern}` is no Rust file below the root")
    modules = where.modules[:-1] if where.new else where.modules
    file = standing(snapshot, where.path, partial(read, modules=modules))
    if isinstance(file, Refusal):
        return file
    draft = _draft(code, file, where, invariant, targets)
    draft.case = case
    for problem in problems:
        draft.note(problem)
    return _written(snapshot, draft, file, where, record, invariant, pattern, method)


def _draft(
    code: Code, file: TestModule | None, where: Place, invariant: Invariant, targets: list[Found]
) -> Draft:
    fresh = file is None or where.new
    bound, globs = ({}, ()) if fresh or file is None else (file.bound, file.globs)
    names = Names(code, where.inside, bound, globs)
    numbers = tuple(whole_numbers(invariant.statement))
    standing = {} if fresh or file is None else dict(file.strategies)
    about = frozenset(found.name for found in targets)
    strategies = Strategies(code, names, numbers, standing, targets=about)
    return Draft(code, names, strategies, invariant.statement, tuple(targets))


def _written(
    snapshot: Snapshot, draft: Draft, file: TestModule | None, where: Place, record: Record,
    invariant: Invariant, pattern: str | None, method: str,
) -> Scaffold | Refusal:  # fmt: skip
    others = [i.statement for i in record.invariants if i.id != invariant.id]
    reference = f"{snapshot.log.key(record)}/{invariant.id}"
    name = function_name(invariant.statement, others)
    name += draft.case.suffix if draft.case else ""
    full = "::".join((*where.modules, name))
    if file is not None and not where.new and name in file.definitions:
        return Refusal(f"`{full}` already stands in {where.path}")
    if method == "example":
        shape = example(draft, record, invariant)
    else:
        shape = _shape(draft, pattern, machine_name(invariant.statement, others))
        draft.names.use_all("proptest::prelude")
    if draft.names.taken(name):
        name = f"{name}_holds"
    full = "::".join((*where.modules, name))
    if file is not None and not where.new and name in file.definitions:
        return Refusal(f"`{full}` already stands in {where.path}")
    depends = _dependencies(snapshot, draft, where, _NEEDED.get(shape.template, ("proptest",)))
    text = render(draft, shape, name, reference)
    edits = (*_file_edits(file, where, text, draft), *depends)
    return Scaffold(where.path, full, (*edits, *link_edits(record, invariant, where.path, full)))


def _shape(draft: Draft, pattern: str | None, machine: str) -> Shape:
    make = SHAPES.get(pattern or "")
    if pattern in MACHINE_SHAPES:
        make = partial(MACHINE_SHAPES[pattern or ""], machine=machine)
    shape = make(draft) if make and draft.targets else None
    if shape is not None and pattern in MACHINE_SHAPES:
        for name in ("prop_state_machine", "ReferenceStateMachine", "StateMachineTest"):
            draft.names.use(f"proptest_state_machine::{name}")
    if shape is None:
        if draft.targets and make:
            draft.note(lacks(pattern, (found.name for found in draft.targets)))
        elif why := unsuited(pattern, "property"):
            draft.note(why)
        draft.arguments.clear()
        draft.names.leave()
        shape = open_property(draft, pattern)
    return shape


def _dependencies(
    snapshot: Snapshot, draft: Draft, where: Place, wanted: tuple[str, ...]
) -> tuple[Edit, ...]:
    """The edit of `Cargo.toml`; where it cannot be made safely, the test says what is missing."""
    gone = manifest.missing(snapshot.tree, where.folder, wanted)
    if not gone:
        return ()
    made = manifest.edits(snapshot.tree, where.folder, gone)
    if made is None:
        command = " ".join(gone)
        draft.note(f"add what this test needs: `cargo add --dev {command}`")
    return made or ()


def _file_edits(file: TestModule | None, where: Place, text: str, draft: Draft) -> tuple[Edit, ...]:
    added = draft.names.added
    if file is None or (not file.code.content.strip() and not where.modules):
        whole = Range(START, file.code.text.end) if file else Range(START, START)
        head = f"{lines(added)}\n" if added else ""
        return (Edit(where.path, whole, head + text),)
    content = file.code.text
    if where.new:
        indent = file.indent + "    "
        head = f"{lines(added, indent)}\n" if added else ""
        inside = head + textwrap.indent(text, indent)
        body = f"{file.indent}#[cfg(test)]\n{file.indent}mod {where.modules[-1]} {{\n{inside}"
        return (_appended(file, where.path, f"{body}{file.indent}}}\n"),)
    edits = [
        Edit(where.path, content.range(start, end), new.replace("\n", content.line_end))
        for start, end, new in merged(file, added)
    ]
    return (*edits, _appended(file, where.path, textwrap.indent(text, file.indent)))


def _appended(file: TestModule, path: str, text: str) -> Edit:
    """At the end of the module, behind a blank line."""
    content: Text = file.code.text
    whole = content.content
    end = len(whole)
    if file.body.type != "source_file":
        end = file.offset(file.body.children[-1].start_byte)
    before = whole[:end]
    kept = before.rstrip(" \t")
    at = len(kept) if kept.endswith("\n") else end
    newlines = len(kept) - len(kept.rstrip("\r\n"))
    breaks = Text(kept[len(kept) - newlines :]).line_count - 1
    lead = "\n" * max(0, 2 - breaks)
    opened = kept.rstrip().endswith("{") and file.body.type != "source_file"
    lead = ("" if breaks else "\n") if opened else lead
    new = (lead + text).replace("\n", content.line_end)
    place_ = content.position(at)
    return Edit(path, Range(place_, place_), new)
