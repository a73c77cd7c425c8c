"""Why a Rust test cannot fail: nothing in it, nor in what it calls, refuses a result.

What counts: `assert!`, `prop_assert!` and every macro or unknown call named like an assertion;
`panic!` in the test or in code of tests; `#[should_panic]`; in the test itself `unwrap`, `expect`
and `?` on what a function of the project returns as `Result` or `Option`, for then the test fails
when that code refuses. They do not count on anything else (`"5".parse().unwrap()` only makes an
input). `let _ = prop_assert!(…)` counts, for the macro returns by itself; what drops it is dropping
the value of the function or closure around it. Of what is not known it is said that it can fail.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from adr_lsp.sources.change import Memo, Read
from adr_lsp.sources.code import text_of
from adr_lsp.sources.definitions.passage import words
from adr_lsp.sources.definitions.project import Project, closure, project
from adr_lsp.sources.definitions.vacuity import ASSERTING, DEEPEST, Met, Search
from adr_lsp.sources.rust.importing import loads
from adr_lsp.sources.rust.importing_settings import above
from adr_lsp.sources.rust.normal import COMMENTS
from adr_lsp.sources.rust.reach import Found, find_tests
from adr_lsp.sources.rust.reach_macros import tree_of
from adr_lsp.sources.rust.vacuous_pieces import Lost, Piece, is_dropped, last_name, pieces
from adr_lsp.sources.rust.vacuous_tokens import macro_holds, never_holds
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_PANICKING = words("panic unreachable todo unimplemented")
_RETURNING = ("prop_assert", "ensure", "bail")
_UNWRAPPING = words("unwrap expect unwrap_err expect_err")
_MACHINES = words("test_sequential sequential_strategy prop_state_machine")
_OF_MACHINE = ("apply", "check_invariants", "teardown", "init_test")
_REFUSING = ("Result", "Option", "LockResult")
_OK = ("Ok(())", "Ok (())", "()", "TestResult::passed()", "Ok::<(), TestCaseError>(())")


@dataclass(frozen=True, slots=True)
class _Function:
    """A function of the project: where it stands."""

    path: str
    node: Node


@dataclass(frozen=True, slots=True)
class _At:
    """Where the search is: how deep below the test, and in which file."""

    project: Project
    files: tuple[str, ...]
    path: str
    depth: int


def vacuity(
    path: str, name: str, read: Read, files: Collection[str], pattern: str | None, memo: Memo
) -> str | None:
    """The reason, as the end of a sentence about the test; None if it can fail, or if nobody can
    tell."""
    settings = {f"{folder}/Cargo.toml".lstrip("/") for folder in above(path)}
    lone = frozenset(each for each in (path, *settings) if each not in files)
    known = memo.get(("rust", lone)) or project({*files, *lone}, read, (), read)
    memo["rust", lone] = known
    raw = known.contents.get(path)
    tree = tree_of(raw) if raw is not None else None
    tests = find_tests(tree, name) if tree is not None else []
    if tree is None or tree.root.has_error or not tests:
        return None
    search = Search()
    at = _At(known, closure(known, (path,), loads), path, 0)
    if any(_test_can_fail(search, at, test) for test in tests):
        return None
    return search.why_not_total() if pattern == "total" else search.why()


def _test_can_fail(search: Search, at: _At, test: Found) -> bool:
    said = " ".join(text_of(node) for node in test.item.before)
    body = test.item.node.child_by_field_name("body")
    if "should_panic" in said or "=>" in said:
        return True
    if body is None:
        return _machine_can_fail(search, at)
    if _assumes_nothing(body):
        search.met.add(Met.ASSUMED)
        return False
    if _returns_something(search, at, test.item.node, body):
        return True
    return _can_fail(search, at, _Function(at.path, test.item.node), Lost())


def _assumes_nothing(body: Node) -> bool:
    """Whether `prop_assume!(false)` stands first of all that the test does."""
    for statement in body.named_children:
        inner = statement
        if statement.type == "expression_statement" and statement.named_children:
            inner = statement.named_children[0]
        if inner.type == "macro_invocation":
            name = text_of(inner.child_by_field_name("macro") or inner)
            tree = next((c for c in inner.children if c.type == "token_tree"), None)
            if name == "prop_assume" and never_holds(tree):
                return True
    return False


def _returns_something(search: Search, at: _At, function: Node, body: Node) -> bool:
    """A test fails by what it returns: `false`, `Err`, or what a function of the project gives."""
    returned = function.child_by_field_name("return_type")
    kept = [child for child in body.named_children if child.type not in COMMENTS]
    last = kept[-1] if kept else None
    if returned is None or last is None or last.type == "expression_statement":
        return False
    text = text_of(last)
    if text_of(returned) in ("bool", "TestResult"):
        if text in ("true", "TestResult::passed()"):
            search.met.add(Met.RETURNED)
            return False
        return True
    if text.startswith("Ok") or text in _OK:
        return False
    return last.type == "call_expression" and _refuses(at, last)


def _machine_can_fail(search: Search, at: _At) -> bool:
    """A state machine fails by what its methods assert."""
    found = [one for name in _OF_MACHINE for one in _functions(at).get(name, ())]
    methods = [one for one in found if one.path == at.path] or found
    return not methods or any(_can_fail(search, at, one, Lost()) for one in methods)


def _functions(at: _At) -> dict[str, list[_Function]]:
    """The functions of the files around a test, by the last part of their names."""

    def find() -> dict[str, list[_Function]]:
        found: dict[str, list[_Function]] = {}
        for path in at.files:
            for node in _defined(at.project.contents[path]) if path.endswith(".rs") else ():
                name = node.child_by_field_name("name")
                key = text_of(name) if name is not None else ""
                found.setdefault(key, []).append(_Function(path, node))
        return found

    return at.project.remember(("functions", at.files), find)


def _defined(raw: bytes) -> Iterator[Node]:
    """The functions and macros of a file, at any depth outside of functions."""
    stack = [tree_of(raw).root]
    while stack:
        node = stack.pop()
        if node.type in ("function_item", "macro_definition"):
            yield node
        else:
            stack.extend(reversed(node.named_children))


def _can_fail(search: Search, at: _At, function: _Function, lost: Lost) -> bool:
    """Whether a function holds an assertion that counts, or calls one that does."""
    key = (function.path, function.node.id, lost)
    body = function.node.child_by_field_name("body")
    if at.depth > DEEPEST or body is None or not search.first(key):
        return False
    here = _At(at.project, at.files, function.path, at.depth)
    return any(_counts(search, here, piece) for piece in pieces(body, lost))


def _counts(search: Search, at: _At, piece: Piece) -> bool:
    search.does = True
    if piece.kind == "macro":
        return _macro_counts(search, at, piece)
    if piece.kind == "call":
        search.swallows |= piece.lost.panic is not None
        return _call_counts(search, at, piece)
    if piece.kind == "try" and at.depth == 0:
        inner = piece.node.named_children[0] if piece.node.named_children else None
        return inner is not None and _refuses(at, inner) and search.weigh(piece.lost.result)
    return False


def _macro_counts(search: Search, at: _At, piece: Piece) -> bool:
    name, lost = piece.name, piece.lost
    if name in _PANICKING:
        return (at.depth == 0 or _is_of_tests(at.path)) and search.weigh(lost.panic)
    trivial = Met.CONSTANT if macro_holds(name, piece.given) else None
    if name.startswith(_RETURNING):
        return search.weigh(trivial, lost.result)
    if "assert" in name or name.startswith(ASSERTING):
        return search.weigh(trivial, lost.panic)
    made = [one for one in _functions(at).get(name, ()) if one.node.type == "macro_definition"]
    text = " ".join(text_of(one.node) for one in made)
    return ("assert" in text or "panic!" in text) and search.weigh(lost.panic)


def _is_of_tests(path: str) -> bool:
    return f"/{path}".rpartition("/")[0].endswith("/tests") or "/tests/" in f"/{path}"


def _call_counts(search: Search, at: _At, piece: Piece) -> bool:
    name, lost = piece.name, piece.lost
    if name in _UNWRAPPING:
        return at.depth == 0 and _unwraps(at, piece.node) and search.weigh(lost.panic)
    if name in _MACHINES:
        return _machine_can_fail(search, at)
    if name == "Err" and at.depth == 0:
        around = piece.node.parent
        returned = around is not None and around.type in ("return_expression", "block")
        return returned and search.weigh(lost.result)
    known = [one for one in _functions(at).get(name, ()) if one.node.type == "function_item"]
    below = _At(at.project, at.files, at.path, at.depth + 1)
    if known:
        dropped = piece.node.type == "call_expression" and is_dropped(piece.node)
        result = lost.result or (Met.DISCARDED if dropped else None)
        if any(_can_fail(search, below, one, Lost(lost.panic, result)) for one in known):
            return True
    elif name.lower().lstrip("_").startswith(ASSERTING):
        return search.weigh(lost.panic)
    return any(_handed_can_fail(search, below, one, lost) for one in _handed(piece))


def _handed(piece: Piece) -> list[Node]:
    return piece.given.named_children if piece.given is not None else []


def _handed_can_fail(search: Search, below: _At, argument: Node, lost: Lost) -> bool:
    """A function of the project that is handed to a call by its name."""
    name = last_name(argument)
    known = _functions(below).get(name, ()) if name else ()
    return any(_can_fail(search, below, one, lost) for one in known)


def _unwraps(at: _At, call: Node) -> bool:
    """Whether what is unwrapped comes from a function of the project."""
    function = call.child_by_field_name("function")
    inner = function.child_by_field_name("value") if function is not None else None
    if call.type != "call_expression":
        return _refuses_before(at, call)
    return inner is not None and _refuses(at, inner)


def _refuses(at: _At, node: Node) -> bool:
    """Whether an expression is a call of the project's code that may refuse; a `?` or a method of
    `Result` behind it changes nothing."""
    while node.type in ("call_expression", "try_expression", "await_expression"):
        if node.type == "call_expression":
            function = node.child_by_field_name("function")
            if _may_refuse(at, last_name(function)):
                return True
            inner = function.child_by_field_name("value") if function is not None else None
        else:
            inner = node.named_children[0] if node.named_children else None
        if inner is None:
            return False
        node = inner
    return node.type == "identifier" and _is_made_by_project(at, node)


def _is_made_by_project(at: _At, name: Node) -> bool:
    """Whether a variable holds what a function of the project gave."""
    scope = name.parent
    while scope is not None and scope.type != "function_item":
        for statement in scope.named_children if scope.type == "block" else ():
            pattern = statement.child_by_field_name("pattern")
            value = statement.child_by_field_name("value")
            named = pattern is not None and text_of(pattern) == text_of(name)
            if named and value is not None and value.type == "call_expression":
                return _may_refuse(at, last_name(value.child_by_field_name("function")))
        scope = scope.parent
    return False


def _refuses_before(at: _At, token: Node) -> bool:
    """The same among the tokens of a macro: any call before `.unwrap`."""
    before = token.prev_sibling
    while before is not None and before.type not in (",", ";"):
        if before.type == "identifier" and _may_refuse(at, text_of(before)):
            return True
        before = before.prev_sibling
    return False


def _may_refuse(at: _At, name: str) -> bool:
    for one in _functions(at).get(name, ()):
        returned = one.node.child_by_field_name("return_type")
        if returned is not None and any(word in text_of(returned) for word in _REFUSING):
            return True
    return False
