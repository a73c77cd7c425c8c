"""By which methods an invariant is to be verified, and who says so."""

from __future__ import annotations

from adr_lsp.config import Config
from adr_lsp.pattern import METHODS
from adr_lsp.record import Invariant, Record
from adr_lsp.record.discovery import matches
from adr_lsp.value import dataclass

ALSO = {"state-machine": "property"}


@dataclass(frozen=True, slots=True)
class Need:
    """`methods`, of which one is enough. `origin` is `invariant`, `pattern` or `status`; of the
    last two, `word` is the one that the configuration names."""

    methods: tuple[str, ...]
    origin: str
    word: str = ""


def need_of(config: Config, record: Record, invariant: Invariant) -> Need | None:
    """What the invariant says itself, else what the configuration says of its pattern, else of its
    record's status. Words that are no method count for nothing."""
    if not (invariant.needs or config.needs):
        return None
    known = methods_of(config)
    given = dict(config.needs)
    status = "accepted" if record.status.in_force else record.status.value
    said = (
        (invariant.needs, "invariant", ""),
        (given.get(invariant.pattern or "", ()), "pattern", invariant.pattern or ""),
        (given.get(status, ()), "status", status),
    )
    for methods, origin, word in said:
        meant = tuple(method for method in methods if method in known)
        if meant:
            return Need(meant, origin, word)
    return None


def methods_of(config: Config) -> tuple[str, ...]:
    """Every method there is, the team's own among them."""
    return (*METHODS, *(name for name, *_ in config.methods))


def suits(config: Config, need: Need, method: str, path: str) -> bool:
    """Whether a test of that method is one of those that are needed: a state machine is a property
    test too, and a file of the team's own method is one of that method."""
    if method in need.methods or ALSO.get(method) in need.methods:
        return True
    own = (files for name, files, *_ in config.methods if name in need.methods)
    return any(matches(path, files) for files in own)
