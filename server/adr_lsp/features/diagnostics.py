"""Every fault that the rules find in a snapshot, where it stands and how grave it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from adr_lsp.config import Config
from adr_lsp.diagnostic import Diagnostic, Severity
from adr_lsp.record import Record
from adr_lsp.rule import EVIDENCE, Crash, Finding, Idle, Reads, Rule
from adr_lsp.rules import RULES
from adr_lsp.snapshot import Snapshot
from adr_lsp.sources.model import Source
from adr_lsp.text import NOWHERE, Range

UNSILENCEABLE = frozenset({"ADL605", "ADL901", "ADL902"})
Rules = Mapping[type, Sequence[Rule]]


def for_document(snapshot: Snapshot, path: str) -> list[Diagnostic]:
    """What an editor shows in one file."""
    return diagnostics(snapshot, (path,))


def diagnostics(
    snapshot: Snapshot, paths: Collection[str] | None = None, *, reads: Reads | None = None
) -> list[Diagnostic]:
    """All findings, or those in the files `paths`; of all rules, or of those that read no more
    than `reads`. Sorted by path, place and code.
    """
    rules = _rules(reads)
    wanted = None if paths is None else frozenset(paths)
    found = (
        diagnostic
        for subject in _subjects(snapshot, wanted)
        for diagnostic in _about(subject, rules, snapshot)
        if wanted is None or diagnostic.path in wanted
    )
    return sorted(dict.fromkeys(found), key=_place)


def _place(diagnostic: Diagnostic) -> tuple[str, Range, str, str]:
    return diagnostic.path, diagnostic.range, diagnostic.code, diagnostic.message


def _rules(reads: Reads | None) -> Rules:
    """The rules to run, by what they are about."""
    chosen: dict[type, list[Rule]] = {}
    for rule in RULES:
        if rule.severity is not None and (reads is None or rule.reads in reads):
            chosen.setdefault(rule.about, []).append(rule)
    return chosen


def _subjects(
    snapshot: Snapshot, wanted: frozenset[str] | None
) -> Iterator[Record | Source | Config]:
    records, referring = snapshot.log.records, snapshot.references.by_path
    yield from (records[path] for path in _both(records, wanted))
    for path in _both(referring, wanted):
        if path in snapshot.sources:
            yield snapshot.sources[path]
    if snapshot.config.problems:
        yield snapshot.config


def _both(known: Mapping[str, object], wanted: frozenset[str] | None) -> Collection[str]:
    return known if wanted is None else wanted & known.keys()


def _about(
    subject: Record | Source | Config, rules: Rules, snapshot: Snapshot
) -> Iterator[Diagnostic]:
    if not isinstance(subject, Record):
        for rule, finding in _found(subject, rules, snapshot):
            yield _diagnostic(rule, finding, rule.severity, subject.path or "")
        return
    for rule, finding in _unsilenced(subject, rules, snapshot):
        severity = _severity(rule, subject, snapshot)
        if severity is not None:
            key = snapshot.log.key(subject)
            invariant = finding.invariant
            named = f"{key}/{invariant.id}" if invariant and invariant.id else None
            yield _diagnostic(rule, finding, severity, subject.path, key, named)


def _diagnostic(
    rule: Rule,
    finding: Finding,
    severity: Severity | None,
    path: str,
    record: str | None = None,
    invariant: str | None = None,
) -> Diagnostic:
    return Diagnostic(
        rule.code,
        rule.name,
        finding.severity or severity or Severity.INFORMATION,
        finding.path or path,
        finding.range,
        finding.message,
        record,
        invariant,
        finding.related,
    )


def _severity(rule: Rule, record: Record, snapshot: Snapshot) -> Severity | None:
    """How grave a rule's findings on a record are; None if it has none to tell there."""
    if rule.by_status and not record.status.in_force:
        return None if record.status.retired else Severity.INFORMATION
    if rule.required and snapshot.require_evidence:
        return Severity.ERROR
    return rule.severity


def _found(
    subject: Any, rules: Rules, snapshot: Snapshot, place: Range = NOWHERE
) -> Iterator[tuple[Rule, Finding]]:
    """What the rules about this kind of subject say; one that raises is itself a finding."""
    for rule in rules.get(type(subject), ()):
        try:
            findings = list(rule.check(subject, snapshot))
        except Exception as error:
            if isinstance(subject, Crash):
                raise
            yield from _found(Crash(rule, error, place), _rules(None), snapshot)
        else:
            yield from ((rule, finding) for finding in findings)


def _unsilenced(record: Record, rules: Rules, snapshot: Snapshot) -> Iterator[tuple[Rule, Finding]]:
    """A record's findings without those that it suppresses, and what is wrong with that."""
    used: set[tuple[Range, str]] = set()
    for rule, finding in _found(record, rules, snapshot, record.title_range):
        silencing = [
            (suppression.range, rule.code)
            for suppression in record.suppressions
            if rule.code in suppression.codes
            and rule.code not in UNSILENCEABLE
            and (suppression.lines is None or finding.range.start.line in suppression.lines)
        ]
        used.update(silencing)
        if not silencing:
            yield rule, finding
    for idle in _idle(record, rules, used):
        yield from _found(idle, rules, snapshot)


def _idle(record: Record, rules: Rules, used: set[tuple[Range, str]]) -> Iterator[Idle]:
    """Codes that silenced nothing; of a rule that reads runs, or did not run now, none."""
    if not record.suppressions:
        return
    ran = (rule for chosen in rules.values() for rule in chosen)
    judged = {rule.code for rule in ran if EVIDENCE not in rule.reads} | {""}
    known = {rule.code for rule in RULES}
    for suppression in record.suppressions:
        for code in suppression.codes or ("",):
            silent = (suppression.range, code) not in used
            if silent and (code in judged or code not in known):
                yield Idle(code, suppression)
