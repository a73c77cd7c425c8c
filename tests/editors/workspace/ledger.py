"""Transfers as pairs of entries, and amounts as text."""


def transfer(minor_units: int) -> list[int]:
    return [-minor_units, minor_units]


def encode(minor_units: int) -> str:
    return f"{minor_units // 100}.{minor_units % 100:02d}"


def decode(text: str) -> int:
    whole, fraction = text.split(".")
    return int(whole) * 100 + int(fraction)
