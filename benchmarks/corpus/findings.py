"""What is said of repositories that asked for nothing: every error, and how many of the rest."""

from __future__ import annotations

import traceback
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from random import Random

from adr_lsp.diagnostic import Diagnostic, Severity
from adr_lsp.features.diagnostics import diagnostics
from adr_lsp.snapshot import Snapshot
from benchmarks.corpus.repository import Repository, snapshot


@dataclass
class Findings:
    """Of all repositories; `crashes` are what the analysis itself raised."""

    records: int = 0
    by_repository: dict[str, list[Diagnostic]] = field(default_factory=dict)
    texts: dict[tuple[str, str, int], str] = field(default_factory=dict)
    crashes: list[str] = field(default_factory=list)


def findings(held: Iterable[Repository]) -> Findings:
    found = Findings()
    for each in held:
        try:
            here = snapshot(each)
            of_all = diagnostics(here)
        except Exception:
            found.crashes.append(f"{each.name}: {traceback.format_exc()}")
            continue
        found.records += len(here.log.records)
        found.by_repository[each.name] = of_all
        found.texts |= {(each.name, d.path, d.range.start.line): _line(here, d) for d in of_all}
    return found


def _line(snapshot: Snapshot, diagnostic: Diagnostic) -> str:
    record = snapshot.log.records.get(diagnostic.path)
    return record.text.line(diagnostic.range.start.line).strip()[:120] if record else ""


def errors(found: Findings) -> Iterator[str]:
    """Each error, and each rule that crashed."""
    for name, diagnostics_ in found.by_repository.items():
        for one in diagnostics_:
            if one.severity is Severity.ERROR or one.code == "ADL605":
                yield _shown(found, name, one)


def listed(found: Findings, code: str) -> Iterator[str]:
    """Each finding of one rule."""
    for name, diagnostics_ in found.by_repository.items():
        yield from (_shown(found, name, one) for one in diagnostics_ if one.code == code)


def table(found: Findings, sample: int) -> Iterator[str]:
    """Per rule and repository how many findings; of each rule some, the same ones each time."""
    by_rule: dict[tuple[str, str, str], dict[str, list[Diagnostic]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for name, diagnostics_ in found.by_repository.items():
        for one in diagnostics_:
            by_rule[one.code, one.name, one.severity.value][name].append(one)
    for (code, rule, severity), repositories in sorted(by_rule.items()):
        count = sum(map(len, repositories.values()))
        yield f"{code} {rule} ({severity}): {count} in {len(repositories)} repositories"
        ranked = sorted(repositories.items(), key=lambda item: -len(item[1]))
        yield "    " + ", ".join(f"{name} {len(ones)}" for name, ones in ranked)
        pool = [(name, one) for name, ones in sorted(repositories.items()) for one in ones]
        for name, one in Random(code).sample(pool, min(sample, len(pool))):
            yield _shown(found, name, one)


def _shown(found: Findings, name: str, one: Diagnostic) -> str:
    line = one.range.start.line
    text = found.texts.get((name, one.path, line), "")
    return f"  {name}/{one.path}:{line + 1} {one.code} {one.message}\n      | {text}"
