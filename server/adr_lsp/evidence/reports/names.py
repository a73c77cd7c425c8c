"""The forms in which tools write the place and the name of a test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from adr_lsp.evidence.reports.model import Spot

SCRIPTS = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs")
MOST_PARTS = 40
NO_SUITE = "Test suite failed to run"
_DOTTED = re.compile(r"[^\W\d]\w*(?:[.$][^\W]\w*)*\Z")


class Printed(NamedTuple):
    """What a tool printed of where a test stands."""

    name: str
    classname: str
    file: str
    suites: tuple[str, ...]


def is_script(name: str) -> bool:
    """Whether a name is the path of a file of JavaScript or TypeScript."""
    return name.endswith(SCRIPTS)


def spots(case: Printed, tool: str) -> Iterator[Spot]:
    """Where the test of a case may stand, and what it is called there."""
    yield from _BY_TOOL.get(tool, _unknown)(case)


def _pytest(case: Printed) -> Iterator[Spot]:
    """`tests.test_a.TestX`: folders, the module, then classes; nothing tells which is which."""
    whole = not case.classname  # a file that could not be collected
    parts = (case.name if whole else case.classname).split(".")
    name = () if whole else (case.name,)
    if case.file:
        stem = _stem(case.file)
        after = len(parts) - parts[::-1].index(stem) if stem in parts else len(parts)
        yield Spot("file", case.file, (*parts[after:], *name))
        return
    if whole:
        yield Spot("file", "/".join(parts) + ".py", ())
        return
    for place, classes in _modules(case.classname):
        yield Spot("file", place, (*classes, case.name))


@lru_cache(maxsize=1024)
def _modules(dotted: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every way to part a name into a module's file and classes, the longest first."""
    parts = dotted.split(".")[:MOST_PARTS]
    ends = range(len(parts), 0, -1)
    return [("/".join(parts[:end]) + ".py", tuple(parts[end:])) for end in ends]


def _vitest(case: Printed) -> Iterator[Spot]:
    place = case.file or case.classname
    yield Spot("file", place, () if case.name == case.classname else (case.name,), flat=True)


def _jest(case: Printed) -> Iterator[Spot]:
    """By templates of the team's own, each of which may hold the titles around a test or not."""
    told = (case.file, case.classname, *case.suites[-1:])
    place = next((name for name in told if is_script(name)), "")
    if case.classname == NO_SUITE:
        yield Spot("file", place or case.name, (), flat=True)
        return
    around = "" if is_script(case.classname) else case.classname
    kind = "file" if place else "script"
    for name in dict.fromkeys((case.name, f"{around} {case.name}")):
        yield Spot(kind, place, (name,), flat=True)


def _node(case: Printed) -> Iterator[Spot]:
    """Suites stand inside suites; a file that failed as a whole is a test of its name."""
    own = is_script(case.name) and not case.suites
    names = () if own else (*case.suites, case.name)
    if case.file or own:
        yield Spot("file", case.file or case.name, names)
    else:
        yield Spot("script", "", names)


def _nextest(case: Printed) -> Iterator[Spot]:
    yield Spot("crate", case.classname, tuple(case.name.split("::")))


def _gotestsum(case: Printed) -> Iterator[Spot]:
    """A package that could not be built has a `TestMain` of no class."""
    whole = not case.classname
    package = next(iter(case.suites[-1:]), "") if whole else case.classname
    yield Spot("package", package, () if whole else (case.name,))


def _surefire(case: Printed) -> Iterator[Spot]:
    """`org.example.CartTest$WhenEmpty`; a class that could not start has a case of no name."""
    name, _, inner = case.classname.partition("$")
    classes = (name.rpartition(".")[2], *(part for part in inner.split("$") if part))
    whole = case.name in ("", "initializationError", case.classname, classes[-1])
    yield Spot("class", name.replace(".", "/"), classes if whole else (*classes, case.name))


def _unknown(case: Printed) -> Iterator[Spot]:
    """A tool of no name that we know: by the file that it gives, else by what looks like one."""
    if is_script(case.file) or is_script(case.classname):
        yield from _jest(case)
    elif case.file:
        yield from _pytest(case)
        yield Spot("file", case.file, (case.name,), flat=True)
    elif _DOTTED.match(case.classname):
        yield from _pytest(case)
        yield from _surefire(case)


_BY_TOOL = {
    "pytest": _pytest,
    "vitest": _vitest,
    "jest": _jest,
    "node": _node,
    "nextest": _nextest,
    "gotestsum": _gotestsum,
    "surefire": _surefire,
}


def _stem(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2].partition(".")[0]


def node_of(id: str) -> tuple[str, tuple[str, ...]]:
    """The file and the names of a test as pytest identifies it; a parameter may hold anything."""
    own, bracket, parameter = id.partition("[")
    path, *names = own.split("::")
    if names:
        names[-1] += bracket + parameter
    return path, tuple(names)
