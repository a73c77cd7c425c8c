"""
## What it does
Reports a file that the configuration names under `evidence` and that does not begin as a run does,
and a glob there that means no file below the root. A torn line or a run that was cut is no fault:
the summary counts them.

## Why
Whoever names the runs of CI wants them to count. If none is read, everything looks as before, and
what they say is lost.

## Example
````toml adr-lsp.toml
evidence = ["artifacts/*.jsonl"]
             ^^^^^^^^^^^^^^^^^ ADL409 `artifacts/*.jsonl` means no file below the root
````

## How to mend
Download the runs to where the glob looks for them, each with its `objects/` beside it, or mend the
glob. A root that never has them should not name them.

````toml adr-lsp.toml
evidence = []
````
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_lsp.config import Config
from adr_lsp.diagnostic import Severity
from adr_lsp.record.discovery import matches
from adr_lsp.rule import EVIDENCE, Finding, quoted, rule
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import NOWHERE, Range, Text, decode

NAME_LENGTH = 80


@rule("ADL409", "unreadable-report", Severity.ERROR, reads=EVIDENCE, doc=__doc__, about=Config)
def unreadable_report(config: Config, snapshot: Snapshot) -> Iterator[Finding]:
    read = [run.file for run in snapshot.runs]
    for glob in dict.fromkeys(config.evidence):
        place = _place(config, glob, snapshot)
        dead = [path for path in snapshot.unreadable if matches(path, (glob,))]
        for path in dead:
            said = f"{quoted(path, NAME_LENGTH)} is no run that can be read"
            yield Finding(place, said, path=config.path)
        if not dead and not any(matches(path, (glob,)) for path in read):
            said = f"{quoted(glob, NAME_LENGTH)} means no file below the root"
            yield Finding(place, said, path=config.path)


def _place(config: Config, glob: str, snapshot: Snapshot) -> Range:
    """Where the configuration names the glob."""
    text = Text(decode(snapshot.tree.read(config.path or "") or b"")[0])
    found = re.search(rf"""(?<=["']){re.escape(glob)}(?=["'])""", text.content)
    return text.range(*found.span()) if found else NOWHERE
