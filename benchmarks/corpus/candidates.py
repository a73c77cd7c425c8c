"""How well sentences are ranked by whether they read like invariants.

`labels.tsv` of the corpus holds sentences that a reader labelled; `candidates-read.tsv` what a
reader said of those that rank highest over all records (place and judgement, no text).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from adr_lsp.features.candidates import Sentence, candidates, rate, sentences
from adr_lsp.record import Record, parse
from benchmarks.corpus.repository import CORPUS, names, repository, snapshot

DEPTHS = (10, 25, 50)
PRECISIONS = (0.7, 0.6, 0.5)
KEYWORDS = {
    "must, shall, never, always": r"\b(?:must|shall|never|always)\b",
    "those, should, cannot, ensure": r"\b(?:must|shall|never|always|should|cannot|ensures?)\b",
}
READ = Path(__file__).with_name("candidates-read.tsv")
LABELS = CORPUS / "labels.tsv"
ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence as it was labelled, and as it is ranked (0: not at all)."""

    repository: str
    text: str
    is_invariant: bool
    score: float

    @property
    def half(self) -> int:
        """Which half of the repositories it belongs to."""
        return sha256(self.repository.encode()).digest()[-1] % 2


def print_precision() -> None:
    print("== sentences that read like invariants")
    if LABELS.is_file():
        found = list(labelled())
        print(*table(found), sep="\n")
        print(*keywords(found), sep="\n")
    print(*of_the_best(), "", sep="\n", flush=True)


def labelled() -> Iterator[Labelled]:
    known: dict[tuple[str, str], list[Sentence]] = {}
    with LABELS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        place = row["repo"].replace("/", "+"), row["path"]
        if place not in known:
            known[place] = list(sentences(_record(*place)))
        sentence = _same(row["sentence"], int(row["line"]) - 1, known[place])
        rated = rate(sentence) if sentence else None
        score = rated[0] if rated else 0.0
        yield Labelled(row["repo"], row["sentence"], row["label"] == "inv", score)


def _record(name: str, path: str) -> Record:
    return parse(path, (CORPUS / "adrs" / name / path).read_bytes(), log="")


def _same(text: str, line: int, of_file: Iterable[Sentence]) -> Sentence | None:
    """The sentence of ours that has most words in common with one that was cut by another hand."""
    words = set(re.findall(r"\w+", re.sub(r"\]\([^)]*\)", "", text.lower())))
    near = [s for s in of_file if s.range.start.line - 3 <= line <= s.range.end.line + 3]
    alike = [(_overlap(words, set(re.findall(r"\w+", s.plain.lower()))), n, s)
             for n, s in enumerate(near)]  # fmt: skip
    best = max(alike, default=(0.0, 0, None), key=lambda each: each[:2])
    return best[2] if best[0] > ALIKE else None


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / (len(one | other) or 1)


def table(found: list[Labelled]) -> Iterator[str]:
    """Precision at each depth and recall at each precision, for all and for both halves."""
    for name, chosen in (
        ("all labelled", found),
        ("one half of the repositories", [each for each in found if each.half == 0]),
        ("the other half", [each for each in found if each.half == 1]),
    ):
        ranked = [each.is_invariant for each in sorted(chosen, key=lambda each: -each.score)]
        at = ", ".join(f"at {n} {_share(ranked[:n])}" for n in DEPTHS)
        recalls = ", ".join(f"{_recall(ranked, p):.0%} at {p:.0%}" for p in PRECISIONS)
        yield f"{name}: {sum(ranked)} of {len(ranked)} are invariants"
        yield f"  precision {at}; recall {recalls} precision"


def _share(ranked: list[bool]) -> str:
    return f"{sum(ranked) / (len(ranked) or 1):.0%}"


def _recall(ranked: list[bool], precision: float) -> float:
    """The greatest share that is found while that share of what is offered is right."""
    held = [sum(ranked[:n]) for n in range(1, len(ranked) + 1) if sum(ranked[:n]) / n >= precision]
    return max(held, default=0) / (sum(ranked) or 1)


def keywords(found: list[Labelled]) -> Iterator[str]:
    """What words alone find, and the ranking where it offers as many."""
    ranked = [each.is_invariant for each in sorted(found, key=lambda each: -each.score)]
    for name, words in KEYWORDS.items():
        hits = [each.is_invariant for each in found if re.search(words, each.text, re.IGNORECASE)]
        total = sum(ranked) or 1
        ours = ranked[: len(hits)]
        yield (
            f"keywords {name}: precision {_share(hits)}, recall {sum(hits) / total:.0%}; "
            f"the first {len(hits)} of the ranking: {_share(ours)}, {sum(ours) / total:.0%}"
        )


def of_the_best() -> Iterator[str]:
    """What a reader said of the highest over all records; they saw the words of none before."""
    judged = dict(_read())
    ranked = sorted(_all(), reverse=True)
    for depth in DEPTHS:
        places = [judged.get(place) for _, place in ranked[:depth]]
        right, unread = places.count("yes"), places.count(None)
        yield f"the first {depth} of {len(ranked)} over all records: {right} right, {unread} unread"


def unread() -> Iterator[str]:
    """The places among the first that nobody read yet, for the table."""
    judged = dict(_read())
    for _, place in sorted(_all(), reverse=True)[: max(DEPTHS)]:
        if place not in judged:
            yield "\t".join(place)


def _read() -> Iterator[tuple[tuple[str, str, str], str]]:
    with READ.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield (row["repository"], row["path"], row["place"]), row["invariant"]


def _all() -> Iterator[tuple[float, tuple[str, str, str]]]:
    """Every candidate that the product finds, with its place."""
    for name in names():
        held = snapshot(repository(name))
        for each in candidates(held, held.log.records, 0.0):
            start = each.sentence.range.start
            place = f"{start.line + 1}:{start.column + 1}"
            yield each.score, (name, each.record.path, place)
