"""Tells how strong tests are: whether they notice that the code they are about is broken.

`-p adr_lsp_strength` with a job in `ADR_LSP_STRENGTH` runs the collected tests once as they are,
once with what they are about replaced by a stub, and once for each of a handful of small faults.
All of that happens in this process: no file is edited, nothing is recorded as evidence. One file
of JSON lines says what was seen. The standard library alone, Python 3.8 and pytest 7 or later.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import gc
import json
import os
import signal
import sys
import threading
import time
import types
from typing import TYPE_CHECKING

import adr_lsp_inputs as inputs  # type: ignore[import-not-found]
import adr_lsp_mutants as faults  # type: ignore[import-not-found]
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    Json = dict[str, Any]
    Code = types.CodeType
    Function = types.FunctionType

HANDFUL = 24
LEAST_SECONDS = 1.0
OUTSIDE = ("site-packages", "dist-packages", "node_modules")


class TooLong(BaseException):
    """A fault that lets a test run on: it was noticed."""


class Definition:
    """A function that ran under the tests: its place, its object, and the lines that ran."""

    def __init__(
        self, path: str, name: str, function: Function, lines: set[int], tree: Any, node: Any
    ) -> None:
        self.path, self.name, self.function, self.lines = path, name, function, lines
        self.tree, self.node = tree, node
        self.file = function.__code__.co_filename
        self.line = function.__code__.co_firstlineno

    def stub(self) -> Code | None:
        made: Code | None = faults.stub(self.tree, self.file, self.node, self.name, self.line)
        return made

    def with_fault(self, fault: faults.Mutant) -> Code | None:
        made: Code | None = faults.code_with(self.tree, self.file, fault, self.name, self.line)
        return made


class Strength:
    """One run of the job; `said` is the open file of what was seen."""

    def __init__(self, job: Json) -> None:
        self.root = os.path.realpath(job["root"])
        self.targets = [tuple(target) for target in job["targets"]]
        self.ends = time.monotonic() + job["seconds"]
        self.usual = LEAST_SECONDS
        self.said = open(job["said"], "w", encoding="utf-8")  # noqa: SIM115

    def say(self, type_: str, **fields: Any) -> None:
        self.said.write(json.dumps({"type": type_, **fields}) + "\n")
        self.said.flush()

    def run(self, items: list[pytest.Item]) -> None:
        drawn = inputs.Drawn()
        started = time.monotonic()
        until = started + max(self.ends - started, 1)
        with drawn.watching(items):
            failed = self.failing(items, until)
        self.usual = max(LEAST_SECONDS, 3 * (time.monotonic() - started))
        for item, name, told in drawn.told():
            self.say("inputs", test=item, argument=name, **told)
        for test, events in drawn.events.items():
            self.say("events", test=test, count=drawn.cases[test], events=events)
        if failed:
            self.say("baseline", outcome="failed", test=failed)
            return
        clear_caches(self.root)
        with Ran(self.root, {str(item.path) for item in items}) as ran:
            self.failing(items, time.monotonic() + 10 * self.usual)
        self.say("baseline", outcome="passed")
        definitions = self.about(ran)
        self.say("reached", definitions=[[d.path, d.name, d.line] for d in definitions])
        if definitions:
            self.stub(items, definitions)
            self.faults(items, definitions)

    def about(self, ran: Ran) -> list[Definition]:
        """The targets that ran; of a record that names none, all that ran."""
        found = [d for d in definitions(self.root, ran.lines) if self.is_target(d)]
        return sorted(found, key=lambda d: (d.path, d.line))

    def is_target(self, definition: Definition) -> bool:
        return not self.targets or any(
            path == definition.path and (definition.name + ".").startswith(name + ".")
            for path, name in self.targets
        )

    def stub(self, items: list[pytest.Item], definitions: list[Definition]) -> None:
        """Everything that the tests are about returns nothing, at once."""
        with contextlib.ExitStack() as stack:
            replaced = [d for d in definitions if stack.enter_context(swapped(d, d.stub()))]
            outcome, test = self.outcome(items)
        self.say("stub", names=[d.name for d in replaced], outcome=outcome, test=test)

    def faults(self, items: list[pytest.Item], definitions: list[Definition]) -> None:
        chosen, left = handful(definitions)
        for number, (definition, fault) in enumerate(chosen):
            if time.monotonic() > self.ends:
                left += len(chosen) - number
                break
            before, after = faults.shown(lines_of(definition.file), fault)
            with swapped(definition, definition.with_fault(fault)) as done:
                outcome, test = self.outcome(items) if done else ("skipped", None)
            self.say("mutant", path=definition.path, name=definition.name, line=fault.line,
                     kind=fault.kind, before=before, after=after, outcome=outcome,
                     test=test)  # fmt: skip
        self.say("left", mutants=left)

    def outcome(self, items: list[pytest.Item]) -> tuple[str, str | None]:
        clear_caches(self.root)
        failed = self.failing(items, time.monotonic() + self.usual)
        clear_caches(self.root)
        return ("noticed", failed) if failed else ("survived", None)

    def failing(self, items: list[pytest.Item], until: float) -> str | None:
        """The first test that does not pass; each begins with fresh fixtures."""
        for item in items:
            with limited(until):
                try:
                    reports = run_protocol(item)
                except TooLong:
                    with contextlib.suppress(BaseException):
                        item.session._setupstate.teardown_exact(None)
                    return item.nodeid
            if any(report.failed for report in reports):
                return item.nodeid
        return None


def run_protocol(item: pytest.Item) -> list[pytest.TestReport]:
    from _pytest.runner import runtestprotocol

    return runtestprotocol(item, log=False, nextitem=None)


@contextlib.contextmanager
def limited(until: float) -> Iterator[None]:
    """Ends what runs too long, where the system can; else the whole run has an end."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_number: int, _frame: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, max(until - time.monotonic(), 0.05))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class Ran:
    """Which lines of the project's own code run, by code object; tests are left out."""

    def __init__(self, root: str, tests: set[str]) -> None:
        self.root, self.tests = root + os.sep, {os.path.realpath(test) for test in tests}
        self.lines: dict[Code, set[int]] = {}
        self._ours: dict[str, bool] = {}

    def __enter__(self) -> Ran:
        threading.settrace(self._call)
        sys.settrace(self._call)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(None)
        threading.settrace(None)

    def _call(self, frame: types.FrameType, _event: str, _value: object) -> Any:
        code = frame.f_code
        if not self._is_ours(code.co_filename):
            return None
        lines = self.lines.setdefault(code, set())

        def line(frame: types.FrameType, event: str, _value: object) -> Any:
            if event == "line":
                lines.add(frame.f_lineno)
            return line

        return line

    def _is_ours(self, file: str) -> bool:
        if file not in self._ours:
            real = os.path.realpath(file)
            name = os.path.basename(real)
            inside = real.startswith(self.root) and not any(o in real for o in OUTSIDE)
            self._ours[file] = inside and real not in self.tests and name != "conftest.py"
        return self._ours[file]


