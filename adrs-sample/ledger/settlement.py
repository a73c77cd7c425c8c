"""Settlement reports of the acquirer: late, repeated, in any order, and merged into one."""

from dataclasses import dataclass

from ledger.money import Money


class SettlementConflictError(ValueError):
    """Two reports give one revision of one line different amounts."""


@dataclass(frozen=True, slots=True)
class Line:
    """What the acquirer pays for one charge; a correction has a higher revision."""

    reference: str
    revision: int
    amount: Money


Report = dict[str, Line]
"""Lines by the charge's reference."""


def merge(left: Report, right: Report) -> Report:
    """Every line of both reports, each at its highest revision."""
    merged = dict(left)
    for reference, line in right.items():
        merged[reference] = _later(merged.get(reference, line), line)
    return merged


def _later(one: Line, other: Line) -> Line:
    if one.revision == other.revision and one != other:
        raise SettlementConflictError(f"{one.reference} revision {one.revision}")
    return max(one, other, key=lambda line: line.revision)
