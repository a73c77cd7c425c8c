"""The findings that a project accepts as they are, so that only new ones are told.

Each is known by its key and a number, not by its line, so that it survives moves of lines and
files. What shows that a promise is broken is never accepted: failed, errored and flaky tests,
known violations, expired waivers, reports that cannot be read or are unsigned, and faults of ours.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import lru_cache
from typing import Any

from adr_lsp.config import ConfigProblem
from adr_lsp.diagnostic import Diagnostic, Silenced
from adr_lsp.features.finding_key import FindingKey, finding_key
from adr_lsp.features.selection import CRASHED, chosen, said
from adr_lsp.rule import EVIDENCE, Rule
from adr_lsp.rules import RULES
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import span
from adr_lsp.value import dataclass

VERSION = 1
LARGEST = 32 << 20
NEVER = frozenset(
    {"ADL401", "ADL402", "ADL403", "ADL409", "ADL410", "ADL411", "ADL412", CRASHED, "ADL903"}
)
FIELDS = ("rule", "place", "invariant", "text")


@dataclass(frozen=True, slots=True)
class Baseline:
    """How many findings of each key are accepted; or why the file cannot be used."""

    counts: Mapping[FindingKey, int] = field(default_factory=dict)
    line: int = 0
    fault: str | None = None


def of(snapshot: Snapshot) -> Baseline | None:
    """The baseline that the configuration names, if it is there."""
    path = snapshot.config.baseline
    raw = snapshot.tree.read(path) if path else None
    return read(raw) if raw is not None else None


def fault(snapshot: Snapshot) -> ConfigProblem | None:
    """Why the baseline cannot be used."""
    found = of(snapshot)
    if found is None or found.fault is None:
        return None
    cure = "`adr-lsp baseline write` writes it anew"
    message = f"this baseline cannot be used: {found.fault}; {cure}"
    return ConfigProblem(snapshot.config.baseline, span(found.line, 0, 1), message, fatal=False)


@lru_cache(maxsize=8)
def read(raw: bytes) -> Baseline:
    """The baseline in a file's bytes."""
    if len(raw) > LARGEST:
        return Baseline(fault=f"it is larger than {LARGEST >> 20} MiB")
    try:
        content = raw.decode("utf-8-sig")
        document = json.loads(content)
    except json.JSONDecodeError as wrong:
        return Baseline(line=wrong.lineno - 1, fault=_not_json(content, wrong))
    except (ValueError, RecursionError) as wrong:
        return Baseline(fault=f"it is no JSON ({type(wrong).__name__})")
    if not isinstance(document, dict) or not isinstance(document.get("findings"), list):
        return Baseline(fault="it holds no list `findings`")
    if document.get("version") != VERSION:
        return Baseline(fault=f"its version is not {VERSION}")
    return _counted(document["findings"], content)


def _not_json(content: str, wrong: json.JSONDecodeError) -> str:
    line = content.splitlines()[wrong.lineno - 1 : wrong.lineno]
    merging = line and line[0].startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||"))
    return "it holds a conflict of a merge" if merging else f"it is no JSON ({wrong.msg})"


def _counted(entries: list[Any], content: str) -> Baseline:
    """Of two entries with one key, as a merge may leave, the larger counts."""
    counts: dict[FindingKey, int] = {}
    for number, entry in enumerate(entries):
        read = _entry(entry)
        if read is None:
            said = "an entry is not `rule`, `place`, `invariant`, `text` and a positive `count`"
            return Baseline(line=_line_of(content, number), fault=said)
        key, count = read
        counts[key] = max(count, counts.get(key, 0))
    return Baseline(counts)


def _entry(entry: Any) -> tuple[FindingKey, int] | None:
    if not isinstance(entry, dict) or entry.keys() != {*FIELDS, "count"}:
        return None
    texts, count = [entry[name] for name in FIELDS], entry["count"]
    if not all(isinstance(text, str) for text in texts) or type(count) is not int or count < 1:
        return None
    return FindingKey(*texts), count


def _line_of(content: str, number: int) -> int:
    """The line of an entry of the list `findings`."""
    decode = json.JSONDecoder().raw_decode
    at = content.index("[", content.rindex('"findings"') if '"findings"' in content else 0) + 1
    try:
        for _ in range(number):
            at = decode(content, _skipped(content, at))[1]
    except ValueError:
        return 0
    return content.count("\n", 0, _skipped(content, at))


def _skipped(content: str, at: int) -> int:
    while at < len(content) and content[at] in " \t\r\n,":
        at += 1
    return at


def accept(
    snapshot: Snapshot, baseline: Baseline, found: Iterable[Diagnostic]
) -> tuple[list[Diagnostic], list[Silenced], Counter[FindingKey]]:
    """What is still told, what the baseline silences, and how many of each key."""
    used: Counter[FindingKey] = Counter()
    told: list[Diagnostic] = []
    silenced: list[Silenced] = []
    for diagnostic in found:
        key = finding_key(snapshot, diagnostic) if acceptable(snapshot, diagnostic.code) else None
        if key is None or used[key] >= baseline.counts.get(key, 0):
            told.append(diagnostic)
        else:
            used[key] += 1
            silenced.append(Silenced(diagnostic, "baseline"))
    return told, silenced, used


def acceptable(snapshot: Snapshot, code: str) -> bool:
    """Whether findings of a rule may be accepted; evidence that is required, never."""
    return code not in NEVER and not (snapshot.require_evidence and code in _required())


@lru_cache(maxsize=1)
def _required() -> frozenset[str]:
    return frozenset(rule.code for rule in RULES if rule.required)


def dead(
    snapshot: Snapshot, baseline: Baseline, used: Mapping[FindingKey, int]
) -> dict[FindingKey, int]:
    """What matches nothing any more, of rules that were asked for and could have spoken."""
    speaking = chosen(said(snapshot.config), require_evidence=snapshot.require_evidence)
    silent = {rule.code for rule in RULES} - {rule.code for rule in speaking}
    silent |= {rule.code for rule in speaking if _depends(rule, snapshot)}
    left = {key: count - used.get(key, 0) for key, count in baseline.counts.items()}
    return {key: count for key, count in left.items() if count > 0 and key.rule not in silent}


def _depends(rule: Rule, snapshot: Snapshot) -> bool:
    """Whether a rule's findings come and go with the runs that are there."""
    return EVIDENCE in rule.reads and (not snapshot.runs or snapshot.require_evidence)


def namesakes(snapshot: Snapshot, paths: frozenset[str]) -> frozenset[str]:
    """These files, and the records elsewhere whose findings have the same keys as theirs."""
    log = snapshot.log
    records = (log.records[path] for path in paths & log.records.keys())
    found = (path for record in records for path in log.by_name.get(record.stem.lower(), ()))
    return paths.union(found)
