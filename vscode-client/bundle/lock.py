"""The packages that are bundled: each pinned, with the hashes of its files for all platforms."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCK = Path(__file__).parents[1] / "bundled" / "requirements.txt"


@dataclass(frozen=True, slots=True)
class Pin:
    """One package: its name, and its line for pip without a marker, which pip would answer for
    the platform that it runs on."""

    name: str
    line: str
    requirement: Requirement

    def holds(self, markers: dict[str, str]) -> bool:
        marker = self.requirement.marker
        return marker is None or marker.evaluate(markers)


def pins() -> tuple[Pin, ...]:
    return tuple(_pin(line) for line in _lines(LOCK.read_text()))


def digest() -> str:
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]


def _lines(text: str) -> Iterator[str]:
    """Whole lines: those that end in a backslash go on."""
    for line in text.replace("\\\n", " ").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def _pin(line: str) -> Pin:
    words, *hashes = line.split("--hash=")
    requirement = Requirement(words.strip())
    options = " ".join(f"--hash={each.strip()}" for each in hashes)
    name = canonicalize_name(requirement.name)
    return Pin(name, f"{name}{requirement.specifier} {options}", requirement)
