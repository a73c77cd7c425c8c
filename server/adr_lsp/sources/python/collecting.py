"""Which tests pytest collects from a Python file, and where each may be annotated."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import field
from typing import TYPE_CHECKING

from adr_lsp.sources.code import Code, walk
from adr_lsp.sources.model import Test
from adr_lsp.sources.python.outline import (
    Definition,
    definitions,
    last_bindings,
    meaning,
    meanings,
)
from adr_lsp.sources.python.syntax import called, dotted
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node


_RUNNER = "run_state_machine_as_test"
_DEEPEST = 20  # classes within classes


@dataclass(slots=True)
class Collected:
    """The tests of a file; `owned` lists, for the id of each definition or assignment that a
    reference may stand at, the names of the tests it then links."""

    code: Code
    names: dict[str, str]
    bound: dict[str, Definition | Node]
    tests: list[Test] = field(default_factory=list)
    owned: dict[int, list[str]] = field(default_factory=dict)

    def add(self, test: Test, *places: Node) -> None:
        self.tests.append(test)
        for place in places:
            owned = self.owned.setdefault(place.id, [])
            if test.name not in owned:
                owned.append(test.name)

    def class_named(self, name: str) -> Definition | None:
        found = self.bound.get(name)
        return found if isinstance(found, Definition) and found.is_class else None

    def family(self, definition: Definition) -> list[Definition]:
        """The class and its bases in this file, nearest first."""
        found, pending = [definition], list(definition.bases)
        while pending:
            base = self.class_named(pending.pop(0))
            if base and base not in found:
                found.append(base)
                pending.extend(base.bases)
        return found

    def bases(self, definition: Definition) -> list[str]:
        """The names of all bases in this file and just outside, by their meaning."""
        return [meaning(b, self.names) for d in self.family(definition) for b in d.bases]


def is_test_file(path: str) -> bool:
    """Whether pytest looks for tests in it, by its default patterns."""
    name = posixpath.basename(path)
    return name.endswith(".py") and (name.startswith("test_") or name.endswith("_test.py"))


def collect(path: str, code: Code) -> Collected:
    """Every test of the file, in source order."""
    found = Collected(code, meanings(code.root), last_bindings(code.root))
    if is_test_file(path):
        for name, value in found.bound.items():
            if not isinstance(value, Definition):
                _add_assigned(found, name, value)
            elif value.is_class:
                _add_class(found, value, ())
            elif is_test_function(value, found.names):
                _add_function(found, value, (), ())
    found.tests.sort(key=lambda test: test.range)
    found.owned[code.root.id] = [test.name for test in found.tests]
    return found


def is_test_function(definition: Definition, names: dict[str, str]) -> bool:
    return (
        not definition.is_class
        and definition.name.startswith("test")
        and not is_fixture(definition, names)
    )


def is_fixture(definition: Definition, names: dict[str, str]) -> bool:
    return any(fixture_call(d, names) for d in definition.decorators)


def fixture_call(decorator: Node, names: dict[str, str]) -> bool:
    """Whether a decorator is `@pytest.fixture`, called or not, under any name."""
    return meaning(dotted(called(decorator)), names).rpartition(".")[2] in (
        "fixture",
        "yield_fixture",
    )


def is_machine(found: Collected, definition: Definition) -> bool:
    """Whether the class is a rule-based state machine, or its `TestCase` is used here."""
    if any(base.rpartition(".")[2] == "RuleBasedStateMachine" for base in found.bases(definition)):
        return True
    values = [v for v in found.bound.values() if not isinstance(v, Definition)]
    return any(machine_of(value) == definition.name for value in values)


def machine_of(assignment: Node) -> str | None:
    """`Machine` in `Name = Machine.TestCase`, also where a marker is called on it."""
    right = assignment.child_by_field_name("right")
    if right is not None and right.type == "call":
        arguments = right.child_by_field_name("arguments")
        right = arguments.named_children[0] if arguments and arguments.named_children else None
    machine, _, last = (dotted(right) or "").rpartition(".")
    leaf = machine.rpartition(".")[2]
    return machine if last == "TestCase" and leaf[:1].isupper() else None


def _add_assigned(found: Collected, name: str, assignment: Node) -> None:
    machine = machine_of(assignment)
    if machine:
        _add_machine(found, name, machine, assignment)


def _add_machine(found: Collected, name: str, machine: str, *places: Node) -> None:
    definition = found.class_named(machine)
    shown = definition.outer if definition else places[0]
    named = definition.name_node if definition else _name_in(places[0])
    test = Test(
        name=f"{name}::runTest",
        range=found.code.range_of(shown),
        name_range=found.code.range_of(named),
        method="state-machine",
        aliases=(name, machine.rpartition(".")[2]),
    )
    found.add(test, *places, *_machine_places(found, definition))


def _name_in(place: Node) -> Node:
    return place.child_by_field_name("left") or place.child_by_field_name("name") or place


def _machine_places(found: Collected, definition: Definition | None) -> Iterator[Node]:
    """The machine's class, its bases in this file, and all their methods."""
    for one in found.family(definition) if definition else ():
        yield one.inner
        if one.body:
            yield from (d.inner for d in definitions(one.body, one.path))


