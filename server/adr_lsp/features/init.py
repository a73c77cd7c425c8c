"""What a root holds that matters to adr-lsp before it is set up: looked at, never changed."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.diagnostics import findings
from adr_lsp.record import Record
from adr_lsp.record.heading import bare
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import decode
from adr_lsp.value import dataclass

_MADR = frozenset({"considered options", "decision outcome", "context and problem statement"})
_NYGARD = frozenset({"context", "decision", "consequences"})
_ID = re.compile(r"^[ \t>]*(?:[-*+]|\d+[.)]|#+|\|)[ \t]*[*_`\[]*([A-Z][A-Z0-9]*)-(\d+)\b", re.M)
_POINTERS = (".adr-dir", ".log4brains.yml")
_FOLDER = re.compile(r"^[ \t-]*adrFolder:[ \t]*['\"]?([^'\"#\n]+)", re.M)
_TESTS = (
    ("pytest", re.compile(r"(?:.*/)?(?:test_[^/]*|[^/]*_test)\.py")),
    ("JavaScript", re.compile(r".*\.(?:test|spec)\.[cm]?[jt]sx?")),
    ("cargo", re.compile(r"(?:.*/)?tests/[^/]*\.rs")),
    ("go test", re.compile(r".*_test\.go")),
    ("JUnit", re.compile(r".*Tests?\.(?:java|kt)")),
    ("Gherkin", re.compile(r".*\.feature")),
    ("TLA+", re.compile(r".*\.tla")),
)
_CI = re.compile(
    r"\.github/workflows/[^/]+\.ya?ml|\.gitlab-ci\.yml|azure-pipelines\.ya?ml|Jenkinsfile"
    r"|\.circleci/config\.yml|bitbucket-pipelines\.yml|\.pre-commit-config\.yaml"
)


@dataclass(frozen=True, slots=True)
class Log:
    """One log; `others` are its Markdown files that are no records."""

    folder: str
    records: tuple[Record, ...]
    others: tuple[str, ...]
    forms: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """How many different ids begin so that no prefix of the configuration covers."""

    name: str
    ids: int
    records: int


@dataclass(frozen=True, slots=True)
class Pointer:
    """A file of another tool that names a log; `read` if records were found there."""

    path: str
    folder: str
    read: bool


@dataclass(frozen=True, slots=True)
class Look:
    """All that was found. `findings` are those of a root that holds nothing back."""

    logs: tuple[Log, ...]
    prefixes: tuple[Prefix, ...]
    pointers: tuple[Pointer, ...]
    tests: tuple[tuple[str, int], ...]
    pipelines: tuple[str, ...]
    findings: tuple[Diagnostic, ...]
    has_baseline: bool


def look(snapshot: Snapshot) -> Look:
    """What there is to set up."""
    paths = sorted(snapshot.tree.paths())
    found = findings(snapshot)
    baseline = snapshot.config.baseline
    return Look(
        logs=tuple(_logs(snapshot, paths)),
        prefixes=tuple(_prefixes(snapshot)),
        pointers=tuple(_pointers(snapshot, paths)),
        tests=tuple(_tests(paths)),
        pipelines=tuple(path for path in paths if _CI.fullmatch(path)),
        findings=tuple(sorted((*found.told, *found.held_back), key=lambda each: each.path)),
        has_baseline=bool(baseline) and snapshot.tree.read(baseline) is not None,
    )


def _logs(snapshot: Snapshot, paths: Iterable[str]) -> Iterator[Log]:
    by_log: dict[str, list[Record]] = {}
    for record in snapshot.log:
        by_log.setdefault(record.log, []).append(record)
    markdown = [path for path in paths if path.lower().endswith((".md", ".mdx"))]
    for folder, records in sorted(by_log.items()):
        prefix = f"{folder}/" if folder else ""
        beside = (path for path in markdown if prefix and path.startswith(prefix))
        others = tuple(path for path in beside if path not in snapshot.log.records)
        forms = Counter(_form(record) for record in records)
        yield Log(folder, tuple(records), others, tuple(forms.most_common()))


def _form(record: Record) -> str:
    headings = {bare(section.title) for section in record.sections}
    if headings & _MADR:
        return "MADR"
    return "Nygard" if headings >= _NYGARD else "other"


def _prefixes(snapshot: Snapshot) -> Iterator[Prefix]:
    """Prefixes of at least two ids in sections of invariants, where the configuration has none."""
    ids: dict[str, set[str]] = {}
    records: dict[str, set[str]] = {}
    for record in snapshot.log:
        for section in record.invariant_sections:
            for found in _ID.finditer(record.text.between(section.section.body)):
                ids.setdefault(found[1], set()).add(found[2])
                records.setdefault(found[1], set()).add(record.path)
    for name in sorted(ids.keys() - {*snapshot.config.prefixes, "ADR"}):
        if len(ids[name]) > 1:
            yield Prefix(name, len(ids[name]), len(records[name]))


def _pointers(snapshot: Snapshot, paths: Iterable[str]) -> Iterator[Pointer]:
    """Folders that files of adr-tools and log4brains name, as far as they hold Markdown."""
    known = list(paths)
    for path in known:
        if posixpath.basename(path) in _POINTERS:
            content = decode(snapshot.tree.read(path) or b"")[0]
            for named in _named(path, content):
                folder = posixpath.normpath(posixpath.join(posixpath.dirname(path), named))
                inside = [each for each in known if each.startswith(f"{folder}/")]
                if any(each.lower().endswith((".md", ".mdx")) for each in inside):
                    read = any(each in snapshot.log.records for each in inside)
                    yield Pointer(path, folder, read)


def _named(path: str, content: str) -> list[str]:
    if posixpath.basename(path) == ".adr-dir":
        return [line.strip() for line in content.splitlines()[:1] if line.strip()]
    return [name.strip() for name in _FOLDER.findall(content)]


def _tests(paths: list[str]) -> Iterator[tuple[str, int]]:
    for tool, pattern in _TESTS:
        count = sum(pattern.fullmatch(path) is not None for path in paths)
        if count:
            yield tool, count
