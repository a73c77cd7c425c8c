"""
## What it does
Reports a supersession that only one of its two records states, at the place that states it. Off
unless it is selected: many teams never touch an old record.

## Why
Whoever reads the other record does not learn of it. An old decision that does not say that it was
replaced is still followed.

## Example
````toml adr-lsp.toml
select = ["ADL515"]
````
````adr docs/adr/0001-use-queues.md
# 1. Use queues

## Status

Accepted
````
````adr docs/adr/0002-use-streams.md
# 2. Use streams

## Status

Accepted. Supersedes [1](0001-use-queues.md)
                     ^^^^^^^^^^^^^^^^^^^^^^^ ADL515 `ADR-0001` does not say that `ADR-0002` superseded it
````

## How to mend
Say it in both; `adr-lsp supersede` does.

````toml adr-lsp.toml
select = ["ADL515"]
````
````adr docs/adr/0001-use-queues.md
# 1. Use queues

## Status

Superseded by [2](0002-use-streams.md)
````
````adr docs/adr/0002-use-streams.md
# 2. Use streams

## Status

Accepted. Supersedes [1](0001-use-queues.md)
````
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Related, Severity
from adr_lsp.record import Record
from adr_lsp.rule import LOG, Finding, quoted, rule
from adr_lsp.rules.succession import Step, meant, steps_of
from adr_lsp.snapshot import Snapshot


@rule("ADL515", "one-sided-supersession", None, reads=LOG, doc=__doc__, opt_in=Severity.WARNING)
def one_sided_supersession(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    told: set[str] = set()
    for step in steps_of(snapshot, record):
        other = step.old if step.by is step.new else step.new
        if other.path != record.path and other.path not in told and not _says_so(snapshot, step):
            told.add(other.path)
            related = Related(other.path, other.status_range, f"the status of {_name(other)}")
            yield Finding(step.said.range, _message(step), related=(related,))


def _says_so(snapshot: Snapshot, step: Step) -> bool:
    """Whether the other of the two records names this one."""
    if step.by is step.new:
        return any(meant(snapshot, step.old, s) == step.new for s in step.old.superseded_by)
    return any(meant(snapshot, step.new, s) == step.old for s in step.new.supersedes)


def _message(step: Step) -> str:
    old, new = _name(step.old), _name(step.new)
    if step.by is step.new:
        return f"{old} does not say that {new} superseded it"
    return f"{new} does not say that it supersedes {old}"


def _name(record: Record) -> str:
    return quoted(record.key)
