"""An immutable view of one root at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from adr_lsp.config import Config
from adr_lsp.decision_log import DecisionLog
from adr_lsp.evidence.model import Run
from adr_lsp.record import Record
from adr_lsp.references import References
from adr_lsp.sources.model import Source
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from adr_lsp.evidence.reports.model import Filed


class Tree(Protocol):
    """The files of the root as they are now, open buffers included."""

    def exists(self, path: str) -> bool:
        """Whether a file or folder stands at `path`, also where it is ignored."""

    def read(self, path: str) -> bytes | None:
        """The present bytes of a file that a run rests on or a record names; None if gone."""

    def digest(self, path: str) -> str | None:
        """The SHA-256 of those bytes, in hex."""

    def stored(self, digest: str) -> bytes | None:
        """The bytes that a run left in the content store."""

    def paths(self) -> frozenset[str]:
        """Every file that is not ignored."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Records, code, references, runs, files, configuration and the time, all of one moment.

    `sources` holds every file of code with a reference, every one that a record links to and
    every open one. `unreadable` are evidence files that hold no run. `reports` are what the
    configuration names as reports of other tools. `memo` keeps answers that
    several features ask for; it is no state. `base` is the root as it was where HEAD left the
    revision that was named, `base_name` how it was named; `gained` are the records that the
    revision has got since.
    """

    config: Config
    log: DecisionLog
    sources: Mapping[str, Source]
    references: References
    runs: tuple[Run, ...]
    tree: Tree
    now: datetime
    require_evidence: bool = False
    unreadable: tuple[str, ...] = ()
    reports: tuple[Filed, ...] = ()
    base: Snapshot | None = field(default=None, compare=False, repr=False)
    base_name: str = ""
    gained: tuple[Record, ...] = ()
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def has_results(self) -> bool:
        """Whether anything was read that tells how tests went."""
        return bool(self.runs) or any(filed.has_results for filed in self.reports)
