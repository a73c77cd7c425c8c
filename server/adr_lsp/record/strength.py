"""Which of several places that name an id declares it, and which only mention it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from adr_lsp.record.model import Form, Invariant
from adr_lsp.value import dataclass

_TIER = {Form.HEADING: 0, Form.ITEM: 0, Form.ROW: 1, Form.PARAGRAPH: 2}


@dataclass(slots=True, eq=False)
class Candidate:
    """A block that declares an id, or (`states` false) only says who verifies it.

    `inside` an Invariants section; `parted`: see `Opening`.
    """

    invariant: Invariant
    inside: bool = True
    states: bool = True
    parted: bool = True


def strongest(candidates: list[Candidate]) -> Iterator[Invariant]:
    """Of each id the declarations of its strongest form; weaker ones only mention it."""
    by_id: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.invariant.id:
            by_id.setdefault(candidate.invariant.id, []).append(candidate)
    if len(by_id) == len(candidates) and all(candidate.states for candidate in candidates):
        yield from (candidate.invariant for candidate in candidates)
        return
    winners = {id: _winning(same) for id, same in by_id.items()}
    for candidate in candidates:
        invariant = candidate.invariant
        if invariant.id is None:
            yield invariant
        elif invariant.form is winners[invariant.id] and _counts(candidate, by_id[invariant.id]):
            yield _with_mentions(candidate, by_id[invariant.id], winners[invariant.id])


def _counts(candidate: Candidate, same: list[Candidate]) -> bool:
    """Not what only names the verifiers; nor `**INV-1** costs …` where a section declares it."""
    if candidate.inside or candidate.parted:
        return candidate.states
    return not any(other.inside and other.states for other in same)


def _winning(same: list[Candidate]) -> Form | None:
    """The strongest form; of a heading and an item the one in an Invariants section."""
    stating = [c for c in same if c.states]
    if not stating:
        return None
    tier = min(_TIER[c.invariant.form] for c in stating)
    best = [c for c in stating if _TIER[c.invariant.form] == tier]
    best.sort(key=lambda c: (not c.inside, c.invariant.form is not Form.HEADING))
    return best[0].invariant.form


def _with_mentions(winner: Candidate, same: list[Candidate], form: Form | None) -> Invariant:
    """The first declaration of an id, with the verifiers that rows elsewhere name for it."""
    first = next(c for c in same if c.states and c.invariant.form is form)
    if winner is not first:
        return winner.invariant
    mentions = (
        c.invariant
        for c in same
        if c.invariant.form is Form.ROW and not (c.states and form is Form.ROW)
    )
    more = tuple(verifier for mention in mentions for verifier in mention.verified_by)
    if not more:
        return winner.invariant
    verified = tuple(dict.fromkeys((*winner.invariant.verified_by, *more)))
    return replace(winner.invariant, verified_by=verified)
