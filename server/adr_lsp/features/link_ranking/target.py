"""The code that an invariant is about, and which tests ran it in the last runs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from adr_lsp.evidence.model import Run
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot
from adr_lsp.snapshot.covered import shifted
from adr_lsp.snapshot.freshness import old_bytes
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from adr_lsp.scaffold.python.code import Found


@dataclass(frozen=True, slots=True)
class Aim:
    """A function or class: `module` and `name` as imported, and the lines of its body, from 1.

    `declared` says that a `Target:` names it.
    """

    path: str
    module: str
    name: str
    lines: frozenset[int]
    declared: bool

    @property
    def last_name(self) -> str:
        return self.name.rpartition(".")[2]


def aims(snapshot: Snapshot, record: Record, invariant: Invariant) -> tuple[Aim, ...]:
    """What the `Target:` lines name, else the functions that the statement's own words name."""
    key = ("aims", record.path, invariant.range)
    if key not in snapshot.memo:
        snapshot.memo[key] = tuple(_aims(snapshot, record, invariant))
    found: tuple[Aim, ...] = snapshot.memo[key]
    return found


def _aims(snapshot: Snapshot, record: Record, invariant: Invariant) -> list[Aim]:
    from adr_lsp.scaffold.python.code import Code, Found  # griffe is slow to import
    from adr_lsp.scaffold.python.target import named_in_text, resolve

    code = Code(snapshot.tree, record.path)
    found = [resolve(code, target.text) for target in invariant.targets]
    known = [each for each in found if isinstance(each, Found)]
    if not invariant.targets:
        known = named_in_text(code, record, invariant)
    return [_aim(each, bool(invariant.targets)) for each in known]


def _aim(found: Found, declared: bool) -> Aim:
    first, last = found.object.lineno, found.object.endlineno
    body = range(first + 1, last + 1) if first and last else range(0)
    return Aim(found.path, found.module, found.name, frozenset(body), declared)


def runs_of(snapshot: Snapshot, aim: Aim) -> Mapping[str, float]:
    """By `path::name`: how much of what ever ran of the aim ran in that test's last run."""
    key = ("runs of", aim)
    if key not in snapshot.memo:
        snapshot.memo[key] = _shares(snapshot, aim)
    found: Mapping[str, float] = snapshot.memo[key]
    return found


def _shares(snapshot: Snapshot, aim: Aim) -> Mapping[str, float]:
    lines: dict[str, set[int]] = {}
    for run in sorted(snapshot.runs, key=lambda run: (run.started, run.file), reverse=True):
        latest = _in_run(snapshot, run, aim)
        for test, covered in latest.items():
            lines.setdefault(test, covered)
    every = set().union(*lines.values()) if lines else set()
    return {test: len(covered) / len(every) for test, covered in lines.items() if covered}


def _in_run(snapshot: Snapshot, run: Run, aim: Aim) -> dict[str, set[int]]:
    """The lines of the aim that each test of a run covered, as they are numbered now."""
    found: dict[str, set[int]] = {}
    for (test, _), by_path in (run.coverage or {}).items():
        now = _present(snapshot, run, aim.path, by_path.get(aim.path, ()))
        found.setdefault(test, set()).update(aim.lines.intersection(now))
    return found


def _present(snapshot: Snapshot, run: Run, path: str, then: Collection[int]) -> Collection[int]:
    digest = run.content.get(path)
    if not then or digest is None or path in run.changed:
        return ()
    if digest == snapshot.tree.digest(path):
        return then
    old, new = old_bytes(snapshot, run)(path), snapshot.tree.read(path)
    return shifted(old, new, then) if old is not None and new is not None else ()
