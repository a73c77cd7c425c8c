"""How many of the labelled values are read right, per field, as a mean over repositories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from statistics import mean

from benchmarks.corpus.labels import FIELDS, FIRST, SECOND, Label, labels, read_as, same
from benchmarks.corpus.repository import Repository

Read = Callable[[Label], dict[str, str]]


@dataclass(frozen=True)
class Miss:
    """A value that is not what the label says."""

    label: Label
    said: str
    found: str


@dataclass
class Accuracy:
    """Of one field: what was right of each repository's labels, and what was not."""

    name: str
    right: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    misses: list[Miss] = field(default_factory=list)

    @property
    def mean(self) -> float:
        """Each repository counts the same, however many of its files have a label."""
        return mean(mean(values) for values in self.right.values())

    @property
    def count(self) -> int:
        return sum(map(len, self.right.values()))


def of_reading(held: Iterable[Repository]) -> list[Accuracy]:
    """Of what we read, against the first reader."""
    by_name = {each.name: each for each in held}
    known = [label for label in labels(FIRST) if label.repository in by_name]
    return _compared(known, lambda label: read_as(by_name[label.repository], label.path))


def of_readers() -> list[Accuracy]:
    """Of the first reader, against the second, on the files that both have read."""
    first = {(label.repository, label.path): label.says for label in labels(FIRST)}
    return _compared(labels(SECOND), lambda label: first[label.repository, label.path])


def _compared(known: list[Label], read: Read) -> list[Accuracy]:
    found = [Accuracy(name) for name in FIELDS]
    for label in known:
        values = read(label)
        for accuracy in found:
            if accuracy.name == "record" or label.is_record:
                _count(accuracy, label, values[accuracy.name])
    return found


def _count(accuracy: Accuracy, label: Label, value: str) -> None:
    said = label.says[accuracy.name]
    right = same(accuracy.name, said, value)
    accuracy.right[label.repository].append(right)
    if not right:
        accuracy.misses.append(Miss(label, said, value))


def table(found: list[Accuracy]) -> Iterator[str]:
    yield f"{'field':<14}{'mean over repositories':>24}{'values':>8}{'missed':>8}"
    for one in found:
        yield f"{one.name:<14}{one.mean:>23.2%} {one.count:>8}{len(one.misses):>8}"


def listed(found: list[Accuracy]) -> Iterator[str]:
    for one in found:
        for miss in one.misses:
            place = f"{miss.label.repository}/{miss.label.path}"
            yield f"  {one.name}: {place}\n      said {miss.said!r}\n      read {miss.found!r}"
