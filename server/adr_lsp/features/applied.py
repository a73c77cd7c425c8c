"""What the rules that speak say of a root: every finding, and those that a comment silences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from adr_lsp.config import Config, ConfigProblem
from adr_lsp.diagnostic import Diagnostic, Severity, Silenced
from adr_lsp.features import baseline, selection
from adr_lsp.features.older import fault, older, spared
from adr_lsp.record import Record, Suppression
from adr_lsp.rule import EVIDENCE, Crash, Finding, Idle, Reads, Rule
from adr_lsp.rules import RULES
from adr_lsp.snapshot import Snapshot, standings
from adr_lsp.sources.model import Source
from adr_lsp.text import NOWHERE, Range, Text, decode

UNSUPPRESSABLE = frozenset({selection.CRASHED, "ADL901", "ADL902"})
Rules = Mapping[type, Sequence[Rule]]
Pair = tuple[Rules, Rules]


def applied(
    snapshot: Snapshot, wanted: frozenset[str] | None, reads: Reads | None
) -> Iterator[Diagnostic | Silenced]:
    """What rules that read no more than `reads` say of the files `wanted` (None: all)."""
    said = selection.said(snapshot.config)
    with_runs, without = _arranged(said, snapshot.require_evidence, reads)
    old = older(snapshot)
    for subject in _subjects(snapshot, wanted):
        if not isinstance(subject, Record):
            for rule, finding in _found(subject, with_runs[0], snapshot):
                yield _diagnostic(rule, finding, rule.severity, subject.path or "")
        else:
            chosen = with_runs if _may_have_results(subject, snapshot) else without
            yield from _of_record(subject, chosen[subject.path in old], snapshot)


@lru_cache(maxsize=16)
def _arranged(said: selection.Said, required: bool, reads: Reads | None) -> tuple[Pair, Pair]:
    """Rules for records as they are now and for older ones; the same without those that read runs.
    Every keystroke asks for them."""
    speaking = selection.chosen(said, require_evidence=required)
    running = [rule for rule in speaking if reads is None or rule.reads in reads]
    lenient = [rule for rule in running if not spared(rule)]
    pair = _by_subject(running), _by_subject(lenient)
    return pair, (_without_runs(pair[0]), _without_runs(pair[1]))


def _without_runs(rules: Rules) -> Rules:
    return {
        subject: [rule for rule in each if EVIDENCE not in rule.reads]
        for subject, each in rules.items()
    }


def _may_have_results(record: Record, snapshot: Snapshot) -> bool:
    """Whether rules that read runs have anything to say of a record: most have no tests yet."""
    if snapshot.require_evidence:
        return True
    try:
        return any(at.tests or (i.argument and i.needs) for i, at in standings(snapshot, record))
    except Exception:  # the rule that meets it says so
        return True


def _by_subject(rules: Iterable[Rule]) -> Rules:
    chosen: dict[type, list[Rule]] = {}
    for rule in rules:
        for subject in rule.subjects:
            chosen.setdefault(subject, []).append(rule)
    return chosen


def _subjects(
    snapshot: Snapshot, wanted: frozenset[str] | None
) -> Iterator[Record | Source | Config]:
    records, referring = snapshot.log.records, snapshot.references.by_path
    yield from (records[path] for path in _both(records, wanted))
    for path in _both(referring, wanted):
        if path in snapshot.sources:
            yield snapshot.sources[path]
    problems = (*snapshot.config.problems, *_problems(snapshot))
    if problems or snapshot.config.evidence or snapshot.config.reports:
        yield replace(snapshot.config, problems=problems)


def _both(known: Mapping[str, object], wanted: frozenset[str] | None) -> Collection[str]:
    return known if wanted is None else wanted & known.keys()


def _problems(snapshot: Snapshot) -> Iterator[ConfigProblem]:
    """What is wrong with settings that only the rules, the records or other files can tell."""
    since = fault(snapshot)
    wrong = [*selection.unknown(snapshot.config), *([("since", since)] if since else [])]
    path = snapshot.config.path
    if wrong and path is not None:
        text = Text(decode(snapshot.tree.read(path) or b"")[0])
        for name, message in wrong:
            yield ConfigProblem(path, selection.place(text, name), message, fatal=False)
    if snapshot.config.needs and path is not None:
        from adr_lsp.features.unknown_needs import unknown_needs  # most roots name none

        yield from unknown_needs(snapshot.config, Text(decode(snapshot.tree.read(path) or b"")[0]))
    corrupt = baseline.fault(snapshot)
    if corrupt:
        yield corrupt


def _of_record(record: Record, rules: Rules, snapshot: Snapshot) -> Iterator[Diagnostic | Silenced]:
    key = snapshot.log.key(record)
    for rule, finding, suppression in _judged(record, rules, snapshot):
        severity = _severity(rule, record, snapshot)
        if severity is not None:
            invariant = finding.invariant
            named = f"{key}/{invariant.id}" if invariant and invariant.id else None
            said = _diagnostic(rule, finding, severity, record.path, key, named)
            yield Silenced(said, "suppression", suppression.reason) if suppression else said


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
        finding.together,
    )


def _severity(rule: Rule, record: Record, snapshot: Snapshot) -> Severity | None:
    """How grave a rule's findings on a record are; None if it has none to tell there."""
    if rule.by_status and not record.status.in_force:
        return None if record.status.retired else _milder(rule.severity)
    if rule.required and snapshot.require_evidence:
        return Severity.ERROR
    return rule.severity


def _milder(severity: Severity | None) -> Severity:
    return Severity.HINT if severity is Severity.HINT else Severity.INFORMATION


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
            yield from _found(Crash(rule, error, place), _by_subject(RULES), snapshot)
        else:
            yield from ((rule, finding) for finding in findings)


def _judged(
    record: Record, rules: Rules, snapshot: Snapshot
) -> Iterator[tuple[Rule, Finding, Suppression | None]]:
    """A record's findings, each with what suppresses it, and what is wrong with suppressions."""
    used: set[tuple[Range, str]] = set()
    for rule, finding in _found(record, rules, snapshot, record.title_range):
        silencing = [each for each in record.suppressions if _silences(each, rule, finding)]
        used.update((each.range, rule.code) for each in silencing)
        yield rule, finding, silencing[0] if silencing else None
    for idle in _idle(record, rules, used):
        yield from ((rule, finding, None) for rule, finding in _found(idle, rules, snapshot))


def _silences(suppression: Suppression, rule: Rule, finding: Finding) -> bool:
    if rule.code not in suppression.codes or rule.code in UNSUPPRESSABLE:
        return False
    return suppression.lines is None or finding.range.start.line in suppression.lines


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
