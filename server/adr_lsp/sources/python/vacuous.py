"""Why a Python test cannot fail: nothing in it, nor in what it calls, can refuse a result."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import field
from typing import TYPE_CHECKING

from adr_lsp.sources.change import Memo, Read
from adr_lsp.sources.code import Code, text_of, walk
from adr_lsp.sources.python.importing import BUILDING
from adr_lsp.sources.python.outline import Definition, Import, definitions, meaning, meanings
from adr_lsp.sources.python.project import Project, project
from adr_lsp.sources.python.reach import find_test
from adr_lsp.sources.python.resolve import Place, bases, member, resolve
from adr_lsp.sources.python.swallowing import SCOPES, Swallowed, by_finally, by_try, by_with
from adr_lsp.sources.python.syntax import called, dotted
from adr_lsp.sources.python.trivial import always_holds, call_always_holds
from adr_lsp.sources.python.unreachable import reachable
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_DEEPEST = 3
_OUTCOMES = ("raises", "warns", "fail", "deprecated_call")
_ASSERTING = ("assert", "check", "verify", "expect", "ensure", "fail")
_NOTHING = Swallowed.NOTHING


@dataclass(frozen=True, slots=True)
class _File:
    """A parsed file: its definitions by dotted name, and what its imported names mean."""

    definitions: dict[str, Definition]
    names: dict[str, str]


@dataclass(slots=True)
class _Search:
    """A search for an assertion that can fail; what was met on the way says why there is none."""

    project: Project
    trivial: bool = False
    swallowed: bool = False
    swallows_calls: bool = False
    does: bool = False
    seen: set[tuple[Place, Swallowed]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _At:
    """A function that is looked at: where, how deep below the test, in which class."""

    place: Place
    file: _File
    depth: int
    holder: Place | None
    imports: frozenset[Import]


def vacuity(
    test_path: str,
    test_name: str,
    read: Read,
    files: Collection[str],
    pattern: str | None,
    memo: Memo,
) -> str | None:
    """The reason, as the end of a sentence about the test; None if it can fail."""
    lone = None if test_path in files else test_path
    known = memo.get(("python", lone)) or project({*files, test_path}, read)
    memo["python", lone] = known
    place = find_test(known, (test_path, test_name))
    if place is None:
        return None
    if _never_runs(known, place, test_name):
        return "unittest calls it, but never runs what it returns"
    search = _Search(known)
    if any(_can_fail(search, *start, 0, _NOTHING) for start in _starts(known, place, test_name)):
        return None
    if pattern == "total":
        return _why_not_total(search)
    if search.swallowed:
        return "a failure of its assertion is swallowed"
    if search.trivial:
        return "its assertion holds whatever the code does"
    return "it asserts nothing"


def _never_runs(known: Project, place: Place, name: str) -> bool:
    """A coroutine or a generator as a method of a plain `unittest.TestCase`, which only makes it;
    what a decorator makes of it is not known."""
    holder = name.replace("::", ".").rpartition(".")[0]
    file = _file(known, place[0])
    found = file.definitions.get(place[1])
    if not holder or found is None or found.decorators or not _is_lazy(found):
        return False
    first = (place[0], holder)
    return any(_is_plain_case(known, one) for one in (first, *bases(known, first)))


def _is_plain_case(known: Project, holder: Place) -> bool:
    shape, file = known.shape(holder[0]), _file(known, holder[0])
    part = shape.definitions.get(holder[1]) if shape else None
    return part is not None and any(
        meaning(base, file.names) == "unittest.TestCase" for base in part.bases
    )


def _is_lazy(found: Definition) -> bool:
    """Whether a call only makes a coroutine or a generator."""
    if any(child.type == "async" for child in found.inner.children):
        return True
    inside = walk(found.body, SCOPES) if found.body is not None else ()
    return any(node.type == "yield" for node in inside)


def _why_not_total(search: _Search) -> str | None:
    if search.swallows_calls:
        return "it swallows the failure that it looks for"
    return None if search.does else "it does nothing"


def _starts(known: Project, place: Place, name: str) -> Iterator[tuple[Place, Place | None]]:
    """The test's function, or every method of its machine, each with its class."""
    path, inside = place
    shape = known.shape(path)
    part = shape.definitions.get(inside) if shape else None
    if part and not part.is_class:
        holder = name.replace("::", ".").rpartition(".")[0]
        yield place, (path, holder) if holder else None
        return
    for machine in _machines(known, place):
        for one in (machine, *bases(known, machine)):
            found = known.shape(one[0])
            for method in found.members(one[1]) if found else ():
                yield (one[0], method), machine


def _machines(known: Project, place: Place) -> Iterator[Place]:
    """The machine behind `Name = Machine.TestCase` or `class Name(Machine.TestCase)`."""
    path, name = place
    shape = known.shape(path)
    if shape is None:
        return
    part = shape.definitions.get(name)
    used = set(part.bases) if part else {n for s in shape.binding(name) for n in s.used.names}
    if part:
        yield place
    for one in sorted(used):
        machine = resolve(known, path, one.removesuffix(".TestCase"))
        if machine and one.endswith(".TestCase"):
            yield machine


