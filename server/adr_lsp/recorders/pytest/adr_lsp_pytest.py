"""Writes down what a pytest run proves: each result, and the bytes that it rests on.

One file, the standard library alone, Python 3.8 and pytest 7 or later: its folder can be put on the
PYTHONPATH of an interpreter that has no adr-lsp. What it writes is docs/evidence-format.md. A fault
in here never fails a user's test: it is caught at the hook, the recorder falls silent, the run
stays without an end line, and one line of the terminal's summary says so.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import json
import os
import platform
import re
import secrets
import socket
import stat
import sys
import time
import zlib
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType
    from typing import Any

    Json = dict[str, Any]

STORE_LIMIT = 64 << 20
LARGEST_RECORD = 2 << 20
LONGEST_MESSAGE = 2_000
LONGEST_EXAMPLE = 20_000
MOST_REPLAYED = 20
DAY = 86_400

encode = json.JSONEncoder(separators=(",", ":")).encode
RECORD = re.compile(rb"\b[A-Z]{2,}-[0-9A-Z]")
INVARIANT = re.compile(rb"\bINV-[0-9A-Z]")
NOT_OURS = frozenset(("site-packages", "dist-packages", "node_modules", "__pycache__"))
BAD = ("failed", "error", "flaky")
NOT_RECORDED = "adr-lsp: this run is not recorded as evidence: "


class Guard:
    """Keeps a fault of the recorder away from the user's tests, and remembers the first one."""

    fault: str | None = None

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if not isinstance(error, Exception):
            return False
        self.fault = self.fault or f"{type(error).__name__}: {error}"
        return True


# -- The project: its root, and which files are its own


def find_root(start: str) -> str:
    named = os.environ.get("ADR_LSP_EVIDENCE")
    if named:
        return os.path.realpath(named)
    start = os.path.realpath(start)
    folders = list(ancestors(start))
    ours = (folder for folder in folders if is_configured(folder) and is_ours(folder, start))
    return next(ours, None) or next(filter(has_git, folders), start)


def is_ours(folder: str, start: str) -> bool:
    """Whether what configures it belongs to the user, the system, or the owner of `start`."""
    allowed = {0, os.stat(start).st_uid, getattr(os, "geteuid", int)()}
    marks = (os.path.join(folder, name) for name in ("adr-lsp.toml", ".adr-lsp", "pyproject.toml"))
    return {os.lstat(mark).st_uid for mark in marks if os.path.lexists(mark)} <= allowed


def ancestors(folder: str) -> Iterator[str]:
    yield folder
    while os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
        yield folder


def is_configured(folder: str) -> bool:
    if os.path.isfile(os.path.join(folder, "adr-lsp.toml")):
        return True
    if os.path.isdir(os.path.join(folder, ".adr-lsp")):
        return True
    return b"[tool.adr-lsp" in (read_regular(os.path.join(folder, "pyproject.toml")) or b"")


def has_git(folder: str) -> bool:
    return os.path.exists(os.path.join(folder, ".git"))


def read_regular(path: str, largest: int | None = None) -> bytes | None:
    """The bytes of a plain file, or None: nothing here may block on a pipe or a device."""
    try:
        facts = os.stat(path)
        if not stat.S_ISREG(facts.st_mode) or (largest is not None and facts.st_size > largest):
            return None
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None


def is_active(root: str) -> bool:
    if os.environ.get("ADR_LSP_EVIDENCE") or is_configured(root):
        return True
    return any(INVARIANT.search(content) for _, content in candidate_records(Project(root)))


class Project:
    """What lies below the root and belongs to it: no environments, modules, dot folders."""

    def __init__(self, root: str, start: str = "") -> None:
        self.root = root
        self.start = start or root
        self._below = os.path.join(root, "")
        self._is_linked = self.start != os.path.realpath(self.start)
        self._owned: dict[str, bool] = {"": True}
        self._node_paths: dict[str, str] = {}
        self._outside: set[str] = set()

    def relative(self, path: str) -> str | None:
        """`path` from the root with `/`, as it is written or, behind a link, as it is resolved."""
        path = os.path.abspath(path)
        if self._is_linked and not path.startswith(self._below):
            path = os.path.realpath(path)
        if not path.startswith(self._below):
            return None
        return path[len(self._below) :].replace(os.sep, "/")

    def own(self, path: str) -> str | None:
        """As `relative`, if the file is the project's and no link leads out of the root."""
        relative = self.relative(path)
        if relative is None or not self._owns(relative.rpartition("/")[0]):
            return None
        return relative if self.holds(path) else None

    def holds(self, path: str) -> bool:
        return os.path.realpath(path).startswith(self._below)

    def _owns(self, folder: str) -> bool:
        if folder not in self._owned:
            above, _, name = folder.rpartition("/")
            self._owned[folder] = (
                not name.startswith(".")
                and name not in NOT_OURS
                and not os.path.exists(os.path.join(self.root, folder, "pyvenv.cfg"))
                and self._owns(above)
            )
        return self._owned[folder]

    def test(self, nodeid: str) -> tuple[str, str | None]:
        """pytest's node id as a test below our root, and its parameter."""
        path, separator, rest = nodeid.partition("::")
        name, bracket, parameter = rest.partition("[")
        if path not in self._node_paths:
            found = self.relative(os.path.join(self.start, path))
            self._node_paths[path] = path if found is None else found
            if found is None and path not in ("", "."):
                self._outside.add(path)
        return self._node_paths[path] + separator + name, (bracket + parameter) or None

    def is_outside(self, nodeid: str) -> bool:
        """Whether a test is not below our root: one that a test of ours runs elsewhere, say."""
        self.test(nodeid)
        return nodeid.partition("::")[0] in self._outside


