"""How a baseline is written: small changes of what is accepted are small changes of the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple
from typing import Any

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.baseline import FIELDS, NEVER, VERSION, read
from adr_lsp.features.finding_key import FindingKey, finding_key
from adr_lsp.features.formats.encode import json_line
from adr_lsp.features.together import apart
from adr_lsp.snapshot import Snapshot


def counted(snapshot: Snapshot, found: Iterable[Diagnostic]) -> Counter[FindingKey]:
    """The findings that a new baseline accepts."""
    accepted = (each for each in apart(found) if each.code not in NEVER)
    return Counter(finding_key(snapshot, each) for each in accepted)


def pruned(
    counts: Mapping[FindingKey, int], dead: Mapping[FindingKey, int]
) -> dict[FindingKey, int]:
    """What is left without what is dead."""
    left = {key: count - dead.get(key, 0) for key, count in counts.items()}
    return {key: count for key, count in left.items() if count > 0}


def written(counts: Mapping[FindingKey, int]) -> str:
    """The file: an entry a line, sorted, so that a change of one is a change of one line."""
    entries = ",\n".join(map(json_line, _entries(counts)))
    body = f"[\n{entries}\n]" if entries else "[]"
    return f'{{\n"version": {VERSION},\n"findings": {body}\n}}\n'


def _entries(counts: Mapping[FindingKey, int]) -> Iterator[dict[str, Any]]:
    for key in sorted(counts, key=lambda key: (key.place, key.rule, key.invariant, key.text)):
        yield {**dict(zip(FIELDS, astuple(key), strict=True)), "count": counts[key]}


def renamed(content: str, names: Mapping[str, str]) -> str:
    """The file after records were renamed, by their stems; as it was if it cannot be read."""
    found = read(content.encode("utf-8", errors="replace"))
    if found.fault or not any(key.place in names for key in found.counts):
        return content
    counts: Counter[FindingKey] = Counter()
    for key, count in found.counts.items():
        place = names.get(key.place, key.place)
        counts[FindingKey(key.rule, place, key.invariant, key.text)] += count
    return written(counts)


def renamed_invariant(content: str, stem: str, old: str, new: str) -> str:
    """The file after an invariant of a record has another id."""
    found = read(content.encode("utf-8", errors="replace"))
    if found.fault or not any((k.place, k.invariant) == (stem, old) for k in found.counts):
        return content
    counts: Counter[FindingKey] = Counter()
    for key, count in found.counts.items():
        if (key.place, key.invariant) == (stem, old):
            text = key.text.replace(old.lower(), new.lower())
            key = FindingKey(key.rule, key.place, new, text)
        counts[key] += count
    return written(counts)
