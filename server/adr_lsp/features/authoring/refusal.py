"""Why something cannot be done, in one sentence."""

from __future__ import annotations

from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    reason: str
