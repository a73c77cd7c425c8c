"""What `init` says: what was found of how many, what to configure, and what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from adr_lsp.features.baseline import NEVER
from adr_lsp.features.formats.escape import safe
from adr_lsp.features.init import Log, Look
from adr_lsp.features.init_proposal import Proposal
from adr_lsp.snapshot import Snapshot

MOST = 4


def said(look: Look, snapshot: Snapshot, proposed: Proposal | None) -> str:
    """The whole answer; nothing is proposed where a configuration stands already."""
    parts = ["".join(f"{safe(line)}\n" for line in _found(look))]
    if proposed:
        shown = "".join(f"  {safe(line)}\n" for line in proposed.lines.splitlines())
        parts.append(f"\nproposed for {proposed.path}\n{shown}")
    else:
        parts.append(f"\nconfigured by {safe(snapshot.config.path or '')}\n")
    return "".join(parts) + "\n" + steps(look, snapshot, write=proposed is not None)


def _found(look: Look) -> Iterator[str]:
    if not look.logs:
        yield "no record found"
    for log in look.logs:
        yield f"{log.folder or '.'}: {_log(log)}"
        if log.others:
            whole = len(log.others) + len(log.records)
            yield f"  {len(log.others)} of {whole} Markdown files are no records: {_some(log)}"
    for pointer in look.pointers:
        yield f"{pointer.path} names {pointer.folder}" + ("" if pointer.read else ", not read yet")
    tests = ", ".join(f"{_count(n, 'file')} for {tool}" for tool, n in look.tests)
    yield f"tests: {tests or 'none found'}"
    yield f"pipelines: {', '.join(look.pipelines) or 'none found'}"
    codes = Counter(each.code for each in look.findings)
    counted = ", ".join(f"{n} {code}" for code, n in codes.most_common())
    files = len({each.path for each in look.findings})
    found = f"findings: {len(look.findings)} in {_count(files, 'file')}"
    yield f"{found}: {counted}" if counted else found


def _log(log: Log) -> str:
    records = log.records
    total = len(records)
    dated = sum(record.date is not None for record in records)
    with_status = sum(bool(record.status_text) for record in records)
    declared = [record for record in records if record.invariants]
    forms = ", ".join(f"{count} {form}" for form, count in log.forms)
    return (
        f"{_count(total, 'record')} ({forms}); of these {with_status} with a status, "
        f"{dated} with a date, {len(declared)} with invariants"
    )


def _some(log: Log) -> str:
    names = [path.removeprefix(f"{log.folder}/") for path in log.others]
    more = len(names) - MOST
    return ", ".join(names[:MOST]) + (f" and {more} more" if more > 0 else "")


def steps(look: Look, snapshot: Snapshot, *, write: bool) -> str:
    """What to do next, as commands."""
    lines = [f"{n}. {line}\n" for n, line in enumerate(_steps(look, snapshot, write), 1)]
    return "next\n" + "".join(f"  {safe(line[:-1])}\n" for line in lines)


def _steps(look: Look, snapshot: Snapshot, write: bool) -> Iterable[str]:
    if write:
        yield "`adr-lsp init --write` writes this configuration"
    if not look.logs:
        yield '`adr-lsp new "TITLE"` begins a log in docs/adr'
        return
    accepted = sum(each.code not in NEVER for each in look.findings)
    if accepted and not look.has_baseline:
        yield (
            f"`adr-lsp baseline write` accepts the {_count(accepted, 'finding')} of "
            f'today; or `since = "{snapshot.now.date()}"` in the configuration: older records '
            "owe no invariants"
        )
    where = f", beside {look.pipelines[0]}" if look.pipelines else ""
    yield f"`adr-lsp --check` on every change{where}: it ends with 1 on a new finding"
    if not any(record.invariants for log in look.logs for record in log.records):
        yield "`adr-lsp candidates` lists sentences that read like an invariant"
    yield "`adr-lsp scaffold ADR-NNNN/INV-N` writes the test of an invariant"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