def definitions(root: str, ran: dict[Code, set[int]]) -> Iterator[Definition]:
    """The functions whose code, or the code of a function in them, ran."""
    by_file: dict[str, set[int]] = {}
    for code, lines in ran.items():
        by_file.setdefault(code.co_filename, set()).update(lines)
    for file, lines in by_file.items():
        tree = parsed(file)
        for name, node in faults.functions(tree) if tree else ():
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            inside = {line for line in lines if node.lineno <= line <= (node.end_lineno or 0)}
            codes = [c for c in ran if c.co_filename == file and c.co_firstlineno == first]
            function = next(filter(None, map(function_of, codes)), None)
            if function is not None and inside:
                path = os.path.relpath(os.path.realpath(file), root).replace(os.sep, "/")
                yield Definition(path, name, function, inside, tree, node)


@functools.lru_cache(maxsize=None)  # noqa: UP033 - Python 3.8
def parsed(file: str) -> Any:
    try:
        with open(file, "rb") as opened:
            return ast.parse(opened.read())
    except (OSError, SyntaxError, ValueError, RecursionError):
        return None


def function_of(code: Code) -> Function | None:
    held = gc.get_referrers(code)
    return next((f for f in held if isinstance(f, types.FunctionType) and f.__code__ is code), None)


@contextlib.contextmanager
def swapped(definition: Definition, code: Code | None) -> Iterator[bool]:
    """The function runs other code meanwhile, wherever it was imported to."""
    function = definition.function
    before = function.__code__, function.__defaults__, function.__kwdefaults__
    try:
        if code is not None:
            function.__code__ = code
    except (ValueError, TypeError):
        code = None
    try:
        yield code is not None
    finally:
        function.__code__, function.__defaults__, function.__kwdefaults__ = before


