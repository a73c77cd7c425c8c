"""Why a TypeScript or JavaScript test cannot fail: nothing in it, nor in what it calls, refuses a
result.

What counts: `expect` with a matcher, `assert` and its methods, `should`, `throw` in the test or in
its file, an unknown call named like an assertion, a property's predicate that returns something
but `true`. A promise of an assertion that nobody waits for does not, unless the test counts its
assertions. Of what is not known it is said that it can fail.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from adr_lsp.sources.change import Memo, Read
from adr_lsp.sources.code import text_of
from adr_lsp.sources.definitions.passage import words
from adr_lsp.sources.definitions.project import Project, project
from adr_lsp.sources.definitions.vacuity import ASSERTING, DEEPEST, Met, Search
from adr_lsp.sources.typescript.importing_settings import above
from adr_lsp.sources.typescript.normal import unwrap
from adr_lsp.sources.typescript.reach import root_of
from adr_lsp.sources.typescript.reach_pieces import HOOKS
from adr_lsp.sources.typescript.reach_tests import FUNCTIONS, callback, find_tests
from adr_lsp.sources.typescript.vacuous_calls import (
    PROPERTIES,
    expected,
    is_property_of_chai,
    last_of,
    path_of,
    pieces,
)
from adr_lsp.sources.typescript.vacuous_names import function_of, named, source_of
from adr_lsp.sources.typescript.vacuous_swallowing import (
    PASSING,
    floats,
    reachable,
)
from adr_lsp.sources.typescript.vacuous_trivial import (
    ONE_ARGUMENT,
    always_holds,
    arguments,
    compares_nothing,
)
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_PROMISING = words("resolves rejects")
_REJECTING = words("rejects doesNotReject")
_QUERIES = ("getBy", "getAllBy", "findBy", "findAllBy")
_LIBRARY = re.compile(r"(?:^|[/:@-])(?:assert|chai|should|uvu|tap|tape|ava|expect)\b")
# What a test's context offers besides assertions.
_CONTEXT = words(
    "diagnostic skip todo plan mock before after beforeEach afterEach test name signal log comment"
    " teardown timeout task onTestFailed onTestFinished annotate runOnly waitFor context"
)
_COUNTING = words("assertions hasAssertions")


@dataclass(frozen=True, slots=True)
class _At:
    """A function that is looked at: its file, how deep below the test it is called, whether it is
    a property's predicate, and whether its failures are swallowed or its promise floats."""

    project: Project
    path: str
    depth: int
    around: Met | None
    parameter: str = ""
    counting: bool = False


def vacuity(
    path: str, name: str, read: Read, files: Collection[str], pattern: str | None, memo: Memo
) -> str | None:
    """The reason, as the end of a sentence about the test; None if it can fail, or if nobody can
    tell."""
    settings = {f"{folder}/{file}".lstrip("/") for folder in above(path) for file in _SETTINGS}
    lone = frozenset(each for each in (path, *settings) if each not in files)
    known = memo.get(("typescript", lone)) or project({*files, *lone}, read, (), read)
    memo["typescript", lone] = known
    raw = known.contents.get(path)
    root = root_of(path, raw) if raw is not None else None
    tests = find_tests(root, name) if root is not None else []
    search = Search()
    if root is None or root.has_error or not tests:
        return None
    if any(_test_can_fail(search, known, path, test) for test in tests):
        return None
    return search.why_not_total() if pattern == "total" else search.why()


_SETTINGS = ("tsconfig.json", "jsconfig.json", "package.json")


def _test_can_fail(search: Search, known: Project, path: str, test: Node) -> bool:
    found = callback(test)
    function = _function(known, path, found) if found is not None else None
    if function is None:
        return True  # nobody knows what it runs
    own = function[1]
    at = _At(known, function[0], 0, None, _parameter(own), _counts_assertions(own))
    if ".prop" in text_of(test.child_by_field_name("function") or test).partition("(")[0]:
        return _predicate_can_fail(search, at, own)
    return _can_fail(search, at, own) or _hooks_can_fail(search, known, path, test)


def _hooks_can_fail(search: Search, known: Project, path: str, test: Node) -> bool:
    """What runs before and after the test may refuse a result as well."""
    functions = (callback(hook) for hook in _hooks(test))
    at = _At(known, path, 0, None)
    return any(
        f is not None and f.type in FUNCTIONS and _can_fail(search, at, f) for f in functions
    )


