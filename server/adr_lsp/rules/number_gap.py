"""
## What it does
Reports a record before whose number others are missing, counted from the lowest number of its
folder. Off unless it is selected: many logs leave gaps on purpose. A folder that lacks more than
half of its numbers takes them from elsewhere (pull requests, say) and is not judged.

## Why
In a log that never deletes, a gap is a record that was not committed, or one that lies elsewhere.

## Example
````toml adr-lsp.toml
severity = { number-gap = "information" }
````
````adr docs/adr/0001-use-queues.md
# 1. Use queues
````
````adr docs/adr/0004-use-events.md
# 4. Use events
  ^^^^^^^^^^^^^ ADL513 no record here has the numbers 2 and 3
````

## How to mend
Find the missing record, or suppress the finding with the reason why there is none:

````toml adr-lsp.toml
severity = { number-gap = "information" }
````
````adr docs/adr/0001-use-queues.md
# 1. Use queues
````
````adr docs/adr/0004-use-events.md
# 4. Use events <!-- adr-lsp: ignore ADL513 2 and 3 were never merged -->
````
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Record
from adr_lsp.rule import LOG, Finding, rule
from adr_lsp.rules.place import first_line, home
from adr_lsp.snapshot import Snapshot


@rule("ADL513", "number-gap", None, reads=LOG, doc=__doc__, opt_in=Severity.INFORMATION)
def number_gap(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    before = _gaps(snapshot).get(record.path)
    if before is not None and record.number is not None:
        first, last = before + 1, record.number - 1
        missing = f"the number {first}" if first == last else f"the numbers {first} to {last}"
        if last == first + 1:
            missing = f"the numbers {first} and {last}"
        yield Finding(first_line(record, record.title_range), f"no record here has {missing}")


def _gaps(snapshot: Snapshot) -> dict[str, int]:
    """The records behind a gap, with the number before it."""
    if _gaps not in snapshot.memo:
        logs: dict[str, dict[int, str]] = {}
        for record in snapshot.log:
            if record.number is not None:
                logs.setdefault(home(record), {}).setdefault(record.number, record.path)
        snapshot.memo[_gaps] = {
            paths[after]: before
            for paths in logs.values()
            if 2 * len(paths) > max(paths) - min(paths)
            for before, after in pairwise(sorted(paths))
            if after > before + 1
        }
    found: dict[str, int] = snapshot.memo[_gaps]
    return found