def handful(definitions: list[Definition]) -> tuple[list[tuple[Definition, faults.Mutant]], int]:
    """Faults in turn of each definition, and how many there are besides."""
    queues = [[(d, fault) for fault in faults.mutants(d.node, d.lines)] for d in definitions]
    chosen: list[tuple[Definition, faults.Mutant]] = []
    while any(queues) and len(chosen) < HANDFUL:
        for queue in queues:
            if queue and len(chosen) < HANDFUL:
                chosen.append(queue.pop(0))
    return chosen, sum(map(len, queues))


def lines_of(file: str) -> list[str]:
    with open(file, encoding="utf-8", errors="replace") as opened:
        return opened.read().splitlines()


def clear_caches(root: str) -> None:
    """What the project's functions kept of a result of other code."""
    for kept in gc.get_objects():
        if type(kept) is functools._lru_cache_wrapper:
            code = getattr(getattr(kept, "__wrapped__", None), "__code__", None)
            if code is not None and os.path.realpath(code.co_filename).startswith(root + os.sep):
                kept.cache_clear()


def steady(items: Iterable[pytest.Item]) -> None:
    """Hypothesis draws the same each time, keeps nothing, and does not shrink."""
    hypothesis = sys.modules.get("hypothesis")
    if hypothesis is None:
        return
    settings, phases = hypothesis.settings, hypothesis.Phase
    changed = {"database": None, "deadline": None, "derandomize": True, "print_blob": False,
               "phases": (phases.explicit, phases.generate),
               "suppress_health_check": list(hypothesis.HealthCheck)}  # fmt: skip

    def of(given: Any) -> Any:
        return settings(given, **changed)

    settings.register_profile("adr-lsp-strength", of(settings.default))
    settings.load_profile("adr-lsp-strength")
    for item in items:
        function: Any = getattr(item, "obj", None)
        function = getattr(function, "__func__", function)
        given = getattr(function, "_hypothesis_internal_use_settings", None)
        if given is not None:
            function._hypothesis_internal_use_settings = of(given)
        holder: Any = getattr(item, "cls", None)
        if isinstance(getattr(holder, "settings", None), settings):
            holder.settings = of(holder.settings)


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """In one process, without reports, whatever the project asks for."""
    given: Json = {"dist": "no", "tx": [], "numprocesses": None, "xmlpath": None, "htmlpath": None,
             "report_log": None}  # fmt: skip
    for name, value in given.items():
        if hasattr(config.option, name):
            setattr(config.option, name, value)
    coverage: Any = config.pluginmanager.getplugin("_cov")
    if coverage is not None:
        with contextlib.suppress(Exception):
            coverage.cov_controller.cov.stop()
        config.pluginmanager.unregister(coverage)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    with open(os.environ["ADR_LSP_STRENGTH"], encoding="utf-8") as opened:
        strength = Strength(json.load(opened))
    if session.testsfailed or not session.items:
        strength.say("baseline", outcome="failed", test=None)
    else:
        steady(session.items)
        strength.run(session.items)
    strength.say("end")
    strength.said.close()
    return True
