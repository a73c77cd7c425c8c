"""Whether a test of the tree is the one that a tool printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from adr_lsp.evidence.reports.model import Known

Match = tuple[Known, str | None]
_JAVA = re.compile(r"(?P<method>[^(\[{]+)(?:\([^()]*\)|\{[^{}]*\})?(?P<run>\[.*)?\Z", re.DOTALL)
_HOLE = re.compile(r"%[sdifjopc#$%]|\$(?:#|[A-Za-z_][\w.]*)|\$\{[^{}]*\}")


def matched(
    tests: Sequence[Known], names: Sequence[str], tool: str, *, is_flat: bool
) -> list[Match]:
    """The tests that names as printed may mean, each with the parameter that they tell."""
    if is_flat:
        return _titled(tests, flat(names[-1]))
    own, run = names, None
    exact: list[Match] = [(test, None) for test in tests if _called(test, own)]
    readings = () if exact else _without_parameter(names, tool)
    for own, run in readings:
        exact += [(test, run) for test in tests if _called(test, own)]
    return exact or (_titled(tests, flat("::".join(names))) if tool == "node" else [])


def _called(test: Known, names: Sequence[str]) -> bool:
    return "::".join(names) in (test.name, *test.aliases)


def _without_parameter(names: Sequence[str], tool: str) -> Iterator[tuple[Sequence[str], str]]:
    """A name as the tool prints it for one of several parameters or parts, taken apart."""
    *scopes, leaf = names
    known = tool if tool != "junit" else ""
    if known in ("gotestsum", "") and "/" in leaf:
        own, _, run = leaf.partition("/")
        yield (*scopes, own), f"/{run}"
    if known in ("pytest", "hypothesis", "") and leaf == "runTest" and scopes:
        yield scopes, ""  # a state machine is the class that it makes
    if known in ("pytest", "hypothesis", "") and "[" in leaf:
        own, _, run = leaf.partition("[")
        yield (*scopes, own), f"[{run}"
    if known in ("surefire", "") and (method := _JAVA.match(leaf)):
        yield (*scopes, method["method"]), method["run"] or ""
    if known == "nextest" and scopes:  # a table makes a module of a function
        yield scopes, f"::{leaf}"


def within(test: Known, names: Sequence[str], *, is_flat: bool) -> bool:
    """Whether a test stands in what was printed: a suite, a class."""
    every = (name.split("::")[:-1] for name in (test.name, *test.aliases))
    around = ["::".join(each[:end]) for each in every for end in range(1, len(each) + 1)]
    if is_flat:
        return flat(names[-1]) in map(flat, around)
    return "::".join(names) in around


def contains(test: Known, names: Sequence[str]) -> bool:
    """Whether what was printed is a part of a test."""
    return any(_called(test, names[:end]) for end in range(1, len(names)))


def flat(name: str) -> str:
    """A title with those around it, without what joins them."""
    return " ".join(name.replace("::", " ").replace(" > ", " ").replace(" › ", " ").split())


def _titled(tests: Sequence[Known], printed: str) -> list[Match]:
    """By the whole title, else by a title with holes for what is drawn from a table."""
    called = [(test, [flat(name) for name in (test.name, *test.aliases)]) for test in tests]
    whole: list[Match] = [(test, None) for test, names in called if printed in names]
    if whole:
        return whole
    return [(test, printed) for test, names in called if any(fills(n, printed) for n in names)]


def fills(title: str, printed: str) -> bool:
    """Whether a title is another one with its holes filled: `%i costs $price`."""
    first, *others = _HOLE.split(title)
    if not others or not any(piece.strip() for piece in (first, *others)):
        return False
    *between, last = others
    at, end = len(first), len(printed) - len(last)
    if not printed.startswith(first) or not printed.endswith(last):
        return False
    for piece in between:
        found = printed.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return at <= end


def text_of(test: Known) -> str:
    """A text that stands in every file which has a test of that name."""
    leaf = test.name.rpartition("::")[2]
    return max(_HOLE.split(leaf), key=len).strip() or leaf
