"""A counterexample of proptest as a `#[test]` beside its property, with the property's own body.

proptest has nothing to declare an example with. What it keeps is a seed, in a file of its own, and
that finds the case only while the strategies stay as they are.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping

from adr_lsp.evidence.model import Counterexample
from adr_lsp.scaffold.model import PINNED, STEPS, Refusal
from adr_lsp.scaffold.rust.code import Code as Crates
from adr_lsp.scaffold.rust.debugged import read as read_value
from adr_lsp.scaffold.rust.drawn import drawn, type_of_text
from adr_lsp.scaffold.rust.items import Crate, Module, fill, parsed
from adr_lsp.scaffold.rust.property import Argument, Property, find
from adr_lsp.scaffold.rust.regressions import kept
from adr_lsp.scaffold.rust.shown import Shown, Unwritable
from adr_lsp.scaffold.rust.testfile import TestModule
from adr_lsp.scaffold.rust.testfile import read as read_module
from adr_lsp.scaffold.rust.types import FLOATS, INTEGERS, Scope
from adr_lsp.snapshot import Snapshot, invariants_of
from adr_lsp.sources import read
from adr_lsp.sources.code import parse, walk
from adr_lsp.text import Edit, Range

_FALLIBLE = re.compile(r"\bprop_(?:assert\w*|assume)!|\?|\breturn\b|\bTestCase")
_TEXTS = frozenset({"string_literal", "raw_string_literal"})
_ERROR = "TestCaseError"
_FUNCTION = re.compile(r"\bfn\s+(?:r#)?(\w+)")


def pinned(
    snapshot: Snapshot, path: str, name: str, counterexample: Counterexample
) -> tuple[Edit, ...] | Refusal:
    raw = snapshot.tree.read(path)
    *modules, own = name.split("::")
    file = read_module(raw, tuple(modules)) if raw is not None else None
    if raw is None or file is None:
        return Refusal(f"`{path}` cannot be read as Rust, or has no module of `{name}`")
    property_ = find(file.code, name)
    if property_ is None:
        source = read(path, raw)
        test = source.test(name) if source else None
        is_machine = test is not None and test.method == "state-machine"
        no_body = f"`{name}` is no property in `proptest!`, so it has no body to repeat"
        reason = STEPS if is_machine else no_body
        return Refusal(f"{reason}{kept(snapshot.tree, path)}")
    bindings = _bindings(snapshot, path, tuple(modules), property_, counterexample)
    if isinstance(bindings, Refusal):
        return bindings
    if _stands(file, own, bindings):
        return Refusal(PINNED)
    text = _test(snapshot, path, name, file, property_, bindings)
    if not _has_long_text(property_.body):
        text = textwrap.indent(text, file.indent)
    return (_edit(path, file, property_, text),)


def _bindings(
    snapshot: Snapshot, path: str, modules: tuple[str, ...], property_: Property,
    counterexample: Counterexample,
) -> tuple[str, ...] | Refusal:  # fmt: skip
    """`let n: u64 = 3;` for each argument."""
    values = counterexample.values or {}
    arguments = property_.arguments
    where = kept(snapshot.tree, path)
    if arguments is None or [a.name for a in arguments] != list(values):
        told = "the counterexample is not told argument by argument"
        return Refusal(f"{told}{where}")
    scope = _scope(snapshot, path, modules)
    if scope is None:
        return Refusal(f"the module of `{path}` cannot be found")
    try:
        return tuple(_binding(scope, argument, values) for argument in arguments)
    except Unwritable as unwritable:
        return Refusal(f"{unwritable} cannot be written as source text{where}")


def _scope(snapshot: Snapshot, path: str, modules: tuple[str, ...]) -> Scope | None:
    """The module in which the test stands; a file of `tests/` is a crate of its own."""
    code = Crates(snapshot.tree, path)
    module: Module | None = code.module_of_file(path) or _alone(snapshot, path)
    for name in modules:
        module = module.children.get(name) if module else None
    return Scope(code, module, {}) if module else None


def _alone(snapshot: Snapshot, path: str) -> Module:
    crate = Crate("", "", path, False)
    module = Module(crate, (), path, parsed(snapshot.tree.read(path) or b""), None)
    crate.modules.append(module)
    list(fill(module))
    return module


def _binding(scope: Scope, argument: Argument, values: Mapping[str, str]) -> str:
    text = values[argument.name]
    value = read_value(text)
    told = argument.type or _told(argument.strategy)
    type_ = type_of_text(scope, told) if told else drawn(scope, argument.strategy)
    if value is None:
        raise Unwritable(f"`{text}`")
    try:
        source = Shown(scope).source(value, type_)
    except Unwritable:
        raise Unwritable(f"`{text}`") from None
    if not told and type_.name in (*INTEGERS, *FLOATS):
        told = type_.name
    lead = "let mut " if argument.mutable else "let "
    return f"{lead}{argument.name}{f': {told}' if told else ''} = {source};"


def _told(strategy: str) -> str:
    """The type in `any::<T>()`."""
    found = re.fullmatch(r"(?:\w+::)*any::<(.+)>\(\)", strategy.strip(), re.DOTALL)
    return found[1].strip() if found else ""


def _stands(file: TestModule, own: str, bindings: tuple[str, ...]) -> bool:
    """Whether an example of the property begins with these values."""
    wanted = _plain("".join(bindings))
    for node in file.body.children:
        said = file.code.data[node.start_byte : node.end_byte].decode("utf-8", "replace")
        named = _FUNCTION.search(said) if node.type == "function_item" else None
        if named and re.fullmatch(rf"{re.escape(own)}_example_\d+", named[1]):
            body = _plain(said.partition("{")[2])
            if body.startswith(wanted):
                return True
    return False


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _test(
    snapshot: Snapshot, path: str, name: str, file: TestModule, property_: Property,
    bindings: tuple[str, ...],
) -> str:  # fmt: skip
    """The test, with what it verifies above it."""
    own = name.rpartition("::")[2]
    fallible = bool(_FALLIBLE.search(property_.body))
    returns = f" -> Result<(), {_error(file)}>" if fallible else ""
    body = _body(property_.body)
    if fallible and body and not body.endswith((";", "}")):
        body += ";"
    lines = ["#[test]", f"fn {_name(file, own)}(){returns} {{"]
    lines += [f"    {binding}" for binding in bindings]
    lines += [body] if body else []
    lines += ["    Ok(())"] if fallible else []
    invariants = invariants_of(snapshot, path, name)
    keys = [key for _, i in invariants if (key := snapshot.log.invariant_key(i))]
    verifies = [f"// Verifies: {', '.join(keys)}"] if keys else []
    return "\n".join([*verifies, *lines, "}"])


def _body(written: str) -> str:
    """The property's body one step in; as it is where a text goes over several lines."""
    body = written.strip("\n").rstrip()
    if _has_long_text(body):
        return body
    return textwrap.indent(textwrap.dedent(body) if "\n" in written else body.strip(), "    ")


def _has_long_text(body: str) -> bool:
    whole = parse(f"fn f() {{{body}}}".encode("utf-8", "replace"), "rust")
    return any(node.type in _TEXTS and b"\n" in (node.text or b"") for node in walk(whole))


def _error(file: TestModule) -> str:
    there = "proptest::prelude" in file.globs or _ERROR in file.bound
    return _ERROR if there else f"proptest::test_runner::{_ERROR}"


def _name(file: TestModule, own: str) -> str:
    number = 1
    while f"{own}_example_{number}" in file.definitions:
        number += 1
    return f"{own}_example_{number}"


def _edit(path: str, file: TestModule, property_: Property, text: str) -> Edit:
    """Behind the item that holds the property, one blank line between."""
    place = file.code.position(property_.end)
    end = file.code.text.line_end
    return Edit(path, Range(place, place), f"{end}{end}" + text.replace("\n", end))
