"""
## What it does
Reports a key in the configuration that adr-lsp does not know, and a value that it cannot use.

## Why
A misspelt key changes nothing, and nobody sees that it does not.

## Example
````toml adr-lsp.toml
min-case = 50
^^^^^^^^ ADL903 unknown key `min-case`; did you mean `min-cases`?
````

## How to mend
Use the key that the finding suggests, or delete the line.

````toml adr-lsp.toml
min-cases = 50
````
"""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.config import Config
from adr_lsp.diagnostic import Severity
from adr_lsp.rule import RECORD, Finding, rule
from adr_lsp.snapshot import Snapshot


@rule(
    "ADL903", "unknown-configuration-key", Severity.WARNING, reads=RECORD, doc=__doc__, about=Config
)
def unknown_configuration_key(config: Config, _: Snapshot) -> Iterator[Finding]:
    for problem in config.problems:
        severity = Severity.ERROR if problem.fatal else None
        yield Finding(problem.range, problem.message, severity=severity, path=problem.path)
