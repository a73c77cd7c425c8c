"""Prices in cents."""


def total(lines: list[tuple[int, int]]) -> int:
    """Of lines of (price, amount)."""
    return sum(price * amount for price, amount in lines)
