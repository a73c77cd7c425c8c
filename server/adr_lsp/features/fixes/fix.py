"""What a fix is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Change, Edit, Range
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Fix:
    """What would mend one finding. `safe` changes neither a statement's words nor what the record
    means; anything else is for a person to look at."""

    title: str
    change: Change
    safe: bool
    mends: Diagnostic

    @property
    def label(self) -> str:
        """The title, which warns of what is not safe."""
        return self.title if self.safe else f"{self.title} (unsafe)"


# One family of fixes: those of some findings, in their order.
Family = Callable[[Snapshot, Iterable[Diagnostic]], Iterator[Fix]]


def replacing(
    finding: Diagnostic, title: str, range: Range, new_text: str, *, safe: bool = False
) -> Fix:
    """A fix that replaces one place in the finding's own file."""
    return Fix(title, Change((Edit(finding.path, range, new_text),)), safe, finding)