def _file(known: Project, path: str) -> _File:
    def parsed() -> _File:
        code = Code(known.contents[path], "python")
        by_name = {".".join(d.path): d for d in definitions(code.root)}
        return _File(by_name, meanings(code.root))

    return known.remember(("parsed", path), parsed)


def _can_fail(
    search: _Search, place: Place, holder: Place | None, depth: int, swallowed: Swallowed
) -> bool:
    """Whether a function holds an assertion that counts, or calls one that does."""
    shape = search.project.shape(place[0])
    part = shape.definitions.get(place[1]) if shape else None
    if part is None or depth > _DEEPEST or (place, swallowed) in search.seen:
        return False
    search.seen.add((place, swallowed))
    if part.is_class:
        built = [member(search.project, place, method) for method in BUILDING]
        return any(b and _can_fail(search, b, place, depth, swallowed) for b in built)
    file = _file(search.project, place[0])
    body = file.definitions[place[1]].body
    at = _At(place, file, depth, holder, part.in_body.imports)
    pieces = list(_pieces(body, file.names, swallowed)) if body is not None else []
    return any(_counts(search, at, node, caught) for node, caught in pieces)


def _pieces(
    body: Node, names: dict[str, str], swallowed: Swallowed
) -> Iterator[tuple[Node, Swallowed]]:
    """Every node of a function with what is swallowed around it; of functions inside, only those
    that the function names again."""
    used = [text_of(node) for node in walk(body) if node.type == "identifier"]
    stack = [(body, swallowed)]
    while stack:
        node, around = stack.pop()
        yield node, around
        if node.type == "function_definition" and used.count(_name_of(node)) < 2:
            continue
        inside = around
        if node.type == "with_statement":
            inside |= by_with(node, names)
        elif node.type == "try_statement":
            around |= by_finally(node)
            inside = around | by_try(node, names)
        guarded = node.child_by_field_name("body")
        stack.extend((c, inside if c == guarded else around) for c in reversed(reachable(node)))


def _name_of(definition: Node) -> str:
    name = definition.child_by_field_name("name")
    return text_of(name) if name is not None else ""


def _counts(search: _Search, at: _At, node: Node, swallowed: Swallowed) -> bool:
    if node.type == "assert_statement":
        return _weigh(search, always_holds(node.named_children[0]), swallowed)
    if node.type == "raise_statement":
        return _raises(at, node) and _weigh(search, False, swallowed)
    if node.type == "call":
        search.does = True
        search.swallows_calls |= bool(swallowed)
        return _call_counts(search, at, node, swallowed)
    search.does |= node.type in ("binary_operator", "subscript", "comparison_operator")
    return False


def _weigh(
    search: _Search,
    trivial: bool,
    swallowed: Swallowed,
    failure: Swallowed = Swallowed.ASSERTION,
) -> bool:
    """Whether an assertion counts; notes why it does not."""
    search.trivial |= trivial
    search.swallowed |= not trivial and failure in swallowed
    return not trivial and failure not in swallowed


def _raises(at: _At, node: Node) -> bool:
    """A test that raises by itself; in what it calls, only `AssertionError`."""
    raised = called(node.named_children[0]) if node.named_children else None
    name = (dotted(raised) if raised is not None else None) or ""
    if name.rpartition(".")[2] == "AssertionError":
        return True
    return bool(name) and at.depth == 0 and "skip" not in name.lower() and not _handles(node)


def _handles(node: Node | None) -> bool:
    while node is not None and node.type != "function_definition":
        if node.type == "except_clause":
            return True
        node = node.parent
    return False


def _call_counts(search: _Search, at: _At, call: Node, swallowed: Swallowed) -> bool:
    function = called(call)
    name = dotted(function)
    meant = meaning(name, at.file.names)
    if meant.rpartition(".")[0] == "pytest" and meant.rpartition(".")[2] in _OUTCOMES:
        return _weigh(search, False, swallowed, Swallowed.OUTCOME)
    listed = call.child_by_field_name("arguments")
    arguments = listed.named_children if listed is not None else []
    target = _target(search, at, name)
    if target:
        if _can_fail(search, *target, at.depth + 1, swallowed):
            return True
    elif _last(function).lower().lstrip("_").startswith(_ASSERTING):
        return _weigh(search, call_always_holds(_last(function), arguments), swallowed)
    passed = [_target(search, at, dotted(argument)) for argument in arguments]
    return any(p and _can_fail(search, *p, at.depth + 1, swallowed) for p in passed)


def _last(function: Node) -> str:
    attribute = function.child_by_field_name("attribute")
    return text_of(attribute if attribute is not None else function)


def _target(search: _Search, at: _At, name: str | None) -> tuple[Place, Place | None] | None:
    """The function or class of the project behind a name, with the class that it belongs to."""
    root, _, rest = (name or "").partition(".")
    if root in ("self", "cls") and at.holder:
        own = member(search.project, at.holder, rest) if rest else None
        return (own, at.holder) if own else None
    place = resolve(search.project, at.place[0], name or "", at.imports)
    shape = search.project.shape(place[0]) if place else None
    if place is None or shape is None or place[1] not in shape.definitions:
        return None
    holder = place[1].rpartition(".")[0]
    return place, (place[0], holder) if holder else None
