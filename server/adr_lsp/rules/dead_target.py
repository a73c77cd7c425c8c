"""
## What it does
Reports a `Target` that is not there: a file or a module that does not exist, or a name that its
file does not hold. Names that a file takes in from others by a star are not judged, nor are targets
written as a path within a crate or a package of Java.

## Why
The target says which code the invariant is about. It decides which lines the report shows and which
function a scaffold calls; when it names nothing, both are silently poorer.

## Example
````python src/queue.py
class Queue:
    def put(self, item):
        ...
````
````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most `capacity` items.
  - Target: `queue:Queue.push`
            ^^^^^^^^^^^^^^^^^^ ADL207 `src/queue.py` has no `push`; did you mean `put`?
- **INV-2**: A full queue rejects new items.
  - Target: `src/queues.py`
            ^^^^^^^^^^^^^^^ ADL207 `src/queues.py` does not exist; did you mean `src/queue.py`?
````

## How to mend
Name the code as it is called now:

````python src/queue.py
class Queue:
    def put(self, item):
        ...
````
````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most `capacity` items.
  - Target: `queue:Queue.put`
````
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Record
from adr_lsp.rule import LOG, Finding, quoted, rule
from adr_lsp.rules.nearest import MANY, nearest, suggestion
from adr_lsp.rules.similar import similar_file
from adr_lsp.snapshot import Snapshot
from adr_lsp.snapshot.targets import Named, file_of, modules, named

LENGTH = 60
_CODE = re.compile(r".+\.(?:py|pyi|[cm]?[jt]sx?|rs|go|java|kt|cs|rb|swift|tla)")
_MODULE = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
_ALL_OF = re.compile(r"import[ \t(]+\*|\*[ \t]+from\b|::\*")
_DEFINED = re.compile(r"\b(?:def|class|fn|func|function|const|struct|enum|type|interface)\s+(\w+)")


@rule("ADL207", "dead-target", Severity.WARNING, reads=LOG, doc=__doc__)
def dead_target(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    found = 0
    for invariant in record.invariants:
        for target in invariant.targets:
            parts = named(target)
            fault = _fault(record, parts, snapshot, found < MANY) if parts else None
            if fault:
                found += 1
                yield Finding(target.range, fault, invariant)


def _fault(record: Record, parts: Named, snapshot: Snapshot, suggests: bool) -> str | None:
    path = file_of(snapshot, record, parts.place)
    if path is not None:
        return _missing(snapshot, path, parts.name) if parts.name else None
    if not _decidable(parts) or _ignored(record, parts.place, snapshot):
        return None
    meant = _similar(record, parts.place, snapshot) if suggests else None
    return f"{quoted(parts.place, LENGTH)} does not exist{suggestion(meant)}"


def _decidable(parts: Named) -> bool:
    """Whether the place is a file of code, or a module of Python with a name behind a colon."""
    if _CODE.fullmatch(parts.place):
        return "://" not in parts.place and parts.place[0] not in "@#"
    return parts.sign == ":" and all(map(_MODULE.fullmatch, (parts.place, parts.name)))


def _ignored(record: Record, place: str, snapshot: Snapshot) -> bool:
    folders = (posixpath.dirname(record.path), "")
    paths = (posixpath.normpath(posixpath.join(folder, place)) for folder in folders)
    return any(snapshot.tree.exists(path) for path in paths)


def _similar(record: Record, place: str, snapshot: Snapshot) -> str | None:
    """A file of nearly that path, else one whose module has nearly that name."""
    path = bool(_CODE.fullmatch(place))
    found = similar_file(record, place, snapshot) if path else None
    known = modules(snapshot)
    last = posixpath.basename(posixpath.splitext(place)[0]) if path else place.rpartition(".")[2]
    name = None if found else nearest(last, known)
    return min(known[name], key=lambda path: (path.count("/"), path)) if name else found


def _missing(snapshot: Snapshot, path: str, name: str) -> str | None:
    lost, meant = lost_name(snapshot, path, name)
    return f"{quoted(path, LENGTH)} has no {quoted(lost)}{suggestion(meant)}" if lost else None


def lost_name(snapshot: Snapshot, path: str, name: str) -> tuple[str, str | None]:
    """The part of a dotted name that stands nowhere in its file, not even as a word, and what is
    defined there that is nearly called so; an empty text where each part does."""
    text = (snapshot.tree.read(path) or b"").decode(errors="replace")
    if not text or not _MODULE.fullmatch(name) or _ALL_OF.search(text):
        return "", None
    first, *rest = name.split(".")
    judged = [first, *rest] if _inherits_nothing(text, first) else [first]
    lost = next((part for part in judged if not _word(part).search(text)), "")
    return lost, nearest(lost, _DEFINED.findall(text)) if lost else None


def _inherits_nothing(text: str, name: str) -> bool:
    """Whether what a class has can only stand in its own file."""
    return re.search(rf"\bclass\s+{name}\s*:", text) is not None


def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){name}(?!\w)")
