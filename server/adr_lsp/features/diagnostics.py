"""Every fault that the rules find in a snapshot: what is told of it, and what is not, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from adr_lsp.diagnostic import Diagnostic, Silenced
from adr_lsp.features import baseline, selection
from adr_lsp.features.adoption import hold_back, untouched
from adr_lsp.features.applied import applied
from adr_lsp.features.finding_key import FindingKey
from adr_lsp.features.together import silenced_together, together
from adr_lsp.record.discovery import matches
from adr_lsp.rule import Reads
from adr_lsp.rules import RULES
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Range
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found, sorted by path, place and code.

    `silenced` by a comment, by the configuration or by the baseline; `held_back` as long as the
    root is untouched. `dead` are entries of the baseline that match nothing (only where all files
    are looked at).
    """

    told: tuple[Diagnostic, ...]
    silenced: tuple[Silenced, ...] = ()
    held_back: tuple[Diagnostic, ...] = ()
    dead: tuple[tuple[FindingKey, int], ...] = ()


def for_document(snapshot: Snapshot, path: str) -> list[Diagnostic]:
    """What an editor shows in one file."""
    return diagnostics(snapshot, (path,))


def diagnostics(
    snapshot: Snapshot, paths: Collection[str] | None = None, *, reads: Reads | None = None
) -> list[Diagnostic]:
    """All that is told, or what is told in the files `paths`; of all rules, or of those that read
    no more than `reads`.
    """
    return list(findings(snapshot, paths, reads=reads).told)


def findings(
    snapshot: Snapshot, paths: Collection[str] | None = None, *, reads: Reads | None = None
) -> Findings:
    """The same with all that is not told. For the same files it is the same whatever `paths`."""
    wanted = None if paths is None else frozenset(paths)
    accepted = baseline.of(snapshot)
    holding = untouched(snapshot)
    seen = baseline.namesakes(snapshot, wanted) if wanted is not None and accepted else wanted
    said = list(dict.fromkeys(applied(snapshot, seen, None if holding else reads)))
    told = sorted((each for each in said if isinstance(each, Diagnostic)), key=_place)
    silenced = [each for each in said if isinstance(each, Silenced)]
    if snapshot.config.per_file_ignores:
        told, ignored = _ignored(snapshot, told)
        silenced += ignored
    dead: dict[FindingKey, int] = {}
    if accepted:
        told, known, used = baseline.accept(snapshot, accepted, told)
        silenced += known
        dead = baseline.dead(snapshot, accepted, used) if seen is None else {}
    told, silenced = together(told), silenced_together(silenced)
    told, held = hold_back(told) if holding else (told, [])
    return Findings(
        tuple(each for each in told if _asked(each, wanted, reads)),
        tuple(sorted((s for s in silenced if _asked(s.finding, wanted, reads)), key=_silenced_at)),
        tuple(each for each in held if _asked(each, wanted, reads)),
        tuple(sorted(dead.items())),
    )


def _ignored(
    snapshot: Snapshot, found: Iterable[Diagnostic]
) -> tuple[list[Diagnostic], list[Silenced]]:
    """What the configuration ignores in some files, with the glob that says so."""
    told: list[Diagnostic] = []
    silenced: list[Silenced] = []
    by_glob = [
        (glob, {rule.code for rule in selection.named(names)} - {selection.CRASHED})
        for glob, names in snapshot.config.per_file_ignores
    ]
    for each in found:
        globs = (g for g, codes in by_glob if each.code in codes and matches(each.path, (g,)))
        glob = next(globs, None)
        if glob is None:
            told.append(each)
        else:
            silenced.append(Silenced(each, "ignore", f"per-file-ignores: {glob}"))
    return told, silenced


def _asked(each: Diagnostic, wanted: frozenset[str] | None, reads: Reads | None) -> bool:
    if wanted is not None and each.path not in wanted:
        return False
    return reads is None or any(r.code == each.code and r.reads in reads for r in RULES)


def _place(diagnostic: Diagnostic) -> tuple[str, Range, str, str]:
    return diagnostic.path, diagnostic.range, diagnostic.code, diagnostic.message


def _silenced_at(silenced: Silenced) -> tuple[str, Range, str, str]:
    return _place(silenced.finding)
