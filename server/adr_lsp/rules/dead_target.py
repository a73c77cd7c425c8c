"""
## What it does
Reports a `Target` that is not there: a file or a module that does not exist, or a name that its
file does not hold. Names that a file takes in from others by a star are not judged, nor are targets
written as a path within a crate or a package of Java, patterns of paths, and modules that may be
installed: those whose first part is no package of the project.

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
import sys
from collections.abc import Iterator
from functools import lru_cache

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Record
from adr_lsp.rule import LOG, Finding, quoted, rule
from adr_lsp.rules.nearest import MANY, distance, nearest, suggestion
from adr_lsp.rules.similar import similar_file
from adr_lsp.snapshot import Snapshot
from adr_lsp.snapshot.targets import CODE, Named, file_of, modules, named, packages

LENGTH = 60
LONG, SLIPS = 7, 2
_WRITTEN = re.compile(r"(?![@~])(?:(?!://)[^*?<>{}$\[\]|\s])+")
_PRODUCT = re.compile(r"[\w-]+\.js")  # `Node.js` is said of more than files
_MODULE = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
_ALL_OF = re.compile(r"import[ \t(]+\*|\*[ \t]+from\b|::\*")
_DEFINED = re.compile(r"\b(?:def|class|fn|func|function|const|struct|enum|type|interface)\s+(\w+)")


@rule("ADL207", "dead-target", Severity.WARNING, reads=LOG, doc=__doc__)
def dead_target(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    lost = 0
    for invariant in record.invariants:
        for target in invariant.targets:
            parts = named(target)
            if parts is None:
                continue
            path = file_of(snapshot, record, parts.place)
            if path is None:
                lost += 1
                fault = _unknown(record, parts, snapshot, lost <= MANY)
            else:
                fault = _missing(snapshot, path, parts.name) if parts.name else None
            if fault:
                yield Finding(target.range, fault, invariant)


def _unknown(record: Record, parts: Named, snapshot: Snapshot, suggests: bool) -> str | None:
    if not _decidable(snapshot, parts, suggests) or _is_there(record, parts.place, snapshot):
        return None
    meant = _similar(record, parts.place, snapshot) if suggests else None
    return f"{quoted(parts.place, LENGTH)} does not exist{suggestion(meant)}"


def _decidable(snapshot: Snapshot, parts: Named, looks: bool) -> bool:
    """Whether the place can only be a file of code here, or a module of Python of which a name is
    meant."""
    place = parts.place
    if _WRITTEN.fullmatch(place) and posixpath.splitext(place)[1] in CODE:
        return "/" in place or not _PRODUCT.fullmatch(place)
    if parts.sign != ":" or not all(map(_MODULE.fullmatch, (place, parts.name))):
        return False
    first = place.partition(".")[0]
    if first == place:
        known = first in sys.stdlib_module_names
        return looks and not known and _near_module(snapshot, first) is not None
    return first in packages(snapshot.tree.paths())


def _is_there(record: Record, place: str, snapshot: Snapshot) -> bool:
    """A file that is ignored, such as one that a tool generates."""
    folders = (posixpath.dirname(record.path), "")
    paths = [posixpath.normpath(posixpath.join(folder, place)) for folder in folders]
    first, _, rest = place.partition(".")
    for folder in packages(snapshot.tree.paths()).get(first, ()) if "/" not in place else ():
        module = f"{folder}/{rest.replace('.', '/')}"
        paths += [f"{module}.py", module]
    return any(snapshot.tree.exists(path) for path in paths)


def _similar(record: Record, place: str, snapshot: Snapshot) -> str | None:
    """A file of nearly that path, else one whose module has nearly that name."""
    path = posixpath.splitext(place)[1] in CODE
    found = similar_file(record, place, snapshot) if path else None
    name = posixpath.basename(posixpath.splitext(place)[0]) if path else place.rpartition(".")[2]
    return found or _near_module(snapshot, name)


def _near_module(snapshot: Snapshot, name: str) -> str | None:
    return _near(snapshot.tree.paths(), name)


@lru_cache(maxsize=256)
def _near(paths: frozenset[str], name: str) -> str | None:
    """The file of a module whose name differs by a slip."""
    known = modules(paths)
    slips = 1 if len(name) < LONG else SLIPS
    alike = (
        other
        for other in known
        if abs(len(other) - len(name)) <= slips and len({*other} ^ {*name}) <= 2 * slips
    )
    ranked = ((distance(name.lower(), other.lower()), other) for other in alike)
    slip, near = min(ranked, default=(SLIPS + 1, ""))
    if slip > slips:
        return None
    return min(known[near], key=lambda path: (path.count("/"), path))


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
