"""From a letter typed into a record of a large log to its findings."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from benchmarks.client import Client, Message
from benchmarks.process import program
from benchmarks.records import FOLDER, plant_records, record_of_size
from benchmarks.row import Measure, Row, Sizes, fewer, in_turn

AT_MOST = {5_000: 2.0, 100_000: 1.0}
INCREMENTAL = 2


@dataclass(frozen=True, slots=True)
class Typed:
    """Milliseconds: to the findings, and of CPU per keystroke with all that follows it."""

    p50: float
    p95: float
    cpu: float


def measure(folder: Path, sizes: Sizes) -> list[Measure]:
    root = folder / "log"
    plant_records(root, sizes.records)
    return [m for size, most in AT_MOST.items() for m in _of_size(root, sizes, size, most)]


def _of_size(root: Path, sizes: Sizes, size: int, most: float) -> list[Measure]:
    text = record_of_size(size)
    path = root / FOLDER / "99999-typed.md"
    path.write_text(text, encoding="utf-8")
    pairs = in_turn(
        lambda: _typed([program("adr-lsp")], path, text, root, sizes.keystrokes),
        lambda: _typed([program("rumdl"), "server"], path, text, root, sizes.keystrokes),
        fewer(sizes),
    )
    named = f"{size // 1_000} KB"
    return [
        Measure(f"{named}, p50", "ms", tuple((a.p50, b.p50) for a, b in pairs), most),
        Measure(f"{named}, p95", "ms", tuple((a.p95, b.p95) for a, b in pairs)),
        Measure(f"{named}, CPU", "ms", tuple((a.cpu, b.cpu) for a, b in pairs)),
    ]


def _typed(command: list[str], path: Path, text: str, root: Path, keystrokes: int) -> Typed:
    uri = path.as_uri()
    with Client(command, root) as client:
        sync = _sync(client.initialize())
        client.notify("initialized", {})
        item = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
        client.notify("textDocument/didOpen", {"textDocument": item})
        client.published(uri, 1)
        client.settle()
        before = client.cpu
        took = [
            _keystroke(client, uri, text, number, sync == INCREMENTAL)
            for number in range(1, keystrokes + 1)
        ]
        client.settle()
        cpu = (client.cpu - before) / keystrokes
    return Typed(median(took) * 1e3, quantiles(took, n=20)[-1] * 1e3, cpu * 1e3)


def _sync(capabilities: Message) -> int:
    declared = capabilities["textDocumentSync"]
    return int(declared["change"] if isinstance(declared, dict) else declared)


def _keystroke(client: Client, uri: str, text: str, number: int, incremental: bool) -> float:
    """Seconds from the change to its findings; words grow behind the first paragraph's line."""
    typed = "letter by "[number % 10]
    line, column = _place(text)
    place = {"line": line, "character": column + number - 1}
    change: Message = {"text": typed, "range": {"start": place, "end": place}}
    if not incremental:
        lines = text.split("\n")
        lines[line] += "".join("letter by "[n % 10] for n in range(1, number + 1))
        change = {"text": "\n".join(lines)}
    identifier = {"uri": uri, "version": number + 1}
    began = time.perf_counter()
    client.notify(
        "textDocument/didChange", {"textDocument": identifier, "contentChanges": [change]}
    )
    client.published(uri, number + 1)
    return time.perf_counter() - began


def _place(text: str) -> tuple[int, int]:
    """The end of the first line of prose below the second heading."""
    lines = text.split("\n")
    second = [number for number, line in enumerate(lines) if line.startswith("#")][1]
    prose = next(number for number in range(second + 1, len(lines)) if lines[number])
    return prose, len(lines[prose])


ROW = Row(
    "keystroke", "a letter into a record of {records:,}", "`rumdl server`", measure, (10_000,)
)