def candidate_records(project: Project) -> Iterator[tuple[str, bytes]]:
    """Markdown below the root that holds something like a key; roots of their own left out."""
    folders = [project.root]
    while folders:
        folder = folders.pop()
        entries = listed(folder)
        names = {entry.name for entry in entries}
        if "pyvenv.cfg" in names or (folder != project.root and is_root_of_its_own(folder, names)):
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in NOT_OURS:
                    folders.append(entry.path)
            elif entry.name.lower().endswith((".md", ".mdx")) and project.holds(entry.path):
                content = read_regular(entry.path, LARGEST_RECORD)
                if content is not None and RECORD.search(content):
                    yield entry.path, content


def listed(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def is_root_of_its_own(folder: str, names: Iterable[str]) -> bool:
    marked = not {"adr-lsp.toml", ".adr-lsp", "pyproject.toml"}.isdisjoint(names)
    return marked and is_configured(folder)


def loaded_files() -> Iterator[str]:
    """Source files of the imported modules, asking no module for anything (some answer dearly)."""
    for module in list(sys.modules.values()):
        file = getattr(module, "__dict__", {}).get("__file__")
        if isinstance(file, str) and file.endswith(".py"):
            yield file


class Content:
    """The files that a run rests on, with their bytes as they were when first read."""

    def __init__(self, project: Project, store: Store) -> None:
        self.project = project
        self.store = store
        self.digests: dict[str, str] = {}

    def add(self, path: str, content: bytes | None = None) -> tuple[str, str] | None:
        relative = self.project.own(path)
        if relative is None or relative in self.digests:
            return None
        content = read_regular(path) if content is None else content
        if content is None:
            return None
        self.digests[relative] = self.store.put(content)
        return relative, self.digests[relative]

    def add_all(self, paths: Iterable[str]) -> dict[str, str]:
        return dict(filter(None, map(self.add, paths)))

    def changed(self) -> list[str]:
        """Files that no longer are what was read."""
        return [path for path in self.digests if self._digest_now(path) != self.digests[path]]

    def _digest_now(self, path: str) -> str | None:
        content = read_regular(os.path.join(self.project.root, path))
        return None if content is None else hashlib.sha256(content).hexdigest()


# -- The store: `.adr-lsp/` below the root


class Store:
    """`.adr-lsp/`: one file per run in `evidence/`, bytes by their digest in `objects/`."""

    def __init__(self, root: str) -> None:
        self.root = root
        self._folders: dict[str, str] = {}

    def folder(self, name: str) -> str:
        """Made where it is missing, and never outside the root."""
        if name not in self._folders:
            path = self.root
            for part in (".adr-lsp", *filter(None, name.split("/"))):
                path = os.path.join(path, part)
                if not os.path.realpath(path).startswith(os.path.join(self.root, "")):
                    raise OSError(f"{path} leads out of {self.root}")
                os.makedirs(path, exist_ok=True)
                if part == ".adr-lsp":
                    with contextlib.suppress(FileExistsError):
                        create(os.path.join(path, ".gitignore"), b"*\n")
            self._folders[name] = path
        return self._folders[name]

    def put(self, content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        path = os.path.join(self.folder("objects/" + digest[:2]), digest[2:])
        if os.path.exists(path):
            with contextlib.suppress(OSError):
                os.utime(path)  # a fold that runs meanwhile keeps what is young
            return digest
        replace(path, zlib.compress(content))
        return digest

    def new_run(self, started: float) -> Any:
        """A file that nobody else writes; one system call per line, so that lines are whole."""
        stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(started))
        name = f"{stamp}-{secrets.token_hex(8)}.jsonl"
        return open(os.path.join(self.folder("evidence"), name), "xb", buffering=0)


def create(path: str, content: bytes = b"") -> None:
    with open(path, "xb") as file:
        file.write(content)


def replace(path: str, content: bytes) -> None:
    """Put whole bytes in place; whoever reads sees the old or the new."""
    part = f"{path}.{secrets.token_hex(4)}.part"
    try:
        create(part, content)
        os.replace(part, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise


class RunFile:
    """The lines of this run; the file is made by the first one, so an empty run leaves none."""

    def __init__(self, store: Store, guard: Guard, header: Callable[[], Json]) -> None:
        self.store = store
        self.guard = guard
        self.header = header
        self.started = time.time()
        self._process = os.getpid()
        self._file: Any = None

    @property
    def is_open(self) -> bool:
        return self._file is not None

    def write(self, kind: str, **fields: Any) -> None:
        if self.guard.fault or os.getpid() != self._process:
            return
        if self._file is None:
            self._file = self.store.new_run(self.started)
            self._append({"type": "run", "started": utc(self.started), **self.header()})
        self._append({"type": kind, **fields})

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def _append(self, line: Json) -> None:
        data = encode(line).encode("ascii") + b"\n"
        if self._file.write(data) != len(data):
            raise OSError("the disk is full")


def utc(seconds: float) -> str:
    """To the microsecond: which of two runs is later decides."""
    parts = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
    return f"{parts}.{int(seconds % 1 * 1_000_000):06}Z"


# -- What the run is: commit, environment, shard


def header(config: pytest.Config, project: Project) -> Json:
    called = config.invocation_params
    return {
        "version": 1,
        "tool": "pytest",
        "tool_version": pytest.__version__,
        "argv": [os.fspath(argument) for argument in called.args],
        "cwd": project.relative(str(called.dir)) or "",
        "commit": commit(project.root),
        "environment": {
            "python": platform.python_version(),
            "implementation": sys.implementation.name,
            "platform": sys.platform,
            "versions": versions(),
        },
        "shard": shard(),
        "pid": os.getpid(),
        "host": socket.gethostname(),
    }


def versions() -> str:
    """A digest of the installed distributions, by the names of their metadata folders."""
    names = {
        entry.name.lower().replace("-", "_")
        for folder in sys.path
        for entry in listed(folder or ".")
        if entry.name.endswith((".dist-info", ".egg-info"))
    }
    return hashlib.sha256("\n".join(sorted(names)).encode("utf-8", "replace")).hexdigest()[:16]


def shard() -> str | None:
    environ = os.environ
    if "CI_NODE_INDEX" in environ and "CI_NODE_TOTAL" in environ:
        return "{CI_NODE_INDEX}/{CI_NODE_TOTAL}".format(**environ)
    return environ.get("ADR_LSP_SHARD") or None


def commit(root: str) -> str | None:
    """The commit that is checked out, read from `.git` itself: no program is started."""
    folder = next((f for f in ancestors(root) if has_git(f)), None)
    if folder is None:
        return None
    git = pointed(os.path.join(folder, ".git"), "gitdir: ")
    head = text_of(os.path.join(git, "HEAD"))
    if not head.startswith("ref: "):
        return hexadecimal(head)
    common = os.path.join(git, text_of(os.path.join(git, "commondir")))
    name = head[len("ref: ") :]
    for place in (git, common):
        loose = hexadecimal(text_of(os.path.join(place, name)))
        if loose:
            return loose
    packed = text_of(os.path.join(common, "packed-refs")).splitlines()
    return next((hexadecimal(line[:40]) for line in packed if line[41:] == name), None)


def pointed(path: str, prefix: str) -> str:
    text = text_of(path)
    if not text.startswith(prefix):
        return path
    return os.path.join(os.path.dirname(path), text[len(prefix) :])


def text_of(path: str) -> str:
    return (read_regular(path) or b"").decode("utf-8", "replace").strip()


def hexadecimal(text: str) -> str | None:
    return text if re.fullmatch("[0-9a-f]{40}(?:[0-9a-f]{24})?", text) else None


# -- Outcomes: many reports of one test become one result


def result(attempts: list[list[Any]]) -> Json:
    """What all reports on one test say together. Any failure wins over later passes."""
    if len(attempts) == 1 and all(map(is_plain_pass, attempts[0])):
        duration = round(sum(report.duration for report in attempts[0]), 6)
        return {"outcome": "passed", "duration": duration, "cases": None, "counterexample": None}
    outcomes = [outcome_of(reports) for reports in attempts]
    outcome = reduced(outcomes)
    every = [report for reports in attempts for report in reports]
    telling = next((r for r in every if tells(r, outcome)), None)
    facts: Json = {"outcome": outcome, "duration": round(sum(r.duration for r in every), 6)}
    if len(outcomes) > 1:
        facts["attempts"] = outcomes
    if telling is not None:
        facts["message"] = message_of(telling)
        if outcome == "error":
            facts["error"] = details(telling).get("error") or PHASE_ERRORS.get(telling.when)
        for name in ("strict", "location", "counterexample"):
            if name in details(telling):
                facts[name] = details(telling)[name]
    for report in attempts[-1]:
        facts.update({k: v for k, v in details(report).items() if k in ("cases", "replayed")})
    facts.setdefault("cases", None)
    facts.setdefault("counterexample", None)
    return facts


def is_plain_pass(report: Any) -> bool:
    facts = report.__dict__
    return report.outcome == "passed" and "adr_lsp" not in facts and "wasxfail" not in facts


PHASE_ERRORS = {"setup": "setup", "teardown": "teardown", "???": "crash"}


def details(report: Any) -> Json:
    """What the process that ran the test found out, carried by the report itself."""
    found: Json = getattr(report, "adr_lsp", {})
    return found


def reduced(outcomes: list[str]) -> str:
    bad = [outcome for outcome in BAD if outcome in outcomes]
    if bad and outcomes[-1] in ("passed", "xpassed"):
        return "flaky"
    return bad[0] if bad else outcomes[-1]


def outcome_of(reports: list[Any]) -> str:
    """The outcome of one attempt. Subtests come as further reports of the call."""
    found = [phase_outcome(report) for report in reports]
    for worst in (*BAD, "xfailed"):
        if worst in found:
            return worst
    calls = [outcome for report, outcome in zip(reports, found) if report.when == "call"]
    return calls[-1] if calls else found[0]


def phase_outcome(report: Any) -> str:
    if hasattr(report, "wasxfail"):
        return "xfailed" if report.skipped else "xpassed"
    if report.outcome in ("passed", "skipped"):
        return str(report.outcome)
    if report.when != "call":
        return "error"
    return str(details(report).get("outcome", "failed"))


def tells(report: Any, outcome: str) -> bool:
    found = phase_outcome(report)
    return found in BAD if outcome == "flaky" else found == outcome != "passed"


def message_of(report: Any) -> str:
    told = details(report).get("message") or getattr(report, "wasxfail", None)
    if told is None:
        reason = report.longrepr
        crash = getattr(reason, "reprcrash", None)
        told = reason[2] if isinstance(reason, tuple) else crash.message if crash else reason
    return str(told or "")[:LONGEST_MESSAGE]


def details_of(item: Any, report: Any, error: BaseException, project: Project) -> Json:
    """What a failure says that its report does not carry to other processes."""
    outcome, kind = judged(error) if report.when == "call" else ("error", None)
    found: Json = {"outcome": outcome}
    if kind:
        found["error"] = kind
    location = failed_at(error, project)
    if location:
        found["location"] = location
    if hasattr(report, "wasxfail"):
        found["strict"] = is_strict(item)
    example = counterexample(error, names_of(item), given_elsewhere(item))
    if example:
        found["counterexample"] = example
    return found


def is_strict(item: Any) -> bool:
    for mark in item.iter_markers("xfail"):
        if mark.kwargs.get("strict") is not None:
            return bool(mark.kwargs["strict"])
    return bool(item.config.getini("xfail_strict"))


def failed_at(error: BaseException, project: Project) -> list[Any] | None:
    for one in walk(error):
        trace, found = one.__traceback__, None
        while trace is not None:
            path = project.own(trace.tb_frame.f_code.co_filename)
            found = [path, trace.tb_lineno] if path else found
            trace = trace.tb_next
        if found:
            return found
    return None


# -- Hypothesis: never imported here, only met

UNESTABLISHED = {
    "FailedHealthCheck": "health-check",
    "Unsatisfiable": "unsatisfiable",
    "DeadlineExceeded": "deadline",
    "InvalidArgument": "usage",
}
PHASE = re.compile(r"during (\w+) phase|(explicit) example")
ARGUMENT = re.compile(r"^    (\w+)=(.*?),?(?:  # [^\n]*)?$(?=\n    \w+=|\n\))", re.M | re.S)
CALL = r"^(?:[A-Z][\w ]*: )?({}\((?:[^\n]*\)$|[^\n]*\n.*?^\)))((?:\nDraw \d+[^\n]*)*)"
PROGRAM = re.compile(r"^state = .*?(?:^state\.teardown\(\)|\Z)", re.M | re.S)


def walk(error: BaseException) -> Iterator[BaseException]:
    """The exception and, in a group, those inside it."""
    yield error
    for inner in getattr(error, "exceptions", None) or ():
        if isinstance(inner, BaseException):
            yield from walk(inner)


def hypothesis_names(error: BaseException) -> list[str]:
    kinds = type(error).__mro__
    return [kind.__name__ for kind in kinds if kind.__module__.startswith("hypothesis.")]


def judged(error: BaseException) -> tuple[str, str | None]:
    """Whether a failure refutes the property, or says that nothing was established."""
    leaves = [one for one in walk(error) if not getattr(one, "exceptions", None)]
    kinds = [unestablished(leaf) for leaf in leaves]
    if kinds and all(kinds):
        return "error", kinds[0]
    return ("flaky" if is_flaky(error) else "failed"), None


def unestablished(error: BaseException) -> str | None:
    names = hypothesis_names(error)
    return next((UNESTABLISHED[name] for name in names if name in UNESTABLISHED), None)


def is_flaky(error: BaseException) -> bool:
    inner = getattr(error, "exceptions", None) or ()
    return "Flaky" in hypothesis_names(error) or (bool(inner) and all(map(is_flaky, inner)))


def names_of(item: Any) -> list[str]:
    """What Hypothesis may call this test."""
    inner = getattr(getattr(item, "obj", None), "hypothesis", None)
    names = [getattr(item, "originalname", None), item.name.partition("[")[0]]
    names.append(getattr(getattr(inner, "inner_test", None), "__name__", None))
    return [name for name in dict.fromkeys(names) if name]


def given_elsewhere(item: Any) -> frozenset[str]:
    """Arguments that no strategy draws: the instance, fixtures, parameters."""
    return frozenset(("self", "cls", *(getattr(item, "funcargs", None) or ())))


def counterexample(
    error: BaseException, names: list[str], elsewhere: frozenset[str]
) -> Json | None:
    for one in walk(error):
        notes = [str(note) for note in getattr(one, "__notes__", None) or ()]
        found = notes and example("\n".join(notes), names, elsewhere)
        if found:
            return found
    return None


def example(text: str, names: list[str], elsewhere: frozenset[str]) -> Json | None:
    """The call of the test in what Hypothesis says, or the program of a state machine."""
    for name in names:
        call = re.search(CALL.format(re.escape(name)), text, re.M | re.S)
        if call:
            values = None if call.group(2) else arguments(call.group(1), elsewhere)
            return shortened(call.group(1) + call.group(2), values)
    program = PROGRAM.search(text)
    return {"text": last_lines(program.group().strip()), "values": None} if program else None


def last_lines(text: str) -> str:
    """The end of a program that is too long: its last steps decide."""
    if len(text) <= LONGEST_EXAMPLE:
        return text
    kept = text[-LONGEST_EXAMPLE:]
    return kept.partition("\n")[2] or kept


def shortened(text: str, values: dict[str, str] | None) -> Json:
    fits = len(text) <= LONGEST_EXAMPLE
    return {"text": text[:LONGEST_EXAMPLE], "values": values if fits else None}


def arguments(call: str, elsewhere: frozenset[str]) -> dict[str, str] | None:
    """Each drawn argument's source text; None if one of them cannot be read back."""
    values = {name: text for name, text in written(call) if name not in elsewhere}
    return values if all(map(is_readable, values.values())) else None


def written(call: str) -> list[tuple[str, str]]:
    try:
        tree = ast.parse(call, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ARGUMENT.findall(call)
    keywords = tree.keywords if isinstance(tree, ast.Call) else []
    return [(k.arg or "", ast.get_source_segment(call, k.value) or "") for k in keywords]


def is_readable(value: str) -> bool:
    try:
        nodes = ast.walk(ast.parse(value, mode="eval"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return not any(isinstance(node, ast.Constant) and node.value is ... for node in nodes)


class Watch:
    """What Hypothesis tells of the cases of one test while it runs."""

    def __init__(self, item: Any, guard: Guard) -> None:
        self.item = item
        self.guard = guard
        self.phases: dict[str, int] = {}
        self.counts = {"valid": 0, "invalid": 0, "overrun": 0, "interesting": 0}
        self.exhausted: list[bool] = []
        self.replayed: list[Json] = []
        self._open = contextlib.ExitStack()
        self._outer: Callable[[Any], None] | None = None

    def start(self) -> None:
        from hypothesis.statistics import collector

        self._outer = collector.value
        counting: Any = collector
        self._open.enter_context(counting.with_value(self.statistics))
        from hypothesis.internal import observability

        add = getattr(observability, "add_observability_callback", None)
        if add is None:  # versions before it call git for each test and fail outside a repository
            return
        covers = observability.OBSERVABILITY_COLLECT_COVERAGE
        self._open.callback(setattr, observability, "OBSERVABILITY_COLLECT_COVERAGE", covers)
        observability.OBSERVABILITY_COLLECT_COVERAGE = False
        add(self.case)
        self._open.callback(observability.remove_observability_callback, self.case)

    def stop(self) -> None:
        self._open.close()

    def statistics(self, told: Any) -> None:
        """Called when the engine has finished: counts of what it generated, and why it stopped."""
        if self._outer is not None:
            self._outer(told)
        with self.guard:
            for name, phase in told.items():
                if name.endswith("-phase"):
                    self._count(name[: -len("-phase")], phase["test-cases"])
            nothing_left = told.get("stopped-because") == "nothing left to do"
            self.exhausted.append(nothing_left and self._generates())

    def _count(self, phase: str, cases: list[Json]) -> None:
        if cases:
            self.phases[phase] = self.phases.get(phase, 0) + len(cases)
        if phase in ("reuse", "generate"):
            for case in cases:
                self.counts[case["status"]] = self.counts.get(case["status"], 0) + 1

    def case(self, told: Any) -> None:
        """Called for each case: keeps those that were replayed or pinned and passed."""
        with self.guard:
            phase = PHASE.search(getattr(told, "how_generated", None) or "")
            name = phase and (phase.group(1) or phase.group(2))
            if name == "explicit":
                self.phases[name] = self.phases.get(name, 0) + 1
                self.counts["valid"] += told.status == "passed"
            if name not in ("reuse", "explicit") or told.status != "passed":
                return
            if name == "explicit" and self._expects_failures():
                return
            shape = example(told.representation, names_of(self.item), given_elsewhere(self.item))
            if shape and shape not in self.replayed and len(self.replayed) < MOST_REPLAYED:
                self.replayed.append(shape)

    def _expects_failures(self) -> bool:
        """An `@example(…).xfail()` that fails as it should is told of as passed."""
        pinned = getattr(self.item.obj, "hypothesis_explicit_examples", ())
        return any(getattr(one, "raises", None) for one in pinned)

    def _settings(self) -> Any:
        own = getattr(getattr(self.item, "obj", None), "_hypothesis_internal_use_settings", None)
        return own or getattr(getattr(self.item, "cls", None), "settings", None)

    def _generates(self) -> bool:
        phases = getattr(self._settings(), "phases", ())
        return any(phase.name == "generate" for phase in phases)

    def found(self) -> Json:
        if not self.phases:
            return {}
        most = getattr(self._settings(), "max_examples", None)
        failed = self.counts["interesting"]
        cases = {
            "accepted": self.counts["valid"],
            "rejected": self.counts["invalid"] + self.counts["overrun"],
            "failed": failed,
            "phases": self.phases,
            "max_examples": most,
            "exhausted": bool(self.exhausted) and all(self.exhausted) and not failed,
        }
        return {"cases": cases, "replayed": self.replayed} if self.replayed else {"cases": cases}


# -- Coverage: which lines ran in the context of which test


class Coverage:
    """coverage.py's data on this process: the user's measurement, or one of our own."""

    def __init__(self, config: pytest.Config, project: Project) -> None:
        self.guard = Guard()
        self.project = project
        self.started: Any = None
        self.data_of: Any = None
        self.switches = False
        with self.guard:
            self._begin(config)

    def _begin(self, config: pytest.Config) -> None:
        module = sys.modules.get("coverage")
        current = module.Coverage.current() if module is not None else None
        if current is None and os.environ.get("ADR_LSP_COVERAGE") == "1":
            current = self.started = started_coverage(self.project.root)
        if current is None or is_sysmon(current):
            return
        self.data_of = current
        asked = config.pluginmanager.has_plugin("_cov_contexts")
        self.switches = not asked and not current.get_option("run:dynamic_context")

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: Any) -> Iterator[None]:
        if self.switches:
            with self.guard:
                self.data_of.switch_context(item.nodeid + "|run")
        yield
        if self.switches:
            with self.guard:
                self.data_of.switch_context("")

    def harvest(self, content: Iterable[str]) -> Json:
        """Lines by test and file, and the files that were measured; empty if unknown."""
        with self.guard:
            if self.data_of is not None and self.guard.fault is None:
                return self._harvested(content)
        return {"uncovered": self.guard.fault} if self.guard.fault else {}

    def _harvested(self, content: Iterable[str]) -> Json:
        data = self.data_of.get_data()
        tests: dict[str, dict[str, list[int]]] = {}
        measured = {path for path in content if path.endswith(".py")} if self.started else set()
        for file in data.measured_files():
            path = self.project.own(os.path.join(self.project.start, file))
            if path is None:
                continue
            measured.add(path)
            for line, contexts in sorted(data.contexts_by_lineno(file).items()):
                for nodeid in set(filter(None, map(self._node_of, contexts))):
                    tests.setdefault(nodeid, {}).setdefault(path, []).append(line)
        if self.started:
            self.started.stop()
        shaped = {n: {p: ranges(lines) for p, lines in f.items()} for n, f in tests.items()}
        return {"coverage": shaped, "measured": sorted(measured)} if shaped else {}

    def _node_of(self, context: str) -> str | None:
        fixed = self.data_of.get_option("run:context")
        if fixed and context.startswith(fixed + "|"):
            context = context[len(fixed) + 1 :]
        nodeid, _, phase = context.rpartition("|")
        return nodeid if phase in ("setup", "run", "teardown") else None


def started_coverage(root: str) -> Any:
    """A measurement of our own, never by `sysmon`, which loses lines when contexts switch."""
    coverage = imported_coverage()
    if coverage is None:
        return None
    ours = coverage.Coverage(data_file=None, source=[root], config_file=False)
    silent = ["no-data-collected", "module-not-measured", "module-not-imported", "no-ctracer"]
    ours.set_option("run:disable_warnings", silent)
    before = os.environ.get("COVERAGE_CORE")
    os.environ["COVERAGE_CORE"] = "ctrace"
    try:
        with contextlib.suppress(Exception):  # older versions know only the variable
            ours.set_option("run:core", "ctrace")
        ours.start()
    finally:
        del os.environ["COVERAGE_CORE"]
        if before is not None:
            os.environ["COVERAGE_CORE"] = before
    return ours


def imported_coverage() -> Any:
    """coverage.py of the tests' own environment, else the one that came with the server, where it
    is for this interpreter; nothing else that came with the server can be imported."""
    with contextlib.suppress(ImportError):
        import coverage

        return coverage
    libs, (major, minor) = os.environ.get("ADR_LSP_LIBS", ""), sys.version_info[:2]
    folder = os.path.join(libs, f"cp{major}{minor}")
    if not os.path.isabs(folder) or sys.implementation.name != "cpython":
        return None
    sys.path.append(folder)
    try:
        import coverage

        return coverage
    except ImportError:
        return None
    finally:
        sys.path.remove(folder)


def is_sysmon(measuring: Any) -> bool:
    collector = getattr(measuring, "_collector", None)
    return collector is not None and collector.tracer_name() == "SysMonitor"


def ranges(lines: list[int]) -> list[list[int]]:
    """Sorted lines as ranges, both ends included."""
    found: list[list[int]] = []
    for line in lines:
        if found and line == found[-1][1] + 1:
            found[-1][1] = line
        else:
            found.append([line, line])
    return found


# -- Keeping the store small


def fold(store: Store, limit: int = STORE_LIMIT) -> None:
    """Over `limit`, keep per test and environment the latest result and the latest failure; within
    half the limit also the latest per content and one a day. Runs that may still go on are left."""
    files = sorted(files_in(store.folder("evidence"), ".jsonl"), reverse=True)
    objects = {e.path: e.stat().st_size for e in object_files(store)}
    if sum(os.path.getsize(path) for path in files) + sum(objects.values()) <= limit:
        return
    with contextlib.suppress(FileExistsError), locked(os.path.join(store.folder(""), "lock")):
        kept = Kept(limit // 2, store, objects)
        for path in files:
            fold_run(path, kept)
        for path in objects.keys() - kept.objects:
            with contextlib.suppress(OSError):
                if os.path.getmtime(path) < time.time() - DAY:
                    os.unlink(path)


def files_in(folder: str, ending: str) -> list[str]:
    return [e.path for e in listed(folder) if e.name.endswith(ending) and not e.is_symlink()]


def object_files(store: Store) -> Iterator[os.DirEntry[str]]:
    for folder in listed(store.folder("objects")):
        if folder.is_dir(follow_symlinks=False):
            yield from (e for e in listed(folder.path) if e.is_file(follow_symlinks=False))


@contextlib.contextmanager
def locked(path: str) -> Iterator[None]:
    """Whoever makes the file holds the lock; one that is an hour old was left by a crash."""
    with contextlib.suppress(OSError):
        if os.path.getmtime(path) < time.time() - 3600:
            os.unlink(path)
    create(path)
    try:
        yield
    finally:
        os.unlink(path)


class Kept:
    """What the younger runs already hold, so that an older line can go."""

    def __init__(self, budget: int, store: Store, sizes: dict[str, int]) -> None:
        self.budget = budget
        self.store = store
        self.sizes = sizes
        self.objects: set[str] = set()
        self._seen: set[tuple[Any, ...]] = set()

    def wants(self, run: Json, digest: str, line: Json) -> bool:
        environment = run.get("environment", {})
        runtime = environment.get("python") or environment.get("runtime", "")
        minor = str(runtime).split(".")[:2]
        lane = (line.get("test"), line.get("parameter"), *minor, environment.get("platform"))
        reasons = {("latest", lane)}
        if line.get("outcome") in BAD:
            reasons.add(("failure", lane))
        if self.budget > 0:
            reasons |= {(digest, lane), (str(run.get("started"))[:10], lane)}
        wanted = not reasons <= self._seen
        self._seen |= reasons
        return wanted

    def hold(self, content: dict[str, str], size: int) -> None:
        folder = self.store.folder("objects")
        paths = {os.path.join(folder, digest[:2], digest[2:]) for digest in content.values()}
        self.budget -= size + sum(self.sizes.get(path, 0) for path in paths - self.objects)
        self.objects |= paths


def fold_run(path: str, kept: Kept) -> None:
    lines = [(raw, parsed(raw)) for raw in (read_regular(path) or b"").splitlines(True)]
    run = next((line for _, line in lines if line.get("type") == "run"), {})
    content: dict[str, str] = {}
    for _, line in lines:
        content.update(line["files"] if line.get("type") == "content" else {})
    ended = any(line.get("type") == "end" for _, line in lines)
    spoken = any(line.get("type") == "forgotten" for _, line in lines)  # somebody's word
    if spoken or (not ended and os.path.getmtime(path) > time.time() - DAY):
        return kept.hold(content, 0)
    digest = hashlib.sha256(json.dumps(sorted(content.items())).encode()).hexdigest()
    wanted = set()
    for _, line in lines:
        if line.get("type") == "result" and (ended or line.get("outcome") in BAD):
            if kept.wants(run, digest, line):
                wanted.add((line.get("test"), line.get("parameter")))
        elif line.get("type") == "collect-error":
            broken = {"test": line.get("path"), "outcome": "error"}
            if kept.wants(run, digest, broken):
                wanted.add((line.get("path"), None))
    if not wanted:
        return os.unlink(path)
    whole = [raw for raw, line in lines if stays(line, wanted)]
    if len(whole) < len(lines):
        replace(path, b"".join(whole))
    return kept.hold(content, sum(map(len, whole)))


def stays(line: Json, wanted: set[tuple[Any, Any]]) -> bool:
    if line.get("type") in ("result", "coverage"):
        return (line.get("test"), line.get("parameter")) in wanted
    return bool(line)


def parsed(raw: bytes) -> Json:
    try:
        line = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        return {}
    return line if isinstance(line, dict) else {}


# -- The plugin: one half where tests run, one where the file is written


class Runner:
    """In each process that runs tests: reads the content, watches Hypothesis and coverage."""

    def __init__(
        self, config: pytest.Config, project: Project, send: Callable[[Json], None] | None
    ) -> None:
        self.config = config
        self.project = project
        self.guard = Guard()
        self.outbox: Json = {}
        self.content = Content(project, Store(project.root))
        self._send = send
        self._broken: list[str] = []
        self._deselected: list[str] = []
        self._watches: dict[str, Watch] = {}
        self._coverage: Coverage | None = None

    def send(self, payload: Json) -> None:
        """To the writer in this process, or with the next report to the one that has it."""
        if self._send is not None:
            self._send(payload)
        else:
            self.outbox = {**self.outbox, **payload}

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed and not self.project.is_outside(report.nodeid):
            self._broken.append(os.path.join(self.project.start, report.nodeid.partition("::")[0]))

    def pytest_deselected(self, items: Iterable[Any]) -> None:
        self._deselected.extend(item.nodeid for item in items)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        if all(self.project.is_outside(item.nodeid) for item in session.items) and not self._broken:
            return
        with self.guard:
            records = (self.content.add(*found) for found in candidate_records(self.project))
            files = dict(filter(None, records))
            files.update(self.content.add_all(self._code(session)))
            self.send({"content": files, **self._selected(session)})
            self._coverage = Coverage(self.config, self.project)
            if self._coverage.switches:
                self.config.pluginmanager.register(self._coverage, "adr-lsp-coverage")

    def _code(self, session: pytest.Session) -> Iterator[str]:
        yield from loaded_files()
        yield from self._broken
        for plugin in self.config.pluginmanager.get_plugins():  # all conftest files among them
            file = getattr(plugin, "__dict__", {}).get("__file__")
            if isinstance(file, str) and file.endswith(".py"):
                yield file
        tests = list(dict.fromkeys(str(item.path) for item in session.items))
        yield from tests
        yield from self._conftests(tests)

    def _conftests(self, tests: Iterable[str]) -> Iterator[str]:
        """Those above the tests that pytest did not load too: one that is not here is new."""
        below = os.path.join(self.project.root, "")
        folders = {folder for test in tests for folder in ancestors(os.path.dirname(test))}
        for folder in sorted(folders):
            if os.path.join(folder, "").startswith(below):
                yield os.path.join(folder, "conftest.py")

    def _selected(self, session: pytest.Session) -> Json:
        """The parameters of each parametrised test, and the tests of which only a part runs."""
        parameters: dict[str, list[str]] = {}
        for item in session.items:
            test, parameter = self.project.test(item.nodeid)
            if parameter is not None:
                parameters.setdefault(test, []).append(parameter)
        left_out = {self.project.test(nodeid)[0] for nodeid in self._deselected}
        return {
            "parameters": parameters,
            "narrowed": sorted(parameters.keys() & (left_out | set(self._named_within(session)))),
        }

    def _named_within(self, session: pytest.Session) -> Iterator[str]:
        place = Project(self.project.root, str(self.config.invocation_params.dir))
        for argument in session.config.args:
            test, parameter = place.test(argument)
            if parameter is not None:
                yield test

    @pytest.hookimpl(hookwrapper=True, trylast=True)
    def pytest_runtest_call(self, item: Any) -> Iterator[None]:
        watch = None
        if "hypothesis" in sys.modules:
            with self.guard:
                watch = self._watches[item.nodeid] = Watch(item, self.guard)
                watch.start()
        yield
        if watch is not None:
            with self.guard:
                watch.stop()

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self, item: Any, call: Any) -> Iterator[None]:
        outcome: Any = yield
        if call.excinfo is None and not self._watches and not self.outbox:
            return  # most tests
        if outcome.excinfo is None:
            with self.guard:
                self._complete(outcome.get_result(), item, call)

    def _complete(self, report: Any, item: Any, call: Any) -> None:
        found: Json = {}
        if call.excinfo is not None and (report.failed or hasattr(report, "wasxfail")):
            found = details_of(item, report, call.excinfo.value, self.project)
        if report.when == "call" and item.nodeid in self._watches:
            found.update(self._watches[item.nodeid].found())
        elif report.when == "teardown":
            self._watches.pop(item.nodeid, None)
        if found:
            report.adr_lsp = found
        if self.outbox:
            report.adr_lsp_sent, self.outbox = self.outbox, {}

    @pytest.hookimpl(hookwrapper=True, trylast=True)
    def pytest_runtestloop(self) -> Iterator[None]:
        outcome: Any = yield
        if self._coverage is None or is_interrupt(outcome.excinfo and outcome.excinfo[1]):
            return
        with self.guard:
            late = self.content.add_all(loaded_files())
            self.send({"content": late, "changed": self.content.changed()})
            self.send(self._coverage.harvest(self.content.digests))

    def pytest_keyboard_interrupt(self, excinfo: Any) -> None:
        if is_interrupt(excinfo.value):
            self.send({"cut": True})

    def pytest_sessionfinish(self) -> None:
        if self.guard.fault:
            self.send({"fault": self.guard.fault})
        if self._send is None:
            self.config.workeroutput["adr_lsp"] = self.outbox  # type: ignore[attr-defined]


def is_interrupt(error: BaseException | None) -> bool:
    """Stopped by the user or by `pytest.exit`; pytest and xdist stop themselves by subclasses."""
    return type(error) is KeyboardInterrupt or isinstance(error, pytest.exit.Exception)


class Writer:
    """In the process that sees all reports: writes the run's file."""

    def __init__(self, config: pytest.Config, project: Project) -> None:
        self.project = project
        self.guard = Guard()
        self.store = Store(project.root)
        self.run = RunFile(self.store, self.guard, lambda: header(config, project))
        self._attempts: dict[str, list[list[Any]]] = {}
        self._content: dict[str, str] = {}
        self._told: set[tuple[Any, ...]] = set()
        self._measured: set[str] = set()
        self._uncovered: str | None = None
        self._cut = False
        self._said = False

    def pytest_sessionstart(self) -> None:
        with self.guard:
            if os.path.isdir(os.path.join(self.project.root, ".adr-lsp", "evidence")):
                fold(self.store)

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        node.workerinput["adr_lsp"] = [self.project.root, self.project.start]

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        with self.guard:
            output: Json = getattr(node, "workeroutput", None) or {}
            self.receive(output.get("adr_lsp") or {})

    def receive(self, payload: Json) -> None:
        """What a process that runs tests found out; each of several workers sends the same."""
        with self.guard:
            if payload.get("fault"):
                raise RuntimeError(payload["fault"])
            self._cut = self._cut or bool(payload.get("cut"))
            self._receive_content(payload)
            parameters = payload.get("parameters")
            if parameters and self._is_new("collected", json.dumps(parameters, sort_keys=True)):
                narrowed = payload.get("narrowed", [])
                self.run.write("collected", parameters=parameters, narrowed=narrowed)
            self._receive_coverage(payload)

    def _receive_content(self, payload: Json) -> None:
        files = payload.get("content", {})
        fresh = {path: digest for path, digest in files.items() if path not in self._content}
        self._content.update(fresh)
        if fresh:
            self.run.write("content", files=fresh)
        differ = [path for path, digest in files.items() if self._content[path] != digest]
        changed = [p for p in (*payload.get("changed", ()), *differ) if self._is_new("changed", p)]
        if changed:
            self.run.write("changed", files=changed)

    def _receive_coverage(self, payload: Json) -> None:
        fresh = set(payload.get("measured", ())) - self._measured
        self._measured |= fresh
        self._uncovered = self._uncovered or payload.get("uncovered")
        if fresh:
            self.run.write("measured", files=sorted(fresh))
        for nodeid, files in payload.get("coverage", {}).items():
            if self.project.is_outside(nodeid):
                continue
            test, parameter = self.project.test(nodeid)
            self.run.write("coverage", test=test, parameter=parameter, files=files)

    def _is_new(self, *fact: Any) -> bool:
        known = fact in self._told
        self._told.add(fact)
        return not known

    def pytest_collectreport(self, report: Any) -> None:
        if not report.failed or self.project.is_outside(report.nodeid):
            return
        with self.guard:
            path, message = (
                self.project.test(report.nodeid)[0].partition("::")[0],
                str(report.longrepr),
            )
            if self._is_new("collect-error", path):
                self.run.write("collect-error", path=path, message=message[:LONGEST_MESSAGE])

    def pytest_runtest_logreport(self, report: Any) -> None:
        with self.guard:
            sent = getattr(report, "adr_lsp_sent", None)
            if sent:
                self.receive(sent)
            attempts = self._attempts.setdefault(report.nodeid, [[]])
            if report.when == "???":  # a worker died: what it had told of this attempt is void
                attempts[-1] = [report]
                self._finish(report.nodeid)
            else:
                attempts[-1].append(report)

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        with self.guard:
            self._finish(nodeid)

    def _finish(self, nodeid: str) -> None:
        """An attempt is over; pytest-rerunfailures marks one that another will follow."""
        attempts = self._attempts.get(nodeid, [[]])
        if any(report.outcome == "rerun" for report in attempts[-1]):
            attempts.append([])
        elif attempts[-1]:
            self._write(nodeid, self._attempts.pop(nodeid))

    def _write(self, nodeid: str, attempts: list[list[Any]]) -> None:
        if self.project.is_outside(nodeid):
            return
        test, parameter = self.project.test(nodeid)
        self.run.write("result", test=test, parameter=parameter, **result(attempts))

    def pytest_internalerror(self) -> None:
        self._cut = True

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, exitstatus: int) -> None:
        with self.guard:
            if self.run.is_open and not self._cut:
                coverage = "measured" if self._measured else "unknown"
                finished = utc(time.time())
                self.run.write("end", finished=finished, exit=int(exitstatus), coverage=coverage)
            self.run.close()

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        self._said = True
        for line in self._complaints():
            terminalreporter.write_line(line)

    def pytest_unconfigure(self) -> None:
        for line in () if self._said else self._complaints():
            sys.stderr.write(line + "\n")

    def _complaints(self) -> Iterator[str]:
        if self.guard.fault:
            yield NOT_RECORDED + self.guard.fault
        elif self._uncovered:
            yield "adr-lsp: covered lines are not recorded: " + self._uncovered


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "invariant(*ids): the invariants of ADRs that this verifies")
    if config.pluginmanager.has_plugin("adr-lsp-runner"):
        return  # registered by its entry point and by `-p`
    guard = Guard()
    with guard:
        register(config)
    if guard.fault:
        sys.stderr.write(NOT_RECORDED + guard.fault + "\n")


def register(config: pytest.Config) -> None:
    if any(config.getoption(name, False) for name in ("collectonly", "setuponly", "setupplan")):
        return
    if hasattr(config, "workerinput"):
        place = config.workerinput.get("adr_lsp")
        if place:
            runner = Runner(config, Project(*place), None)
            config.pluginmanager.register(runner, "adr-lsp-runner")
        return
    start = str(config.rootpath)
    root = find_root(start)
    if is_active(root):
        if sys.flags.optimize:
            sys.stderr.write(NOT_RECORDED + "python -O leaves assertions out\n")
            return
        project = Project(root, start)
        writer = Writer(config, project)
        config.pluginmanager.register(writer, "adr-lsp-writer")
        config.pluginmanager.register(Runner(config, project, writer.receive), "adr-lsp-runner")