def _add_class(found: Collected, definition: Definition, above: tuple[Definition, ...]) -> None:
    machine = _case_of_machine(found, definition)
    if machine:
        _add_machine(found, definition.name, machine, definition.inner)
        return
    family = found.family(definition)
    unittest = any(base.endswith("TestCase") for base in found.bases(definition))
    own = _class_members(family)
    if "__test__" in own and not isinstance(own["__test__"][0], Definition):
        return
    if not unittest and (not definition.name.startswith("Test") or "__init__" in own):
        return
    if len(above) > _DEEPEST:
        return
    for member, holder in own.values():
        if not isinstance(member, Definition):
            continue
        if is_test_function(member, found.names):
            _add_function(found, member, (*above, definition), (holder,))
        elif member.is_class and not unittest and holder is definition:
            _add_class(found, member, (*above, definition))


def _case_of_machine(found: Collected, definition: Definition) -> str | None:
    """`Machine` in `class TestX(Machine.TestCase)`."""
    for base in definition.bases:
        machine, _, last = base.rpartition(".")
        known = found.class_named(machine)
        if last == "TestCase" and known and is_machine(found, known):
            return machine
    return None


def _class_members(
    family: list[Definition],
) -> dict[str, tuple[Definition | Node, Definition]]:
    """Every name of a class with its value and the class of this file that it comes from."""
    found: dict[str, tuple[Definition | Node, Definition]] = {}
    for holder in reversed(family):
        if holder.body:
            for name, value in last_bindings(holder.body, holder.path).items():
                found[name] = (value, holder)
    return found


def _add_function(
    found: Collected,
    definition: Definition,
    classes: tuple[Definition, ...],
    holders: tuple[Definition, ...],
) -> None:
    machines = list(_machines_run_by(found, definition))
    test = Test(
        name="::".join([*(c.name for c in classes), definition.name]),
        range=found.code.range_of(definition.outer),
        name_range=found.code.range_of(definition.name_node),
        method="state-machine" if machines else _method(found, definition),
        aliases=tuple(machine for machine in machines if machine),
    )
    places = [d.inner for d in (definition, *classes, *holders)]
    for machine in machines:
        places.extend(_machine_places(found, found.class_named(machine)))
    found.add(test, *places)


def _machines_run_by(found: Collected, definition: Definition) -> Iterator[str]:
    """The machines that a plain function runs by `run_state_machine_as_test`."""
    if _RUNNER.encode() not in found.code.data:
        return
    for node in walk(definition.inner):
        if node.type != "call" or node.child_by_field_name("function") is None:
            continue
        function = meaning(dotted(called(node)), found.names)
        if function.rpartition(".")[2] == _RUNNER:
            arguments = node.child_by_field_name("arguments")
            first = arguments.named_children[0] if arguments and arguments.named_children else None
            yield dotted(first) or ""


def _method(found: Collected, definition: Definition) -> str:
    return "property" if any(_gives(found, d) for d in definition.decorators) else "example"


def _gives(found: Collected, decorator: Node) -> bool:
    """Whether a decorator is `hypothesis.given`, or a name that this file binds to it."""
    name = dotted(called(decorator))
    if meaning(name, found.names).rpartition(".")[2] == "given":
        return True
    bound = found.bound.get(name or "")
    if bound is None:
        return False
    inside = bound.inner if isinstance(bound, Definition) else bound
    return any(
        node.type in ("identifier", "attribute")
        and meaning(dotted(node), found.names).rpartition(".")[2] == "given"
        for node in walk(inside)
    )
