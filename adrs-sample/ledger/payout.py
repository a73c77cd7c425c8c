"""Sharing one payout among several merchants by weight. A prototype: see ADR-0009."""

from ledger.money import Money


class WeightsError(ValueError):
    """Weights that nothing can be shared by."""


def allocate(total: Money, weights: list[int]) -> list[Money]:
    """`total` in proportion to `weights`; left-over units go to the largest remainders."""
    if not weights or min(weights) < 0 or sum(weights) == 0:
        raise WeightsError(f"weights: {weights}")
    shares = [divmod(total.minor * weight, sum(weights)) for weight in weights]
    left_over = total.minor - sum(units for units, _ in shares)
    by_remainder = sorted(range(len(shares)), key=lambda index: -shares[index][1])
    lucky = set(by_remainder[:left_over])
    return [Money(units + (i in lucky), total.currency) for i, (units, _) in enumerate(shares)]
