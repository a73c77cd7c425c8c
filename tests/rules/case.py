"""A case is a few fenced files, of which caret lines say what is found, and where.

The info string of a fence is a language and a path; a record may leave out its path. A `run` fence
records a run over the files as they stand above it: one result a line, as
`tests/test_a.py::test_x[param]: failed, n=0` or `…: passed, 100 cases`. A file that comes again
below it replaces the earlier text. A `report` is a run that kept no content. A `given` fence sets
options: `require-evidence`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from adr_lsp import config, record, sources
from adr_lsp.config import Config
from adr_lsp.decision_log import DecisionLog
from adr_lsp.diagnostic import Diagnostic
from adr_lsp.evidence.model import Run
from adr_lsp.evidence.reports import read_report
from adr_lsp.evidence.reports.model import Filed
from adr_lsp.features.diagnostics import diagnostics
from adr_lsp.record import Record
from adr_lsp.record.discovery import matches
from adr_lsp.references import References
from adr_lsp.snapshot import Snapshot
from adr_lsp.sources.model import Source
from rules.recorded import NOW, digest, recorded

_FENCE = re.compile(r"^(`{4,})(\S+)?[ \t]*(.*)$")
_HEADING = re.compile(r"^##+ (.*)$")
_CARETS = re.compile(r"^ *\^+ ADL\d{3}")
_TITLE = re.compile(r"^# (?:(\d+)\. )?(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Fence:
    kind: str
    path: str
    body: str

    @property
    def text(self) -> str:
        """The file itself, without caret lines."""
        return "".join(
            line for line in self.body.splitlines(keepends=True) if not _CARETS.match(line)
        )


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    fences: tuple[Fence, ...]


@dataclass(slots=True)
class MemoryTree:
    """The files of a case, and those that its runs stored."""

    files: dict[str, bytes] = field(default_factory=dict)
    objects: dict[str, bytes] = field(default_factory=dict)

    def exists(self, path: str) -> bool:
        return path in self.files or any(each.startswith(f"{path}/") for each in self.files)

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def digest(self, path: str) -> str | None:
        return digest(self.files[path]) if path in self.files else None

    def stored(self, digest: str) -> bytes | None:
        return self.objects.get(digest)

    def paths(self) -> frozenset[str]:
        return frozenset(self.files)


def cases(page: str) -> Iterator[Case]:
    """The sections of a page that have fences."""
    name, fences = "", []
    ticks, info, body = "", ("", ""), []
    for line in page.splitlines(keepends=True):
        fence = _FENCE.match(line.rstrip("\n"))
        if ticks and line.rstrip() == ticks:
            fences.append(_fence(*info, "".join(body)))
            ticks, body = "", []
        elif ticks:
            body.append(line)
        elif fence:
            ticks, info = fence[1], (fence[2] or "", fence[3].strip())
        elif heading := _HEADING.match(line):
            if fences:
                yield Case(name, tuple(fences))
            name, fences = heading[1].strip(), []
    if fences:
        yield Case(name, tuple(fences))


def _fence(kind: str, path: str, body: str) -> Fence:
    if kind == "adr" and not path:
        title = _TITLE.search(body)
        slug = re.sub(r"\W+", "-", title[2].lower()).strip("-") if title else "example"
        path = f"docs/adr/{int((title and title[1]) or 1):04}-{slug}.md"
    return Fence(kind, path, body)


def snapshot_of(case: Case) -> Snapshot:
    """The root that a case describes, read by the real readers."""
    tree, runs, given = MemoryTree(), [], ""
    for fence in case.fences:
        if fence.kind in ("run", "report"):
            signed = fence.kind == "run"
            runs.append(recorded(fence.body, tree.files, len(runs), signed=signed))
            tree.objects |= {digest(raw): raw for raw in tree.files.values()}
        elif fence.kind == "given":
            given += fence.body
        else:
            tree.files[fence.path] = fence.text.encode()
    records = {fence.path for fence in case.fences if fence.kind == "adr"}
    return snapshot(tree, records, tuple(runs), "require-evidence" in given)


def snapshot(
    tree: MemoryTree, records: set[str], runs: tuple[Run, ...] = (), required: bool = False
) -> Snapshot:
    """A snapshot of a tree, in which the files `records` are records and all others code."""
    settings = _settings(tree)
    parsed = {path: _record(path, tree, settings) for path in sorted(records)}
    code = {path: _source(path, tree, settings) for path in sorted(tree.files.keys() - records)}
    known = {path: source for path, source in code.items() if source is not None}
    log, references = DecisionLog().replace(parsed), References().replace(known)
    told = tuple(_filed(path, tree) for path in tree.files if matches(path, settings.reports))
    return Snapshot(settings, log, known, references, runs, tree, NOW, required, reports=told)


def _filed(path: str, tree: MemoryTree) -> Filed:
    found = read_report(tree.files[path])
    return Filed(path, found[0] if isinstance(found, tuple) else found, NOW)


def _record(path: str, tree: MemoryTree, settings: Config) -> Record:
    folder = posixpath.dirname(path)
    return record.parse(path, tree.files[path], log=folder, prefixes=settings.prefixes)


def _source(path: str, tree: MemoryTree, settings: Config) -> Source | None:
    return sources.read(path, tree.files[path], settings.prefixes)


def _settings(tree: MemoryTree) -> Config:
    """As configured, so that nothing is held back."""
    for name in ("adr-lsp.toml", "pyproject.toml"):
        if name in tree.files:
            return config.read(name, tree.files[name])
    return Config("adr-lsp.toml")


def expected(case: Case) -> str:
    """Every file as it stands at the end, with its caret lines."""
    last = {fence.path: fence.body for fence in case.fences if fence.path}
    return _shown(last)


def found(case: Case, code: str) -> str:
    """The same files, with a caret line for each finding of the rule."""
    last = {fence.path: fence.text for fence in case.fences if fence.path}
    by_line: dict[tuple[str, int], list[Diagnostic]] = {}
    for diagnostic in diagnostics(snapshot_of(case)):
        if diagnostic.code == code:
            place = diagnostic.path, diagnostic.range.start.line
            by_line.setdefault(place, []).append(diagnostic)
    return _shown({path: _marked(path, text, by_line) for path, text in last.items()})


def _marked(path: str, text: str, by_line: dict[tuple[str, int], list[Diagnostic]]) -> str:
    marked = []
    for number, line in enumerate(text.splitlines(keepends=True)):
        marked.append(line if line.endswith("\n") else f"{line}\n")
        found = by_line.get((path, number), [])
        marked += [_caret_line(each, len(line.rstrip("\n"))) for each in found]
    return "".join(marked)


def _caret_line(diagnostic: Diagnostic, width: int) -> str:
    start, end = diagnostic.range.start, diagnostic.range.end
    until = end.column if end.line == start.line else width
    carets = "^" * max(1, until - start.column)
    return f"{' ' * start.column}{carets} {diagnostic.code} {diagnostic.message}\n"


def _shown(files: dict[str, str]) -> str:
    return "".join(f"--- {path}\n{text}" for path, text in files.items())


def check(case: Case, code: str) -> None:
    """The caret lines of a case are the findings of the rule, no more and no less; none crashes."""
    crashes = found(case, "ADL605") if code != "ADL605" else ""
    assert "^ ADL605" not in crashes
    assert found(case, code) == expected(case)
