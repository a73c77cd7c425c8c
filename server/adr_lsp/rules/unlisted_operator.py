"""
## What it does
Reports an operator of a TLA+ module that `Verified by: path.tla!Operator` names, and that no
configuration beside the module lists under `INVARIANT` or `PROPERTY`. It counts as listed if a
listed operator mentions it. Configurations of modules that extend this one count too; a module
without any configuration, and a theorem, are not judged.

## Why
TLC checks what its configuration lists and nothing else. A run over a module whose property is not
listed finds no error, and shows nothing.

## Example
````tla formal/Ledger.tla
---- MODULE Ledger ----
VARIABLE entries
TypeOK == entries \\in Seq(Int)
Conservation == Sum(entries) = 0
====
````
````cfg formal/Ledger.cfg
SPECIFICATION Spec
INVARIANT TypeOK
\\* INVARIANT Conservation
````
````adr
# 1. Keep a ledger

## Invariants

- **INV-1** *(conservation)*: The sum of all entries is zero.
  - Verified by: `formal/Ledger.tla!Conservation`
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ADL303 `formal/Ledger.cfg` does not list `Conservation`
````

## How to mend
List it:

````tla formal/Ledger.tla
---- MODULE Ledger ----
VARIABLE entries
TypeOK == entries \\in Seq(Int)
Conservation == Sum(entries) = 0
====
````
````cfg formal/Ledger.cfg
SPECIFICATION Spec
INVARIANTS TypeOK Conservation
````
````adr
# 1. Keep a ledger

## Invariants

- **INV-1** *(conservation)*: The sum of all entries is zero.
  - Verified by: `formal/Ledger.tla!Conservation`
````
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Iterator, Mapping

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Invariant, Record, Verifier
from adr_lsp.rule import LOG, Finding, quoted, rule
from adr_lsp.snapshot import Snapshot, verifier_path

NAME_LENGTH = 60


@rule("ADL303", "unlisted-operator", Severity.WARNING, reads=LOG, doc=__doc__)
def unlisted_operator(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    for verifier, invariant in operators(record):
        path = verifier_path(snapshot, record, verifier)
        if path is None or not path.endswith(".tla") or verifier.operator is None:
            continue
        lacking = _lacking(snapshot, path, verifier.operator)
        if lacking:
            first, more = lacking[0], len(lacking) - 1
            names = quoted(first, NAME_LENGTH) + (f" and {more} more" if more else "")
            said = f"{names} {'do' if more else 'does'} not list {quoted(verifier.operator)}"
            yield Finding(verifier.range, said, invariant)


def operators(record: Record) -> Iterator[tuple[Verifier, Invariant | None]]:
    """Each operator that a record says it is verified by."""
    yield from ((each, None) for each in record.verified_by if each.operator)
    for invariant in record.invariants:
        yield from ((each, invariant) for each in invariant.verified_by if each.operator)


def _lacking(snapshot: Snapshot, path: str, operator: str) -> list[str]:
    """The configurations of a module, if not one of them lists the operator."""
    from adr_lsp.rules import tla_module as tla  # few records name an operator

    known = tla.module_at(snapshot, path)
    if known is None or operator not in known.definitions or operator in known.proved:
        return []  # said by ADL204, or proved
    found = list(tla.configurations(snapshot, path))
    for root, each in found:
        bodies: dict[str, frozenset[str]] = dict(known.definitions)
        for _, other in tla.with_others(snapshot, root):
            bodies |= other.definitions if other else {}
        if operator in _mentioned(each.checked, bodies):
            return []
    return sorted(root.removesuffix(tla.MODULE) + tla.CONFIGURATION for root, _ in found)


def _mentioned(listed: frozenset[str], bodies: Mapping[str, frozenset[str]]) -> set[str]:
    """The operators that are listed, and all that those mention."""
    seen: set[str] = set()
    left = list(listed)
    while left:
        name = left.pop()
        if name not in seen:
            seen.add(name)
            left += [word for word in bodies.get(name, ()) if word in bodies]
    return seen
