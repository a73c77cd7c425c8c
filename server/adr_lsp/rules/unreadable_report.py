"""
## What it does
Reports a file that the configuration names under `evidence` and that does not begin as a run does,
one under `reports` that is in no format that can be read or was cut in the middle, and a glob there
that means no file below the root. A torn line or a run that was cut is no fault: the summary counts
them.

## Why
Whoever names the runs of CI wants them to count. If none is read, everything looks as before, and
what they say is lost. Half of a report may lack the very test that failed.

## Example
````toml adr-lsp.toml
evidence = ["artifacts/*.jsonl"]
             ^^^^^^^^^^^^^^^^^ ADL409 `artifacts/*.jsonl` means no file below the root
````

A report that CI did not finish to write:

````toml adr-lsp.toml
reports = ["ci/junit.xml"]
            ^^^^^^^^^^^^ ADL409 `ci/junit.xml` is no report that can be read: line 3: no element found
````
````xml ci/junit.xml
<testsuite>
<testcase name="test_stays_within_capacity"/>
````

## How to mend
Download the runs to where the glob looks for them, each with its `objects/` beside it, or mend the
glob. A root that never has them should not name them.

````toml adr-lsp.toml
evidence = []
````
"""  # noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from adr_lsp.config import Config
from adr_lsp.diagnostic import Severity
from adr_lsp.record.discovery import matches
from adr_lsp.rule import EVIDENCE, Finding, quoted, rule
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import NOWHERE, Range, Text, decode

if TYPE_CHECKING:
    from adr_lsp.evidence.reports.model import Filed

NAME_LENGTH = 80


@rule("ADL409", "unreadable-report", Severity.ERROR, reads=EVIDENCE, doc=__doc__, about=Config)
def unreadable_report(config: Config, snapshot: Snapshot) -> Iterator[Finding]:
    runs = {run.file: "" for run in snapshot.runs}
    runs |= dict.fromkeys(snapshot.unreadable, "is no run that can be read")
    reports = {filed.path: _fault(filed) for filed in snapshot.reports}
    for globs, files in ((config.evidence, runs), (config.reports, reports)):
        for glob in dict.fromkeys(globs):
            for said in _faults(glob, files):
                yield Finding(_place(config, glob, snapshot), said, path=config.path)


def _faults(glob: str, files: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the files that a glob means."""
    meant = [path for path in files if matches(path, (glob,))]
    if not meant:
        yield f"{quoted(glob, NAME_LENGTH)} means no file below the root"
    for path in meant:
        if files[path]:
            yield f"{quoted(path, NAME_LENGTH)} {files[path]}"


def _fault(filed: Filed) -> str:
    """Why a report cannot be read; empty where it can."""
    reason, line = getattr(filed.report, "reason", ""), getattr(filed.report, "line", None)
    where = f"line {line}: " if line else ""
    return f"is no report that can be read: {where}{reason}" if reason else ""


def _place(config: Config, glob: str, snapshot: Snapshot) -> Range:
    """Where the configuration names the glob."""
    text = Text(decode(snapshot.tree.read(config.path or "") or b"")[0])
    found = re.search(rf"""(?<=["']){re.escape(glob)}(?=["'])""", text.content)
    return text.range(*found.span()) if found else NOWHERE