def _hooks(test: Node) -> Iterator[Node]:
    """The calls of hooks in the scopes around a test."""
    scope = test.parent
    while scope is not None:
        for statement in (
            scope.named_children if scope.type in ("program", "statement_block") else ()
        ):
            call = statement.named_children[0] if statement.named_children else None
            if call is not None and call.type == "call_expression" and last_of(call) in HOOKS:
                yield call
        scope = scope.parent


def _parameter(function: Node) -> str:
    alone = function.child_by_field_name("parameter")
    listed = function.child_by_field_name("parameters")
    first = alone or (listed.named_children[0] if listed and listed.named_children else None)
    name = text_of(first).partition(":")[0].strip() if first is not None else ""
    return name if name.isidentifier() else ""


def _counts_assertions(function: Node) -> bool:
    return any(f"expect.{word}" in text_of(function) for word in _COUNTING)


def _function(known: Project, path: str, node: Node) -> tuple[str, Node] | None:
    """The function that stands there, or that a name leads to."""
    inner = unwrap(node)
    if inner.type in FUNCTIONS:
        return path, inner
    if inner.type in ("identifier", "member_expression"):
        return function_of(known, path, text_of(inner))
    return None


def _can_fail(search: Search, at: _At, function: Node) -> bool:
    """Whether a function holds an assertion that counts, or calls one that does."""
    if at.depth > DEEPEST or not search.first((at.path, function.id, at.around)):
        return False
    body = function.child_by_field_name("body")
    found = pieces(body, at.around) if body is not None else ()
    return any(_counts(search, at, node, around) for node, around in found)


def _counts(search: Search, at: _At, node: Node, around: Met | None) -> bool:
    if node.type == "throw_statement":
        return _throws(at, node) and search.weigh(around)
    if node.type in ("call_expression", "new_expression"):
        search.does = True
        search.swallows |= around is Met.SWALLOWED
        return _call_counts(search, at, node, around)
    if node.type == "member_expression" and is_property_of_chai(node):
        return search.weigh(_trivial(node, [], []), around)
    search.does |= node.type in ("binary_expression", "subscript_expression", "member_expression")
    return False


def _throws(at: _At, node: Node) -> bool:
    """A test that throws by itself, or a function beside it; elsewhere only an assertion's error;
    not a handler that only says more of a failure."""
    around = node.parent
    while around is not None and around.type not in FUNCTIONS:
        if around.type == "catch_clause":
            return False
        around = around.parent
    return at.depth == 0 or "AssertionError" in text_of(node) or _is_of_tests(at.path)


def _is_of_tests(path: str) -> bool:
    return any(word in path.lower() for word in ("test", "spec"))


def _call_counts(search: Search, at: _At, call: Node, around: Met | None) -> bool:
    path = path_of(call)
    last = path[-1] if path else ""
    if last in PROPERTIES or path[-2:] == ["fc", "check"] or last in _COUNTING:
        return False
    given = arguments(call)
    if path == ["fc", "assert"] or (last == "assert" and given and _is_property(given[0])):
        return _property_counts(search, at, call, given, around)
    found = expected(call)
    if found is not None:
        return _matcher_counts(search, at, call, found, around)
    if path == ["expect"] or path == ["expect", "soft"]:
        return False
    target = function_of(at.project, at.path, ".".join(path)) if path else None
    if target is not None and not _is_context(at, path):
        below = _At(at.project, target[0], at.depth + 1, around, "", at.counting)
        if _can_fail(search, below, target[1]):
            return True
    elif _is_asserting(at, path):
        floating = Met.FLOATING if last in _REJECTING and _floats(at, call) else None
        trivial = _trivial_call(last, given)
        return search.weigh(floating, trivial, around)
    return any(_passed_can_fail(search, at, one, around) for one in given)


def _passed_can_fail(search: Search, at: _At, argument: Node, around: Met | None) -> bool:
    """A function of the project that is handed to a call by its name."""
    inner = unwrap(argument)
    if inner.type not in ("identifier", "member_expression"):
        return False
    target = function_of(at.project, at.path, text_of(inner))
    below = _At(at.project, target[0], at.depth + 1, around) if target else at
    return target is not None and _can_fail(search, below, target[1])


def _floats(at: _At, call: Node) -> bool:
    return not at.counting and floats(call)


def _matcher_counts(
    search: Search, at: _At, call: Node, found: tuple[Node, list[str]], around: Met | None
) -> bool:
    expect, names = found
    promising = bool(_PROMISING & set(names)) or "poll" in text_of(
        expect.child_by_field_name("function") or expect
    )
    floating = Met.FLOATING if promising and _floats(at, call) else None
    trivial = _trivial(call, names, arguments(expect)) if not promising else None
    return search.weigh(floating, trivial, around)


