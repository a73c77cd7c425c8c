"""A log of generated records: MADR 4 and Nygard in turn, 3 to 14 KB each, the same each time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from textwrap import fill

from benchmarks.words import paragraph, sentence

FOLDER = "docs/adr"
_PATTERNS = ("bounds", "round-trip", "conservation", "commutativity", "idempotence")
_STATUSES = ("accepted",) * 8 + ("proposed", "deprecated")


def plant_records(root: Path, count: int) -> None:
    """Make `root` a repository with a log of so many records."""
    (root / ".git").mkdir(parents=True)
    (root / FOLDER).mkdir(parents=True)
    for path, content in records(count):
        (root / path).write_text(content, encoding="utf-8")


def records(count: int) -> Iterator[tuple[str, str]]:
    """Path and text of each record; each links to some of the others."""
    for number in range(1, count + 1):
        yield f"{FOLDER}/{_name(number)}", record(number, count)


def record(number: int, count: int) -> str:
    """Every other record is wrapped at 80 columns, the rest has a line per paragraph."""
    random = Random(number)
    form = _nygard if number % 3 == 0 else _madr
    width = 80 if number % 2 else 0
    return "\n\n".join(_wrapped(part, width) for part in form(random, number, count)) + "\n"


def record_of_size(size: int) -> str:
    """The first record that comes close to so many bytes; a large one has more prose behind it."""
    texts = [record(number, 1_000) for number in range(1, 1_000)]
    close = next((text for text in texts if abs(len(text) - size) < size // 20), None)
    if close:
        return close
    random, parts = Random(size), [texts[0]]
    while sum(map(len, parts)) < size:
        parts.append(f"## {sentence(random).rstrip('.')}\n\n{fill(paragraph(random, 6), 80)}\n")
    return "\n".join(parts)


def _name(number: int) -> str:
    return f"{number:04d}-decision-{number}.md"


def _wrapped(part: str, width: int) -> str:
    if not width or part.startswith(("#", "|", "-", "*", "```")):
        return part
    return fill(part, width, break_long_words=False, break_on_hyphens=False)


def _madr(random: Random, number: int, count: int) -> Iterator[str]:
    status = random.choice(_STATUSES)
    yield f"---\nstatus: {status}\ndate: {_date(random)}\n---"
    yield f"# {number}. {sentence(random).rstrip('.')}"
    yield "## Context and Problem Statement"
    yield from _prose(random)
    yield "## Considered Options"
    yield "\n".join(f"* Option **{letter}**: {sentence(random)}" for letter in "ABC")
    yield "## Decision Outcome"
    yield f"Chosen option: **B**, because {paragraph(random, 3)}"
    yield "### Consequences"
    yield f"* Good, because {sentence(random)}\n* Bad, because {sentence(random)}"
    yield from _invariants(random)
    yield "## More Information"
    yield from _prose(random)
    yield _table(random)
    yield _links(random, number, count)


def _nygard(random: Random, number: int, count: int) -> Iterator[str]:
    yield f"# {number}. {sentence(random).rstrip('.')}"
    yield f"Date: {_date(random)}"
    yield "## Status"
    yield random.choice(_STATUSES).capitalize()
    yield "## Context"
    yield from _prose(random)
    yield "## Decision"
    yield from _prose(random)
    yield "```python\ndef decide(entry):\n    return entry\n```"
    yield from _invariants(random)
    yield "## Consequences"
    yield from _prose(random)
    yield _links(random, number, count)


def _prose(random: Random) -> Iterator[str]:
    for _ in range(random.randint(1, 8)):
        yield paragraph(random, random.randint(3, 9))


def _invariants(random: Random) -> Iterator[str]:
    yield "## Invariants"
    yield "\n".join(
        f"- **INV-{number}** *({random.choice(_PATTERNS)})*: {sentence(random)}"
        for number in range(1, random.randint(2, 6))
    )


def _table(random: Random) -> str:
    rows = "\n".join(f"| {letter} | {sentence(random)} |" for letter in "ABC")
    return f"| option | what it costs |\n| --- | --- |\n{rows}"


def _links(random: Random, number: int, count: int) -> str:
    others = {max(1, number - 1), random.randint(1, count), random.randint(1, count)}
    return "\n".join(f"* [ADR-{other:04d}]({_name(other)})" for other in sorted(others))


def _date(random: Random) -> str:
    return f"2026-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"
