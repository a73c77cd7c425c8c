"""Fixes until nothing is left to fix: what one fix uncovers another may mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.finding_key import FindingKey, finding_key
from adr_lsp.features.fixes import fixes
from adr_lsp.features.fixes.batch import batch, change_of
from adr_lsp.features.fixes.fix import Fix
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Change, apply_edits, decode
from adr_lsp.value import dataclass

ROUNDS = 20  # fixes that undo each other end too

# The root, and what is told of it, once some files have these texts.
Look = Callable[[Mapping[str, str]], tuple[Snapshot, Sequence[Diagnostic]]]


@dataclass(frozen=True, slots=True)
class Mended:
    """What was fixed, what the files that changed say now, and what is left to tell."""

    fixed: tuple[Fix, ...]
    texts: Mapping[str, str]
    snapshot: Snapshot
    left: tuple[Diagnostic, ...]

    @property
    def unsafe(self) -> int:
        """How many more could be fixed."""
        return sum(not fix.safe for fix in fixes(self.snapshot, self.left))


def mend(look: Look, *, unsafe: bool = False) -> Mended:
    """Nothing is written: the texts are for the caller to look at.

    What a fix did not mend is not fixed again.
    """
    fixed: list[Fix] = []
    texts: dict[str, str] = {}
    in_vain: set[FindingKey] = set()
    snapshot, left = look({})
    told = _keys(snapshot, left)
    for _ in range(ROUNDS):
        found = (fix for fix in fixes(snapshot, left) if fix.safe or unsafe)
        made = batch(snapshot, (f for f in found if finding_key(snapshot, f.mends) not in in_vain))
        if not made:
            break
        fixed += made
        tried = _keys(snapshot, (fix.mends for fix in made))
        new = _applied(snapshot, change_of(made))
        texts |= new
        snapshot, left = look(new)
        before, told = told, _keys(snapshot, left)
        in_vain |= {key for key in tried if told[key] >= before[key]}
    return Mended(tuple(fixed), texts, snapshot, tuple(left))


def _keys(snapshot: Snapshot, findings: Iterable[Diagnostic]) -> Counter[FindingKey]:
    return Counter(finding_key(snapshot, finding) for finding in findings)


def _applied(snapshot: Snapshot, change: Change) -> dict[str, str]:
    return {
        path: apply_edits(_content(snapshot, path), [e for e in change.edits if e.path == path])
        for path in change.paths
    }


def _content(snapshot: Snapshot, path: str) -> str:
    return decode(snapshot.tree.read(path) or b"")[0]