def _trivial(call: Node, names: list[str], actual: list[Node]) -> Met | None:
    given = arguments(call)
    last = names[-1] if names else ""
    return Met.CONSTANT if compares_nothing(last, actual, given, "not" in names) else None


def _trivial_call(last: str, given: list[Node]) -> Met | None:
    if len(given) < 2 and last not in ONE_ARGUMENT:
        return None
    return Met.CONSTANT if compares_nothing(last, given[:1], given[1:2], False) else None


def _is_context(at: _At, path: list[str]) -> bool:
    return len(path) > 1 and path[0] == at.parameter != ""


def _is_asserting(at: _At, path: list[str]) -> bool:
    """Whether a call that leads nowhere in the project is named like an assertion, comes from a
    library of assertions, or is of a test's context, of which nobody knows what it does."""
    if not path or path[-1] in PASSING:
        return False
    if any(name.lower().lstrip("_").startswith(ASSERTING) or name == "should" for name in path):
        return True
    if path[-1].startswith(_QUERIES) or (path == [at.parameter] and path[0] == "done"):
        return True
    source = source_of(at.project, at.path, path[0])
    if source is not None and source[0:1] != "." and _LIBRARY.search(source):
        return True
    return _is_context(at, path) and path[0] in ("t", "assert") and path[1] not in _CONTEXT


def _is_property(node: Node) -> bool:
    inner = unwrap(node)
    return inner.type == "call_expression" and last_of(inner) in PROPERTIES


def _property_counts(
    search: Search, at: _At, call: Node, given: list[Node], around: Met | None
) -> bool:
    """`fc.assert(fc.property(…, predicate))`: whether the predicate can fail, and is run."""
    property = unwrap(given[0]) if given else None
    if property is not None and property.type == "identifier":
        raw = at.project.contents[at.path]
        property = named(at.path, raw).values.get(text_of(property))
    if property is None or property.type != "call_expression":
        return search.weigh(around)
    path = path_of(property)
    predicate = next((one for one in reversed(arguments(property))), None)
    if not PROPERTIES & set(path) or predicate is None:
        return search.weigh(around)
    if "asyncProperty" in path and _floats(at, call):
        return search.weigh(Met.FLOATING)
    function = _function(at.project, at.path, predicate)
    if function is None:
        return search.weigh(around)
    depth = at.depth + (unwrap(predicate).type not in FUNCTIONS)
    below = _At(at.project, function[0], depth, around, "", True)
    return _predicate_can_fail(search, below, function[1])


def _predicate_can_fail(search: Search, at: _At, function: Node) -> bool:
    """A predicate fails by what it asserts, or by what it returns."""
    body = function.child_by_field_name("body")
    if body is None or "odelRun(" in text_of(body):
        return search.weigh(at.around) and _model_can_fail(search, at)
    returned = [unwrap(body)] if body.type != "statement_block" else list(_returned(body))
    if any(_says_something(search, at, one) for one in returned) and search.weigh(at.around):
        return True
    return _can_fail(search, at, function)


def _model_can_fail(search: Search, at: _At) -> bool:
    """A model fails by what its commands assert: every class of the file that has `run`."""
    here = named(at.path, at.project.contents[at.path])
    runs = [node for name, node in here.functions.items() if name.endswith(".run")]
    return not runs or any(_can_fail(search, at, run) for run in runs)


def _returned(body: Node) -> Iterator[Node]:
    """What a function's own `return` statements give."""
    stack = [body]
    while stack:
        node = stack.pop()
        if node.type == "return_statement":
            yield from (unwrap(child) for child in node.named_children)
        elif node.type not in FUNCTIONS and node.type != "function_declaration":
            stack.extend(reachable(node))


def _says_something(search: Search, at: _At, value: Node) -> bool:
    """Whether a returned value may be anything but `true` and nothing."""
    if value.type in ("undefined", "true") or text_of(value) == "undefined":
        if value.type == "true":
            search.met.add(Met.RETURNED)
        return False
    if always_holds(value):
        search.met.add(Met.RETURNED)
        return False
    if value.type != "call_expression":
        return value.type not in ("unary_expression",) or not text_of(value).startswith("void")
    if expected(value) is not None or path_of(value)[-2:] == ["fc", "assert"]:
        return False
    target = function_of(at.project, at.path, ".".join(path_of(value)))
    if target is None:
        return not _is_asserting(at, path_of(value))
    body = target[1].child_by_field_name("body")
    return body is None or body.type != "statement_block" or any(_returned(body))
