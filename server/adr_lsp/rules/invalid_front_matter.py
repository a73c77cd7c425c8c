"""
## What it does
Reports front matter that is no YAML mapping, at the place where reading it failed. The text below
is read as usual; what front matter says about status and date is not known.

## Why
Status decides which findings count. A record whose status cannot be read counts as accepted.

## Example
````adr
---
status: accepted
deciders: @ann
^^^^^^^^^^^^^^ ADL603 the front matter cannot be read from `deciders: @ann` on: found character that cannot start any token
---
# 4. Cache prices
````

## How to mend
Put values that begin with a special character in quotes:

````adr
---
status: accepted
deciders: "@ann"
---
# 4. Cache prices
````
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Record
from adr_lsp.rule import RECORD, Finding, quoted, rule
from adr_lsp.rules.problems import problems
from adr_lsp.snapshot import Snapshot


@rule("ADL603", "invalid-front-matter", Severity.WARNING, reads=RECORD, doc=__doc__)
def invalid_front_matter(record: Record, _: Snapshot) -> Iterator[Finding]:
    for problem in problems(record, "invalid-front-matter"):
        fault = problem.message.removeprefix("Front matter: ")
        words = record.text.between(problem.range).strip()
        place = f" from {quoted(words)} on" if words else ""
        yield replace(problem, message=f"the front matter cannot be read{place}: {fault}")
