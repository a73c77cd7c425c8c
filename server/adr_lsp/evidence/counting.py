"""Which result of a test counts, of all that its runs left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from adr_lsp.evidence.history import RANK, Entry
from adr_lsp.evidence.model import Counterexample, Outcome, Result
from adr_lsp.value import dataclass

Lane = tuple[str, str]
Holds = Callable[[Entry], bool]


@dataclass(frozen=True, slots=True)
class Counted:
    """The result that counts. `fresh` is False where no result matches the present content.

    `failure` is the earlier failure that makes a pass flaky, unless it is to be forgotten.
    """

    entry: Entry
    fresh: bool
    failure: Entry | None = None

    @property
    def forgotten(self) -> str:
        """Why this pass is one though the test failed on the same code before."""
        return self.failure.forgotten if self.failure else ""

    @property
    def outcome(self) -> Outcome:
        flaky = self.failure and not self.forgotten
        return Outcome.FLAKY if flaky else self.entry.result.outcome

    @property
    def counterexample(self) -> Counterexample | None:
        decides = self.entry if self.forgotten or not self.failure else self.failure
        return decides.result.counterexample


def counted(entries: Sequence[Entry], fresh: Holds, same_code: Holds) -> Counted | None:
    """The worst of the latest fresh results per lane, else the latest as stale.

    `entries` come the latest first. `fresh` tells whether a result matches the present, its
    statement included; `same_code` looks at the code alone.
    """
    lanes = dict.fromkeys(entry.lane for entry in entries)
    latest: dict[Lane, Counted] = {}
    for place, entry in enumerate(entries):
        if len(latest) == len(lanes):
            break
        if entry.lane not in latest and fresh(entry):
            earlier = entries[place + 1 :]
            latest[entry.lane] = Counted(entry, True, _hidden(entry, earlier, same_code))
    if latest:
        latest = {lane: each for lane, each in latest.items() if not _outdone(lane, latest)}
        return min(latest.values(), key=lambda each: RANK[each.outcome])
    return Counted(entries[0], False) if entries else None


def _outdone(lane: Lane, latest: Mapping[Lane, Counted]) -> bool:
    """Whether this is what was said of a tool from outside, which did not get to tell its
    interpreter, and the same platform has told of one since. Lanes come the latest first."""
    interpreter, platform = lane
    before = list(latest)[: list(latest).index(lane)]
    return not interpreter and any(other[1] == platform for other in before)


def _hidden(entry: Entry, earlier: Sequence[Entry], same_code: Holds) -> Entry | None:
    """The failure that this pass does not outweigh.

    It happened in the same environment, on the code as it is now, and its very example has not
    passed since.
    """
    if entry.result.outcome is not Outcome.PASSED:
        return None
    passed_again = list(entry.result.replayed)
    for before in earlier:
        if before.run.environment != entry.run.environment or not _tells(before.result):
            continue
        if not same_code(before):
            continue
        if before.result.outcome is Outcome.PASSED:
            passed_again += before.result.replayed
        elif not _replayed(before.result.counterexample, passed_again):
            return before
    return None


def _tells(result: Result) -> bool:
    """Whether it is a failure, or the pass of an example that failed before."""
    return result.outcome in (Outcome.FAILED, Outcome.FLAKY) or bool(result.replayed)


def _replayed(example: Counterexample | None, passed: Sequence[Counterexample]) -> bool:
    return example is not None and any(_same(example, other) for other in passed)


def _same(one: Counterexample, other: Counterexample) -> bool:
    if one.values is not None and other.values is not None:
        return one.values == other.values
    return one.text == other.text
